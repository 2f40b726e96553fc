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
from kwabo.domain.compliance.dnc import DncCheck, DncMatch
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
    waiting = replace(FRESH, course=course(next_attempt_at=opens, reason="RESULT_BUSY"))
    explanation = explain(waiting, TERMS, running=True, now=NOW, language="en")
    assert explanation.code == "RECALL_DELAY"
    assert explanation.reason == "RESULT_BUSY"
    assert explanation.next_attempt_at is not None
    assert explanation.next_attempt_at >= opens
    assert "busy" in explanation.message


def test_who_was_put_off_for_the_hours_is_asked_the_hours_of_now() -> None:
    later = NOW + timedelta(hours=20)
    waiting = replace(FRESH, course=course(next_attempt_at=later, reason="OUTSIDE_CALLABLE_TIME"))
    assert explain(waiting, TERMS, running=True, now=NOW, language="en").callable
    at_night = NOW + timedelta(hours=12)  # 23:00 in Benin
    explanation = explain(waiting, TERMS, running=True, now=at_night, language="en")
    assert explanation.code == "OUTSIDE_CALLABLE_TIME"
    assert explanation.next_attempt_at == datetime(2026, 11, 24, 7, tzinfo=UTC)


def test_a_finished_contact_says_with_what() -> None:
    done = replace(FRESH, course=course(state="finished", reason="RESULT_PERSON"))
    for running in (True, False):
        explanation = explain(done, TERMS, running=running, now=NOW, language="en")
        assert explanation.code == "FINISHED"
        assert explanation.reason == "RESULT_PERSON"
        assert "a person answered" in explanation.message
        assert explanation.next_attempt_at is None


def _listed(**values: object) -> DncMatch:
    plain = {"dnc_list_id": UUID(int=3), "list_name": "Refus", "number": "+2290161000000"}
    return DncMatch(**(plain | values))  # type: ignore[arg-type]


def test_a_listed_number_names_its_lists_and_until_when() -> None:
    end = NOW + timedelta(days=2)
    both = (_listed(expires_at=end), _listed(list_name="Bloctel", expires_at=end))
    listed = replace(FRESH, dnc=both)
    french = explain(listed, TERMS, running=True, now=NOW, language="fr")
    assert french.code == "DNC_LISTED"
    assert french.message == (
        "Son numéro est en opposition : « Refus » et « Bloctel », jusqu’au 25/11/2026 à 10:00 UTC."
    )
    english = explain(replace(FRESH, dnc=both[:1]), TERMS, running=True, now=NOW, language="en")
    assert english.message == (
        "Its number is on a DNC list: “Refus”, until 2026-11-25 at 10:00 UTC."
    )
    assert english.checks[-1].message == english.message


def test_a_listed_column_and_a_silent_provider_are_told_by_name() -> None:
    column = replace(FRESH, dnc=(_listed(number=None, column="contrat"),))
    told = explain(column, TERMS, running=True, now=NOW, language="fr").message
    assert told == "La valeur de sa colonne « contrat » est en opposition : « Refus »."
    check = DncCheck(
        dnc_list_id=UUID(int=4),
        list_name="Bloctel",
        number="+2290161000000",
        max_age=timedelta(days=28),
        when_silent="hold",
    )
    waits = replace(FRESH, dnc_checks=(check,))
    told = explain(waits, TERMS, running=True, now=NOW, language="en").message
    assert told == "The DNC provider “Bloctel” has not answered yet: the call waits."


def test_a_contact_finished_by_an_entry_names_the_list() -> None:
    done = replace(FRESH, dnc=(_listed(),), course=course(state="finished", reason="DNC_LISTED"))
    told = explain(done, TERMS, running=True, now=NOW, language="en").message
    assert told.endswith("Its number is on a DNC list: “Refus”.")


def test_every_code_of_rules_and_results_has_a_sentence_in_both_languages() -> None:
    codes = {rule.code for rule in RULES} | {f"RESULT_{r.upper()}" for r in DEFAULT_RECALL_SECONDS}
    for code in codes:
        french, english = SENTENCES[code]
        assert french
        assert english
