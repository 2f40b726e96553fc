"""Numbers as words and fragments: exact in French and English, finite and clear everywhere."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kwabo.domain.languages.catalogue import chain, languages
from kwabo.domain.speech.grammars import GRAMMARS
from kwabo.domain.speech.spoken import Spoken, ValueKind
from kwabo.domain.speech.values import UnreadableValue, all_fragments, fragments, say

TABLE = json.loads((Path(__file__).parents[1] / "shared" / "number-words.json").read_text("utf-8"))
AMOUNTS = st.integers(0, 9_999_999)
CODES = sorted(languages())
_FRENCH = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
FRENCH = {word: n for n, word in enumerate(_FRENCH.split())} | {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
}
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
ENGLISH = {word: n for n, word in enumerate(_ENGLISH.split())}
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH |= {word: n * 10 for n, word in enumerate(_ENGLISH_TENS.split(), 2)}


def read_french(words: str) -> int:
    """The number that French words mean, by counting rather than by the grammar's tables."""
    millions = thousands = rest = 0
    for word in words.replace("-", " ").split():
        if word == "et":
            continue
        if word in ("million", "millions"):
            millions, rest = rest, 0
        elif word == "mille":
            thousands, rest = rest or 1, 0
        elif word in ("cent", "cents"):
            rest = (rest or 1) * 100
        elif word in ("vingt", "vingts") and rest % 100 == 4:
            rest += 76
        else:
            rest += FRENCH[word]
    return millions * 1_000_000 + thousands * 1000 + rest


def read_english(words: str) -> int:
    """The number that English words mean."""
    whole = rest = 0
    for word in words.replace("-", " ").split():
        if word == "million":
            whole, rest = whole + rest * 1_000_000, 0
        elif word == "thousand":
            whole, rest = whole + rest * 1000, 0
        elif word == "hundred":
            rest *= 100
        elif word != "and":
            rest += ENGLISH[word]
    return whole + rest


@pytest.mark.parametrize("number", TABLE["numbers"])
def test_words_are_those_of_an_independent_library(number: str) -> None:
    french, english = TABLE["numbers"][number]
    assert spoken(ValueKind.NUMBER, number, "fr").words == french
    assert spoken(ValueKind.NUMBER, number, "en").words == english


@given(st.integers(0, 999_999_999))
def test_words_mean_the_number(number: int) -> None:
    assert read_french(spoken(ValueKind.NUMBER, number, "fr").words) == number
    assert read_english(spoken(ValueKind.NUMBER, number, "en").words) == number


@given(st.integers(0, 999_999_999))
def test_fragments_read_in_a_row_mean_the_number(number: int) -> None:
    for code, read in (("fr", read_french), ("en", read_english)):
        texts = fragments(code, ValueKind.NUMBER)
        keys = spoken(ValueKind.NUMBER, number, code).keys
        assert read(" ".join(texts[key] for key in keys)) == number


@pytest.mark.parametrize("code", CODES)
@given(amount=AMOUNTS)
@example(amount=0)
@example(amount=100)
@example(amount=9_999_999)
def test_every_amount_is_said_from_listed_fragments(code: str, amount: int) -> None:
    said = spoken(ValueKind.AMOUNT, amount, code)
    assert set(said.keys) <= set(fragments(said.language, ValueKind.AMOUNT))
    assert said.words


@pytest.mark.parametrize("code", CODES)
def test_every_small_and_every_round_amount_is_said_from_listed_fragments(code: str) -> None:
    rounds = [n * unit for unit in (100, 1000, 10_000, 100_000, 1_000_000) for n in range(1, 10)]
    listed = {one: set(fragments(one, ValueKind.AMOUNT)) for one in chain(code)}
    for amount in [*range(2200), *rounds, *(n - 1 for n in rounds)]:
        said = spoken(ValueKind.AMOUNT, amount, code)
        assert set(said.keys) <= listed[said.language]


@pytest.mark.parametrize("code", CODES)
def test_two_numbers_never_sound_alike_in_one_language(code: str) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for number in range(10_001):
        said = GRAMMARS[code].number(number)
        if said is not None:
            assert said.keys not in seen, f"{number} sounds as {seen[said.keys]}"
            seen[said.keys] = number
    assert len(seen) > 90


@pytest.mark.parametrize("code", CODES)
def test_every_fragment_has_a_text_to_read_and_is_needed_by_something(code: str) -> None:
    texts = all_fragments(code)
    assert texts
    assert all(text.strip() == text and text for text in texts.values())
    used = set()
    for number in range(-1, 10_001):
        for said in (GRAMMARS[code].number(number), GRAMMARS[code].amount(number)):
            used |= set(said.keys if said else ())
    for number in (11_000, 20_000, 1_000_000, 2_000_000):
        for said in (GRAMMARS[code].number(number), GRAMMARS[code].amount(number)):
            used |= set(said.keys if said else ())
    unused = set(fragments(code, ValueKind.AMOUNT)) - used
    assert not unused


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.times())
def test_dates_and_times_are_said_from_listed_fragments(day: dt.date, time: dt.time) -> None:
    for code in CODES:
        date = spoken(ValueKind.DATE, day.isoformat(), code)
        hour = spoken(ValueKind.TIME, time.strftime("%H:%M"), code)
        assert set(date.keys) <= set(fragments(date.language, ValueKind.DATE))
        assert set(hour.keys) <= set(fragments(hour.language, ValueKind.TIME))
        assert date.language in ("fr", "en")


@given(st.from_regex(r"01[0-9]{8}", fullmatch=True))
def test_numbers_of_benin_are_read_in_five_pairs(number: str) -> None:
    for written in (f"+229{number}", number):
        said = spoken(ValueKind.TELEPHONE, written, "fr")
        assert len(said.words.split(", ")) == 5
        assert said.words.startswith("zéro un, ")
        assert set(said.keys) <= set(fragments("fr", ValueKind.TELEPHONE))
    pairs = [number[at : at + 2] for at in range(0, 10, 2)]
    read = "".join(
        f"{read_french(p):02}" for p in said.words.replace("zéro zéro", "zéro").split(", ")
    )
    assert read == "".join(pairs)


@given(st.text(max_size=12))
def test_a_text_is_a_value_or_is_refused(text: str) -> None:
    for kind in ValueKind:
        try:
            said = say(kind, text, ("fon", "fr", "en"))
        except UnreadableValue:
            continue
        assert said is None or set(said.keys) <= set(fragments(said.language, kind))


@pytest.mark.parametrize(
    ("kind", "value", "code", "words"),
    [
        (ValueKind.AMOUNT, "1000000", "fr", "un million de francs CFA"),
        (ValueKind.AMOUNT, "1", "fr", "un franc CFA"),
        (ValueKind.AMOUNT, "2 500,4", "fr", "deux mille cinq cents francs CFA"),
        (ValueKind.AMOUNT, "1", "en", "one CFA franc"),
        (ValueKind.AMOUNT, "-80", "fr", "moins quatre-vingts francs CFA"),
        (ValueKind.NUMBER, "1.50", "fr", "un virgule cinq"),
        (ValueKind.NUMBER, "-2.05", "en", "minus two point zero five"),
        (ValueKind.ORDINAL, "1", "fr", "premier"),
        (ValueKind.ORDINAL, "80", "fr", "quatre-vingtième"),
        (ValueKind.ORDINAL, "21", "en", "twenty-first"),
        (ValueKind.DATE, "2026-01-01", "fr", "jeudi premier janvier deux mille vingt-six"),
        (
            ValueKind.DATE,
            "2026-11-27",
            "en",
            "Friday the twenty-seventh of November two thousand and twenty-six",
        ),
        (ValueKind.TIME, "21:21", "fr", "vingt et une heures vingt et une"),
        (ValueKind.TIME, "01:00", "fr", "une heure"),
        (ValueKind.TIME, "14:05", "en", "two oh five p.m."),
        (ValueKind.TIME, "12:00", "en", "noon"),
        (
            ValueKind.TELEPHONE,
            "+2290197123456",
            "fr",
            "zéro un, quatre-vingt-dix-sept, douze, trente-quatre, cinquante-six",
        ),
        (
            ValueKind.TELEPHONE,
            "+22997123456",
            "fr",
            "zéro un, quatre-vingt-dix-sept, douze, trente-quatre, cinquante-six",
        ),
        (ValueKind.DIGITS, "40 71", "fr", "quatre, zéro, sept, un"),
        (ValueKind.NUMBER, "16", "fon", "afɔtɔn nukun ɖokpo"),
        (ValueKind.NUMBER, "26", "fon", "ko atɔɔn nukun ɖokpo"),
        (ValueKind.NUMBER, "42", "fon", "kanɖe nukun we"),
        (ValueKind.NUMBER, "70", "fon", "kanɖe gban"),
        (ValueKind.NUMBER, "100", "fon", "kanwe ko"),
        (ValueKind.NUMBER, "50", "bba", "wèeru kà wɔkuru"),
        (ValueKind.NUMBER, "17", "bba", "wɔkurá nɔ̀ɔbù kà yìru"),
        (ValueKind.NUMBER, "2000", "bba", "nɔra yìru"),
        (ValueKind.NUMBER, "21", "yo", "ọ̀kànlé lógún"),
        (ValueKind.NUMBER, "45", "yo", "àrùndín láàádọ́ta"),
        (ValueKind.NUMBER, "23", "ddn", "warank kinihinza"),
        (ValueKind.NUMBER, "16", "ddn", "aweyi kinidu"),
    ],
)
def test_examples(kind: ValueKind, value: str, code: str, words: str) -> None:
    assert spoken(kind, value, code).words == words


def test_what_a_language_does_not_reach_is_french_from_first_to_last() -> None:
    for code in ("fon", "bba", "yo", "ddn"):
        said = spoken(ValueKind.AMOUNT, "12345", code)
        assert said.language == "fr"
        assert said.words == "douze mille trois cent quarante-cinq francs CFA"


def test_only_french_and_english_are_validated() -> None:
    assert [code for code, one in GRAMMARS.items() if one.validated] == ["fr", "en"]
    assert set(GRAMMARS) == set(languages())
    assert all(grammar.sources for grammar in GRAMMARS.values())


def spoken(kind: ValueKind, value: str | int, code: str) -> Spoken:
    said = say(kind, str(value), chain(code))
    assert said is not None
    return said
