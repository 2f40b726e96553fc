"""What people read about hours: the day, the next opening and the zone, by the contact's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from uuid import UUID

import pytest

from kwabo.domain.campaigns.explanation import Explanation, explain
from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.callable_time_set import (
    CallableTimeRules,
    CallableTimeSet,
    DateException,
    HolidayRule,
    Slot,
    WeekSlot,
    Window,
)
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber

HOUR = 3600
PARIS, BENIN, AMERICA = "+33612345678", "+2290161000000", "+18005551234"
WEEK = tuple(
    WeekSlot(weekday=day, start=start * HOUR, until=until * HOUR)
    for day in range(1, 6)
    for start, until in ((10, 13), (14, 20))
)
RULES = CallableTimeRules(
    windows=(
        Window(kind="mapped", slots=WEEK),
        Window(kind="unmapped", time_zone="Africa/Porto-Novo", slots=WEEK),
    ),
    exceptions=(DateException(month=12, day=24, name="Inventaire", slots=()),),
    holidays=(HolidayRule(country="FR", applies_to="own_numbers"),),
)


def _explained(
    number: str, at: datetime, language: str = "en", rules: CallableTimeRules = RULES
) -> Explanation:
    candidate = Candidate(
        contact_id=UUID(int=2),
        numbers=(CandidateNumber(number=number, label="tel", callable=True),),
        callable=True,
        uncallable_reason=None,
        time_zone=None,
        course=None,
        live_elsewhere=False,
        dialled_at=None,
        list_time_zone="Africa/Porto-Novo",
        zone_source="number",
    )
    terms = CampaignTerms(
        campaign_id=UUID(int=1),
        callable_time=CallableTime(weekdays=frozenset(), start=time(8), until=time(20)),
        max_attempts=3,
        minimum_gap_seconds=300,
        callable_time_set=CallableTimeSet(
            callable_time_set_id=UUID(int=3), version=id(rules) % 10_000, rules=rules
        ),
    )
    return explain(candidate, terms, running=True, now=at, language=language)


def test_a_holiday_names_the_day_and_the_opening_after_it() -> None:
    friday = datetime(2026, 5, 1, 9, tzinfo=UTC)  # 11:00 in Paris
    found = _explained(PARIS, friday)
    assert found.code == "HOLIDAY"
    assert found.message == (
        "Friday 1 May 2026 is a public holiday (Labor Day, FR) in Europe/Paris. "
        "Next opening: Monday 4 May 2026 at 10:00, Europe/Paris time."
    )
    assert found.next_attempt_at == datetime(2026, 5, 4, 8, tzinfo=UTC)
    assert _explained(PARIS, friday, "fr").message == (
        "Vendredi 1er mai 2026 est férié (Fête du Travail, FR) à Europe/Paris. "
        "Prochaine ouverture : lundi 4 mai 2026 à 10:00, heure de Europe/Paris."
    )


def test_holidays_of_own_numbers_leave_others_alone() -> None:
    friday = datetime(2026, 5, 1, 9, tzinfo=UTC)  # 10:00 in Benin
    assert _explained(BENIN, friday).callable


def test_a_date_exception_is_told_apart() -> None:
    thursday = datetime(2026, 12, 24, 12, tzinfo=UTC)
    found = _explained(BENIN, thursday)
    assert found.code == "DATE_EXCEPTION"
    assert "Thursday 24 December 2026 (Inventaire)" in found.message
    assert "Friday 25 December 2026 at 10:00" in found.message
    assert "jeudi 24 décembre 2026" in _explained(BENIN, thursday, "fr").message.lower()


def test_other_hours_on_a_date_stand_above_the_holiday() -> None:
    open_on_holiday = DateException(
        year=2026, month=5, day=1, slots=(Slot(start=15 * HOUR, until=16 * HOUR),)
    )
    rules = replace(RULES, exceptions=(open_on_holiday,))
    at = datetime(2026, 5, 1, 13, 30, tzinfo=UTC)  # 15:30 in Paris
    assert _explained(PARIS, at, rules=rules).callable
    closed = _explained(PARIS, datetime(2026, 5, 1, 9, tzinfo=UTC), rules=rules)
    assert closed.code == "DATE_EXCEPTION"
    assert closed.next_attempt_at == datetime(2026, 5, 1, 13, tzinfo=UTC)


def test_outside_hours_says_what_time_it_is_there() -> None:
    noon = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)  # a Monday, 13:30 in Paris and Benin
    found = _explained(PARIS, noon)
    assert found.code == "OUTSIDE_CALLABLE_TIME"
    assert found.message == (
        "Outside callable hours: Monday 23 November 2026, 13:30 (Europe/Paris). "
        "Next opening: Monday 23 November 2026 at 14:00, Europe/Paris time."
    )
    (check,) = (check for check in found.checks if check.code == "OUTSIDE_CALLABLE_TIME")
    assert check.message == found.message


def test_where_a_number_is_and_who_says_so() -> None:
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    (zones,) = _explained(PARIS, at).zones
    assert (zones.time_zones, zones.source, zones.country) == (("Europe/Paris",), "number", "FR")
    assert zones.message == "11:00 (Europe/Paris), by the number."
    (several,) = _explained(AMERICA, at).zones
    assert len(several.time_zones) > 3
    assert "all these zones" in several.message
    (unknown,) = _explained("+80012345678", at, "fr").zones
    assert (unknown.time_zones, unknown.source) == ((), "unknown")
    assert unknown.message == "Fuseau inconnu : appelé aux heures de 11:00 (Africa/Porto-Novo)."


def test_a_number_of_several_zones_waits_until_all_are_open() -> None:
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)  # 07:00 in New York, 02:00 in Honolulu
    found = _explained(AMERICA, at)
    assert found.code == "OUTSIDE_CALLABLE_TIME"
    # 14:00 in Honolulu is 19:00 in New York: the only hour of the day at which no zone is at lunch.
    assert found.next_attempt_at == datetime(2026, 11, 24, 0, tzinfo=UTC)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_a_window_for_unknown_zones_nobody_calls(language: str) -> None:
    rules = replace(RULES, windows=RULES.windows[:1])
    found = _explained("+80012345678", datetime(2026, 11, 23, 10, tzinfo=UTC), language, rules)
    assert (found.code, found.next_attempt_at) == ("TIME_ZONE_UNKNOWN", None)


def test_a_zone_without_hours_is_never_open() -> None:
    only_benin = Window(kind="zone", time_zone="Africa/Porto-Novo", slots=WEEK)
    rules = replace(RULES, windows=(only_benin,))
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert _explained(BENIN, at, rules=rules).callable
    found = _explained(PARIS, at, rules=rules)
    assert (found.code, found.next_attempt_at) == ("OUTSIDE_CALLABLE_TIME", None)
    assert found.message.startswith("The callable time set has no hours for Europe/Paris.")
