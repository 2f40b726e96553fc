"""What a change of a column may be, and what it makes of columns and values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.campaigns.script import can_be_placeholder, placeholders, with_placeholder_renamed
from kwabo.domain.contacts.column_change import (
    MOST_SAMPLES,
    ChangeKind,
    ChangeReport,
    ChangeSettings,
    changed_columns,
    converted,
    left_over_name,
    needs_check,
    objection,
    rewrites_contacts,
    touches_numbers,
    with_left_overs,
)
from kwabo.domain.contacts.columns import Column, ColumnKind

COLUMNS = (
    Column(name="ref", label="ref", kind=ColumnKind.TEXT, position=0),
    Column(name="solde", label="Solde", kind=ColumnKind.TEXT, position=1),
    Column(name="tel", label="tel", kind=ColumnKind.PHONE, position=2),
)
K = ChangeKind


@pytest.mark.parametrize(
    ("kind", "name", "settings", "said"),
    [
        (K.ADD, "", ChangeSettings(name="ville", label="Ville"), ("", "")),
        (K.ADD, "", ChangeSettings(name="solde", label="x"), ("name", "COLUMN_TWICE")),
        (K.ADD, "", ChangeSettings(name=" x", label="x"), ("name", "COLUMN_NAME")),
        (
            K.ADD,
            "",
            ChangeSettings(name="n", label="n", kind=ColumnKind.NUMBER, default="12"),
            ("", ""),
        ),
        (
            K.ADD,
            "",
            ChangeSettings(name="n", label="n", kind=ColumnKind.NUMBER, default="x"),
            ("default", "NUMBER_FORMAT"),
        ),
        (
            K.ADD,
            "",
            ChangeSettings(name="n", label="n", kind=ColumnKind.NUMBER, default="1,5"),
            ("default", "DEFAULT_FORM"),
        ),
        (
            K.ADD,
            "",
            ChangeSettings(name="n", label="n", kind=ColumnKind.PHONE, default="+2290197123456"),
            ("default", "DEFAULT_PHONE"),
        ),
        (K.RENAME, "solde", ChangeSettings(name="montant"), ("", "")),
        (K.RENAME, "autre", ChangeSettings(name="montant"), ("column", "COLUMN_UNKNOWN")),
        (K.KIND, "solde", ChangeSettings(kind=ColumnKind.NUMBER), ("", "")),
        (K.KIND, "solde", ChangeSettings(kind=ColumnKind.TEXT), ("kind", "KIND_SAME")),
        (K.KIND, "ref", ChangeSettings(kind=ColumnKind.NUMBER), ("column", "COLUMN_IN_KEY")),
        (K.KIND, "tel", ChangeSettings(kind=ColumnKind.TEXT), ("column", "LAST_PHONE_COLUMN")),
        (K.REMOVE, "tel", ChangeSettings(), ("column", "LAST_PHONE_COLUMN")),
        (K.REMOVE, "ref", ChangeSettings(), ("column", "COLUMN_IN_KEY")),
        (K.REMOVE, "solde", ChangeSettings(), ("", "")),
        (K.LABEL, "solde", ChangeSettings(label=""), ("label", "COLUMN_NAME")),
        (K.ORDER, "", ChangeSettings(order=("tel", "ref")), ("order", "ORDER_INCOMPLETE")),
        (K.ORDER, "", ChangeSettings(order=("tel", "ref", "solde")), ("", "")),
    ],
)
def test_what_may_be_changed(
    kind: ChangeKind, name: str, settings: ChangeSettings, said: tuple[str, str]
) -> None:
    assert objection(COLUMNS, ("ref",), kind, name, settings) == said


def names(columns: tuple[Column, ...]) -> list[tuple[str, int]]:
    return [(column.name, column.position) for column in columns]


def test_columns_afterwards() -> None:
    added = changed_columns(COLUMNS, K.ADD, "", ChangeSettings(name="ville", label="Ville"))
    assert names(added)[-1] == ("ville", 3)
    renamed = changed_columns(COLUMNS, K.RENAME, "tel", ChangeSettings(name="mobile"))
    assert (renamed[2].name, renamed[2].label) == ("mobile", "mobile")
    kept = changed_columns(COLUMNS, K.RENAME, "solde", ChangeSettings(name="montant"))
    assert (kept[1].name, kept[1].label) == ("montant", "Solde")
    removed = changed_columns(COLUMNS, K.REMOVE, "solde", ChangeSettings())
    assert names(removed) == [("ref", 0), ("tel", 1)]
    order = ChangeSettings(order=("tel", "solde", "ref"))
    assert names(changed_columns(COLUMNS, K.ORDER, "", order))[0] == ("tel", 0)
    beside = left_over_name(COLUMNS, "solde")
    assert names(with_left_overs(COLUMNS, "solde", beside))[2] == ("solde (original)", 2)
    again = with_left_overs(COLUMNS, "solde", beside)
    assert left_over_name(again, "solde") == "solde (original 2)"


@pytest.mark.parametrize(
    ("kind", "name", "settings", "numbers", "rewrites"),
    [
        (K.ADD, "", ChangeSettings(name="a"), False, False),
        (K.ADD, "", ChangeSettings(name="a", default="x"), False, True),
        (K.RENAME, "solde", ChangeSettings(name="a"), False, True),
        (K.RENAME, "tel", ChangeSettings(name="a"), True, True),
        (K.LABEL, "tel", ChangeSettings(label="bureau"), True, True),
        (K.LABEL, "solde", ChangeSettings(label="x"), False, False),
        (K.KIND, "solde", ChangeSettings(kind=ColumnKind.NUMBER), False, True),
        (K.KIND, "solde", ChangeSettings(kind=ColumnKind.TIME_ZONE), True, True),
        (K.REMOVE, "solde", ChangeSettings(), False, False),
        (K.ORDER, "", ChangeSettings(), True, True),
    ],
)
def test_what_is_rewritten(
    kind: ChangeKind, name: str, settings: ChangeSettings, numbers: bool, rewrites: bool
) -> None:
    before = next((c for c in COLUMNS if c.name == name), None)
    assert touches_numbers(kind, before, settings) is numbers
    assert rewrites_contacts(kind, before, settings) is rewrites


def test_what_is_looked_at_first() -> None:
    assert needs_check(K.KIND, COLUMNS[1])
    assert needs_check(K.REMOVE, COLUMNS[2])
    assert not needs_check(K.REMOVE, COLUMNS[1])
    assert not needs_check(K.ADD, None)


def test_what_does_not_fit_is_kept_or_cleared() -> None:
    kept = converted("n/a", ColumnKind.NUMBER, "BJ", keep=True)
    assert (kept.value, kept.left_over, kept.code) == ("", "n/a", "NUMBER_FORMAT")
    assert converted("n/a", ColumnKind.NUMBER, "BJ", keep=False).left_over == ""
    assert converted("1 200,50", ColumnKind.NUMBER, "BJ", keep=True).value == "1200.50"
    phones = converted("97123456 / bureau", ColumnKind.PHONE, "BJ", keep=True)
    assert phones.value == "+2290197123456 / bureau"
    assert phones.code == "PHONE_LETTERS"
    assert converted("97123456 / bureau", ColumnKind.PHONE, "BJ", keep=False).value == (
        "+2290197123456"
    )


@given(
    st.text(max_size=40)
    | st.from_regex(r"[0-9 .,/+-]{1,25}", fullmatch=True)
    | st.dates().map(str),
    st.sampled_from(list(ColumnKind)),
    st.booleans(),
)
def test_converting_again_changes_nothing(text: str, kind: ColumnKind, keep: bool) -> None:
    """A batch that is done twice, after a crash or for what was written late, is done once."""
    once = converted(text.strip(), kind, "BJ", keep=keep)
    again = converted(once.value, kind, "BJ", keep=keep)
    assert again.value == once.value
    if not (kind is ColumnKind.PHONE and keep):
        assert again.code == ""


def test_a_report_keeps_few_samples_and_counts_all() -> None:
    report = ChangeReport()
    for row in range(100):
        report.note(row, str(row), "x" * 500, "NUMBER_FORMAT" if row % 2 else "")
    assert (report.filled, report.unfit, len(report.samples)) == (100, 50, MOST_SAMPLES)
    assert len(report.samples[0]["value"]) == 200
    assert ChangeReport.from_json(report.as_json()) == report


def test_scripts_follow_a_new_name() -> None:
    script = "Bonjour {{ nom }}, {{nom2}} [fiche](https://x.test/?q={{nom}}) {{nom}}"
    renamed = with_placeholder_renamed(script, "nom", "nom complet")
    assert placeholders(renamed) == {"nom complet", "nom2"}
    assert with_placeholder_renamed(script, "autre", "x") == script
    assert can_be_placeholder("nom complet")
    assert not can_be_placeholder("a}b")


@given(st.text(st.characters(exclude_characters="{}\n\r", exclude_categories=["Cs"]), min_size=1))
def test_whatever_can_be_shown_is_shown_after_a_rename(name: str) -> None:
    wanted = name.strip()
    if wanted and can_be_placeholder(wanted):
        script = with_placeholder_renamed("Avant {{vieux}} après", "vieux", wanted)
        assert script == "Avant {{" + wanted + "}} après"
