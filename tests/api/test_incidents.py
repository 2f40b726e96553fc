"""Incidents, opening hours with their switch, and the notices of ends, on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from campaign_world import V1, made, make_group
from kwabo.adapters.postgres.floor_writes import write
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.speech.cached import CachedSpeech
from kwabo.adapters.system import TimeOrderedIds
from kwabo.domain.flows.actions import AskHours, AskIncidents
from kwabo.domain.flows.cursor import Facts
from kwabo.engine.message_sender import MessageSender
from kwabo.ports.floor_changes import Change, NoticeAsked
from kwabo.ports.message_channels import Message, Taken
from kwabo.ports.prompts import Sound
from kwabo.services.incidents import IncidentService
from kwabo.services.opening_hours import OpeningHoursService
from kwabo.services.sandbox import SandboxService
from world import Application, Both, SteppedClock

CALLER, OTHER = "+2290197000001", "+2290197000002"


def until(clock: SteppedClock, **duration: float) -> str:
    return (clock.now() + timedelta(**duration)).isoformat()


async def actions(admin: httpx.AsyncClient, beginning: str) -> list[str]:
    entries = (await admin.get(f"{V1}/audit")).json()["items"]
    return [one["action"] for one in reversed(entries) if one["action"].startswith(beginning)]


def incidents_on(unit_of_work: PostgresUnitOfWork, clock: SteppedClock) -> IncidentService:
    return IncidentService(unit_of_work, ids=TimeOrderedIds(clock), clock=clock)


async def written(unit_of_work: PostgresUnitOfWork, both: Both, changes: Sequence[Change]) -> None:
    """As a floor writes what its calls have asked for."""
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        await write(stores._connection, changes, 1)


async def ask_notices(
    unit_of_work: PostgresUnitOfWork,
    both: Both,
    clock: SteppedClock,
    incident_id: str,
    *numbers: str,
    language: str = "fr",
) -> None:
    """Numbers want to be told when an incident is over."""
    asked = [
        NoticeAsked(
            incident_id=UUID(incident_id),
            number=number,
            message_id=uuid4(),
            language=language,
            at=clock.now(),
        )
        for number in numbers
    ]
    await written(unit_of_work, both, asked)


async def heard_by(
    service: IncidentService, both: Both, clock: SteppedClock, **contact: str
) -> list[str]:
    told = await service.incidents(
        both.a.organisation_id,
        AskIncidents(question="q", service="", place=""),
        Facts(caller=CALLER, contact=contact),
        clock.now(),
    )
    return [one.texts["fr"] for one in told.incidents]


# ── Opening hours ────────────────────────────────────────────────────────────────────────────────


async def test_the_switch_of_a_group_and_of_all(
    admin: httpx.AsyncClient,
    application: Application,
    both: Both,
    clock: SteppedClock,
    unit_of_work: PostgresUnitOfWork,
) -> None:
    supervisor = await application.signed_in("a.supervisor")
    first, second = await make_group(admin), await make_group(admin, "Boutique")
    assert first["state"] == "open"
    path = f"{V1}/schedule-groups/{first['schedule_group_id']}"
    service = OpeningHoursService(unit_of_work, ids=TimeOrderedIds(clock), clock=clock)

    async def told(group: Mapping[str, Any]) -> str:
        asked = AskHours(question="q", schedule_id=group["schedule_group_id"])
        answer = await service.hours(both.a.organisation_id, asked, clock.now())
        return answer.state

    body = {"reason": "Incendie au siège", "until": until(clock, hours=2)}
    assert (await supervisor.put(f"{path}/emergency", json=body)).status_code == 204
    assert [await told(first), await told(second)] == ["emergency", "open"]
    on = (await supervisor.get(f"{V1}/emergencies")).json()["items"]
    assert [(one["schedule_group_name"], one["reason"]) for one in on] == [
        ("Accueil", "Incendie au siège")
    ]
    longer = {**body, "until": until(clock, hours=4)}
    assert (await supervisor.put(f"{path}/emergency", json=longer)).status_code == 204
    assert len((await supervisor.get(f"{V1}/emergencies")).json()["items"]) == 1
    assert (await supervisor.put(f"{V1}/emergency", json=body)).status_code == 204
    assert [await told(first), await told(second)] == ["emergency", "emergency"]
    clock.advance(hours=3)
    assert [await told(first), await told(second)] == ["emergency", "open"]
    assert (await supervisor.delete(f"{path}/emergency")).status_code == 204
    assert await told(first) == "open"
    assert (await supervisor.delete(f"{path}/emergency")).status_code == 204
    assert await actions(admin, "emergency.") == ["emergency.started"] * 3 + ["emergency.ended"]
    gone = AskHours(question="q", schedule_id=str(both.a.queue_id))
    assert (await service.hours(both.a.organisation_id, gone, clock.now())).state == ""
    asked = AskHours(question="q", schedule_id=first["schedule_group_id"])
    assert (await service.hours(both.b.organisation_id, asked, clock.now())).state == ""


async def test_a_group_is_refused_by_field_and_kept_while_it_is_used(
    admin: httpx.AsyncClient, clock: SteppedClock
) -> None:
    group = await make_group(admin)
    path = f"{V1}/schedule-groups/{group['schedule_group_id']}"
    wrong = await admin.patch(path, json={"version": 1, "time_zone": "Africa/Nowhere"})
    assert wrong.json()["error"]["details"]["fields"][0]["code"] == "TIME_ZONE_UNKNOWN"
    short = await admin.put(
        f"{path}/emergency", json={"reason": "x", "until": until(clock, days=1)}
    )
    assert short.json()["error"]["code"] == "EMERGENCY_REASON"
    late = await admin.put(
        f"{path}/emergency", json={"reason": "Panne", "until": until(clock, days=32)}
    )
    assert late.json()["error"]["code"] == "EMERGENCY_UNTIL"
    hours = f"{V1}/callable-time-sets/{group['callable_time_set_id']}"
    held = await admin.delete(hours)
    assert held.json()["error"]["code"] == "CALLABLE_TIME_SET_IN_SCHEDULE_GROUPS"
    flow = {
        "languages": ["fr"], "start": "hours",
        "nodes": [
            {"id": "hours", "type": "hours", "schedule_id": group["schedule_group_id"],
             "ways": {"open": "bye", "closed": "bye"}},
            {"id": "bye", "type": "hang_up"},
        ],
    }  # fmt: skip
    made_flow = await made(admin, "/flows", {"name": "Accueil", "draft": flow})
    assert made_flow["findings"] == []
    used = await admin.delete(path)
    assert used.json()["error"]["details"]["flows"] == "Accueil"
    assert (await admin.delete(f"{V1}/flows/{made_flow['flow_id']}")).status_code == 204
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.delete(hours)).status_code == 204


# ── Incidents ────────────────────────────────────────────────────────────────────────────────────


async def test_callers_concerned_hear_it_until_it_is_over_and_are_told_once(
    admin: httpx.AsyncClient,
    application: Application,
    both: Both,
    clock: SteppedClock,
    unit_of_work: PostgresUnitOfWork,
) -> None:
    supervisor = await application.signed_in("a.supervisor")
    service = incidents_on(unit_of_work, clock)
    incident = await made(
        supervisor,
        "/incidents",
        {
            "name": "Coupure à Cotonou",
            "communes": ["Cotonou"],
            "texts": {"fr": "Le réseau est coupé."},
            "over_texts": {"fr": "Le réseau est revenu."},
        },
    )
    path = f"{V1}/incidents/{incident['incident_id']}"
    assert await heard_by(service, both, clock, commune="COTONOU") == ["Le réseau est coupé."]
    assert await heard_by(service, both, clock, commune="Parakou") == []
    assert await heard_by(service, both, clock) == []
    assert (await supervisor.get(path)).json()["heard"] == 1
    settings = await admin.put(
        f"{V1}/incident-settings",
        json={"version": 0, "commune_columns": ["ville"], "cell_columns": []},
    )
    assert settings.json() == {"commune_columns": ["ville"], "cell_columns": [], "version": 1}
    assert await heard_by(service, both, clock, commune="Cotonou") == []
    assert await heard_by(service, both, clock, ville="Cotonou") == ["Le réseau est coupé."]

    async def ask(*numbers: str) -> None:
        await ask_notices(unit_of_work, both, clock, incident["incident_id"], *numbers)

    await asyncio.gather(*(ask(CALLER, CALLER) for _ in range(5)))
    await ask(OTHER)
    sender = sender_on(unit_of_work, clock, SandboxService(unit_of_work, clock=clock))
    assert await sender.work_once() is False
    dnc = await made(admin, "/dnc-lists", {"name": "Stop", "organisation_wide": True})
    answer = await admin.post(
        f"{V1}/dnc-lists/{dnc['dnc_list_id']}/entries", json={"entries": [{"value": OTHER}]}
    )
    assert answer.status_code in (200, 201), answer.text
    over = await supervisor.post(f"{path}/over")
    assert over.json()["notices"] == {"asked": 0, "waiting": 2, "sent": 0, "failed": 0}
    assert (await supervisor.post(f"{path}/over")).json()["error"]["code"] == "INCIDENT_OVER"
    assert await heard_by(service, both, clock, ville="Cotonou") == []
    await asyncio.gather(*(sender.work_once() for _ in range(3)))
    assert (await supervisor.get(path)).json()["notices"] == {
        "asked": 0, "waiting": 0, "sent": 1, "failed": 1,
    }  # fmt: skip
    shown = (await supervisor.get(f"{V1}/sandbox-messages")).json()["items"]
    assert [(one["recipient"], one["text"]) for one in shown] == [(CALLER, "Le réseau est revenu.")]
    failed = (await supervisor.get(f"{V1}/messages")).json()["items"]
    assert [(one["recipient"], one["reason"], one["incident_name"]) for one in failed] == [
        (OTHER, "ON_DNC_LIST", "Coupure à Cotonou")
    ]
    again = await supervisor.post(f"{V1}/messages/{failed[0]['message_id']}/send-again")
    assert (again.json()["state"], again.json()["tries"]) == ("waiting", 0)
    assert await sender.work_once(), "a number on a DNC list still gets nothing"
    assert (await supervisor.get(f"{V1}/messages")).json()["items"][0]["reason"] == "ON_DNC_LIST"
    await ask(CALLER)
    assert await sender.work_once() is False
    assert await actions(admin, "incident.") == [
        "incident.declared", "incident.settings_changed", "incident.over_declared",
    ]  # fmt: skip


class Lossy:
    """A channel that takes messages, but says of the first that it has not."""

    def __init__(self, inner: SandboxService) -> None:
        self.inner = inner
        self.sent: list[Message] = []

    @property
    def capabilities(self) -> Any:
        return self.inner.capabilities

    async def send(self, message: Message) -> Taken:
        self.sent.append(message)
        answer = await self.inner.send(message)
        if len(self.sent) == 1:
            raise ConnectionError("the answer was lost")
        return answer


def sender_on(unit_of_work: PostgresUnitOfWork, clock: SteppedClock, channel: Any) -> MessageSender:
    speech = CachedSpeech([], Path("speech"), most_bytes=1, convert=_never)
    return MessageSender(
        unit_of_work, channel=channel, speech=speech, clock=clock, chance=lambda: 0.5
    )


async def _never(_: bytes) -> Sound:
    raise AssertionError("messages are written, not said")


async def test_a_notice_whose_answer_is_lost_arrives_once(
    admin: httpx.AsyncClient, both: Both, clock: SteppedClock, unit_of_work: PostgresUnitOfWork
) -> None:
    incident = await made(admin, "/incidents", {"name": "Panne", "texts": {"fr": "Panne."}})
    path = f"{V1}/incidents/{incident['incident_id']}"
    assert (await admin.post(f"{path}/over")).status_code == 200
    # Whoever asks when it is just over is told at once.
    await ask_notices(unit_of_work, both, clock, incident["incident_id"], CALLER, language="en")
    channel = Lossy(SandboxService(unit_of_work, clock=clock))
    sender = sender_on(unit_of_work, clock, channel)
    assert await sender.work_once()
    assert (await admin.get(path)).json()["notices"]["waiting"] == 1
    assert await sender.work_once() is False
    clock.advance(seconds=6)
    assert await sender.work_once()
    assert (await admin.get(path)).json()["notices"]["sent"] == 1
    assert [one.message_id for one in channel.sent] == [channel.sent[0].message_id] * 2
    shown = (await admin.get(f"{V1}/sandbox-messages")).json()["items"]
    assert [one["text"] for one in shown] == [
        "Good news: the incident “Panne” is over. Thank you for your patience."
    ]
    mine = await admin.get(f"{V1}/sandbox-messages", params={"recipient": OTHER})
    assert mine.json()["items"] == []


async def test_an_incident_is_refused_by_field_and_changed_on_its_newest_version(
    admin: httpx.AsyncClient, application: Application, clock: SteppedClock
) -> None:
    wrong = await admin.post(
        f"{V1}/incidents",
        json={"name": "Panne", "communes": [" "], "expected_end": until(clock, hours=-1)},
    )
    fields = wrong.json()["error"]["details"]["fields"]
    assert {(one["field"], one["code"]) for one in fields} == {
        ("communes.0", "INCIDENT_TEXT"), ("texts", "INCIDENT_MESSAGE"),
        ("expected_end", "INCIDENT_END"),
    }  # fmt: skip
    absent = await admin.post(f"{V1}/incidents", json={"name": "Panne", "prompt": "absent"})
    assert absent.json()["error"]["code"] == "INCIDENT_PROMPT"
    incident = await made(
        admin, "/incidents",
        {"name": "Panne", "texts": {"fr": "Panne."}, "expected_end": until(clock, hours=1)},
    )  # fmt: skip
    path = f"{V1}/incidents/{incident['incident_id']}"
    changed = await admin.patch(path, json={"version": 1, "cells": ["A1"], "expected_end": None})
    assert (changed.json()["cells"], changed.json()["expected_end"]) == (["A1"], None)
    stale = await admin.patch(path, json={"version": 1, "name": "Autre"})
    assert stale.json()["error"]["code"] == "STALE_VERSION"
    agent = await application.signed_in("a.agent")
    assert (await agent.get(f"{V1}/incidents")).status_code == 403
    await made(admin, "/incidents", {"name": "Deux", "texts": {"fr": "Deux."}})
    first = (await admin.get(f"{V1}/incidents", params={"limit": 1})).json()
    then = {"limit": 1, "page_token": first["next_page_token"]}
    second = (await admin.get(f"{V1}/incidents", params=then)).json()
    assert [one["name"] for one in first["items"] + second["items"]] == ["Deux", "Panne"]


# ── Messages that calls have asked for ───────────────────────────────────────────────────────────

_WANT = text("""
    INSERT INTO wanted_messages (message_id, organisation_id, channel, template, recipient,
        language, filled_in, next_at, created_at)
    VALUES (:message_id, current_organisation(), :channel, :template, :recipient, :language,
        CAST(:filled_in AS jsonb), :now, :now)
""")


async def test_messages_of_calls_are_filled_in_and_appear_once_by_their_channel(
    admin: httpx.AsyncClient, both: Both, clock: SteppedClock, unit_of_work: PostgresUnitOfWork
) -> None:
    prompt = await made(admin, "/prompts/new", {"key": "invitation", "name": "Invitation"})
    words = {"language": "fr", "medium": "text", "words": "Bonjour {nom}, écrivez-nous."}
    variant = await made(admin, f"/prompts/{prompt['prompt_id']}/words", words)
    for step in ("submit", "approve"):
        path = f"{V1}/prompt-variants/{variant['variant_id']}/{step}"
        assert (await admin.post(path)).is_success
    wanted = [("whatsapp", "invitation"), ("sms", "invitation"), ("sms", "nowhere")]
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        for number, (channel, template) in enumerate(wanted):
            await stores._connection.execute(
                _WANT,
                {
                    "message_id": uuid4(), "channel": channel, "template": template,
                    "recipient": f"+22901970000{number:02}", "language": "fon",
                    "filled_in": {"nom": "Adjovi"}, "now": clock.now(),
                },
            )  # fmt: skip
    lossy = Lossy(SandboxService(unit_of_work, clock=clock))
    sender = sender_on(unit_of_work, clock, lossy)
    assert await sender.work_once()
    clock.advance(minutes=5)
    assert await sender.work_once()
    assert await sender.work_once() is False
    assert len(lossy.sent) == 4, "the one whose answer was lost goes twice"
    shown = (await admin.get(f"{V1}/sandbox-messages")).json()["items"]
    assert {(one["channel"], one["recipient"], one["text"]) for one in shown} == {
        ("whatsapp", "+2290197000000", "Bonjour Adjovi, écrivez-nous."),
        ("sms", "+2290197000001", "Bonjour Adjovi, écrivez-nous."),
    }
    assert len(shown) == 2
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        rows = await stores._connection.execute(
            text("SELECT template, state, reason FROM wanted_messages ORDER BY recipient")
        )
        assert [tuple(row) for row in rows] == [
            ("invitation", "sent", ""), ("invitation", "sent", ""),
            ("nowhere", "failed", "TEXT_MISSING"),
        ]  # fmt: skip


async def test_a_message_that_failed_is_seen_with_its_reason_and_sent_again(
    admin: httpx.AsyncClient,
    application: Application,
    both: Both,
    clock: SteppedClock,
    unit_of_work: PostgresUnitOfWork,
) -> None:
    async with unit_of_work.begin(both.a.organisation_id) as stores:
        for number in (CALLER, OTHER):
            await stores._connection.execute(
                _WANT,
                {
                    "message_id": uuid4(), "channel": "sms", "template": "invitation",
                    "recipient": number, "language": "fr", "filled_in": {}, "now": clock.now(),
                },
            )  # fmt: skip
    sender = sender_on(unit_of_work, clock, SandboxService(unit_of_work, clock=clock))
    assert await sender.work_once()
    supervisor = await application.signed_in("a.supervisor")
    failed = (await supervisor.get(f"{V1}/messages")).json()["items"]
    assert [(one["reason"], one["tries"], one["template"]) for one in failed] == [
        ("TEXT_MISSING", 1, "invitation")
    ] * 2
    one = (await supervisor.get(f"{V1}/messages", params={"recipient": OTHER})).json()["items"]
    assert [each["recipient"] for each in one] == [OTHER]
    page = (await supervisor.get(f"{V1}/messages", params={"limit": 1})).json()
    then = {"limit": 1, "page_token": page["next_page_token"]}
    rest = (await supervisor.get(f"{V1}/messages", params=then)).json()
    assert [page["items"][0], rest["items"][0]] == failed

    prompt = await made(admin, "/prompts/new", {"key": "invitation", "name": "Invitation"})
    words = {"language": "fr", "medium": "text", "words": "Écrivez-nous."}
    variant = await made(admin, f"/prompts/{prompt['prompt_id']}/words", words)
    for step in ("submit", "approve"):
        path = f"{V1}/prompt-variants/{variant['variant_id']}/{step}"
        assert (await admin.post(path)).is_success
    agent = await application.signed_in("a.agent")
    assert (await agent.post(f"{V1}/messages/send-again")).status_code == 403
    assert (await supervisor.post(f"{V1}/messages/send-again")).json() == {"messages": 2}
    assert (await supervisor.post(f"{V1}/messages/send-again")).json() == {"messages": 0}
    assert await sender.work_once()
    sent = (await supervisor.get(f"{V1}/messages", params={"state": "sent"})).json()["items"]
    assert {each["recipient"] for each in sent} == {CALLER, OTHER}
    late = await supervisor.post(f"{V1}/messages/{sent[0]['message_id']}/send-again")
    assert (late.status_code, late.json()["error"]["code"]) == (409, "MESSAGE_NOT_FAILED")
    assert (await supervisor.post(f"{V1}/messages/{uuid4()}/send-again")).status_code == 404
    assert await actions(admin, "messages.") == ["messages.sent_again"]
