"""Titles of columns below lines that other programs write above them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.contacts.header_place import lines_before_titles
from kwabo.domain.contacts.import_file import Row
from kwabo.domain.contacts.preview import preview

TITLES = ["N° client", "Nom", "Tél. portable", "CP", "Montant devis (€)"]
CONTACT = ["RNV-1", "Lefèvre", "06 12 34 56 78", "01000", "1 200,50 €"]


def rows(*cells: list[str]) -> list[Row]:
    """Rows of a file, each on a line of its own."""
    return [Row(number, row) for number, row in enumerate(cells, start=1)]


def test_a_title_and_a_date_above_the_columns_are_not_the_titles() -> None:
    found = rows(["EXTRACTION"], ["Agence", "26/11/2026"], TITLES, CONTACT)
    assert lines_before_titles(found, "FR") == 2


def test_lines_are_counted_as_in_the_file_empty_ones_too() -> None:
    assert lines_before_titles([Row(1, ["Titre"]), Row(4, TITLES), Row(5, CONTACT)], "FR") == 3


def test_titles_in_the_first_line_leave_nothing_out() -> None:
    assert lines_before_titles(rows(TITLES, CONTACT), "FR") == 0
    assert lines_before_titles(rows(["telephone"], ["0612345678"]), "FR") == 0
    assert lines_before_titles([], "FR") == 0


def test_a_contact_with_nothing_but_a_number_is_no_title() -> None:
    assert lines_before_titles(rows(["", "", "0612345678", "", ""], CONTACT), "FR") == 0


@given(
    above=st.lists(st.sampled_from([["Titre"], ["", "Édité le"], ["x", "y"]]), max_size=12),
    contacts=st.integers(1, 40),
)
def test_what_is_above_is_left_out_whatever_it_is(above: list[list[str]], contacts: int) -> None:
    found = rows(*above, TITLES, *[CONTACT] * contacts)
    assert lines_before_titles(found, "FR") == len(above)


def test_a_preview_reads_below_them_and_knows_amounts_and_post_codes() -> None:
    text = "Extraction\n\n" + "\n".join(";".join(row) for row in (TITLES, CONTACT, CONTACT))
    seen = preview(text.encode(), truncated=False, region="FR")

    assert (seen.file_format.skip_lines, seen.header) == (2, TITLES)
    kinds = [mapped.column.kind.value for mapped in seen.mapping.columns if mapped.column]
    assert kinds == ["text", "text", "phone", "text", "number"]
    assert [(row.line_number, row.cells[4].parsed) for row in seen.rows] == [
        (4, "1200.50"),
        (5, "1200.50"),
    ]  # fmt: skip
    chosen = preview(text.encode(), truncated=False, region="FR", skip_lines=0)
    assert (chosen.file_format.skip_lines, chosen.header[0]) == (0, "Extraction")
