"""The languages that the product knows: `languages.toml`.

Contacts, persons, flows and skills name a language by its code. An organisation chooses which of
these it uses (`choice`); the others stay known, so that a stored code never loses its name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language, as the data file has it."""

    code: str
    name: str  # in the language itself
    name_fr: str
    name_en: str
    fallbacks: tuple[str, ...]  # codes, the nearest first


@cache
def languages() -> dict[str, Language]:
    """All known languages by code, in the order in which they are offered."""
    text = resources.files(__package__).joinpath("languages.toml").read_text("utf-8")
    return {
        row["code"]: Language(
            code=row["code"],
            name=row["name"],
            name_fr=row["name_fr"],
            name_en=row["name_en"],
            fallbacks=tuple(row["fallbacks"]),
        )
        for row in tomllib.loads(text)["language"]
    }


def chain(code: str, used: Iterable[str] | None = None) -> tuple[str, ...]:
    """The language and those tried after it; of the latter only those that are used."""
    known = languages().get(code)
    allowed = None if used is None else frozenset(used)
    fallbacks = () if known is None else known.fallbacks
    return (code, *(one for one in fallbacks if allowed is None or one in allowed))
