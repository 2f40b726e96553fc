"""Calls from outside: their attempts, their callers, and the language that was chosen."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from contract.floor_store.bench import (
    NOW,
    Bench,
    campaign,
    lease_of,
    presence,
    request,
    written,
)
from kwabo.domain.interactions.arrivals import Refusal
from kwabo.ports.floor_arrivals import Arrival, ArrivalAnswer, ArrivalRefused, Arrived
from kwabo.ports.floor_changes import (
    AlertEnded,
    FlowRecordingBegun,
    FlowRecordingEnded,
    LanguageRemembered,
    MessageWanted,
    VoicemailAwaited,
    VoicemailKept,
)
from kwabo.ports.floor_store import Lease

NUMBER = "+2290121000099"
CALLER = "+2290197001122"


async def _inbound(bench: Bench) -> UUID:
    """The number is answered; the flow's id."""
    row = campaign(bench, mode="inbound")
    flow_id = bench.new_id()
    await bench.add_campaign(row)
    await bench.add_inbound_number(NUMBER, row.campaign_id, flow_id)
    return flow_id


async def _arrive(
    bench: Bench, lease: Lease, channel_id: str = "in-1", **changes: object
) -> ArrivalAnswer:
    values = {
        "attempt_id": bench.new_id(),
        "new_contact_id": bench.new_id(),
        "channel_id": channel_id,
        "number": NUMBER,
        "caller": CALLER,
        "trunk_endpoint": "carrier",
        "at": NOW,
        **changes,
    }
    async with bench.store.transaction(lease) as transaction:
        return await transaction.arrive(Arrival(**values))  # type: ignore[arg-type]


async def _arrived(
    bench: Bench, lease: Lease, channel_id: str = "in-1", **changes: object
) -> Arrived:
    answer = await _arrive(bench, lease, channel_id, **changes)
    assert isinstance(answer, Arrived)
    return answer


async def test_a_call_is_written_before_it_is_answered_and_is_loaded_again(bench: Bench) -> None:
    flow_id = await _inbound(bench)
    lease = await lease_of(bench)
    answer = await _arrived(bench, lease)
    assert answer.flow_id == flow_id
    assert answer.row.state == "arrived"
    (loaded,) = (await bench.store.load(lease)).attempts
    assert (loaded.attempt_id, loaded.channel_id) == (answer.row.attempt_id, "in-1")
    assert (loaded.number, loaded.called_number, loaded.mode) == (CALLER, NUMBER, "inbound")
    assert loaded.arrived_at == NOW


async def test_the_same_channel_again_is_no_second_call(bench: Bench) -> None:
    await _inbound(bench)
    lease = await lease_of(bench)
    first = await _arrived(bench, lease)
    second = await _arrived(bench, lease)
    assert second.row.attempt_id == first.row.attempt_id


async def test_a_caller_is_the_contact_with_the_number_else_a_new_one(bench: Bench) -> None:
    await _inbound(bench)
    known = await bench.add_contact(CALLER)
    lease = await lease_of(bench)
    assert (await _arrived(bench, lease)).row.contact_id == known
    stranger = await _arrived(bench, lease, "in-2", caller="+2290197009999")
    assert stranger.row.contact_id != known
    again = await _arrived(bench, lease, "in-3", caller="+2290197009999")
    assert (again.row.attempt_number, stranger.row.attempt_number) == (2, 1) or (
        again.row.contact_id != stranger.row.contact_id
    )


async def test_two_callers_who_withhold_their_number_are_two_contacts(bench: Bench) -> None:
    await _inbound(bench)
    lease = await lease_of(bench)
    first = await _arrived(bench, lease, caller="")
    second = await _arrived(bench, lease, "in-2", caller="")
    assert first.row.contact_id != second.row.contact_id
    assert first.row.number == ""


async def test_whoever_is_being_called_can_call_at_that_moment(bench: Bench) -> None:
    await _inbound(bench)
    row = campaign(bench)
    await bench.add_campaign(row)
    await bench.add_contact(CALLER)
    lease = await lease_of(bench)
    async with bench.store.transaction(lease) as transaction:
        claimed = await transaction.claim(request(bench, row, bench.place.agents[0]))
    assert len(claimed.attempts) == 1
    assert (await _arrived(bench, lease)).row.contact_id == claimed.attempts[0].contact_id


async def test_whoever_calls_us_is_not_called_at_that_moment(bench: Bench) -> None:
    await _inbound(bench)
    row = campaign(bench)
    await bench.add_campaign(row)
    await bench.add_contact(CALLER)
    lease = await lease_of(bench)
    await _arrived(bench, lease)
    async with bench.store.transaction(lease) as transaction:
        claimed = await transaction.claim(request(bench, row, bench.place.agents[0]))
    assert not claimed.attempts


async def test_an_unknown_number_and_an_unknown_trunk_are_refused(bench: Bench) -> None:
    await _inbound(bench)
    lease = await lease_of(bench)
    unknown = await _arrive(bench, lease, number="+2290121000000")
    assert unknown == ArrivalRefused(code=Refusal.NUMBER_UNKNOWN)
    foreign = await _arrive(bench, lease, trunk_endpoint="another")
    assert foreign == ArrivalRefused(code=Refusal.TRUNK_UNKNOWN)


async def test_the_language_that_was_chosen_is_there_in_the_next_call(bench: Bench) -> None:
    await _inbound(bench)
    lease = await lease_of(bench)
    row = (await _arrived(bench, lease)).row
    assert row.language == ""
    async with bench.store.transaction(lease) as transaction:
        remembered = LanguageRemembered(contact_id=row.contact_id, language="fon")
        ended = written(row, language="fon", state="closed", result="person", closed_at=NOW)
        await transaction.apply([remembered, ended], [])
    assert (await _arrived(bench, lease, "in-2")).row.language == "fon"


async def test_what_a_flow_keeps_of_its_call_is_loaded_again(bench: Bench) -> None:
    await _inbound(bench)
    lease = await lease_of(bench)
    row = (await _arrived(bench, lease)).row
    change = written(
        row,
        state="answered",
        answered_at=NOW,
        flow={"flow_id": "x", "trail": [{"node": "menu"}]},
        queue_id=bench.place.queue_id,
        queued_at=NOW,
    )
    kept = VoicemailKept(
        voicemail_id=bench.new_id(),
        attempt_id=row.attempt_id,
        contact_id=row.contact_id,
        queue_id=bench.place.queue_id,
        path="voicemail/1.wav",
        seconds=3.5,
        number=CALLER,
        text="",
        at=NOW,
    )
    wanted = MessageWanted(
        message_id=bench.new_id(),
        attempt_id=row.attempt_id,
        contact_id=row.contact_id,
        channel="sms",
        template="bienvenue",
        to=CALLER,
        language="fr",
        values={"nom": "Adjovi"},
        at=NOW,
    )
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([change, kept, wanted], [])
    (loaded,) = (await bench.store.load(lease)).attempts
    assert loaded.flow == {"flow_id": "x", "trail": [{"node": "menu"}]}
    assert (loaded.queue_id, loaded.queued_at) == (bench.place.queue_id, NOW)


async def test_flows_are_told_the_values_of_whom_we_call(bench: Bench) -> None:
    contact_id = await bench.add_contact(CALLER, data={"nom": "Awa"})
    stranger = bench.new_id()
    lease = await lease_of(bench)
    async with bench.store.transaction(lease) as transaction:
        known = await transaction.called_contact(contact_id, CALLER)
        nobody = await transaction.called_contact(stranger, "+2290197000009")
        await transaction.apply([LanguageRemembered(contact_id=contact_id, language="fon")], [])
        spoken = await transaction.called_contact(contact_id, CALLER)
    assert known.data["nom"] == "Awa"
    assert (dict(nobody.data), nobody.language) == ({}, "")
    assert (known.language, spoken.language) == ("", "fon")


async def test_a_campaign_without_agents_is_loaded_with_its_flow(bench: Bench) -> None:
    flow_id = await _inbound(bench)
    row = campaign(bench, mode="agentless", flow_id=flow_id, lines_most=4)
    await bench.add_campaign(row)
    lease = await lease_of(bench)
    loaded = await bench.store.load_campaign(lease, row.campaign_id)
    assert loaded is not None
    assert (loaded.mode, loaded.flow_id, loaded.lines_most) == ("agentless", flow_id, 4)


async def test_an_agent_who_is_asked_and_one_who_did_not_answer_are_loaded_again(
    bench: Bench,
) -> None:
    await _inbound(bench)
    lease = await lease_of(bench)
    row = (await _arrived(bench, lease)).row
    first, second = bench.place.agents[:2]
    asked = presence(first, status="alerting", attempt_id=row.attempt_id)
    paused = presence(second, status="paused", pause_cause="not_answered")
    ended = AlertEnded(
        alert_id=bench.new_id(),
        attempt_id=row.attempt_id,
        queue_id=bench.place.queue_id,
        user_id=second,
        alerted_at=NOW,
        ended_at=NOW,
        outcome="not_answered",
        reason="",
    )
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([asked, paused, ended], [])
    agents = {agent.user_id: agent for agent in (await bench.store.load(lease)).agents}
    assert (agents[first].status, agents[first].attempt_id) == ("alerting", row.attempt_id)
    assert (agents[second].status, agents[second].pause_cause) == ("paused", "not_answered")
    assert agents[first].pause_cause == ""


async def test_a_message_that_is_still_to_come_is_loaded_until_it_has_come(bench: Bench) -> None:
    await _inbound(bench)
    lease = await lease_of(bench)
    row = (await _arrived(bench, lease)).row
    voicemail_id = bench.new_id()
    awaited = VoicemailAwaited(
        voicemail_id=voicemail_id,
        attempt_id=row.attempt_id,
        queue_id=bench.place.queue_id,
        recording="flow-1-message",
        at=NOW,
    )
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([awaited], [])
    (waits,) = (await bench.store.load(lease)).awaited_voicemails
    assert (waits.voicemail_id, waits.attempt_id) == (voicemail_id, row.attempt_id)
    assert (waits.recording, waits.number, waits.contact_id) == (
        "flow-1-message",
        CALLER,
        row.contact_id,
    )
    assert (waits.queue_id, waits.at) == (bench.place.queue_id, NOW)
    kept = VoicemailKept(
        voicemail_id=voicemail_id,
        attempt_id=row.attempt_id,
        contact_id=row.contact_id,
        queue_id=waits.queue_id,
        path="voicemail/1.wav",
        seconds=3.5,
        number=waits.number,
        text="",
        at=NOW,
    )
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([kept], [])
    assert (await bench.store.load(lease)).awaited_voicemails == []


async def test_what_a_flow_records_stays_with_the_call_once_it_has_begun(bench: Bench) -> None:
    await _inbound(bench)
    lease = await lease_of(bench)
    row = (await _arrived(bench, lease)).row
    begun = FlowRecordingBegun(
        attempt_id=row.attempt_id, recording="recording-1", variable="nom", at=NOW
    )
    ended = FlowRecordingEnded(
        attempt_id=row.attempt_id, recording="recording-1", path="calls/1.wav", seconds=4.5
    )
    unknown = replace(ended, recording="recording-2")
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([begun], [])
    assert await bench.flow_recordings(row.attempt_id) == [("recording-1", "nom", "", 0.0)]
    for _ in range(2):  # told twice, and begun again by an engine that took the call over
        async with bench.store.transaction(lease) as transaction:
            await transaction.apply([ended, unknown], [])
        async with bench.store.transaction(lease) as transaction:
            await transaction.apply([begun], [])
    kept = await bench.flow_recordings(row.attempt_id)
    assert kept == [("recording-1", "nom", "calls/1.wav", 4.5)]
