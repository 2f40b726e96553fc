"""Skills, and who has them at which level."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.skills import AgentSkills

router = APIRouter(tags=["skills"])

Reader = Annotated[Asker, requires("queues.write", "settings.read", "users.read")]
Writer = Annotated[Asker, requires("queues.write")]
# A skill's id, or `language:` with a language's code.
SkillKey = Annotated[
    str,
    Field(
        max_length=100,
        examples=["language:fon", "019e0000-0000-7000-8000-000000000000"],
    ),
]
Level = Annotated[int, Field(description="1 (some) to 5 (best).")]


class SkillAnswer(Answer):
    """A skill."""

    skill_id: UUID
    name: str


class SkillBody(RequestBody):
    """A skill's name."""

    name: str


class AgentSkillsAnswer(Answer):
    """What one person can: level by skill."""

    user_id: UUID
    display_name: str
    active: bool
    skills: dict[str, int]


class AgentSkillsBody(RequestBody):
    """Level by skill: these and no others."""

    skills: Annotated[dict[SkillKey, Level], Field(max_length=300)]


@router.get("/skills")
async def list_skills(asker: Reader, services: TheServices) -> ListAnswer[SkillAnswer]:
    """Every skill, by name."""
    found = [SkillAnswer.model_validate(skill) for skill in await services.skills.all(asker)]
    return ListAnswer(items=found, next_page_token=None, total=len(found))


@router.post("/skills", status_code=201)
async def add_skill(body: SkillBody, asker: Writer, services: TheServices) -> SkillAnswer:
    """Add a skill."""
    return SkillAnswer.model_validate(await services.skills.add(asker, body.name))


@router.patch("/skills/{skill_id}")
async def rename_skill(
    skill_id: UUID, body: SkillBody, asker: Writer, services: TheServices
) -> SkillAnswer:
    """Change a skill's name."""
    return SkillAnswer.model_validate(await services.skills.rename(asker, skill_id, body.name))


@router.delete("/skills/{skill_id}", status_code=204)
async def delete_skill(skill_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a skill that no queue's rings name; agents lose it."""
    await services.skills.delete(asker, skill_id)


@router.get("/agent-skills")
async def list_agent_skills(asker: Reader, services: TheServices) -> ListAnswer[AgentSkillsAnswer]:
    """Everyone who takes calls, by name, with their levels."""
    found = [_answer(agent) for agent in await services.skills.agents(asker)]
    return ListAnswer(items=found, next_page_token=None, total=len(found))


@router.put("/agent-skills/{user_id}")
async def set_agent_skills(
    user_id: UUID, body: AgentSkillsBody, asker: Writer, services: TheServices
) -> AgentSkillsAnswer:
    """Say all that a person can."""
    return _answer(await services.skills.set_levels(asker, user_id, body.skills))


def _answer(agent: AgentSkills) -> AgentSkillsAnswer:
    return AgentSkillsAnswer(
        user_id=agent.user_id,
        display_name=agent.display_name,
        active=agent.active,
        skills={str(skill): level for skill, level in agent.levels.items()},
    )
