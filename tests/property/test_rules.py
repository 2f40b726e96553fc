"""The rules before an attempt: what they answer together is what each of them answers alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from kwabo.domain.campaigns.recall import DEFAULT_RECALL_SECONDS, after_attempt
from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.candidate import (
    CampaignTerms,
    Candidate,
    CandidateCallback,
    CandidateCourse,
    CandidateNumber,
)
from kwabo.domain.compliance.dnc import DncCheck, DncMatch
from kwabo.domain.compliance.number_order import choose_number
from kwabo.domain.compliance.rules import RULES, assess
from kwabo.domain.interactions.attempt import Result, result_of_unanswered
from kwabo.kernel.verdict import Allowed, Denied, Later

NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)  # the day before clocks change in Europe
NUMBERS = ("+2290197000001", "+2290197000002", "+33612345678")

times = st.one_of(st.none(), st.integers(-4000, 4000).map(lambda m: NOW + timedelta(minutes=m)))
numbers = st.lists(
    st.builds(
        CandidateNumber,
        number=st.sampled_from(NUMBERS),
        label=st.just(""),
        callable=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda n: n.number,
).map(tuple)
courses = st.one_of(
    st.none(),
    st.builds(
        CandidateCourse,
        state=st.sampled_from(("open", "in_progress", "finished")),
        attempts=st.integers(0, 4),
        last_attempt_at=times,
        last_result=st.sampled_from((None, "busy", "cancelled", "skipped", "person")),
        next_attempt_at=times,
        reason=st.just(""),
    ),
)
callbacks = st.one_of(
    st.none(),
    st.builds(
        CandidateCallback,
        callback_id=st.just(UUID(int=1)),
        due_at=times.filter(lambda at: at is not None),
        number=st.sampled_from(NUMBERS),
        owner_user_id=st.none(),
    ),
)
matches_ = st.builds(
    DncMatch,
    dnc_list_id=st.just(UUID(int=4)),
    list_name=st.sampled_from(("Refus", "Bloctel")),
    number=st.sampled_from((*NUMBERS, None)),
    expires_at=times,
)
checks = st.builds(
    DncCheck,
    dnc_list_id=st.just(UUID(int=5)),
    list_name=st.just("Pacitel"),
    number=st.sampled_from(NUMBERS),
    max_age=st.sampled_from((timedelta(hours=1), timedelta(days=28))),
    when_silent=st.sampled_from(("hold", "allow")),
    listed=st.booleans(),
    checked_at=times.filter(lambda at: at is not None),
    silences=st.integers(0, 2),
    ask_after=times,
)
candidates = st.builds(
    Candidate,
    contact_id=st.just(UUID(int=2)),
    numbers=numbers,
    callable=st.booleans() | st.just(True),
    uncallable_reason=st.none(),
    time_zone=st.sampled_from(("Africa/Porto-Novo", "Europe/Paris", "America/New_York", "?")),
    course=courses,
    live_elsewhere=st.sampled_from((False,) * 5 + (True,)),
    dialled_at=times,
    dnc=st.lists(matches_, max_size=3).map(tuple),
    dnc_checks=st.lists(checks, max_size=3).map(tuple),
    callback=callbacks,
)
terms = st.builds(
    CampaignTerms,
    campaign_id=st.just(UUID(int=3)),
    callable_time=st.builds(
        CallableTime,
        weekdays=st.frozensets(st.integers(1, 7), min_size=1),
        start=st.sampled_from((time(0), time(8), time(2, 30))),
        until=st.sampled_from((time(20), time(3), time(23, 59))),
    ),
    max_attempts=st.integers(1, 4),
    minimum_gap_seconds=st.sampled_from((0, 300, 86400)),
)


@given(candidates, terms)
@settings(max_examples=400, deadline=None)
def test_the_first_rule_that_objects_decides(
    candidate: Candidate, conditions: CampaignTerms
) -> None:
    answer = assess(candidate, conditions, NOW)
    left, ends, first = list(candidate.numbers), [], None
    for rule in RULES:
        if hasattr(rule, "check"):
            verdict = rule.check(candidate, conditions, NOW)
            first = None if isinstance(verdict, Allowed) else verdict
        else:
            said = {n: rule.check_number(candidate, n, conditions, NOW) for n in left}
            ends += [v.retry_at for v in said.values() if isinstance(v, Later)]
            left = [n for n in left if isinstance(said[n], Allowed)]
            if not left:
                first = Later(rule.code, min(ends)) if ends else Denied(rule.code)
        if first is not None:
            break
    assert answer.verdict == (first or Allowed())
    assert [check.code for check in answer.checks] == [rule.code for rule in RULES][
        : len(answer.checks)
    ]
    assert (answer.number is not None) == (first is None)
    if first is None:
        assert [n.number for n in answer.numbers if isinstance(n.verdict, Allowed)] == [
            n.number for n in left
        ]


@given(candidates, terms)
@settings(max_examples=400, deadline=None)
def test_an_allowed_number_is_callable_and_not_listed(
    candidate: Candidate, conditions: CampaignTerms
) -> None:
    number = assess(candidate, conditions, NOW).number
    if number is not None:
        (chosen,) = [n for n in candidate.numbers if n.number == number]
        assert chosen.callable
        for match in candidate.dnc:
            ended = match.expires_at is not None and match.expires_at <= NOW
            assert ended or match.number not in (None, number)
        for check in candidate.dnc_checks:
            if check.number == number:
                fresh = check.checked_at is not None and check.checked_at + check.max_age > NOW
                passed = check.when_silent == "allow" and check.silences > 0
                assert not check.listed if fresh else passed and not check.listed


@given(candidates, terms)
@settings(max_examples=500, deadline=None)
def test_the_next_attempt_is_allowed_then_and_at_no_minute_before(
    candidate: Candidate, conditions: CampaignTerms
) -> None:
    if candidate.live_elsewhere or (candidate.course and candidate.course.state == "in_progress"):
        return  # how the call in progress ends decides
    answer = assess(candidate, conditions, NOW)
    if answer.next_attempt_at is None:
        for days in range(1, 30):
            later = assess(candidate, conditions, NOW + timedelta(days=days))
            assert isinstance(later.verdict, Denied | Later)
        return
    at = answer.next_attempt_at
    # By then a provider will have answered anew, should its last answer be too old.
    others = [rule for rule in RULES if rule.code != "DNC_UNCHECKED"]
    assert isinstance(assess(candidate, conditions, at, others).verdict, Allowed)
    assert at >= NOW
    minute = timedelta(minutes=max(1, int((at - NOW) / timedelta(minutes=1)) // 200))
    before = NOW
    while before < at:
        assert not isinstance(assess(candidate, conditions, before).verdict, Allowed)
        before += minute


@given(candidates, terms, st.integers(0, 5))
def test_numbers_take_turns(candidate: Candidate, conditions: CampaignTerms, n: int) -> None:
    usable = [number.number for number in candidate.numbers]
    course = CandidateCourse(
        state="open",
        attempts=n,
        last_attempt_at=None,
        last_result=None,
        next_attempt_at=None,
        reason="",
    )
    asked = replace(candidate, course=course, callback=None)
    chosen = choose_number(asked, candidate.numbers, NOW)
    assert chosen == (usable[n % len(usable)] if usable else None)


@given(
    st.sampled_from(list(Result)),
    st.integers(1, 6),
    st.integers(1, 6),
    st.dictionaries(st.sampled_from(list(Result)), st.none() | st.integers(60, 9999)),
    st.integers(0, 9999),
)
def test_no_recall_within_the_gap_or_beyond_the_limit(
    result: Result, attempts: int, most: int, given_: dict[str, int | None], gap: int
) -> None:
    course = after_attempt(
        result=result,
        attempts=attempts,
        max_attempts=most,
        recall_seconds=given_,
        minimum_gap_seconds=gap,
        at=NOW,
    )
    delay = given_.get(result, DEFAULT_RECALL_SECONDS[result])
    assert (course.state == "finished") == (course.next_attempt_at is None)
    if delay is None:
        assert course.reason == f"RESULT_{result.upper()}"
    elif result is Result.SKIPPED:
        assert course.next_attempt_at == NOW + timedelta(seconds=delay)
    elif attempts >= most:
        assert course.reason == "ATTEMPT_LIMIT"
    else:
        assert course.next_attempt_at == NOW + timedelta(seconds=max(delay, gap))


@given(st.none() | st.integers(-5, 200), st.none() | st.integers(-5, 999))
def test_every_end_of_an_unanswered_call_has_a_meaning(cause: int | None, sip: int | None) -> None:
    result = result_of_unanswered(cause, sip)
    assert isinstance(result, Result)
    assert result not in {Result.PERSON, Result.MACHINE, Result.SKIPPED, Result.CANCELLED}
