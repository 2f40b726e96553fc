"""Calls from outside: written as attempts before they are answered, then given to their flow."""

from __future__ import annotations

from kwabo.domain.interactions.arrivals import Refusal
from kwabo.domain.interactions.attempt import AttemptState, Result
from kwabo.engine.floor import call_closing, calls, flow_runs
from kwabo.engine.floor.effects import AnswerChannel, RejectChannel, TakeCalls
from kwabo.engine.floor.state import Call, Campaign, Floor
from kwabo.ports.event_log import NewEvent
from kwabo.ports.floor_arrivals import Arrival, ArrivalRefused, Arrived
from kwabo.ports.floor_store import FloorTransaction
from kwabo.ports.switch import ChannelAlive, ChannelArrived, InboundTrunk


async def take(floor: Floor, transaction: FloorTransaction) -> None:
    """Write the calls that have arrived since the last step."""
    arrivals, floor.arrivals = floor.arrivals, []
    for event in arrivals:
        if event.channel_id in floor.calls.by_channel:
            continue  # told twice, or found in a snapshot as well
        answer = await transaction.arrive(
            Arrival(
                attempt_id=floor.ids.new(),
                new_contact_id=floor.ids.new(),
                channel_id=event.channel_id,
                number=event.number,
                caller=event.caller,
                trunk_endpoint=event.trunk_endpoint,
                at=event.at,
            )
        )
        if isinstance(answer, ArrivalRefused):
            _refuse(floor, event, Refusal(answer.code))
        else:
            _arrived(floor, answer)


def _arrived(floor: Floor, answer: Arrived) -> None:
    campaign_id = answer.campaign.campaign_id
    if campaign_id not in floor.campaigns:
        floor.campaigns[campaign_id] = Campaign.of(answer.campaign)
    call = Call.of(answer.row)
    floor.calls[call.attempt_id] = call
    calls.touch(floor, call, "attempt.arrived")
    if not flow_runs.prepare(floor, call, answer):
        floor.out.do(_rejection(call.lane, call.channel_id, Refusal.FLOW_UNPUBLISHED))
        call_closing.close(floor, call, Result.FAILED, hung_up_by="system")
        return
    floor.out.do(AnswerChannel(lane=call.lane, channel_id=call.channel_id))


def expect(floor: Floor) -> None:
    """Have the calls of all trunks come here."""
    floor.out.do(
        TakeCalls(
            lane="floor",
            trunks=tuple(
                InboundTrunk(endpoint=trunk.row.endpoint, country=trunk.row.country)
                for trunk in floor.trunks.values()
            ),
        )
    )


def answered(floor: Floor, call: Call) -> None:
    """The switch has taken the call: the flow begins."""
    if call.state is not AttemptState.ARRIVED:
        return
    call.answered_at = floor.now
    calls.move(floor, call, "answered", "attempt.answered")
    flow_runs.begin(floor, call)


def adopt(floor: Floor, call: Call, up: bool) -> None:
    """A call that an earlier owner has written, and perhaps answered."""
    if up:
        answered(floor, call)
    else:
        floor.out.do(AnswerChannel(lane=call.lane, channel_id=call.channel_id))


def of_snapshot(channel: ChannelAlive) -> ChannelArrived:
    """A call that arrived while nobody listened."""
    return ChannelArrived(
        channel_id=channel.channel_id,
        at=channel.created_at,
        number=channel.number,
        caller=channel.caller,
        caller_name=channel.caller_name,
        trunk_endpoint=channel.trunk_endpoint,
        number_sent=channel.number_sent,
    )


def not_answered(floor: Floor, call: Call) -> None:
    """The caller was gone before the switch could take the call."""
    if call.state is AttemptState.ARRIVED:
        call_closing.close(floor, call, Result.CANCELLED, hung_up_by="customer")


def _refuse(floor: Floor, event: ChannelArrived, refusal: Refusal) -> None:
    floor.out.do(_rejection(f"channel:{event.channel_id}", event.channel_id, refusal))
    floor.out.write(
        NewEvent(
            code="INBOUND_CALL_REFUSED",
            subject_kind="trunk",
            subject_id=event.trunk_endpoint,
            subject_name=event.trunk_endpoint,
            params={"reason": str(refusal), "number": event.number},
            at=floor.now,
            repeats=f"{event.trunk_endpoint} {event.number}",
        )
    )


def _rejection(lane: str, channel_id: str, refusal: Refusal) -> RejectChannel:
    return RejectChannel(lane=lane, channel_id=channel_id, cause=refusal.cause)
