"""What outcomes mean: the flags of wrap-up codes and of the system's own outcomes.

A campaign's mapping comes first, then the organisation's: the code's own flags (or the default set,
for codes without a mapping of their own), and for the system's outcomes its table. What no table
names has the flags of `SYSTEM_DEFAULTS`; whether its number stays callable is then said by the
campaign's call analysis response set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kwabo.domain.campaigns.agentless import OUTCOMES
from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.interactions.attempt import Result

FLAGS: Final = (
    "right_party",
    "success",
    "failure",
    "neutral",
    "do_not_call",
    "number_uncallable",
    "contact_uncallable",
    "callback",
    "machine",
    "refusal",
)
BUSINESS: Final = frozenset({"success", "failure", "neutral"})  # at most one of them
# What the system's outcomes may mean: no agent is there to be asked for more.
SYSTEM_FLAGS: Final = (
    "right_party",
    "success",
    "failure",
    "neutral",
    "number_uncallable",
    "contact_uncallable",
)
# Results of attempts without a conversation, and conversations without a code.
SYSTEM_OUTCOMES: Final = (
    *(str(result) for result in Result if result is not Result.PERSON),
    "NOT_GIVEN",
    "ABANDONED",
    "SELF_SERVED",
    *OUTCOMES,
)
SYSTEM_DEFAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "invalid": ("number_uncallable",),
    "sit": ("number_uncallable",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeMapping:
    """A table: outcome (a code's id, a result, a system code) → flags."""

    outcomes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    default: tuple[str, ...] = ()  # the organisation's: of codes without a mapping of their own

    @classmethod
    def of_document(cls, document: Mapping[str, Any]) -> OutcomeMapping:
        """The mapping that was kept."""
        return cls(
            outcomes={name: tuple(flags) for name, flags in document["outcomes"].items()},
            default=tuple(document["default"]),
        )

    def as_document(self) -> dict[str, Any]:
        """As it is kept."""
        outcomes = {name: list(flags) for name, flags in sorted(self.outcomes.items())}
        return {"outcomes": outcomes, "default": list(self.default)}


NO_MAPPING: Final = OutcomeMapping()


def in_campaign(
    organisation: OutcomeMapping, campaign: OutcomeMapping
) -> dict[str, tuple[str, ...]]:
    """What the campaign's table and, for the system's outcomes, the organisation's name."""
    return {**organisation.outcomes, **campaign.outcomes}


def of_code(
    mapped: Mapping[str, Sequence[str]], code_id: object, flags: Sequence[str] | frozenset[str]
) -> frozenset[str]:
    """The flags of a wrap-up code whose own are given."""
    return frozenset(mapped.get(str(code_id), flags))


def of_system(mapped: Mapping[str, Sequence[str]], outcome: str) -> frozenset[str]:
    """The flags of one of the system's outcomes."""
    return frozenset(mapped.get(outcome, SYSTEM_DEFAULTS.get(outcome, ())))


def ordered(flags: Sequence[str]) -> tuple[str, ...]:
    """Each once, in the order of `FLAGS`."""
    return tuple(flag for flag in FLAGS if flag in flags)


def wrong_flags(flags: Sequence[str], path: str, *, system: bool) -> list[Objection]:
    """Everything wrong with an outcome's flags."""
    allowed = SYSTEM_FLAGS if system else FLAGS
    unknown = ", ".join(sorted(set(flags) - set(allowed)))
    if unknown:
        possible = ", ".join(allowed)
        return [
            Objection(
                field=path,
                code="FLAG_UNKNOWN",
                message=f"There is no flag {unknown} here. The flags are: {possible}.",
                details={"unknown": unknown, "flags": possible},
            )
        ]
    if len(BUSINESS.intersection(flags)) > 1:
        message = "An outcome is a success, a failure or neutral: choose one of them."
        return [Objection(field=path, code="FLAGS_EXCLUDE", message=message)]
    return []
