"""What the hours say of a contact, for people: which day it is there, when they open again.

Dates and times are those of the place by whose clock the number is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kwabo.domain.compliance.callable_hours import DATE_EXCEPTION, HOLIDAY, Standing
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate
from kwabo.domain.compliance.number_zones import NumberZones
from kwabo.domain.compliance.public_holidays import public_holidays
from kwabo.domain.compliance.time_rules import standing_of
from kwabo.domain.compliance.zones import zone

_WEEKDAYS = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
_SOURCES = {
    "column": ("d’après sa colonne de fuseau", "by its time zone column"),
    "contact": ("d’après le contact", "by the contact"),
    "number": ("d’après le numéro", "by the number"),
    "list": ("d’après la liste", "by the contact list"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedZones:
    """Where a number may be, who says so, and what time it is there."""

    number: str
    time_zones: tuple[str, ...]
    source: str  # see number_zones
    country: str | None
    message: str


def explained_zones(
    candidate: Candidate, terms: CampaignTerms, now: datetime, language: str
) -> tuple[ExplainedZones, ...]:
    """The zones of each of the contact's numbers."""
    found = []
    for number in candidate.numbers:
        places, standing = standing_of(candidate, number, terms, now)
        found.append(
            ExplainedZones(
                number=number.number,
                time_zones=places.zones,
                source=places.source,
                country=places.country,
                message=_zones_sentence(places, standing, now, language),
            )
        )
    return tuple(found)


def _zones_sentence(places: NumberZones, standing: Standing, now: datetime, language: str) -> str:
    french = language == "fr"
    if not places.zones:
        if standing.where is None:
            return "Fuseau inconnu." if french else "Time zone unknown."
        return (
            f"Fuseau inconnu : appelé aux heures de {_clock(now, standing.where)}."
            if french
            else f"Time zone unknown: called by the hours of {_clock(now, standing.where)}."
        )
    source = _SOURCES[places.source][0 if french else 1]
    clocks = ", ".join(_clock(now, name) for name in places.zones)
    if len(places.zones) == 1:
        return f"{clocks}, {source}."
    return (
        f"{clocks}, {source} : appelé quand les heures de tous ces fuseaux sont ouvertes."
        if french
        else f"{clocks}, {source}: called while the hours of all these zones are open."
    )


def hours_sentence(
    candidate: Candidate,
    terms: CampaignTerms,
    code: str,
    numbers: Sequence[str],
    now: datetime,
    language: str,
) -> str:
    """Why the hours are closed to these numbers, and when they open; '' when none has this code."""
    standings = [
        standing
        for number in candidate.numbers
        if number.number in numbers
        for _, standing in (standing_of(candidate, number, terms, now),)
        if not standing.open and standing.code == code
    ]
    if not standings:
        return ""
    standing = min(standings, key=lambda one: (one.opens_at is None, one.opens_at or now))
    return f"{_reason(standing, now, language)} {_opening(standing, language)}"


def _reason(standing: Standing, now: datetime, language: str) -> str:
    french = language == "fr"
    where, on = standing.where, standing.date
    if where is None or on is None:
        if where is None:
            where = "fuseau inconnu" if french else "an unknown time zone"
        return (
            f"Le jeu d’heures n’a pas d’heures pour {where}."
            if french
            else f"The callable time set has no hours for {where}."
        )
    day = day_text(on, language)
    if standing.code == HOLIDAY and standing.holiday is not None:
        rule = standing.holiday
        names = public_holidays(rule.country, rule.subdivision, on.year, language)
        name = f"{names.get(on, standing.name)}, {rule.country}"
        return (
            f"{day.capitalize()} est férié ({name}) à {where}."
            if french
            else f"{day} is a public holiday ({name}) in {where}."
        )
    if standing.code == DATE_EXCEPTION:
        name = f" ({standing.name})" if standing.name else ""
        return (
            f"{day.capitalize()}{name} a des heures à part, et elles sont fermées : il est "
            f"{_clock(now, where)}."
            if french
            else f"{day}{name} has hours of its own, and they are closed: it is "
            f"{_clock(now, where)}."
        )
    return (
        f"Hors des heures d’appel : {day}, {_clock(now, where)}."
        if french
        else f"Outside callable hours: {day}, {_clock(now, where)}."
    )


def _opening(standing: Standing, language: str) -> str:
    french = language == "fr"
    where = None if standing.where is None else zone(standing.where)
    if standing.opens_at is None or where is None:
        return "Elles n’ouvrent jamais." if french else "They never open."
    local = standing.opens_at.astimezone(where)
    day = day_text(local.date(), language)
    at = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return (
        f"Prochaine ouverture : {day} à {at}, heure de {standing.where}."
        if french
        else f"Next opening: {day} at {at}, {standing.where} time."
    )


def _clock(now: datetime, name: str) -> str:
    where = zone(name)
    return name if where is None else f"{now.astimezone(where):%H:%M} ({name})"


def day_text(on: date, language: str) -> str:
    """ "vendredi 25 décembre 2026", "Friday 25 December 2026"."""
    language = language if language in _MONTHS else "en"
    month = _MONTHS[language].split()[on.month - 1]
    number = "1er" if language == "fr" and on.day == 1 else str(on.day)
    return f"{_WEEKDAYS[language][on.weekday()]} {number} {month} {on.year}"
