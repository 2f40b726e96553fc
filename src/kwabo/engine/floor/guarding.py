"""Calls that are no attempts, before the fraud guard: third parties and agents' telephones.

The guard reads the organisation's settings and counts in the transaction of the command, before the
floor does anything.
"""

from __future__ import annotations

from uuid import UUID

from kwabo.domain.flows.inputs import TransferEnded
from kwabo.engine.floor import agents, commands, conversation
from kwabo.engine.floor.flow_run import FlowTold
from kwabo.engine.floor.state import Floor
from kwabo.kernel.errors import Conflict
from kwabo.ports.floor_store import Command, FloorTransaction

THIRD_PARTIES = frozenset({"call.consult", "call.transfer"})
SIGN_IN = "agent.sign_in"


async def ask(floor: Floor, command: Command, transaction: FloorTransaction) -> None:
    """Raises Conflict with the guard's code when the command would call where nobody may."""
    number, attempt_id = _called_by(floor, command)
    if number is None:
        return
    answer = await transaction.guard(number, floor.now, attempt_id=attempt_id)
    if not answer.allowed:
        raise Conflict(
            answer.code,
            "The organisation does not allow a call to this number.",
            field="leg.address" if command.kind == SIGN_IN else "to.number",
            details={"retry_at": answer.retry_at.isoformat() if answer.retry_at else None},
        )


async def flow_transfers(floor: Floor, transaction: FloorTransaction) -> None:
    """Calls to numbers that flows have asked for: made when the guard allows them."""
    transfers, floor.transfers = floor.transfers, []
    for attempt_id, number in transfers:
        call = floor.calls.get(attempt_id)
        if call is None or call.closed:
            continue
        allowed = conversation.E164.match(number) is not None
        if allowed:
            answer = await transaction.guard(number, floor.now, attempt_id=attempt_id)
            allowed = answer.allowed
        if allowed:
            conversation.send_on(floor, call, number)
        else:
            told = TransferEnded(reason="refused")
            floor.told.append(FlowTold(attempt_id=attempt_id, told=told))


def _called_by(floor: Floor, command: Command) -> tuple[str | None, UUID | None]:
    """The number outside that the command would call, and in whose conversation."""
    if command.kind in THIRD_PARTIES:
        agent = commands.the_agent(floor, command)
        call = conversation.own_call(floor, agent, commands.id_of(command, "attempt_id"))
        to = commands.third_party(command.payload)
        return conversation.outside_number(floor, agent, call, to), call.attempt_id
    if command.kind == SIGN_IN:
        leg = dict(command.payload.get("leg") or {})
        address = str(leg.get("address") or "")
        if leg.get("kind") == "address" and agents.ADDRESS.match(address):
            return address, None
    return None, None
