"""Every code of routing has its words in both languages."""

from __future__ import annotations

from uuid import UUID

import pytest

from kwabo.domain.routing.eligibility import Passed
from kwabo.domain.routing.explanation import Chosen, Explanation, PassedAgent, PassedCall
from kwabo.domain.routing.onward import Move, OnwardCode
from kwabo.domain.routing.sentences import Names, move_told, told

ADA, BEN, CALL, OTHER, QUEUE = (UUID(int=n) for n in range(1, 6))
NAMES = Names(
    agent={ADA: "Ada", BEN: "Ben"}.__getitem__,
    call={CALL: "12", OTHER: "11"}.__getitem__,
    queue={QUEUE: "Support"}.__getitem__,
)


def _explanation(chosen: Chosen, code: Passed) -> Explanation:
    return Explanation(
        call_id=CALL,
        queue_id=QUEUE,
        user_id=ADA,
        waited=75_000,
        idle=3_000,
        urgency=4,
        base_priority=3,
        ring=1,
        needs=(),
        score=0,
        chosen=chosen,
        runner_up=BEN,
        agents=(PassedAgent(BEN, code),),
        calls=(PassedCall(OTHER, code),),
    )


@pytest.mark.parametrize("chosen", Chosen)
@pytest.mark.parametrize("code", Passed)
def test_every_choice_is_told_in_both_languages(chosen: Chosen, code: Passed) -> None:
    french = told(_explanation(chosen, code), NAMES, "fr")
    english = told(_explanation(chosen, code), NAMES, "en")
    assert len(french) == len(english) == 4
    assert not set(french) & set(english)
    assert all("Ada" in one or "Ben" in one or "75 s" in one for one in (*french, *english))


def test_a_choice_in_full() -> None:
    assert told(_explanation(Chosen.LONGEST_IDLE, Passed.SHORTER_IDLE), NAMES, "en") == (
        "With equal skills, Ada had been idle for longer than Ben.",
        "The call had waited for 75 s (priority 3, and 1 by waiting); no more urgent call could "
        "be taken.",
        "Ben had been idle for less long.",
        "The call 11 came before, but Ada had been idle for less long.",
    )


@pytest.mark.parametrize("code", OnwardCode)
def test_every_move_is_told_in_both_languages(code: OnwardCode) -> None:
    move = Move(CALL, ADA, code, QUEUE)
    french, english = (move_told(move, NAMES, language) for language in ("fr", "en"))
    assert french != english
    assert ("Support" in french) == ("Support" in english) == code.startswith("OVERFLOW")
