"""Skills on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.domain.routing.skills import Skill, language_of
from kwabo.ports.skills import AgentSkills, NamedSkill

_ALL = text("SELECT skill_id, name, created_at FROM skills ORDER BY name, skill_id")
_GET = text("SELECT skill_id, name, created_at FROM skills WHERE skill_id = :skill_id")
_ADD = text("""
    INSERT INTO skills (skill_id, organisation_id, name, created_at)
    VALUES (:skill_id, current_organisation(), :name, :created_at)
""")
_RENAME = text("UPDATE skills SET name = :name WHERE skill_id = :skill_id")
_DELETE = text("DELETE FROM skills WHERE skill_id = :skill_id")
_AGENT = """
    SELECT u.user_id, u.display_name, u.active, coalesce((
        SELECT jsonb_object_agg(l.skill, l.level) FROM (
            SELECT s.skill_id::text AS skill, s.level FROM agent_skills s
            WHERE s.user_id = u.user_id
            UNION ALL
            SELECT 'language:' || g.language, g.level FROM agent_languages g
            WHERE g.user_id = u.user_id
        ) l), '{}') AS levels
    FROM users u
"""
_ONE = text(f"{_AGENT} WHERE u.user_id = :user_id")
_AGENTS = text(f"""
    {_AGENT}
    WHERE u.role = 'agent' OR 'agent.desktop' = ANY (u.permissions)
       OR EXISTS (SELECT FROM queue_members m WHERE m.user_id = u.user_id)
       OR EXISTS (SELECT FROM agent_skills s WHERE s.user_id = u.user_id)
       OR EXISTS (SELECT FROM agent_languages g WHERE g.user_id = u.user_id)
    ORDER BY u.display_name, u.user_id
""")
_NO_SKILLS = text("DELETE FROM agent_skills WHERE user_id = :user_id")
_NO_LANGUAGES = text("DELETE FROM agent_languages WHERE user_id = :user_id")
_ADD_SKILLS = text("""
    INSERT INTO agent_skills (user_id, skill_id, organisation_id, level)
    SELECT :user_id, s.skill_id, current_organisation(), w.level
    FROM unnest(CAST(:keys AS uuid[]), CAST(:levels AS smallint[])) AS w (skill_id, level)
    JOIN skills s USING (skill_id)
""")
_ADD_LANGUAGES = text("""
    INSERT INTO agent_languages (user_id, language, organisation_id, level)
    SELECT :user_id, w.language, current_organisation(), w.level
    FROM unnest(CAST(:keys AS text[]), CAST(:levels AS smallint[])) AS w (language, level)
""")


class PostgresSkillStore:
    """See `kwabo.ports.skills.SkillStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[NamedSkill]:
        return [_skill(row) for row in await self._connection.execute(_ALL)]

    async def get(self, skill_id: UUID) -> NamedSkill | None:
        row = (await self._connection.execute(_GET, {"skill_id": skill_id})).first()
        return None if row is None else _skill(row)

    async def add(self, skill: NamedSkill) -> None:
        with unique_name("skill", skill.name):
            await self._connection.execute(
                _ADD,
                {"skill_id": skill.skill_id, "name": skill.name, "created_at": skill.created_at},
            )

    async def rename(self, skill_id: UUID, name: str) -> None:
        with unique_name("skill", name):
            await self._connection.execute(_RENAME, {"skill_id": skill_id, "name": name})

    async def delete(self, skill_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"skill_id": skill_id})

    async def agents(self) -> Sequence[AgentSkills]:
        return [_agent(row) for row in await self._connection.execute(_AGENTS)]

    async def agent(self, user_id: UUID) -> AgentSkills | None:
        row = (await self._connection.execute(_ONE, {"user_id": user_id})).first()
        return None if row is None else _agent(row)

    async def set_levels(self, user_id: UUID, levels: Mapping[Skill, int]) -> None:
        await self._connection.execute(_NO_SKILLS, {"user_id": user_id})
        await self._connection.execute(_NO_LANGUAGES, {"user_id": user_id})
        skills = {UUID(key): level for key, level in levels.items() if language_of(key) is None}
        languages = {
            language: level
            for key, level in levels.items()
            if (language := language_of(key)) is not None
        }
        for statement, chosen in ((_ADD_SKILLS, skills), (_ADD_LANGUAGES, languages)):
            await self._connection.execute(
                statement,
                {"user_id": user_id, "keys": list(chosen), "levels": list(chosen.values())},
            )


def _skill(row: Any) -> NamedSkill:
    return NamedSkill(skill_id=row.skill_id, name=row.name, created_at=row.created_at)


def _agent(row: Any) -> AgentSkills:
    return AgentSkills(
        user_id=row.user_id,
        display_name=row.display_name,
        active=row.active,
        levels={Skill(key): level for key, level in row.levels.items()},
    )
