"""The actions of rules, as values, and what they do to a contact's values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from kwabo.domain.campaigns.rule_sets.conditions import read_number
from kwabo.domain.compliance.zones import zone
from kwabo.domain.contacts.columns import read_language
from kwabo.domain.routing.skills import language_skill


@dataclass(frozen=True, slots=True, kw_only=True)
class DoNotDial:
    """Leave this number alone: for some minutes, or for as long as the campaign goes."""

    minutes: int | None


class Modification(StrEnum):
    """How a column changes."""

    SET = "SET"
    INCREMENT = "INCREMENT"
    DECREMENT = "DECREMENT"
    CURRENT_TIME = "CURRENT_TIME"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifyContactAttribute:
    """Change a column of the contact."""

    column: str
    mode: Modification
    value: str

    def apply(self, before: str | None, now: datetime, time_zone: str) -> str | None:
        """The new value; None: it stays, because it is no number that could be counted on.

        Times are kept as lists keep dates: on the contact's clock, without a zone.
        """
        match self.mode:
            case Modification.SET:
                return self.value
            case Modification.CURRENT_TIME:
                local = now.astimezone(zone(time_zone) or UTC).replace(tzinfo=None)
                return local.isoformat(timespec="seconds")
        known = read_number(before) if before else read_number("0")
        step = read_number(self.value)
        if known is None or step is None:
            return None
        after = known + step if self.mode is Modification.INCREMENT else known - step
        return f"{after.normalize():f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendNumberToDncList:
    """Put the number of the call on a DNC list, for some days or for ever."""

    dnc_list_id: UUID
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendCustomEntryToDncList:
    """Put a column's value on a DNC list by that column: the contact is not called any more."""

    dnc_list_id: UUID
    column: str
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleCallback:
    """Promise a callback to whoever is free, in some minutes, on the number of the call."""

    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactUncallable:
    """Never call this contact again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberUncallable:
    """Never call this number of the contact again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchToPreview:
    """Put the record in front of an agent before it is dialled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCallerId:
    """Show this number on the call."""

    caller_id: str  # E.164


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSkills:
    """Call for an agent who has all of these skills, and speaks the contact's language."""

    skills: tuple[str, ...] = ()  # ids, or `language:` with a code
    language_column: str = ""  # whose value names the language; '': none

    def needs(self, data: Mapping[str, str]) -> tuple[str, ...]:
        """What the agent must be able to do; an empty or unknown language asks for nothing."""
        written = data.get(self.language_column, "") if self.language_column else ""
        language = read_language(written)
        spoken = (str(language_skill(language)),) if language else ()
        return tuple(dict.fromkeys((*self.skills, *spoken)))


@dataclass(frozen=True, slots=True, kw_only=True)
class DataAction:
    """Tell another program, soon and at least once; nothing waits for it."""

    data_action_id: UUID
    write: Mapping[str, str] = field(default_factory=dict)  # output of its answer → column


Action = (
    DoNotDial
    | ModifyContactAttribute
    | AppendNumberToDncList
    | AppendCustomEntryToDncList
    | ScheduleCallback
    | ContactUncallable
    | NumberUncallable
    | SwitchToPreview
    | SetCallerId
    | SetSkills
    | DataAction
)
