"""Skills, and who has them at which level. Languages are skills that need no name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.campaigns.rule_sets.document import skills_named
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.routing.skills import (
    HIGHEST_LEVEL,
    LOWEST_LEVEL,
    Skill,
    language_of,
    skill_of,
)
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.skills import AgentSkills, NamedSkill
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.rule_sets import as_rule_set
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused

MOST_SKILLS: Final = 200
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


class SkillService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[NamedSkill]:
        """Every skill, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.skills.all()

    async def add(self, asker: Asker, name: str) -> NamedSkill:
        """Raises Invalid, Conflict `NAME_TAKEN`, `TOO_MANY_SKILLS`."""
        skill = NamedSkill(
            skill_id=self._ids.new(), name=checked_name(name), created_at=self._clock.now()
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if len(await stores.skills.all()) >= MOST_SKILLS:
                raise Conflict(
                    "TOO_MANY_SKILLS",
                    f"There are {MOST_SKILLS} skills already. Delete one that nobody needs.",
                    details={"most": MOST_SKILLS},
                )
            await stores.skills.add(skill)
            await self._note(stores, asker, "skill.created", skill)
        return skill

    async def rename(self, asker: Asker, skill_id: UUID, name: str) -> NamedSkill:
        """Raises Invalid, NotFound, Conflict `NAME_TAKEN`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            skill = replace(_found(await stores.skills.get(skill_id)), name=checked_name(name))
            await stores.skills.rename(skill_id, skill.name)
            await self._note(stores, asker, "skill.changed", skill)
        return skill

    async def delete(self, asker: Asker, skill_id: UUID) -> None:
        """Agents lose it.

        Raises NotFound, Conflict `SKILL_IN_USE`, `SKILL_IN_FLOW`, `SKILL_IN_RULES`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            skill = _found(await stores.skills.get(skill_id))
            check_unused(
                "SKILL_IN_FLOW",
                await stores.flows.using("skill", str(skill_id)),
                "These flows ask for the skill: {names}. Take it out of them first.",
                detail="flows",
            )
            check_unused(
                "SKILL_IN_USE",
                await stores.queue_routing.queues_dropping(skill_of(skill_id)),
                "Rings of these queues name the skill: {names}. Take it out of them first.",
                detail="queues",
            )
            check_unused(
                "SKILL_IN_RULES",
                [
                    kept.name
                    for kept in await stores.rule_sets.all()
                    if skill_of(skill_id) in skills_named(as_rule_set(kept).rules)
                ],
                "These rule sets ask for the skill: {names}. Take it out of them first.",
                detail="rule_sets",
            )
            await stores.skills.delete(skill_id)
            await self._note(stores, asker, "skill.deleted", skill)
            await self._tell_floor(stores, asker)

    async def agents(self, asker: Asker) -> Sequence[AgentSkills]:
        """Everyone who takes calls, by name, with what they can."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.skills.agents()

    async def set_levels(
        self, asker: Asker, user_id: UUID, levels: Mapping[str, int]
    ) -> AgentSkills:
        """These and no others. Raises Invalid, NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            agent = await stores.skills.agent(user_id)
            if agent is None:
                raise NotFound("NOT_FOUND", "There is no such user.")
            known = frozenset(skill_of(skill.skill_id) for skill in await stores.skills.all())
            refuse(_objections(levels, known))
            chosen = {Skill(key): level for key, level in levels.items()}
            await stores.skills.set_levels(user_id, chosen)
            await stores.audit.record(
                "agent_skills.changed",
                actor_user_id=asker.user_id,
                subject_kind="user",
                subject_id=user_id,
                at=self._clock.now(),
                details={"before": dict(agent.levels), "after": dict(chosen)},
            )
            await self._tell_floor(stores, asker)
        return replace(agent, levels=chosen)

    async def _note(self, stores: Stores, asker: Asker, action: str, skill: NamedSkill) -> None:
        details: dict[str, Any] = {"name": skill.name}
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="skill",
            subject_id=skill.skill_id,
            at=self._clock.now(),
            details=details,
        )

    async def _tell_floor(self, stores: Stores, asker: Asker) -> None:
        await stores.floor_commands.add(
            self._ids.new(), "settings.changed", {}, user_id=asker.user_id, at=self._clock.now()
        )


def skill_known(skill: str, known: frozenset[Skill]) -> bool:
    """Whether it is one of the organisation's skills, or a language's code."""
    language = language_of(Skill(skill))
    return skill in known if language is None else bool(_LANGUAGE.fullmatch(language))


def unknown_skill(field: str) -> Objection:
    """What to say of a skill that is not there."""
    return Objection(
        field=field,
        code="SKILL_UNKNOWN",
        message="There is no such skill. Load the page again, or name a language as language:fr.",
    )


def _objections(levels: Mapping[str, int], known: frozenset[Skill]) -> list[Objection]:
    found = [
        unknown_skill(f"skills.{key}") for key in sorted(levels) if not skill_known(key, known)
    ]
    found += [
        Objection(
            field=f"skills.{key}",
            code="RANGE",
            message=f"Choose a number from {LOWEST_LEVEL} to {HIGHEST_LEVEL}.",
            details={"least": str(LOWEST_LEVEL), "most": str(HIGHEST_LEVEL)},
        )
        for key, level in sorted(levels.items())
        if not LOWEST_LEVEL <= level <= HIGHEST_LEVEL
    ]
    return found


def _found(skill: NamedSkill | None) -> NamedSkill:
    if skill is None:
        raise NotFound("NOT_FOUND", "There is no such skill.")
    return skill
