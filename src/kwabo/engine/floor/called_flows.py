"""Flows of people whom we have called: begun with what the database knows of the contact.

The contact is read in the transaction that writes the place in the flow: a call is never answered
in the database without its flow.
"""

from __future__ import annotations

from uuid import UUID

from kwabo.domain.flows.cursor import Facts
from kwabo.domain.interactions.attempt import Result
from kwabo.engine.floor import call_closing, calls, flow_runs
from kwabo.engine.floor.flow_run import Beginning
from kwabo.engine.floor.state import Call, Floor
from kwabo.ports.floor_store import FloorTransaction


def want(floor: Floor, call: Call, flow_id: UUID) -> None:
    """Have the flow speak with the call, in this step."""
    floor.beginnings.append(Beginning(attempt_id=call.attempt_id, flow_id=str(flow_id)))


async def take(floor: Floor, transaction: FloorTransaction) -> None:
    """Begin the flows that were wanted in this step."""
    beginnings, floor.beginnings = floor.beginnings, []
    for beginning in beginnings:
        call = floor.calls.get(beginning.attempt_id)
        if call is None or call.closed:
            continue
        flow = flow_runs.published(floor, beginning.flow_id)
        if flow is None:
            _without(floor, call)
            continue
        contact = await transaction.called_contact(call.contact_id, call.number)
        call.language = call.language or contact.language
        known = {str(name): str(value) for name, value in contact.data.items()}
        campaign = floor.campaigns[call.campaign_id]
        facts = Facts(
            caller=call.number,  # the other side, as in calls from outside
            called=call.caller_id,
            language=call.language,
            time_zone=call.time_zone or campaign.row.list_time_zone,
            person=known,
            contact=known,
        )
        flow_runs.begun_at(floor, call, flow, facts)
        flow_runs.begin(floor, call)


def _without(floor: Floor, call: Call) -> None:
    """There is no such flow any more: a person is told so, as if no agent could be had."""
    if call.apologising:
        calls.say_message(floor, call)
    elif call.ends_as is Result.PERSON:
        calls.apologise(floor, call)
    else:
        call_closing.close(floor, call, call.ends_as, hung_up_by="system")
