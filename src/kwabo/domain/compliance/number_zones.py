"""In which time zones a number may be, and who says so (OUT-30, OUT-31).

In this order: the time zone column that belongs to the number's own column, the contact's time
zone, the number itself, the list. What the list says of it (`zone_source`): `number` asks the
number only, `number_then_list` takes the list's zone for numbers that tell none, `list` does not
ask the number.

A number tells its zones by its prefix where the country's plan has places in it, else they are all
the zones of its country: a French mobile number is in Europe/Paris, an American toll-free number
anywhere in the United States. Numbers of French overseas departments are numbers of their own.
Sources: libphonenumber's prefixes, cut down to the zones that the IANA data give the country.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import phonenumbers
from phonenumbers import timezone
from phonenumbers.tzdata import TIMEZONE_LONGEST_PREFIX

from kwabo.domain.compliance.candidate import Candidate, CandidateNumber
from kwabo.domain.compliance.zones import zone

COLUMN = "column"
CONTACT = "contact"
NUMBER = "number"
LIST = "list"
UNKNOWN = "unknown"

ZONE_SOURCES = ("number", "number_then_list", "list")

_PREFIX = 1 + TIMEZONE_LONGEST_PREFIX  # with the plus
_MOST_KNOWN = 65536  # prefixes whose zones are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberZones:
    """Where a number may be."""

    zones: tuple[str, ...]  # IANA; none: nobody knows
    source: str  # column | contact | number | list | unknown
    country: str | None  # ISO 3166, of the number; None: of no one country


def zones_of(candidate: Candidate, number: CandidateNumber) -> NumberZones:
    """The zones of one of a contact's numbers. A name that is no time zone counts as unknown."""
    country = _told(number.number).country
    if number.time_zone:
        return _named(number.time_zone, COLUMN, country)
    if candidate.time_zone:
        return _named(candidate.time_zone, CONTACT, country)
    if candidate.zone_source != "list":
        told = _told(number.number)
        if told.zones or candidate.zone_source == "number":
            return told
    return _named(candidate.list_time_zone or "", LIST, country)


@lru_cache(maxsize=4096)
def _named(name: str, source: str, country: str | None) -> NumberZones:
    if zone(name) is None:
        return NumberZones(zones=(), source=UNKNOWN, country=country)
    return NumberZones(zones=(name,), source=source, country=country)


def zones_told(number: str) -> tuple[str, ...]:
    """The zones that an E.164 number tells by itself."""
    return _told(number).zones


def _told(number: str) -> NumberZones:
    # Numbering plans divide their places, and countries that share a code, within the first digits;
    # what follows decides nothing more about a number that is valid.
    key = (number[:_PREFIX], len(number))
    known = _known.get(key)
    if known is None:
        known = read_zones(number)
        if known.country is not None:
            if len(_known) >= _MOST_KNOWN:
                _known.clear()
            _known[key] = known
    return known


_known: dict[tuple[str, int], NumberZones] = {}


def read_zones(number: str) -> NumberZones:
    """What an E.164 number tells of its zones: `zones_of` without the contact and the cache."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return NumberZones(zones=(), source=UNKNOWN, country=None)
    country = phonenumbers.region_code_for_number(parsed)
    # Not in the plan: whichever countries share the code.
    sharing = phonenumbers.region_codes_for_country_code(parsed.country_code or 0)
    countries = sharing if country is None else (country,)
    places = [name for one in countries for name in _zones_of_countries().get(one, ())]
    told = [name for name in timezone.time_zones_for_number(parsed) if zone(name) is not None]
    told = [name for name in told if name != timezone.UNKNOWN_TIMEZONE]
    zones = (
        [name for name in places if name in told] or _same_places(places, told) or places or told
    )
    return NumberZones(
        zones=tuple(zones),
        source=NUMBER if zones else UNKNOWN,
        country=country if country and country.isalpha() else None,
    )


def _same_places(places: list[str], told: list[str]) -> list[str]:
    """Zones that are told by an older name of theirs."""
    links = _links()
    told_as = {links.get(name, name) for name in told}
    return [name for name in places if links.get(name, name) in told_as]


def _data(name: str) -> str:
    return (resources.files("tzdata.zoneinfo") / name).read_text("utf-8")


@lru_cache(maxsize=1)
def _zones_of_countries() -> Mapping[str, tuple[str, ...]]:
    """Country → its zones, from the IANA data."""
    found: dict[str, list[str]] = {}
    for line in _data("zone.tab").splitlines():
        if line and not line.startswith("#"):
            country, _, name, *_ = line.split("\t")
            found.setdefault(country, []).append(name)
    return {country: tuple(names) for country, names in found.items()}


@lru_cache(maxsize=1)
def _links() -> Mapping[str, str]:
    """Another name of a zone → the zone, from the IANA data."""
    lines = (line.split() for line in _data("tzdata.zi").splitlines())
    return {words[2]: words[1] for words in lines if len(words) == 3 and words[0] == "L"}
