"""What a campaign's rule sets do before a call and at a wrap-up, as changes to be written.

Shared by every floor store, which reads the facts in the transaction that claims the contact or
writes the call's end. Nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from kwabo.domain.campaigns.rule_sets.document import Kind, RuleSet, data_actions_asked
from kwabo.domain.campaigns.rule_sets.evaluate import Ruling, rule_on
from kwabo.domain.campaigns.rule_sets.facts import CallFacts, ContactFacts, LastCall
from kwabo.domain.compliance.candidate import Candidate, CandidateNumber
from kwabo.domain.compliance.rules import Assessment
from kwabo.domain.data_actions.answers import LOOK_AGAIN, DataAnswer
from kwabo.kernel.verdict import Allowed
from kwabo.ports.floor_changes import (
    CallbackWritten,
    Change,
    ContactWritten,
    CourseWritten,
    DataActionTold,
    RuleDncWritten,
    RuleFired,
    RulesAsked,
)

RULE_DO_NOT_DIAL = "RULE_DO_NOT_DIAL"
CALLBACK_SCHEDULED = "CALLBACK_SCHEDULED"
DATA_ACTION_WAITS = "DATA_ACTION_WAITS"  # a rule wants an answer that is not there yet


def overall(by_number: Mapping[str, LastCall]) -> LastCall:
    """The newest of the calls on all numbers."""
    called = max((c for c in by_number.values() if c.at), key=_at, default=LastCall())
    wrapped = max((c for c in by_number.values() if c.wrap_up_at), key=_wrapped, default=LastCall())
    return LastCall(
        at=called.at,
        result=called.result,
        wrap_up_code_id=wrapped.wrap_up_code_id,
        wrap_up_at=wrapped.wrap_up_at,
    )


def _at(call: LastCall) -> datetime:
    assert call.at is not None
    return call.at


def _wrapped(call: LastCall) -> datetime:
    assert call.wrap_up_at is not None
    return call.wrap_up_at


def of_kind(rule_sets: Sequence[RuleSet], kind: Kind) -> tuple[RuleSet, ...]:
    """The campaign's rule sets that act at this time, in their order."""
    return tuple(rule_set for rule_set in rule_sets if rule_set.kind is kind)


def needs_facts(rule_sets: Sequence[RuleSet]) -> bool:
    """Whether a claim has to know what rules ask: now, or about data actions at the wrap-up."""
    return bool(of_kind(rule_sets, Kind.PRE_CALL)) or bool(data_actions_asked(rule_sets))


def asked_at_wrap_up(
    rule_sets: Sequence[RuleSet], contact: ContactFacts, number: str, now: datetime
) -> list[DataAnswer]:
    """The answers that rules at the wrap-up of a call to this number will want and lack."""
    return [
        contact.answers[data_action_id, number]
        for data_action_id in sorted(data_actions_asked(of_kind(rule_sets, Kind.WRAP_UP)))
        if (data_action_id, number) in contact.answers
        and contact.answers[data_action_id, number].wanted(now)
    ]


def in_turn(candidate: Candidate, assessment: Assessment) -> list[CandidateNumber]:
    """The numbers that may be called, from the chosen one on."""
    left = {c.number for c in assessment.numbers if isinstance(c.verdict, Allowed)}
    numbers = [n for n in candidate.numbers if n.number in left]
    if assessment.number is None:
        return numbers
    chosen = [n.number for n in numbers].index(assessment.number)
    return numbers[chosen:] + numbers[:chosen]


@dataclass(slots=True, kw_only=True)
class BeforeCall:
    """What the rules before a call have decided about a contact."""

    number: str | None = None  # to be called
    reason: str = ""  # why none is
    again_at: datetime | None = None  # when the contact is looked at again; None: never
    preview: bool = False  # an agent looks at the record first
    caller_id: str | None = None
    skills: tuple[str, ...] = ()
    data: dict[str, str] = field(default_factory=dict)  # columns that change
    changes: list[Change] = field(default_factory=list)
    fired: list[RuleFired] = field(default_factory=list)
    told: list[DataActionTold] = field(default_factory=list)
    waits_for: DataAnswer | None = None


def before_call(
    rule_sets: Sequence[RuleSet],
    contact: ContactFacts,
    numbers: Sequence[CandidateNumber],
    *,
    campaign_id: UUID,
    promised: bool,
    now: datetime,
) -> BeforeCall:
    """Ask the rules of each number in turn, until one may be called.

    `promised`: a callback is due. Rules that would put the call off again do not.
    """
    before = BeforeCall()
    retries: list[datetime] = []
    for number in numbers:
        call = CallFacts(number=number.number, label=number.label)
        ruling = rule_on(rule_sets, contact, call, now, before_call=True)
        if ruling.waits_for is not None:
            return BeforeCall(
                reason=DATA_ACTION_WAITS, again_at=now + LOOK_AGAIN, waits_for=ruling.waits_for
            )
        if promised and ruling.callback_at is not None:
            ruling.callback_at = None
            ruling.contact_out = ruling.contact_uncallable or ruling.contact_listed
        before.fired += _fired(ruling, Kind.PRE_CALL, campaign_id, contact.contact_id, now)
        before.told += _told(ruling, campaign_id, contact.contact_id, now)
        before.changes += _changes(ruling, contact, number.number, now)
        before.data |= ruling.data
        contact = replace(contact, data={**contact.data, **ruling.data})
        if ruling.callback_at is not None:
            before.changes.append(
                _callback(campaign_id, contact, number.number, ruling.callback_at, None, now)
            )
        if ruling.contact_out:
            before.reason = _why_out(ruling)
            before.again_at = ruling.callback_at
            return before
        if not ruling.number_out:
            before.number = number.number
            before.caller_id, before.skills = ruling.caller_id, ruling.skills
            before.preview = ruling.preview
            return before
        if ruling.again_at is not None:
            retries.append(ruling.again_at)
    before.reason = RULE_DO_NOT_DIAL
    before.again_at = min(retries, default=None)
    return before


def _why_out(ruling: Ruling) -> str:
    if ruling.callback_at is not None:
        return CALLBACK_SCHEDULED
    return "CONTACT_UNCALLABLE" if ruling.contact_uncallable else RULE_DO_NOT_DIAL


@dataclass(slots=True, kw_only=True)
class AtWrapUp:
    """What the rules at a wrap-up have decided."""

    changes: list[Change] = field(default_factory=list)
    reopened: bool = False  # the contact waits for a callback now


def at_wrap_up(asked: RulesAsked, contact: ContactFacts, label: str) -> AtWrapUp:
    """Ask the rules of a call that has ended."""
    call = CallFacts(
        number=asked.number,
        label=label,
        result=asked.result,
        wrap_up_code_id=asked.wrap_up_code_id,
        answer_analysed=asked.answer_analysed,
    )
    ruling = rule_on(asked.rule_sets, contact, call, asked.at, before_call=False)
    after = AtWrapUp()
    fired = _fired(ruling, Kind.WRAP_UP, asked.campaign_id, asked.contact_id, asked.at)
    after.changes += [_of_attempt(one, asked.attempt_id) for one in fired]
    after.changes += [
        replace(
            _told_of(one, asked.attempt_id),
            result=asked.result,
            wrap_up_code_id=asked.wrap_up_code_id,
        )
        for one in _told(ruling, asked.campaign_id, asked.contact_id, asked.at)
    ]
    after.changes += _changes(ruling, contact, asked.number, asked.at)
    if ruling.callback_at is not None and not ruling.contact_uncallable:
        after.reopened = True
        after.changes += [
            _callback(
                asked.campaign_id,
                contact,
                asked.number,
                ruling.callback_at,
                asked.attempt_id,
                asked.at,
            ),
            CourseWritten(
                campaign_id=asked.campaign_id,
                contact_id=asked.contact_id,
                state="open",
                attempts=asked.course_attempts,
                last_attempt_at=None,
                last_result=None,
                next_attempt_at=ruling.callback_at,
                reason=CALLBACK_SCHEDULED,
            ),
        ]
    return after


def with_attempt(before: BeforeCall, attempt_id: UUID | None) -> list[Change]:
    """Everything to be written; rules that fired are kept with the attempt, if there is one."""
    fired = [_of_attempt(one, attempt_id) for one in before.fired]
    told = [_told_of(one, attempt_id) for one in before.told]
    return [*before.changes, *fired, *told]


def _of_attempt(fired: RuleFired, attempt_id: UUID | None) -> RuleFired:
    return replace(fired, attempt_id=attempt_id)


def _told_of(told: DataActionTold, attempt_id: UUID | None) -> DataActionTold:
    """Under an id that is the same whenever this is decided again about the attempt."""
    about = told.at.isoformat() if attempt_id is None else str(attempt_id)
    return replace(told, attempt_id=attempt_id, delivery_id=uuid5(told.delivery_id, about))


def _told(
    ruling: Ruling, campaign_id: UUID, contact_id: UUID, now: datetime
) -> list[DataActionTold]:
    return [
        DataActionTold(
            delivery_id=uuid5(
                contact_id,
                f"{campaign_id} {one.by.rule_set_id} {one.by.rule} {one.place} {one.by.number}",
            ),
            data_action_id=one.action.data_action_id,
            campaign_id=campaign_id,
            contact_id=contact_id,
            attempt_id=None,
            number=one.by.number,
            result="",
            wrap_up_code_id=None,
            write=one.action.write,
            rule_set_name=one.by.rule_set_name,
            rule_name=one.by.name,
            at=now,
        )
        for one in ruling.told
    ]


def _fired(
    ruling: Ruling, kind: Kind, campaign_id: UUID, contact_id: UUID, now: datetime
) -> list[RuleFired]:
    return [
        RuleFired(
            kind=kind,
            campaign_id=campaign_id,
            contact_id=contact_id,
            attempt_id=None,
            rule_set_id=one.rule_set_id,
            rule_set_name=one.rule_set_name,
            rule=one.rule,
            name=one.name,
            number=one.number,
            actions=one.actions,
            at=now,
        )
        for one in ruling.fired
    ]


def _changes(ruling: Ruling, contact: ContactFacts, number: str, now: datetime) -> list[Change]:
    changes: list[Change] = [
        RuleDncWritten(
            dnc_list_id=dnc_list_id, value=value, reason="RULE", expires_at=expires_at, at=now
        )
        for dnc_list_id, value, expires_at in ruling.dnc
    ]
    if ruling.data or ruling.contact_uncallable or ruling.number_uncallable:
        by = ruling.fired[-1].name if ruling.fired else ""
        changes.append(
            ContactWritten(
                contact_id=contact.contact_id,
                data=ruling.data,
                uncallable_reason=f"RULE:{by}" if ruling.contact_uncallable else None,
                uncallable_number=number if ruling.number_uncallable else None,
            )
        )
    return changes


def _callback(
    campaign_id: UUID,
    contact: ContactFacts,
    number: str,
    due_at: datetime,
    attempt_id: UUID | None,
    now: datetime,
) -> CallbackWritten:
    return CallbackWritten(
        callback_id=uuid5(contact.contact_id, f"{campaign_id} {now.isoformat()}"),
        campaign_id=campaign_id,
        contact_id=contact.contact_id,
        attempt_id=attempt_id,
        owner_user_id=None,
        number=number,
        due_at=due_at,
        note="",
        at=now,
    )
