"""Skills, and the levels that agents have in them and in languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.routing.skills import Skill


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSkill:
    """A skill that the organisation has named."""

    skill_id: UUID
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSkills:
    """What one person can: level by skill, languages among them."""

    user_id: UUID
    display_name: str
    active: bool
    levels: Mapping[Skill, int]


class SkillStore(Protocol):
    """The skills of the transaction's organisation."""

    async def all(self) -> Sequence[NamedSkill]:
        """By name."""
        ...

    async def get(self, skill_id: UUID) -> NamedSkill | None: ...

    async def add(self, skill: NamedSkill) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def rename(self, skill_id: UUID, name: str) -> None:
        """Raises Conflict `NAME_TAKEN`."""
        ...

    async def delete(self, skill_id: UUID) -> None:
        """Agents lose it."""
        ...

    async def agents(self) -> Sequence[AgentSkills]:
        """Everyone who is in a queue, may take calls or has a level, by displayed name."""
        ...

    async def agent(self, user_id: UUID) -> AgentSkills | None: ...

    async def set_levels(self, user_id: UUID, levels: Mapping[Skill, int]) -> None:
        """These and no others."""
        ...
