"""How queues find agents, and which agent a caller with some needs would get now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.routing.sentences import Names, passed, told
from kwabo.domain.routing.settings import QueueSettings, objections
from kwabo.domain.routing.skills import (
    HIGHEST_LEVEL,
    LOWEST_LEVEL,
    Need,
    Skill,
    skill_of,
)
from kwabo.domain.routing.try_out import TryOut, try_out
from kwabo.domain.routing.values import FreeAgent, Membership, WaitingCall
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.live import LiveStore
from kwabo.ports.queue_routing import QueueRouting
from kwabo.services.objections import refuse
from kwabo.services.skills import skill_known, unknown_skill
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

MOST_RING, MOST_RANK = 6, 9
_READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The caller of a try-out."""

    needs: Mapping[str, int]  # skill → least level
    segment: str | None = None
    priority: int = 0
    waited_seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedAgent:
    """An agent of the queue in a try-out. `status` as on the floor; `code` None: could take it."""

    user_id: UUID
    display_name: str
    status: str
    code: str | None
    sentence: str
    opens_in_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """`user_id` None: nobody could take the call now."""

    user_id: UUID | None
    chosen: str | None
    ring: int
    sentences: tuple[str, ...]
    agents: tuple[TriedAgent, ...]


class QueueRoutingService:
    """See the module."""

    def __init__(
        self, unit_of_work: UnitOfWork, *, live: LiveStore, ids: IdFactory, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._live = live
        self._ids = ids
        self._clock = clock

    async def get(self, asker: Asker, queue_id: UUID) -> QueueRouting:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.queue_routing.get(queue_id))

    async def change(
        self,
        asker: Asker,
        queue_id: UUID,
        version: int,
        settings: QueueSettings,
        members: Mapping[UUID, Membership],
    ) -> QueueRouting:
        """`members`: whose ring and rank change. Raises Invalid, NotFound, `STALE_VERSION`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            kept = _found(await stores.queue_routing.get_for_change(queue_id))
            check_version(version, kept.version)
            refuse(
                [
                    *objections(settings, queue_id),
                    *_member_objections(members, kept),
                    *await _unknown(stores, settings),
                ]
            )
            changed = replace(
                kept,
                settings=settings,
                members={**kept.members, **members},
                version=kept.version + 1,
                updated_at=now,
            )
            await stores.queue_routing.change(changed)
            await self._note(stores, asker, kept, changed, now)
        return changed

    async def explain(self, asker: Asker, queue_id: UUID, caller: Caller) -> Tried:
        """As if the caller were alone in the queue. Raises Invalid, NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            routing = _found(await stores.queue_routing.get(queue_id))
            known = await _known_skills(stores)
            refuse(_need_objections(caller.needs, known))
            people = {agent.user_id: agent for agent in await stores.skills.agents()}
        views = {
            UUID(view["user_id"]): view for view in await self._live.agents(asker.organisation_id)
        }
        now = round(self._clock.now().timestamp() * 1000)
        ready = [
            FreeAgent(
                user_id=user_id,
                idle_since=_moment(views[user_id]["since"]),
                queues={queue_id: membership},
                skills=people[user_id].levels,
            )
            for user_id, membership in routing.members.items()
            if user_id in people and views.get(user_id, {}).get("status") == _READY
        ]
        call = WaitingCall(
            call_id=self._ids.new(),
            queue_id=queue_id,
            waiting_since=now - caller.waited_seconds * 1000,
            queued_at=now - caller.waited_seconds * 1000,
            priority=caller.priority,
            segment=caller.segment,
            needs=tuple(sorted(Need(Skill(key), level) for key, level in caller.needs.items())),
        )
        found = try_out(call, routing.settings.terms(queue_id), ready, now)
        names = {user_id: person.display_name for user_id, person in people.items()}
        statuses = {user_id: str(view["status"]) for user_id, view in views.items()}
        return _tried(found, routing, names, statuses, asker.language)

    async def _note(
        self,
        stores: Stores,
        asker: Asker,
        before: QueueRouting,
        after: QueueRouting,
        now: datetime,
    ) -> None:
        old, new = before.settings.document(), after.settings.document()
        changes = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
        queue = await stores.queues.get(after.queue_id)
        await stores.audit.record(
            "queue.routing_changed",
            actor_user_id=asker.user_id,
            subject_kind="queue",
            subject_id=after.queue_id,
            at=now,
            details={
                "name": queue.name if queue else "",
                "changes": changes,
                "members": sum(
                    after.members[user_id] != place for user_id, place in before.members.items()
                ),
            },
        )
        await stores.floor_commands.add(
            self._ids.new(),
            "queue.changed",
            {"queue_id": str(after.queue_id)},
            user_id=asker.user_id,
            at=now,
        )


def _tried(
    found: TryOut,
    routing: QueueRouting,
    names: Mapping[UUID, str],
    statuses: Mapping[UUID, str],
    language: str,
) -> Tried:
    explanation = found.explanation
    chances = {chance.user_id: chance for chance in found.chances}
    agents = []
    for user_id in routing.members:
        chance = chances.get(user_id)
        name = names.get(user_id, "")
        code = None if chance is None else chance.code
        taken = explanation is not None and explanation.user_id == user_id
        agents.append(
            TriedAgent(
                user_id=user_id,
                display_name=name,
                status=statuses.get(user_id, "signed_out"),
                code="NOT_READY" if chance is None else code,
                sentence=_sentence(name, chance is not None, code, taken, language),
                opens_in_seconds=(
                    None if chance is None or chance.opens_in is None else chance.opens_in / 1000
                ),
            )
        )
    order = {chance.user_id: place for place, chance in enumerate(found.chances)}
    agents.sort(key=lambda one: (order.get(one.user_id, len(order)), one.display_name))
    lookup = Names(agent=lambda user_id: names.get(user_id, ""), call=str, queue=str)
    return Tried(
        user_id=explanation.user_id if explanation else None,
        chosen=explanation.chosen if explanation else None,
        ring=explanation.ring if explanation else 0,
        sentences=told(explanation, lookup, language)[:1] if explanation else (),
        agents=tuple(agents),
    )


def _sentence(name: str, ready: bool, code: Any, taken: bool, language: str) -> str:
    french = language == "fr"
    if not ready:
        return f"{name} n’est pas disponible." if french else f"{name} is not ready."
    if code is not None:
        return f"{name} {passed(code, language)}."
    if taken:
        return f"{name} prendrait l’appel." if french else f"{name} would take the call."
    return (
        f"{name} pourrait le prendre, mais vient après."
        if french
        else f"{name} could take it, but comes later."
    )


def _moment(instant: str) -> int:
    at = datetime.fromisoformat(instant.replace("Z", "+00:00"))
    return round(at.astimezone(UTC).timestamp() * 1000)


async def _known_skills(stores: Stores) -> frozenset[Skill]:
    return frozenset(skill_of(skill.skill_id) for skill in await stores.skills.all())


async def _unknown(stores: Stores, settings: QueueSettings) -> Sequence[Objection]:
    known = await _known_skills(stores)
    found = [
        unknown_skill(f"rings.{number}.drops")
        for number, ring in enumerate(settings.rings)
        if not all(skill_known(skill, known) for skill in ring.drops)
    ]
    for number, rule in enumerate(settings.overflow):
        if await stores.queues.get(rule.to_queue_id) is None:
            name = f"overflow.{number}.to_queue_id"
            message = "There is no such queue. Load the page again."
            found.append(Objection(field=name, code="QUEUE_UNKNOWN", message=message))
    prompt = settings.music_prompt_id
    if prompt is not None and await stores.prompts.get(prompt) is None:
        message = "There is no such recording. Choose another one."
        found.append(Objection(field="music_prompt_id", code="PROMPT_UNKNOWN", message=message))
    key = settings.whisper_prompt
    if key and await stores.prompts.get_by_key(key) is None:
        message = "There is no such prompt. Choose another one."
        found.append(Objection(field="whisper_prompt", code="PROMPT_UNKNOWN", message=message))
    group = settings.schedule_group_id
    if group is not None and await stores.schedule_groups.get_for_change(group) is None:
        message = "There are no such opening hours. Load the page again."
        found.append(
            Objection(field="schedule_group_id", code="SCHEDULE_GROUP_UNKNOWN", message=message)
        )
    return found


def _member_objections(
    members: Mapping[UUID, Membership], routing: QueueRouting
) -> list[Objection]:
    found = []
    for user_id, place in members.items():
        if user_id not in routing.members:
            message = "One of the agents is not in this queue. Load the page again."
            found.append(Objection(field="members", code="USER_UNKNOWN", message=message))
        for name, value, most in (("ring", place.ring, MOST_RING), ("rank", place.rank, MOST_RANK)):
            if not 1 <= value <= most:
                found.append(_range(f"members.{user_id}.{name}", 1, most))
    return found


def _need_objections(needs: Mapping[str, int], known: frozenset[Skill]) -> list[Objection]:
    found = [unknown_skill("need") for key in needs if not skill_known(key, known)]
    found += [
        _range("need", LOWEST_LEVEL, HIGHEST_LEVEL)
        for level in needs.values()
        if not LOWEST_LEVEL <= level <= HIGHEST_LEVEL
    ]
    return found


def _range(name: str, least: int, most: int) -> Objection:
    return Objection(
        field=name,
        code="RANGE",
        message=f"Choose a number from {least} to {most}.",
        details={"least": str(least), "most": str(most)},
    )


def _found(routing: QueueRouting | None) -> QueueRouting:
    if routing is None:
        raise NotFound("NOT_FOUND", "There is no such queue.")
    return routing
