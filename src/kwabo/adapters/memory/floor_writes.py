"""What each kind of change does to a floor in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid5

from kwabo.adapters.memory import floor_dnc
from kwabo.adapters.memory.floor_constraints import check_attempt
from kwabo.adapters.memory.floor_data import (
    FloorData,
    MemoryCallback,
    MemoryCommand,
    MemoryCourse,
)
from kwabo.adapters.memory.floor_rows import MemoryFlowRecording
from kwabo.adapters.memory.law_facts import settle
from kwabo.adapters.memory.rule_facts import labels_of, rule_facts_of
from kwabo.adapters.memory.tables import Journal
from kwabo.kernel.records import changed
from kwabo.ports.event_log import NewEvent
from kwabo.ports.floor_changes import (
    AlertEnded,
    AttemptWritten,
    CallbackChanged,
    CallbackDone,
    CallbackWritten,
    CampaignStateWritten,
    Change,
    CommandAnswered,
    ContactWritten,
    CourseWritten,
    DataActionTold,
    DncWritten,
    EarlyMediaKept,
    FlowRecordingBegun,
    FlowRecordingEnded,
    LanguageRemembered,
    MessageWanted,
    NoticeAsked,
    PresenceWritten,
    QueueStayWritten,
    RuleDncWritten,
    RuleFired,
    RulesAsked,
    VoicemailAwaited,
    VoicemailKept,
    WrapUpWritten,
)
from kwabo.services.claims import ClaimedCourse
from kwabo.services.rulings import at_wrap_up


def write(data: FloorData, changes: Sequence[Change], fencing: int, journal: Journal) -> None:
    """Write changes, kind by kind in the order of the PostgreSQL store."""
    for change in sorted(changes, key=_order) if len(changes) > 1 else changes:
        _WRITERS[type(change)](data, change, fencing, journal)


def _order(change: Change) -> int:
    return _PLACES[type(change)]


def _nothing(data: FloorData, change: Change, fencing: int, journal: Journal) -> None:
    """Files that nobody listens to in a simulation."""


def _attempt(data: FloorData, change: AttemptWritten, fencing: int, journal: Journal) -> None:
    known = data.attempts.get(change.attempt_id)
    if known is None or known.state == "closed":
        return
    new = known.rewritten(change, fencing)
    check_attempt(data, new)
    data.attempts.put(change.attempt_id, new, journal)
    if change.state == "closed" and len(data.law.charges):
        settle(data, new, journal)
    if new.state == "closed":
        data.has_changed(new.contact_id, journal)


def _stay(data: FloorData, change: QueueStayWritten, fencing: int, journal: Journal) -> None:
    data.queue_stays.put(change.stay_id, change, journal)


def _language(data: FloorData, change: LanguageRemembered, fencing: int, journal: Journal) -> None:
    contact = data.contacts.get(change.contact_id)
    if contact is not None:
        new = replace(contact, language=change.language)
        data.contacts.put(contact.contact_id, new, journal)


def _voicemail(data: FloorData, change: VoicemailKept, fencing: int, journal: Journal) -> None:
    data.voicemails.put(change.voicemail_id, change, journal)


def _awaited(data: FloorData, change: VoicemailAwaited, fencing: int, journal: Journal) -> None:
    data.awaited_voicemails.put(change.voicemail_id, change, journal)


def _recording_begun(
    data: FloorData, change: FlowRecordingBegun, fencing: int, journal: Journal
) -> None:
    key = (change.attempt_id, change.recording)
    if key not in data.flow_recordings:
        row = MemoryFlowRecording(
            attempt_id=change.attempt_id, recording=change.recording, variable=change.variable
        )
        data.flow_recordings.put(key, row, journal)


def _recording_ended(
    data: FloorData, change: FlowRecordingEnded, fencing: int, journal: Journal
) -> None:
    key = (change.attempt_id, change.recording)
    known = data.flow_recordings.get(key)
    if known is not None:
        data.flow_recordings.put(
            key, replace(known, path=change.path, seconds=change.seconds), journal
        )


def _alert(data: FloorData, change: AlertEnded, fencing: int, journal: Journal) -> None:
    data.alerts.put(change.alert_id, change, journal)


def _message(data: FloorData, change: MessageWanted, fencing: int, journal: Journal) -> None:
    data.wanted_messages.put(change.message_id, change, journal)


def _notice(data: FloorData, change: NoticeAsked, fencing: int, journal: Journal) -> None:
    key = (change.incident_id, change.number)
    if key not in data.incident_notices:
        data.incident_notices.put(key, change, journal)


def _course(data: FloorData, change: CourseWritten, fencing: int, journal: Journal) -> None:
    if change.contact_id not in data.contacts:
        return
    key = (change.campaign_id, change.contact_id)
    before = data.courses.get(key)
    course = ClaimedCourse(
        campaign_id=change.campaign_id,
        contact_id=change.contact_id,
        state=change.state,
        attempts=change.attempts,
        last_attempt_at=change.last_attempt_at
        or (before.course.last_attempt_at if before else None),
        next_attempt_at=change.next_attempt_at,
        reason=change.reason,
    )
    result = change.last_result or (before.last_result if before else None)
    last_result = None if result is None else str(result)
    counts = change.result_counts
    if counts is None:
        counts = before.result_counts if before else {}
    data.courses.put(
        key, MemoryCourse(course=course, last_result=last_result, result_counts=counts), journal
    )


def _presence(data: FloorData, change: PresenceWritten, fencing: int, journal: Journal) -> None:
    data.presence.put(change.user_id, change, journal)


def _campaign(
    data: FloorData, change: CampaignStateWritten, fencing: int, journal: Journal
) -> None:
    row = data.campaigns.get(change.campaign_id)
    if row is not None:
        new = replace(row, state=str(change.state), state_reason=str(change.state_reason))
        data.campaigns.put(change.campaign_id, new, journal)
        starts = new.state == "running" and row.state != "running"
        if starts and (row.choice.filters or row.choice.dynamic):
            data.scanned.put(change.campaign_id, 0, journal)


def _wrap_up(data: FloorData, change: WrapUpWritten, fencing: int, journal: Journal) -> None:
    if change.attempt_id not in data.wrap_ups:
        data.wrap_ups.put(change.attempt_id, change, journal)
        attempt = data.attempts.get(change.attempt_id)
        if attempt is not None:
            data.has_changed(attempt.contact_id, journal)


def _contact(data: FloorData, change: ContactWritten, fencing: int, journal: Journal) -> None:
    known = data.contacts.get(change.contact_id)
    if known is None:
        return
    numbers = {change.uncallable_number} if change.uncallable_number else set()
    reasons = dict.fromkeys(numbers, change.uncallable_number_reason)
    new = replace(
        known,
        data={**known.data, **change.data},
        callable=known.callable and change.uncallable_reason is None,
        uncallable_reason=change.uncallable_reason or known.uncallable_reason,
        uncallable_numbers=known.uncallable_numbers | numbers,
        uncallable_number_reasons={**known.uncallable_number_reasons, **reasons},
    )
    data.contacts.put(change.contact_id, new, journal)
    data.has_changed(change.contact_id, journal)


def _callback_done(data: FloorData, change: CallbackDone, fencing: int, journal: Journal) -> None:
    known = data.callbacks.get(change.callback_id)
    if known is not None and known.state in ("open", "missed", "expired"):
        data.callbacks.put(change.callback_id, replace(known, state="done"), journal)


def _callback_changed(
    data: FloorData, change: CallbackChanged, fencing: int, journal: Journal
) -> None:
    known = data.callbacks.get(change.callback_id)
    if known is None or known.state != "open":
        return
    before = known.written.due_at
    moved = before if before != change.due_at else None
    new = replace(
        known,
        written=replace(known.written, due_at=change.due_at),
        state=change.state,
        reason=change.reason,
        first_due_at=known.first_due_at or moved,
        changed_at=change.at,
        tries=known.tries + change.tried,
    )
    data.callbacks.put(change.callback_id, new, journal)


def _callback(data: FloorData, change: CallbackWritten, fencing: int, journal: Journal) -> None:
    known = data.callbacks_by.open.get((change.campaign_id, change.contact_id))
    if change.place is not None and any(
        one.written.number == change.number
        and one.written.place is not None
        and one.written.place.queue_id == change.place.queue_id
        for one in data.callbacks_by.open.values()
    ):
        return
    if known is not None:
        data.callbacks.put(known.written.callback_id, _replaced(known), journal)
    data.callbacks.put(change.callback_id, MemoryCallback(written=change), journal)


def _replaced(known: MemoryCallback) -> MemoryCallback:
    return replace(known, state="cancelled", reason="CALLBACK_REPLACED")


def _rule_dnc(data: FloorData, change: RuleDncWritten, fencing: int, journal: Journal) -> None:
    key = (change.dnc_list_id, change.value)
    expires_at = change.expires_at
    if key in data.dnc:
        known = data.dnc[key]
        expires_at = max(known, expires_at) if known and expires_at else None
    data.dnc.put(key, expires_at, journal)


def _rule_fired(data: FloorData, change: RuleFired, fencing: int, journal: Journal) -> None:
    data.rule_firings.put(len(data.rule_firings), change, journal)


def _log(data: FloorData, change: NewEvent, fencing: int, journal: Journal) -> None:
    data.logged.put(len(data.logged), change, journal)


def _rules_asked(data: FloorData, change: RulesAsked, fencing: int, journal: Journal) -> None:
    contact = data.contacts.get(change.contact_id)
    campaign = data.campaigns.get(change.campaign_id)
    if contact is None or campaign is None:
        return
    facts = rule_facts_of(
        data, change.contact_id, campaign.list_time_zone, but_for=change.attempt_id
    )
    given = data.wrap_ups.get(change.attempt_id)
    if change.wrap_up_code_id is None and given is not None:
        change = replace(change, wrap_up_code_id=given.wrap_up_code_id)
    labels = labels_of(contact)
    facts = data.data_actions.with_answers(
        change.rule_sets,
        facts,
        labels,
        (campaign.campaign_id, campaign.name),
        change.at,
    )
    after = at_wrap_up(change, facts, labels.get(change.number, ""))
    write(data, after.changes, fencing, journal)
    if after.reopened:
        command = MemoryCommand(
            command_id=uuid5(change.attempt_id, "reopened"),
            user_id=None,
            kind="campaign.course.changed",
            payload={"campaign_id": str(change.campaign_id), "reopened": 1},
        )
        data.commands.put(command.command_id, command, journal)
        data.command_given.ring()


def _data_action_told(
    data: FloorData, change: DataActionTold, fencing: int, journal: Journal
) -> None:
    data.data_actions.tell(change, journal)


def _answer(data: FloorData, change: CommandAnswered, fencing: int, journal: Journal) -> None:
    known = data.commands.get(change.command_id)
    if known is not None and known.answer is None and not known.withdrawn:
        answered = changed(known, answer=dict(change.answer))
        data.commands.put(change.command_id, answered, journal)


_WRITERS: Mapping[type, Callable[[FloorData, Any, int, Journal], None]] = {
    AttemptWritten: _attempt,
    QueueStayWritten: _stay,
    LanguageRemembered: _language,
    VoicemailAwaited: _awaited,
    VoicemailKept: _voicemail,
    AlertEnded: _alert,
    MessageWanted: _message,
    NoticeAsked: _notice,
    FlowRecordingBegun: _recording_begun,
    FlowRecordingEnded: _recording_ended,
    EarlyMediaKept: _nothing,
    CourseWritten: _course,
    PresenceWritten: _presence,
    CampaignStateWritten: _campaign,
    WrapUpWritten: _wrap_up,
    ContactWritten: _contact,
    DncWritten: floor_dnc.write,
    CallbackDone: _callback_done,
    CallbackChanged: _callback_changed,
    CallbackWritten: _callback,
    RuleDncWritten: _rule_dnc,
    RuleFired: _rule_fired,
    DataActionTold: _data_action_told,
    CommandAnswered: _answer,
    RulesAsked: _rules_asked,
    NewEvent: _log,
}
_PLACES = {kind: place for place, kind in enumerate(_WRITERS)}
