"""What a rule set does with a contact: which rules fire, and what follows.

Rules are asked in their order, each with the contact's values as the rules before have left them. A
rule fires when it has been asked and all its conditions hold. Once a rule has taken the number or
the contact away before a call, no further rule is asked.

A rule before a call whose data action has not answered yet waits: nothing is done at all, by the
rules before it neither, until all is asked anew. At a wrap-up nothing waits.
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
    DataAction,
    DoNotDial,
    ModifyContactAttribute,
    NumberUncallable,
    ScheduleCallback,
    SetCallerId,
    SetSkills,
    SwitchToPreview,
)
from kwabo.domain.campaigns.rule_sets.conditions import DataAction as DataCondition
from kwabo.domain.campaigns.rule_sets.document import Rule, RuleSet
from kwabo.domain.campaigns.rule_sets.facts import CallFacts, ContactFacts
from kwabo.domain.data_actions.answers import DataAnswer
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAction:
    """A data action that a rule wants carried out."""

    action: DataAction
    by: FiredRule
    place: int  # among the rule's actions


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
    told: list[ToldAction] = field(default_factory=list)
    waits_for: DataAnswer | None = None  # nothing is known before it is there


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
            if before_call and (waits := waits_for(rule, known, call, now)) is not None:
                return Ruling(waits_for=waits)
            if not fires(rule, known, call, now):
                continue
            fired = FiredRule(
                rule_set_id=rule_set.rule_set_id,
                rule_set_name=rule_set.name,
                rule=place,
                name=rule.name,
                number=call.number,
                actions=tuple(action_type(action) for action in rule.actions),
            )
            ruling.fired.append(fired)
            for index, action in enumerate(rule.actions):
                if isinstance(action, DataAction):
                    ruling.told.append(ToldAction(action=action, by=fired, place=index))
                _act(ruling, action, known, call, now)
            if before_call and (ruling.number_out or ruling.contact_out):
                return ruling
    return ruling


def fires(rule: Rule, contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
    """Whether all conditions of an active rule hold; one without conditions always fires."""
    return rule.active and all(
        condition.when_missing
        if isinstance(condition, DataCondition) and condition.value(contact, call, now) is None
        else condition.holds(contact, call, now) != inverted
        for condition, inverted in rule.conditions
    )


def waits_for(
    rule: Rule, contact: ContactFacts, call: CallFacts, now: datetime
) -> DataAnswer | None:
    """The answer without which it cannot be said whether the rule fires."""
    if not rule.active:
        return None
    awaited = None
    for condition, inverted in rule.conditions:
        if isinstance(condition, DataCondition):
            waits = condition.waits(contact, call, now)
            if waits is not None:
                awaited = awaited or waits
                continue
            if condition.value(contact, call, now) is None:
                if not condition.when_missing:
                    return None
                continue
        if condition.holds(contact, call, now) == inverted:
            return None  # the rule does not fire, whatever the answer
    return awaited


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
    DataAction: "DATA_ACTION",
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
        case SetSkills():
            ruling.skills = action.needs({**contact.data, **ruling.data})
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
