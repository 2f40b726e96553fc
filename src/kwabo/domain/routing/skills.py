"""Skills: what a call needs and an agent can do. A language is a skill like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NewType
from uuid import UUID

Skill = NewType("Skill", str)

LOWEST_LEVEL: Final = 1
HIGHEST_LEVEL: Final = 5
_LANGUAGE: Final = "language:"


def skill_of(skill_id: UUID) -> Skill:
    """The skill that the organisation has named."""
    return Skill(str(skill_id))


def language_skill(language: str) -> Skill:
    """Speaking a language, by its code (`fr`, `fon`)."""
    return Skill(f"{_LANGUAGE}{language}")


def language_of(skill: Skill) -> str | None:
    """The language's code; None: the skill is no language."""
    return skill.removeprefix(_LANGUAGE) if skill.startswith(_LANGUAGE) else None


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """A skill that a call asks for, at least at this level."""

    skill: Skill
    level: int = LOWEST_LEVEL


def meets(skills: Mapping[Skill, int], needs: Sequence[Need]) -> bool:
    """Every need is met."""
    return all(skills.get(need.skill, 0) >= need.level for need in needs)


def score(skills: Mapping[Skill, int], needs: Sequence[Need]) -> int:
    """The sum of the levels of the skills that are needed: more is better."""
    return sum(skills.get(need.skill, 0) for need in needs)
