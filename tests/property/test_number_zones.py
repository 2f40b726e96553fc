"""Where numbers are: the quick answer against libphonenumber, and who stands above whom."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID
from zoneinfo import available_timezones

import phonenumbers
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kwabo.domain.compliance.candidate import Candidate, CandidateNumber
from kwabo.domain.compliance.number_zones import NumberZones, read_zones, zones_of

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
ZONES = sorted(available_timezones())
NOBODY = Candidate(
    contact_id=UUID(int=1),
    numbers=(),
    callable=True,
    uncallable_reason=None,
    time_zone=None,
    course=None,
    live_elsewhere=False,
    dialled_at=None,
    list_time_zone="Asia/Tokyo",
    zone_source="number",
)


def told(number: str, **changes: object) -> NumberZones:
    """The zones of a number without a column."""
    candidate = replace(NOBODY, **changes)  # type: ignore[arg-type]
    return zones_of(candidate, CandidateNumber(number=number, label="", callable=True))


@st.composite
def valid_numbers(draw: st.DrawFn) -> str:
    """A number of some country's plan, its last digits at will."""
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
    region = draw(st.sampled_from(REGIONS))
    example = phonenumbers.example_number_for_type(region, draw(st.sampled_from(kinds)))
    assume(example is not None)
    text = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    kept = draw(st.integers(len(text) // 2, len(text)))
    digits = st.text("0123456789", min_size=len(text) - kept, max_size=len(text) - kept)
    number = text[:kept] + draw(digits)
    assume(phonenumbers.is_valid_number(phonenumbers.parse(number)))
    return number


@given(st.lists(valid_numbers(), min_size=1, max_size=5))
@settings(max_examples=400, deadline=None)
def test_the_quick_answer_is_the_exact_one(numbers: list[str]) -> None:
    for number in numbers:
        assert told(number) == read_zones(number)


@given(valid_numbers())
@settings(max_examples=300, deadline=None)
def test_every_valid_number_of_a_country_has_zones_and_the_country(number: str) -> None:
    found = told(number)
    assert found.source == "number"
    assert set(found.zones) <= set(ZONES)
    assert found.zones
    assert found.country == phonenumbers.region_code_for_number(phonenumbers.parse(number))


@pytest.mark.parametrize(
    ("number", "zones", "country"),
    [
        ("+2290197123456", ["Africa/Porto-Novo"], "BJ"),
        ("+22997123456", ["Africa/Porto-Novo"], "BJ"),  # the eight digits of before
        ("+33612345678", ["Europe/Paris"], "FR"),
        ("+262692123456", ["Indian/Reunion"], "RE"),
        ("+262639691234", ["Indian/Mayotte"], "YT"),
        ("+590690123456", ["America/Guadeloupe"], "GP"),
        ("+596696123456", ["America/Martinique"], "MQ"),
        ("+594694201234", ["America/Cayenne"], "GF"),
        ("+508551234", ["America/Miquelon"], "PM"),
        ("+12125551234", ["America/New_York"], "US"),
        ("+13105551234", ["America/Los_Angeles"], "US"),
        ("+14165551234", ["America/Toronto"], "CA"),
        ("+34612345678", ["Europe/Madrid", "Atlantic/Canary"], "ES"),
        ("+212612345678", ["Africa/Casablanca"], "MA"),
        ("+9779841234567", ["Asia/Kathmandu"], "NP"),
    ],
)
def test_known_places(number: str, zones: list[str], country: str) -> None:
    found = told(number)
    assert (list(found.zones), found.country) == (zones, country)


def test_a_toll_free_number_may_be_anywhere_in_its_country() -> None:
    zones = told("+18005551234").zones
    assert {"America/New_York", "America/Los_Angeles", "Pacific/Honolulu"} <= set(zones)


@pytest.mark.parametrize("number", ["+80012345678", "+8811234567", "+882312345678"])
def test_numbers_of_no_country(number: str) -> None:
    assert told(number) == NumberZones(zones=(), source="unknown", country=None)


def test_who_stands_above_whom() -> None:
    number = CandidateNumber(
        number="+33612345678", label="", callable=True, time_zone="America/Lima"
    )
    contact = replace(NOBODY, time_zone="Asia/Kathmandu", zone_source="number_then_list")
    assert zones_of(contact, number).zones == ("America/Lima",)
    assert zones_of(contact, number).source == "column"
    without = replace(number, time_zone=None)
    assert zones_of(contact, without).zones == ("Asia/Kathmandu",)
    assert zones_of(contact, without).source == "contact"
    nameless = replace(contact, time_zone=None)
    assert zones_of(nameless, without).zones == ("Europe/Paris",)
    assert zones_of(replace(nameless, zone_source="list"), without).source == "list"
    satellite = replace(without, number="+8811234567")
    assert zones_of(nameless, satellite).zones == ("Asia/Tokyo",)
    assert zones_of(replace(nameless, zone_source="number"), satellite).zones == ()


def test_a_name_that_is_no_zone_is_not_replaced_by_a_guess() -> None:
    found = told("+33612345678", time_zone="Mars/Olympus")
    assert (found.zones, found.source) == ((), "unknown")
