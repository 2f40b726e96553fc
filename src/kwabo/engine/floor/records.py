"""Records that agents fetch, or have in front of them and call.

These read the database, so they are done in the step's transaction: all rules are asked there.
"""

from __future__ import annotations

from uuid import UUID

import structlog

from kwabo.domain.interactions.attempt import AttemptState
from kwabo.engine.floor import (
    call_closing,
    campaigns,
    commands,
    conversation,
    place_alerts,
    skilled,
    writing,
)
from kwabo.engine.floor.state import Call, Floor
from kwabo.kernel.errors import Conflict, KwaboError, NotFound
from kwabo.ports.floor_store import Command, FloorTransaction

log = structlog.get_logger(__name__)


async def dial(floor: Floor, command: Command, transaction: FloorTransaction) -> commands.Answer:
    """Call the record in front of the agent. Raises Conflict when it may not be called now."""
    agent = commands.the_agent(floor, command)
    attempt_id = commands.id_of(command, "attempt_id")
    call = conversation.own_call(floor, agent, attempt_id)
    if call.state is not AttemptState.OFFERED:
        raise Conflict("ATTEMPT_STATE", "This record has been called already.")
    place_alerts.refuse_before_the_answer(call)
    number = command.payload.get("number")
    await _dial_offered(floor, call, str(number) if number else None, transaction)
    return commands.state_of(floor, agent)


async def _dial_offered(
    floor: Floor, call: Call, number: str | None, transaction: FloorTransaction
) -> None:
    """Ask all rules again, then dial. Raises Conflict with the code of a rule that objects."""
    if not floor.switch_ready or not floor.reconciled:
        raise Conflict("SWITCH_LOST", "The switch does not answer; try again in a moment.")
    trunk = floor.trunks[call.trunk_id]
    if floor.lines_in_use(call.trunk_id) >= trunk.row.lines:
        raise Conflict("NO_LINES", "All lines are in use; try again in a moment.")
    await transaction.apply(*writing.flush(floor))
    row = floor.campaigns[call.campaign_id].row
    checked = await transaction.recheck(row, call.attempt_id, number, floor.now)
    if not checked.allowed or checked.number is None:
        raise Conflict(
            checked.code,
            "This contact may not be called now.",
            details={"retry_at": checked.retry_at.isoformat() if checked.retry_at else None},
        )
    campaigns.dial_offered(floor, call, checked.number)


async def fetch(floor: Floor, command: Command, transaction: FloorTransaction) -> commands.Answer:
    """Give the agent the next record of their campaigns. Raises NotFound `NO_RECORD`."""
    agent = commands.the_agent(floor, command)
    next_attempt_at = None
    for campaign in commands.fetchable(floor, agent):
        request = skilled.with_skills(
            floor, campaigns.claim(floor, campaign, [agent.user_id]), free=[]
        )
        await transaction.apply(*writing.flush(floor))
        answer = await transaction.claim(request)
        if campaigns.claimed(floor, request, answer):
            return commands.state_of(floor, agent)
        if answer.next_attempt_at is not None:
            earlier = next_attempt_at is None or answer.next_attempt_at < next_attempt_at
            next_attempt_at = answer.next_attempt_at if earlier else next_attempt_at
    raise NotFound(
        "NO_RECORD",
        "There is no record to call at present.",
        details={"next_attempt_at": next_attempt_at.isoformat() if next_attempt_at else None},
    )


async def preview_over(floor: Floor, attempt_id: UUID, transaction: FloorTransaction) -> None:
    """The preview timer has run out: call, or take the record back when that is not allowed."""
    call = floor.calls.get(attempt_id)
    if call is None or call.state is not AttemptState.OFFERED:
        return
    try:
        await _dial_offered(floor, call, None, transaction)
    except KwaboError as error:
        log.info("a preview record was taken back", code=error.code)
        call_closing.cancel(floor, call)
