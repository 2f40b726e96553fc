"""Operations: skills."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Skills:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_skills(
        self,
    ) -> Pages[m.SkillAnswer]:
        """Every skill, by name.

        Permission: `queues.write` or `settings.read` or `users.read`.
        """
        answer: Pages[m.SkillAnswer] = self._api.pages("list_skills")
        return answer

    def add_skill(
        self,
        body: m.SkillBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.SkillAnswer:
        """Add a skill.

        Permission: `queues.write`.
        """
        answer: m.SkillAnswer = self._api.call("add_skill", body=body, key=idempotency_key)
        return answer

    def rename_skill(
        self,
        skill_id: m.Id,
        body: m.SkillBody,
    ) -> m.SkillAnswer:
        """Change a skill's name.

        Permission: `queues.write`.
        """
        answer: m.SkillAnswer = self._api.call(
            "rename_skill", path={"skill_id": skill_id}, body=body
        )
        return answer

    def delete_skill(
        self,
        skill_id: m.Id,
    ) -> None:
        """Delete a skill that no queue's rings name; agents lose it.

        Permission: `queues.write`.
        """
        self._api.call("delete_skill", path={"skill_id": skill_id})

    def list_agent_skills(
        self,
    ) -> Pages[m.AgentSkillsAnswer]:
        """Everyone who takes calls, by name, with their levels.

        Permission: `queues.write` or `settings.read` or `users.read`.
        """
        answer: Pages[m.AgentSkillsAnswer] = self._api.pages("list_agent_skills")
        return answer

    def set_agent_skills(
        self,
        user_id: m.Id,
        body: m.AgentSkillsBody,
    ) -> m.AgentSkillsAnswer:
        """Say all that a person can.

        Permission: `queues.write`.
        """
        answer: m.AgentSkillsAnswer = self._api.call(
            "set_agent_skills", path={"user_id": user_id}, body=body
        )
        return answer


class AsyncSkills:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_skills(
        self,
    ) -> AsyncPages[m.SkillAnswer]:
        """Every skill, by name.

        Permission: `queues.write` or `settings.read` or `users.read`.
        """
        answer: AsyncPages[m.SkillAnswer] = self._api.pages("list_skills")
        return answer

    async def add_skill(
        self,
        body: m.SkillBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.SkillAnswer:
        """Add a skill.

        Permission: `queues.write`.
        """
        answer: m.SkillAnswer = await self._api.call("add_skill", body=body, key=idempotency_key)
        return answer

    async def rename_skill(
        self,
        skill_id: m.Id,
        body: m.SkillBody,
    ) -> m.SkillAnswer:
        """Change a skill's name.

        Permission: `queues.write`.
        """
        answer: m.SkillAnswer = await self._api.call(
            "rename_skill", path={"skill_id": skill_id}, body=body
        )
        return answer

    async def delete_skill(
        self,
        skill_id: m.Id,
    ) -> None:
        """Delete a skill that no queue's rings name; agents lose it.

        Permission: `queues.write`.
        """
        await self._api.call("delete_skill", path={"skill_id": skill_id})

    def list_agent_skills(
        self,
    ) -> AsyncPages[m.AgentSkillsAnswer]:
        """Everyone who takes calls, by name, with their levels.

        Permission: `queues.write` or `settings.read` or `users.read`.
        """
        answer: AsyncPages[m.AgentSkillsAnswer] = self._api.pages("list_agent_skills")
        return answer

    async def set_agent_skills(
        self,
        user_id: m.Id,
        body: m.AgentSkillsBody,
    ) -> m.AgentSkillsAnswer:
        """Say all that a person can.

        Permission: `queues.write`.
        """
        answer: m.AgentSkillsAnswer = await self._api.call(
            "set_agent_skills", path={"user_id": user_id}, body=body
        )
        return answer
