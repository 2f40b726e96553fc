"""What a rule set does with a contact: which rules fire, and what follows.

Rules are asked in their order, each with the contact's values as the rules before have left them. A
rule fires when it has been asked and all its conditions hold. Once a rule has taken the number or
the contact away before a call, no further rule is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from kwabo.domain.campaigns.rule_sets.actions import (
    Action,
    AppendCustomEntryToDncList,
    AppendNumberToDncList,
    ContactUncallable,
    DoNotDial,
    ModifyContactAttribute,
    NumberUncallable,
    ScheduleCallback,
    SetCallerId,
    SetSkills,
    SwitchToPreview,
)
from kwabo.domain.campaigns.rule_sets.document import Rule, RuleSet
from kwabo.domain.campaigns.rule_sets.facts import CallFacts, ContactFacts
from kwabo.domain.dnc_lists.values import LONGEST_VALUE, canonical_value


@dataclass(frozen=True, slots=True, kw_only=True)
class FiredRule:
    """A rule that fired, for the record of the attempt."""

    rule_set_id: UUID
    rule_set_name: str
    rule: int  # its place in the set, from 1
    name: str
    number: str  # of the call
    actions: tuple[str, ...]  # types, in order


@dataclass(slots=True, kw_only=True)
class Ruling:
    """What follows from the rules."""

    fired: list[FiredRule] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)  # columns that change
    number_out: bool = False  # this number is not called
    contact_out: bool = False  # none of the contact's numbers is
    again_at: datetime | None = None  # when what is out is looked at again; None: never
    contact_uncallable: bool = False
    number_uncallable: bool = False
    dnc: list[tuple[UUID, str, datetime | None]] = field(
        default_factory=list
    )  # list, value, expiry
    contact_listed: bool = False  # by one of its columns
    callback_at: datetime | None = None
    preview: bool = False  # an agent looks at the record before the call
    caller_id: str | None = None
    skills: tuple[str, ...] = ()


def rule_on(
    rule_sets: Sequence[RuleSet],
    contact: ContactFacts,
    call: CallFacts,
    now: datetime,
    *,
    before_call: bool,
) -> Ruling:
    """Ask every rule in order."""
    ruling = Ruling()
    for rule_set in rule_sets:
        for place, rule in enumerate(rule_set.rules, start=1):
            known = replace(contact, data={**contact.data, **ruling.data})
            if not fires(rule, known, call, now):
                continue
            ruling.fired.append(
                FiredRule(
                    rule_set_id=rule_set.rule_set_id,
                    rule_set_name=rule_set.name,
                    rule=place,
                    name=rule.name,
                    number=call.number,
                    actions=tuple(action_type(action) for action in rule.actions),
                )
            )
            for action in rule.actions:
                _act(ruling, action, known, call, now)
            if before_call and (ruling.number_out or ruling.contact_out):
                return ruling
    return ruling


def fires(rule: Rule, contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
    """Whether all conditions of an active rule hold; one without conditions always fires."""
    return rule.active and all(
        condition.holds(contact, call, now) != inverted for condition, inverted in rule.conditions
    )


def action_type(action: Action) -> str:
    """The action's name in documents."""
    return ACTION_TYPES[type(action)]


ACTION_TYPES: Mapping[type, str] = {
    DoNotDial: "DO_NOT_DIAL",
    ModifyContactAttribute: "MODIFY_CONTACT_ATTRIBUTE",
    AppendNumberToDncList: "APPEND_NUMBER_TO_DNC_LIST",
    AppendCustomEntryToDncList: "APPEND_CUSTOM_ENTRY_TO_DNC_LIST",
    ScheduleCallback: "SCHEDULE_CALLBACK",
    ContactUncallable: "CONTACT_UNCALLABLE",
    NumberUncallable: "NUMBER_UNCALLABLE",
    SwitchToPreview: "SWITCH_TO_PREVIEW",
    SetCallerId: "SET_CALLER_ID",
    SetSkills: "SET_SKILLS",
}


def _expiry(days: int | None, now: datetime) -> datetime | None:
    return None if days is None else now + timedelta(days=days)


def _act(
    ruling: Ruling, action: Action, contact: ContactFacts, call: CallFacts, now: datetime
) -> None:
    match action:
        case DoNotDial():
            ruling.number_out = True
            if action.minutes is not None:
                ruling.again_at = now + timedelta(minutes=action.minutes)
        case ModifyContactAttribute():
            before = ruling.data.get(action.column, contact.data.get(action.column))
            after = action.apply(before, now, contact.time_zone)
            if after is not None:
                ruling.data[action.column] = after
        case AppendNumberToDncList():
            ruling.dnc.append((action.dnc_list_id, call.number, _expiry(action.days, now)))
            ruling.number_out = True
        case AppendCustomEntryToDncList():
            written = ruling.data.get(action.column, contact.data.get(action.column, ""))
            value = canonical_value(written)
            if value and len(value) <= LONGEST_VALUE:
                ruling.dnc.append((action.dnc_list_id, value, _expiry(action.days, now)))
                ruling.contact_listed = ruling.contact_out = True
        case _:
            _act_on_call(ruling, action, now)


def _act_on_call(ruling: Ruling, action: Action, now: datetime) -> None:
    match action:
        case ScheduleCallback():
            ruling.callback_at = now + timedelta(minutes=action.minutes)
            ruling.contact_out = True
        case ContactUncallable():
            ruling.contact_uncallable = True
            ruling.contact_out = True
        case NumberUncallable():
            ruling.number_uncallable = True
            ruling.number_out = True
        case SwitchToPreview():
            ruling.preview = True
        case SetCallerId():
            ruling.caller_id = action.caller_id
        case SetSkills():
            ruling.skills = action.skills
