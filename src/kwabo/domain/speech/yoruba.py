"""Yoruba, 0 to 184 and some round numbers: scores, one to four added, one to five taken away.

21 to 24 add to the ten below (lé), 25 to 29 take away from the ten above (dín), and so on in every
ten; the ten then stands in its joined form (ni, with the first vowel: lógún). Above 184 the
language takes away from tens that are themselves taken away; the table ends before that. Of the
larger numbers those round ones are said that the sources list; how the rest of the thousands is
said differs between the traditional count and everyday speech, so it is not said.

Not validated: no speaker of Yoruba has approved it.
"""

from __future__ import annotations

from collections.abc import Mapping

from kwabo.domain.speech.grammar import NumbersOnly
from kwabo.domain.speech.spoken import Spoken, number_key

_SMALL = {
    0: "òdo",
    1: "ọ̀kan",
    2: "èjì",
    3: "ẹ̀ta",
    4: "ẹ̀rin",
    5: "àrún",
    6: "ẹ̀fà",
    7: "èje",
    8: "ẹ̀jọ",
    9: "ẹ̀sán",
    10: "ẹ̀wá",
    11: "ọ̀kànlá",
    12: "èjìlá",
    13: "ẹ̀tàlá",
    14: "ẹ̀rìnlá",
    15: "ẹ́ẹ̀dógún",
    25: "ẹ́ẹ̀dọ́gbọ̀n",
}
# The ten, and its joined form.
_TENS = {
    20: ("ogún", "lógún"),
    30: ("ọgbọ̀n", "lọ́gbọ̀n"),
    40: ("ogójì", "lógójì"),
    50: ("àádọ́ta", "láàádọ́ta"),
    60: ("ọgọ́ta", "lọ́gọ́ta"),
    70: ("àádọ́rin", "láàádọ́rin"),
    80: ("ọgọ́rin", "lọ́gọ́rin"),
    90: ("àádọ́rùn-ún", "láàádọ́rùn-ún"),
    100: ("ọgọ́rùn-ún", "lọ́gọ́rùn-ún"),
    110: ("àádọ́fà", "láàádọ́fà"),
    120: ("ọgọ́fà", "lọ́gọ́fà"),
    130: ("àádóje", "láàádóje"),
    140: ("ogóje", "lógóje"),
    150: ("àádọ́jọ", "láàádọ́jọ"),
    160: ("ọgọ́jọ", "lọ́gọ́jọ"),
    170: ("àádọ́sàn-án", "láàádọ́sàn-án"),
    180: ("ọgọ́sàn-án", "lọ́gọ́sàn-án"),
}
_ROUND = {
    200: "igba",
    300: "ọ̀ọ́dúnrún",
    400: "irinwó",
    500: "ẹ̀ẹ́dẹ́gbẹ̀ta",
    600: "ẹgbẹ̀ta",
    700: "ẹ̀ẹ́dẹ́gbẹ̀rin",
    800: "ẹgbẹ̀rin",
    900: "ẹ̀ẹ́dẹ́gbẹ̀rún",
    1000: "ẹgbẹ̀rún",
    2000: "ẹgbàá",
    3000: "ẹgbẹ́ẹ̀dógún",
    8000: "ẹgbàarin",
    9000: "ẹ̀ẹ́dẹ́gbàarùn-ún",
    10_000: "ẹgbàarùn-ún",
    20_000: "ọ̀kẹ́ kan",
}
_ADDED = {1: "ọ̀kànlé", 2: "èjìlé", 3: "ẹ̀tàlé", 4: "ẹ̀rìnlé"}
_TAKEN = {1: "ọ̀kàndín", 2: "èjìdín", 3: "ẹ̀tàdín", 4: "ẹ̀rìndín", 5: "àrùndín"}
_LARGEST = 184


class Yoruba(NumbersOnly):
    """See the module."""

    language = "yo"
    reaches = (
        "de 0 à 184, les centaines et quelques milliers ronds",
        "0 to 184, the hundreds and some round thousands",
    )
    sources = (
        "O. O. Akinadé and Ọ. A. Ọdẹ́jọbí, Computational modelling of Yorùbá numerals in a "
        "number-to-text conversion system, Journal of Language Modelling 2-1, 2014",
        "Wikipedia, Yoruba numerals (after O. Lounge)",
    )

    def words(self) -> Mapping[str, str]:
        return {
            **{number_key(n): word for n, word in _SMALL.items()},
            **{number_key(n): alone for n, (alone, _) in _TENS.items()},
            **{number_key(n): word for n, word in _ROUND.items()},
            **{f"number.joined.{n}": joined for n, (_, joined) in _TENS.items()},
            **{f"number.added.{n}": word for n, word in _ADDED.items()},
            **{f"number.taken.{n}": word for n, word in _TAKEN.items()},
        }

    def number(self, value: int) -> Spoken | None:
        if value in _SMALL or value in _TENS or value in _ROUND:
            return self._spoken((number_key(value),))
        if not 0 <= value <= _LARGEST:
            return None
        ten, unit = divmod(value, 10)
        if unit < 5:
            return self._spoken((f"number.added.{unit}", f"number.joined.{ten * 10}"))
        return self._spoken((f"number.taken.{10 - unit}", f"number.joined.{ten * 10 + 10}"))
