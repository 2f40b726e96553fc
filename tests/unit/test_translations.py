"""Messages by code in both languages."""

from __future__ import annotations

import string

import pytest

from kwabo.api.translations import chosen_language, codes, messages_of, translated


@pytest.mark.parametrize("code", sorted(codes()))
def test_both_languages_say_something_and_fill_in_the_same(code: str) -> None:
    french, english = messages_of(code)
    assert french
    assert english
    assert french != english
    assert _names(french) <= _names(english) or _names(english) <= _names(french)


def _names(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


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
