"""How queues find agents, and a try-out of it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, RequestBody, UtcTime
from kwabo.api.skills import SkillKey
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.routing.announcements import AnnouncementKind
from kwabo.domain.routing.settings import AfterCall, Arrival, AtClosing, CallbackFirst, settings_of
from kwabo.domain.routing.values import (
    Ending,
    Evaluation,
    LastAgent,
    Membership,
    OverflowWhen,
)
from kwabo.kernel.errors import Invalid
from kwabo.ports.queue_routing import QueueRouting
from kwabo.services.queue_routing import Caller

router = APIRouter(tags=["queues"])

Reader = Annotated[
    Asker, requires("queues.write", "campaigns.read", "settings.read", "users.read", "live.read")
]
Writer = Annotated[Asker, requires("queues.write")]
Tester = Annotated[Asker, requires("queues.write", "live.read")]


class RingBody(RequestBody):
    """A ring: how long calls stay in it before the next opens, and what it no longer asks for."""

    seconds: int = 0
    drops: Annotated[tuple[SkillKey, ...], Field(max_length=200)] = ()


class OverflowBody(RequestBody):
    """A way to another queue."""

    when: OverflowWhen
    seconds: int
    to_queue_id: UUID


class QueueSettingsBody(RequestBody):
    """All that a queue says; what is missing has its default."""

    evaluation: Evaluation = Evaluation.ALL
    rings: Annotated[tuple[RingBody, ...], Field(max_length=100)] = (RingBody(),)
    priority: int = 0
    segment_priorities: Annotated[dict[str, int], Field(default_factory=dict, max_length=1000)]
    ageing_seconds: int = 60
    preferred_wait_seconds: int = 5
    last_agent: LastAgent = LastAgent.DISABLED
    last_agent_wait_seconds: int = 5
    overflow: Annotated[tuple[OverflowBody, ...], Field(max_length=100)] = ()
    max_waiting: int | None = None
    when_full: Ending = Ending.MESSAGE
    max_wait_seconds: int | None = None
    when_too_long: Ending = Ending.CALLBACK
    schedule_group_id: UUID | None = None
    at_closing: AtClosing = AtClosing.STAY
    keep_free: int = 0
    outbound_below_seconds: int | None = None
    service_level_seconds: int = 20
    service_level_share: float = 0.8
    short_abandon_seconds: int = 5
    alarm_service_level: bool = True
    alarm_wait_seconds: int | None = None
    after_call: AfterCall = AfterCall.MANDATORY_TIMEOUT
    after_call_seconds: int = 30
    arrival: Arrival = Arrival.AT_ONCE
    arrival_tone: bool = True
    whisper_prompt: Annotated[str, Field(max_length=100)] = ""
    alert_seconds: int = 15
    music_prompt_id: UUID | None = None
    announce: AnnouncementKind = AnnouncementKind.ABOUT
    announce_every_seconds: int = 45
    callback_after_seconds: int | None = None
    callback_first: CallbackFirst = CallbackFirst.CUSTOMER
    callback_key: Annotated[str, Field(max_length=100)] = "1"
    callback_tries: int = 3
    callback_retry_seconds: int = 300
    callback_expires_seconds: int = 14_400


class PlaceBody(RequestBody):
    """A member's ring (1 is asked first) and rank within it (1 is asked first)."""

    user_id: UUID
    ring: int = 1
    rank: int = 1


class QueueRoutingBody(RequestBody):
    """All settings, and the places of those members who get another one."""

    version: int
    settings: QueueSettingsBody
    members: Annotated[tuple[PlaceBody, ...], Field(max_length=5000)] = ()


class PlaceAnswer(Answer):
    """A member's place."""

    user_id: UUID
    ring: int
    rank: int


class QueueRoutingAnswer(Answer):
    """How a queue finds agents. Version 0: the defaults."""

    queue_id: UUID
    version: int
    updated_at: UtcTime | None
    settings: QueueSettingsBody
    members: list[PlaceAnswer]


class TriedAgentAnswer(Answer):
    """An agent of the queue; `code` null: could take the call now."""

    user_id: UUID
    display_name: str
    status: str
    code: str | None
    sentence: str
    opens_in_seconds: float | None


class RoutingTriedAnswer(Answer):
    """Who would get the call; `user_id` null: nobody now."""

    user_id: UUID | None
    chosen: str | None
    ring: int
    sentences: list[str]
    agents: list[TriedAgentAnswer]


@router.get("/queues/{queue_id}/routing")
async def get_queue_routing(
    queue_id: UUID, asker: Reader, services: TheServices
) -> QueueRoutingAnswer:
    """How the queue finds agents."""
    return _answer(await services.queue_routing.get(asker, queue_id))


@router.put("/queues/{queue_id}/routing")
async def set_queue_routing(
    queue_id: UUID, body: QueueRoutingBody, asker: Writer, services: TheServices
) -> QueueRoutingAnswer:
    """Set all of it."""
    members = {one.user_id: Membership(one.ring, one.rank) for one in body.members}
    settings = settings_of(body.settings.model_dump())
    return _answer(
        await services.queue_routing.change(asker, queue_id, body.version, settings, members)
    )


@router.get("/queues/{queue_id}/explain")
async def explain_queue(
    queue_id: UUID,
    asker: Tester,
    services: TheServices,
    need: Annotated[
        list[str] | None,
        Query(description="A skill and its least level, `language:fon=2`; may be repeated."),
    ] = None,
    segment: Annotated[str | None, Query(max_length=100)] = None,
    priority: Annotated[int, Query(ge=0, le=100)] = 0,
    waited_seconds: Annotated[int, Query(ge=0, le=86_400)] = 0,
) -> RoutingTriedAnswer:
    """Which agent would get a caller with these needs now, and why."""
    caller = Caller(
        needs=dict(_need(text) for text in need or ()),
        segment=segment,
        priority=priority,
        waited_seconds=waited_seconds,
    )
    return RoutingTriedAnswer.model_validate(
        await services.queue_routing.explain(asker, queue_id, caller)
    )


def _need(text: str) -> tuple[str, int]:
    key, _, level = text.partition("=")
    if not key or (level and not level.isdecimal()):
        raise Invalid(
            "NEED_FORM",
            "Write a need as a skill and a level, for example language:fon=2.",
            field="need",
        )
    return key, int(level or 1)


def _answer(routing: QueueRouting) -> QueueRoutingAnswer:
    document: dict[str, Any] = routing.settings.document()
    return QueueRoutingAnswer(
        queue_id=routing.queue_id,
        version=routing.version,
        updated_at=routing.updated_at,
        settings=QueueSettingsBody.model_validate(document),
        members=[
            PlaceAnswer(user_id=user_id, ring=place.ring, rank=place.rank)
            for user_id, place in sorted(routing.members.items())
        ],
    )
