"""The rules' answer for people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from kwabo.domain.campaigns.explanation import SENTENCES, explain
from kwabo.domain.campaigns.recall import DEFAULT_RECALL_SECONDS
from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.candidate import (
    CampaignTerms,
    Candidate,
    CandidateCourse,
    CandidateNumber,
)
from kwabo.domain.compliance.rules import RULES

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday, 11:00 in Benin
TERMS = CampaignTerms(
    campaign_id=UUID(int=1),
    callable_time=CallableTime(weekdays=frozenset({1, 2}), start=time(8), until=time(20)),
    max_attempts=3,
    minimum_gap_seconds=300,
)
FRESH = Candidate(
    contact_id=UUID(int=2),
    numbers=(CandidateNumber(number="+2290161000000", label="tel", callable=True),),
    callable=True,
    uncallable_reason=None,
    time_zone="Africa/Porto-Novo",
    course=None,
    live_elsewhere=False,
    dialled_at=None,
)


def course(**values: object) -> CandidateCourse:
    plain = {
        "state": "open",
        "attempts": 1,
        "last_attempt_at": None,
        "last_result": None,
        "next_attempt_at": None,
        "reason": "",
    }
    return CandidateCourse(**(plain | values))  # type: ignore[arg-type]


def test_a_contact_that_can_be_called_names_the_number_and_every_rule() -> None:
    explanation = explain(FRESH, TERMS, running=True, now=NOW, language="en")
    assert explanation.callable
    assert explanation.code == "CALLABLE"
    assert explanation.number == "+2290161000000"
    assert [check.code for check in explanation.checks] == [rule.code for rule in RULES]
    assert all(check.verdict == "allowed" for check in explanation.checks)


def test_a_campaign_that_does_not_run_comes_first() -> None:
    explanation = explain(FRESH, TERMS, running=False, now=NOW, language="fr")
    assert not explanation.callable
    assert explanation.code == explanation.checks[0].code == "CAMPAIGN_NOT_RUNNING"
    assert explanation.number is None
    assert explanation.message == SENTENCES["CAMPAIGN_NOT_RUNNING"][0]


def test_the_course_says_why_it_waits() -> None:
    opens = NOW + timedelta(hours=20)
    waiting = replace(FRESH, course=course(next_attempt_at=opens, reason="OUTSIDE_CALLABLE_TIME"))
    explanation = explain(waiting, TERMS, running=True, now=NOW, language="en")
    assert explanation.code == "RECALL_DELAY"
    assert explanation.reason == "OUTSIDE_CALLABLE_TIME"
    assert explanation.next_attempt_at is not None
    assert explanation.next_attempt_at >= opens
    assert "callable hours" in explanation.message


def test_a_finished_contact_says_with_what() -> None:
    done = replace(FRESH, course=course(state="finished", reason="RESULT_PERSON"))
    for running in (True, False):
        explanation = explain(done, TERMS, running=running, now=NOW, language="en")
        assert explanation.code == "FINISHED"
        assert explanation.reason == "RESULT_PERSON"
        assert "a person answered" in explanation.message
        assert explanation.next_attempt_at is None


def test_every_code_of_rules_and_results_has_a_sentence_in_both_languages() -> None:
    codes = {rule.code for rule in RULES} | {f"RESULT_{r.upper()}" for r in DEFAULT_RECALL_SECONDS}
    for code in codes:
        french, english = SENTENCES[code]
        assert french
        assert english
