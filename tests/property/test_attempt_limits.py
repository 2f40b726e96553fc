"""Attempt limits against brute force: what is used, and when exactly there is room again."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kwabo.domain.compliance.attempt_limits import AttemptLimit, EarlierCall, longest_back, use_of
from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber
from kwabo.domain.compliance.rules import assess
from kwabo.kernel.verdict import Allowed, Denied, Later

NOW = datetime(2026, 3, 30, 11, 7, tzinfo=UTC)  # the day after clocks changed in Europe
CAMPAIGNS = (UUID(int=1), UUID(int=2))
CONTACTS = (UUID(int=3), UUID(int=4))
NUMBERS = {
    "+2290197000001": UUID(int=5),
    "+2290197000002": UUID(int=5),
    "+33612345678": UUID(int=6),
}
SECOND = timedelta(seconds=1)

limits = st.builds(
    AttemptLimit,
    attempt_limit_id=st.just(UUID(int=9)),
    name=st.just("limit"),
    per=st.sampled_from(("contact", "number", "person")),
    scope=st.sampled_from(("campaign", "organisation")),
    most=st.integers(1, 4),
    reset=st.sampled_from(("days", "hours", "days", "hours", "never")),
    days=st.integers(1, 4),
    hours=st.integers(1, 80),
    reset_at=st.sampled_from((time(0), time(2, 30), time(8), time(23, 59))),
    time_zone=st.sampled_from(("Africa/Porto-Novo", "Europe/Paris", "America/New_York")),
    counted=st.sampled_from(("dialled", "alerted", "answered", "unanswered")),
)
calls = st.lists(
    st.builds(
        lambda minutes, campaign, contact, number, result, ringing: EarlierCall(
            contact_id=contact,
            campaign_id=campaign,
            number=number,
            person_id=NUMBERS[number],
            dialled_at=NOW - timedelta(minutes=minutes),
            result=result,
            ringing=ringing,
            answered=result in ("person", "machine"),
        ),
        st.integers(0, 5 * 1440),
        st.sampled_from(CAMPAIGNS),
        st.sampled_from(CONTACTS),
        st.sampled_from(tuple(NUMBERS)),
        st.sampled_from(("person", "machine", "no_answer", "busy", "cancelled", "congestion")),
        st.booleans(),
    ),
    max_size=12,
).map(tuple)


def _counts(call: EarlierCall, limit: AttemptLimit) -> bool:
    """The definition, spelt out."""
    if limit.counted == "dialled":
        return True
    if limit.counted == "answered":
        return call.answered
    unnoticed = call.result in ("cancelled", "congestion") and not call.ringing
    return not unnoticed and (limit.counted == "alerted" or not call.answered)


def _inside(limit: AttemptLimit, dialled_at: datetime, at: datetime) -> bool:
    """Whether a call is in the window, found by going through the limit's days one by one."""
    if limit.reset == "never":
        return True
    if limit.reset == "hours":
        return at - dialled_at < timedelta(hours=limit.hours)
    where = ZoneInfo(limit.time_zone)
    first = (dialled_at - timedelta(days=3)).astimezone(where).date()
    begins = [
        datetime.combine(first + timedelta(days=n), limit.reset_at, tzinfo=where).astimezone(UTC)
        for n in range(30)
    ]
    return sum(1 for begin in begins if dialled_at < begin <= at) < limit.days


def _subject(limit: AttemptLimit, call: EarlierCall, number: str) -> bool:
    here = limit.scope == "organisation" or call.campaign_id == CAMPAIGNS[0]
    same = {
        "contact": call.contact_id == CONTACTS[0],
        "number": call.number == number,
        "person": call.person_id == NUMBERS[number],
    }
    return here and same[limit.per]


@given(limits, calls, st.integers(0, 6 * 1440))
@settings(max_examples=400, deadline=None)
def test_use_is_what_brute_force_counts(
    limit: AttemptLimit, history: tuple[EarlierCall, ...], minutes: int
) -> None:
    at = NOW + timedelta(minutes=minutes)
    use = use_of(limit, history, at)
    inside = [c for c in history if _counts(c, limit) and _inside(limit, c.dialled_at, at)]
    assert use.used == len(inside)
    assert use.full == (len(inside) >= limit.most)
    if use.free_at is not None:
        assert use_of(limit, history, use.free_at).used < limit.most
        assert use_of(limit, history, use.free_at - SECOND).used >= limit.most
    else:
        assert not use.full or limit.reset == "never"


@given(
    limits, calls, st.lists(st.sampled_from(tuple(NUMBERS)), min_size=1, max_size=3, unique=True)
)
@settings(max_examples=400, deadline=None)
def test_no_number_is_called_beyond_a_limit_and_none_is_held_back_below_it(
    limit: AttemptLimit, history: tuple[EarlierCall, ...], numbers: list[str]
) -> None:
    candidate = Candidate(
        contact_id=CONTACTS[0],
        numbers=tuple(CandidateNumber(number=n, label="", callable=True) for n in numbers),
        callable=True,
        uncallable_reason=None,
        time_zone="Africa/Porto-Novo",
        course=None,
        live_elsewhere=False,
        dialled_at=None,
        persons=NUMBERS,
        calls=history,
    )
    terms = CampaignTerms(
        campaign_id=CAMPAIGNS[0],
        callable_time=CallableTime(
            weekdays=frozenset(range(1, 8)), start=time(0), until=time(23, 59, 59, 999999)
        ),
        max_attempts=99,
        minimum_gap_seconds=0,
        attempt_limits=(limit,),
    )

    def free(number: str, at: datetime) -> bool:
        mine = [c for c in history if _subject(limit, c, number) and _counts(c, limit)]
        return sum(_inside(limit, c.dialled_at, at) for c in mine) < limit.most

    answer = assess(candidate, terms, NOW)
    allowed = answer.callable_numbers if isinstance(answer.verdict, Allowed) else frozenset()
    assert allowed == frozenset(n for n in numbers if free(n, NOW))
    if isinstance(answer.verdict, Denied):
        assert limit.reset == "never"
    elif isinstance(answer.verdict, Later):
        at = answer.verdict.retry_at
        assert any(free(n, at) for n in numbers)
        assert not any(free(n, at - SECOND) for n in numbers)
        assert isinstance(assess(candidate, terms, at - SECOND).verdict, Later)
    else:
        assert isinstance(answer.verdict, Allowed)
        assert any(free(n, NOW) for n in numbers)


@given(limits, calls)
@settings(max_examples=200, deadline=None)
def test_calls_before_the_longest_window_change_nothing(
    limit: AttemptLimit, history: tuple[EarlierCall, ...]
) -> None:
    since = longest_back([limit], NOW)
    kept = [c for c in history if since is None or c.dialled_at >= since]
    assert use_of(limit, kept, NOW) == use_of(limit, history, NOW)
