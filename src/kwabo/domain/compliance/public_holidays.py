"""Public holidays of a country, from the library `holidays` (Vacanza, MIT).

The library is imported when it is first asked: its calendars take longer than all of this package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayCountry:
    """A country whose public holidays are known."""

    country: str  # ISO 3166, two letters
    subdivisions: tuple[str, ...]  # codes of parts that have holidays of their own


@lru_cache(maxsize=1)
def holiday_countries() -> tuple[HolidayCountry, ...]:
    """Every country, by its code."""
    import holidays as library

    known = library.list_supported_countries(include_aliases=False)
    return tuple(
        HolidayCountry(country=country, subdivisions=tuple(parts))
        for country, parts in sorted(known.items())
        if len(country) == 2
    )


@lru_cache(maxsize=1)
def _parts() -> Mapping[str, frozenset[str]]:
    return {known.country: frozenset(known.subdivisions) for known in holiday_countries()}


def knows(country: str, subdivision: str | None = None) -> bool:
    """Whether the holidays of this country, and of this part of it, are known."""
    parts = _parts().get(country)
    return parts is not None and (subdivision is None or subdivision in parts)


@lru_cache(maxsize=4096)
def public_holidays(
    country: str, subdivision: str | None, year: int, language: str = "en"
) -> Mapping[date, str]:
    """Date → name of the year's public holidays; nothing for a country that is not known.

    A name is in the language asked for where the library has it, else as the country writes it.
    """
    if not knows(country, subdivision):
        return {}
    import holidays as library

    found = library.country_holidays(
        country, subdiv=subdivision, years=year, language=_language(country, language)
    )
    return dict(found)


def public_holiday(country: str, subdivision: str | None, day: date) -> str | None:
    """The name of the holiday on this day; None: it is none."""
    return public_holidays(country, subdivision, day.year).get(day)


@lru_cache(maxsize=1024)
def _language(country: str, language: str) -> str | None:
    """The library's name of a language for this country; None: the country's own."""
    import holidays as library

    spoken: tuple[str, ...] = getattr(library, country).supported_languages
    for name in spoken:
        if name == language or name.startswith(f"{language}_"):
            return name
    return None
