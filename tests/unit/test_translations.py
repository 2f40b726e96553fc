"""Messages by code in both languages."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import kwabo
from kwabo.api.translations import chosen_language, codes, messages_of, translated
from kwabo.api.translations.shapes import shape_message
from kwabo.kernel.errors import KwaboError

# Told at the command line only.
ENGLISH_ONLY = {"ADMINISTRATOR_MISSING", "SLUG_INVALID", "SLUG_TAKEN"}
ERRORS = {kind.__name__ for kind in KwaboError.__subclasses__()} | {"KwaboError", "check_unused"}


@pytest.mark.parametrize("code", sorted(codes()))
def test_both_languages_fill_in_the_same(code: str) -> None:
    french, english = messages_of(code)
    assert french
    assert french != english
    if english:
        assert _names(french) <= _names(english) or _names(english) <= _names(french)


def _names(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def test_every_error_that_a_person_can_be_told_is_told_in_french() -> None:
    raised = {code: place for place, code in _raised(Path(kwabo.__file__).parent)}
    assert len(raised) > 50
    missing = {code: raised[code] for code in raised.keys() - codes() - ENGLISH_ONLY}
    assert missing == {}, "add them to kwabo/api/translations"


def _raised(folder: Path) -> Iterator[tuple[str, str]]:
    """Every code that stands in a call such as `Invalid("CODE", …)`, and where."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in ERRORS and isinstance(first, ast.Constant):
                    yield f"{path.name}:{node.lineno}", str(first.value)


def test_a_code_without_messages_keeps_its_own() -> None:
    assert translated("NOBODY_KNOWS", "fr", {}) is None
    assert translated("TOO_MANY_LOGINS", "fr", {}) is None, "details are missing"


@pytest.mark.parametrize(
    ("header", "person", "chosen"),
    [
        (None, None, "fr"),
        (None, "en", "en"),
        ("en-GB", "fr", "en"),
        ("de;q=1, en;q=0.2, fr;q=0.1", None, "en"),
        ("en;q=0", "fr", "fr"),
        ("en;q=x,,;", "de", "fr"),
    ],
)
def test_the_language_of_an_answer(header: str | None, person: str | None, chosen: str) -> None:
    assert chosen_language(header, person) == chosen


def test_limits_are_written_as_the_language_writes_numbers() -> None:
    limits = {"least": "0.001", "most": "0.2"}
    assert translated("RANGE", "fr", limits) == "Donnez une valeur entre 0,001 et 0,2."
    assert translated("RANGE", "en", limits) == "Give a value between 0.001 and 0.2."


def test_choices_are_joined_in_the_language() -> None:
    choice = {"expected": "'day' or '30_days'"}
    assert shape_message("literal_error", "fr", choice) == "Choisissez parmi : 'day' ou '30_days'."
    assert shape_message("literal_error", "en", choice) == "Choose from: 'day' or '30_days'."
