"""Every judge can fail: a floor that is broken in one place is found out, by what its break brings.

Each case breaks one function and runs a plan without faults; the judge that must notice is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from kwabo.adapters.memory import floor_dnc, floor_order, floor_writes
from kwabo.adapters.switch.simulator import Faults
from kwabo.adapters.virtual_time import VirtualClock, run_in_virtual_time
from kwabo.domain.interactions.attempt import Result
from kwabo.domain.pacing import modes, predictive
from kwabo.domain.pacing.situation import Plan as Pace
from kwabo.domain.pacing.situation import Situation
from kwabo.engine.floor import (
    agents,
    call_closing,
    calls,
    campaigns,
    commands,
    conversation,
    ending,
    experience,
    pacing,
    recovery,
    starts,
    wrap_up,
)
from kwabo.engine.floor.effects import Leave, Play
from kwabo.engine.floor.state import Call, Floor
from kwabo.engine.floor.trunks import Trunk
from kwabo.ports.floor_changes import CallbackDone, WrapUpWritten
from kwabo.services import claims
from simulation import faulty
from simulation.plan import Plan, Share
from simulation.run import Simulation, simulate
from simulation.shrink import kinds
from simulation.world import HEADER

Break = Callable[[pytest.MonkeyPatch], None]

CROWD = Plan(
    seed=7,
    contacts=40,
    agents=4,
    seconds=60.0,
    faults=Faults(),
    lines=100,
    mode="power",
    calls_per_agent=3.0,
    max_attempts=1,
    quick=True,
    restless=0.0,
)
SPARSE = replace(CROWD, contacts=8, agents=2)


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _always(*_: Any, **__: Any) -> bool:
    return True


def _replaced(target: object, name: str, by: Any) -> Break:
    return lambda patch: patch.setattr(target, name, by)


def _newest_first(floor: Floor) -> None:
    for call in sorted(
        floor.calls.waiting.values(), key=lambda c: c.answered_at or floor.now, reverse=True
    ):
        agent = calls._substitute(floor, call)
        if agent is not None:
            calls.join_agent(floor, call, agent)


def _own_mode(situation: Situation, _plan: Callable[[Situation], Pace] = modes.plan) -> Pace:
    pace = _plan(situation)
    return replace(pace, dials=pace.dials + 3)


def _always_one(situation: Situation) -> Pace:
    return replace(modes.progressive(situation), dials=1)


def _deaf(patch: pytest.MonkeyPatch) -> None:
    """A floor that does not notice that the switch is lost."""
    patch.setattr(recovery, "switch_lost", _nothing)
    patch.setattr(faulty.ProcessSwitch, "ready", property(lambda self: True))


def _no_gap(terms: Callable[..., Any] = claims.terms_of) -> Callable[..., Any]:
    return lambda *given: replace(terms(*given), minimum_gap_seconds=0)


def _mute(floor: Floor, agent: Any, call: Call, muted: bool) -> None:
    call.muted = muted


def _in_one_bridge(call: Call, _made: Callable[[Call], None] = Call.__post_init__) -> None:
    _made(call)
    call.bridge_id = "call-of-all"


def _silence(floor: Floor, call: Call) -> None:
    floor.out.do(Leave(lane=call.lane, bridge_id=call.bridge_id, channel_id=call.channel_id))


def _message_for_all(floor: Floor, call: Call) -> None:
    if call.state == "answered":
        calls.move(floor, call, "connected", "attempt.connected")
        playback_id = f"{calls.APOLOGY}{call.attempt_id}"
        floor.out.do(
            Play(
                lane=call.lane,
                channel_id=call.channel_id,
                media=floor.settings.apology_media,
                playback_id=playback_id,
            )
        )


def _left_up(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(call_closing, "_free_the_line", _nothing)
    patch.setattr(recovery, "_leftovers", _nothing)


def _never_paused(patch: pytest.MonkeyPatch) -> None:
    for kind in ("campaign.pause", "campaign.stop"):
        patch.setitem(commands.HANDLERS, kind, lambda floor, command: {})  # type: ignore[arg-type]


def _outcome_lost(patch: pytest.MonkeyPatch) -> None:
    def write(data: Any, change: WrapUpWritten, *rest: Any) -> None:
        lost = replace(change, wrap_up_code_id=None, system_code="NOT_GIVEN")
        floor_writes._wrap_up(data, lost, *rest)

    patch.setitem(floor_writes._WRITERS, WrapUpWritten, write)  # type: ignore[index]


def _promise_kept_on(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(floor_writes._WRITERS, CallbackDone, _nothing)  # type: ignore[index]


def _rings_long(patch: pytest.MonkeyPatch) -> None:
    asked = calls.Originate
    patch.setattr(calls, "Originate", lambda **told: asked(**{**told, "timeout_seconds": 90}))


BREAKS: Mapping[str, tuple[str, Plan, Break]] = {
    "who waited longest is not served first": (
        "order", CROWD, _replaced(calls, "serve_waiting", _newest_first),
    ),
    "free agents do not take who waits": (
        "idle", CROWD, _replaced(calls, "serve_waiting", _nothing),
    ),
    "the message comes too late": (
        "message", CROWD, _replaced(calls, "MESSAGE_LEAD_SECONDS", -1.0),
    ),
    "no proof of the message is kept": (
        "message", CROWD, _replaced(calls, "message_started", _nothing),
    ),
    "who meets nobody is not abandoned": (
        "message", CROWD, _replaced(calls, "abandon", _nothing),
    ),
    "who waits is forgotten": (
        "I6", CROWD, _replaced(calls, "unserved", _nothing),
    ),
    "who is on hold hears nothing": (
        "I6", replace(SPARSE, restless=0.9, quick=False), _replaced(calls, "music", _silence),
    ),
    "lines are not counted": (
        "lines", replace(CROWD, lines=4), _replaced(Floor, "lines_in_use", lambda *_: 0),
    ),
    "calls per second are not counted": (
        "calls per second", CROWD, _replaced(Trunk, "may_start", lambda *_: 100),
    ),
    "power dials more than its ratio": (
        "mode", CROWD, _replaced(modes, "plan", _own_mode),
    ),
    "predictive dials without knowing anything": (
        "mode",
        replace(CROWD, mode="predictive", contacts=16),
        _replaced(modes, "plan", _own_mode),
    ),
    "predictive dials when its budget is spent": (
        "mode",
        replace(CROWD, mode="predictive", contacts=120, target=0.01),
        _replaced(predictive, "risk_allowed", lambda *_, **__: 0.9),
    ),
    "queues that share agents dial for each": (
        "mode",
        replace(CROWD, queues=2, shares=(Share(mode="power"), Share(mode="power", queue=1))),
        lambda patch: patch.setattr(
            "kwabo.engine.floor.common_agents.pools", lambda floor, queues: {q: q for q in queues}
        ),
    ),
    "a call is held for no agent": (
        "mode",
        replace(SPARSE, mode="progressive"),
        _replaced(
            campaigns,
            "claim",
            lambda floor, campaign, users, for_nobody=0, _claim=campaigns.claim: _claim(
                floor, campaign, [], for_nobody=for_nobody + len(users)
            ),
        ),
    ),
    "a paused campaign dials on": (
        "dialling", replace(CROWD, stops=4), _never_paused,
    ),
    "nobody is at work and it dials": (
        "dialling", replace(CROWD, agents=1, all_lost=3), _replaced(modes, "plan", _always_one),
    ),
    "the switch is lost and it dials": (
        "dialling", replace(CROWD, switch_losses=3), _deaf,
    ),
    "abandoned calls are not counted": (
        "window", CROWD, _replaced(experience, "abandoned", _nothing),
    ),
    "results are not counted": (
        "counts", SPARSE, _replaced(call_closing, "_count", _nothing),
    ),
    "muting is not told": (
        "views", replace(SPARSE, restless=0.9, quick=False), _replaced(conversation, "mute", _mute),
    ),
    "campaigns of one list do not know of each other": (
        "I2",
        replace(SPARSE, two_campaigns=True),
        _replaced(claims, "terms_of", _no_gap()),
    ),
    "the DNC list is not asked": (
        "I3",
        replace(CROWD, dnc_entries=8, agents=1),
        _replaced(floor_dnc, "against", lambda *_: floor_dnc.NOTHING),
    ),
    "calls share a bridge": (
        "I5", CROWD, _replaced(Call, "__post_init__", _in_one_bridge),
    ),
    "the message plays into a conversation": (
        "message", SPARSE, _replaced(calls, "connected", _message_for_all),
    ),
    "calls that are over stay up": ("end", SPARSE, _left_up),
    "who is listed while it rings is rung on": (
        "I3",
        replace(CROWD, contacts=12, quick=False, dnc_entries=20, seconds=15.0),
        _replaced(wrap_up, "take_back", _nothing),
    ),
    "nobody waits before calling again": (
        "recall",
        replace(SPARSE, max_attempts=3),
        _replaced(ending, "recall_seconds", lambda row, *_: dict.fromkeys(row.recall_seconds, 0)),
    ),
    "a promise that was kept stands": (
        "callback", CROWD, _promise_kept_on,
    ),
    "the outcome that an agent gives is lost": (
        "I8", SPARSE, _outcome_lost,
    ),
    "agents who want a pause get none": (
        "pause", replace(CROWD, restless=0.9), _replaced(agents, "pause", _nothing),
    ),
    "every call that fails was not answered": (
        "result", SPARSE, _replaced(ending, "unanswered", lambda *_: Result.NO_ANSWER),
    ),
    "it rings for longer than the campaign says": (
        "asked", SPARSE, _rings_long,
    ),
    "whoever is done stays on the line": (
        "left up", SPARSE, _replaced(call_closing, "_free_the_line", _nothing),
    ),
    "the agent's leg is left alone after a call": (
        "parked", SPARSE, _replaced(agents, "park", _nothing),
    ),
    "a call without its agent rings on": (
        "held",
        replace(SPARSE, mode="progressive", quick=False, all_lost=4),
        _replaced(call_closing, "cancel", _nothing),
    ),
    "a paused campaign leaves its records in front of agents": (
        "offered",
        replace(CROWD, preview=True, stops=4),
        _replaced(campaigns, "_withdraw_offers", _nothing),
    ),
    "a list is finished before all were called": (
        "complete", replace(CROWD, agents=1), _replaced(floor_order, "is_exhausted", _always),
    ),
    "nobody is called": (
        "starving", SPARSE, _replaced(starts, "starts", lambda *_: pacing.Starts()),
    ),
    "conversations that nobody wraps up have no outcome": (
        "I4", CROWD, _replaced(call_closing, "system_wrap_up", _nothing),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_floor_is_found_out(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    judge, plan, break_it = BREAKS[what]
    break_it(monkeypatch)
    assert judge in kinds(simulate(plan))


@pytest.mark.parametrize("plan", {id(plan): plan for _, plan, _ in BREAKS.values()}.values())
def test_the_same_plans_are_right_on_a_sound_floor(plan: Plan) -> None:
    assert not simulate(plan)


class TestDoctoredRecords:
    """What no break of the floor brings about: the database or the switch would refuse it."""

    def test_a_second_invite_of_an_attempt(self) -> None:
        simulation = _run(SPARSE)
        invited = simulation.world.node.calls
        invited.append(next(call for call in invited if HEADER in call.headers))
        simulation.judge.ending.end(None, False, simulation.judge.hearing)
        assert "I1" in kinds(simulation.world.problems)

    def test_an_attempt_that_goes_back(self) -> None:
        simulation = _run(SPARSE)
        events = simulation.world.data.events
        begun = next(e for _, e in events.items() if e.kind == "attempt.dialling")
        events.put(len(events) + 1, begun)
        simulation.judge.tables.read()
        assert "I14" in kinds(simulation.world.problems)

    def test_a_proof_of_a_message_that_nobody_heard(self) -> None:
        simulation = _run(CROWD)
        assert simulation.judge.serving.messages
        simulation.judge.serving.messages.clear()
        simulation.judge.serving.end(simulation.judge.hearing)
        assert "message" in kinds(simulation.world.problems)


def _run(plan: Plan) -> Simulation:
    simulations: list[Simulation] = []

    async def main(clock: VirtualClock) -> None:
        simulations.append(Simulation(deepcopy(plan), clock))
        await simulations[0].run()

    run_in_virtual_time(main)
    assert not simulations[0].world.problems
    return simulations[0]
