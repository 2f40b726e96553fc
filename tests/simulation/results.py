"""Judges that rows tell what was at the far end: how a call ended, and what was asked for it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from kwabo.adapters.switch.simulator import FarEndCall
from kwabo.adapters.switch.simulator.channels import SimulatedChannel
from kwabo.domain.interactions.attempt import Result
from kwabo.ports.floor_rows import AttemptRow
from kwabo.ports.switch import CallNumber
from simulation.hearing import Hearing
from simulation.world import HEADER, World

# Cause of the far end's own end (Q.850) → result. Without a cause the floor has ended the call.
OF_CAUSE = {
    1: Result.INVALID,
    17: Result.BUSY,
    19: Result.NO_ANSWER,
    21: Result.REJECTED,
    27: Result.CONGESTION,  # with the answer 503
    34: Result.CONGESTION,
}
# Taken back while its end was on the way, or its end was never told.
ALWAYS = frozenset({Result.CANCELLED, Result.UNKNOWN})
NEVER_SENT = ALWAYS | {Result.SKIPPED, Result.FAILED}
ANSWERED = frozenset({Result.PERSON, Result.MACHINE})


class Results:
    """See the module."""

    def __init__(self, world: World, problem: Callable[[str], None]) -> None:
        self._world = world
        self._problem = problem

    def invited(self, call: FarEndCall, channel: SimulatedChannel) -> None:
        """An INVITE has reached the far end: it is as its campaign wants it."""
        if HEADER not in call.headers or channel.call is None:
            return
        data = self._world.data
        asked = channel.call
        row = data.attempts[UUID(call.headers[HEADER])].row
        campaign = data.campaigns[row.campaign_id]
        if asked.caller_id != row.caller_id or row.caller_id != campaign.caller_id:
            self._problem(f"asked: {row.attempt_id} shows {asked.caller_id}")
        if asked.timeout_seconds != campaign.no_answer_timeout_seconds:
            self._problem(f"asked: {row.attempt_id} may ring for {asked.timeout_seconds} s")
        if (asked.call_analysis is not None) != campaign.call_analysis:
            self._problem(f"asked: {row.attempt_id} with the wrong call analysis")
        trunk = data.trunks[campaign.trunk_id].endpoint
        if not isinstance(asked.to, CallNumber) or asked.to.trunk_endpoint != trunk:
            self._problem(f"asked: {row.attempt_id} by another trunk")

    def end(self, hearing: Hearing) -> None:
        """Everything is over."""
        calls = {
            UUID(call.headers[HEADER]): call
            for call in self._world.node.calls
            if HEADER in call.headers
        }
        for attempt in self._world.data.attempts:
            row = attempt.row
            if row.result is not None:
                self._told(row, calls.get(row.attempt_id), hearing)

    def _told(self, row: AttemptRow, call: FarEndCall | None, hearing: Hearing) -> None:
        result = Result(row.result or Result.UNKNOWN)
        if call is None:
            if result not in NEVER_SENT:
                self._problem(f"result: {row.attempt_id} is {result} and reached nobody")
            return
        allowed = self._allowed(call, row)
        if result not in allowed:
            told = ", ".join(sorted(allowed))
            self._problem(f"result: {row.attempt_id} is {result}, at the far end it is {told}")
        if result is Result.UNKNOWN and row.closed_at is not None:
            quiet = self._world.drawn.faultless and hearing.was_stable(call.at, row.closed_at)
            if quiet:
                self._problem(f"result: {row.attempt_id} is unknown, and nothing went wrong")
        nobody = call.connected_at is None and row.agent_user_id is None
        if result is Result.PERSON and nobody and not row.abandoned:
            self._problem(f"result: {row.attempt_id} met nobody and is not abandoned")

    def _allowed(self, call: FarEndCall, row: AttemptRow) -> frozenset[Result]:
        if call.answered_at is not None:
            campaign = self._world.data.campaigns[row.campaign_id]
            # Whoever hangs up on call analysis is gone before anybody knows what they were; so is
            # whoever does at once where the answer was not told, or told to an engine that died.
            unheard = campaign.call_analysis or not self._world.drawn.faultless
            early = unheard and row.answered_at is None
            return ALWAYS | ANSWERED | ({Result.NO_ANSWER} if early else set())
        own = OF_CAUSE.get(call.cause or 0)
        return ALWAYS if own is None else ALWAYS | {own}
