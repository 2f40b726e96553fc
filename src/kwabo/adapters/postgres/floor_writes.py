"""The SQL of each kind of change that a floor writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.data_answers import with_answers
from kwabo.adapters.postgres.event_log import ADD as LOG
from kwabo.adapters.postgres.event_log import event_values
from kwabo.adapters.postgres.floor_commands import add_command
from kwabo.adapters.postgres.law_facts import settle
from kwabo.adapters.postgres.rule_facts import facts_of
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
    PlaceInQueue,
    PresenceWritten,
    QueueStayWritten,
    RuleDncWritten,
    RuleFired,
    RulesAsked,
    VoicemailAwaited,
    VoicemailKept,
    WrapUpWritten,
)
from kwabo.services.rulings import at_wrap_up

_ATTEMPT = text(
    """
    UPDATE attempts SET number = :number, agent_user_id = :agent_user_id, state = :state,
        result = :result, sip_code = :sip_code, cause = :cause, hung_up_by = :hung_up_by,
        abandoned = :abandoned, transferred_to = :transferred_to, dialling_at = :dialling_at,
        ringing_at = :ringing_at, answered_at = :answered_at, connected_at = :connected_at,
        closed_at = :closed_at, message_media = :message_media,
        message_started_at = :message_started_at, message_ended_at = :message_ended_at,
        opted_out_at = :opted_out_at,
        language = :language, flow = CAST(:flow AS jsonb), queue_id = :queue_id,
        queued_at = :queued_at, number_range = :number_range,
        call_analysis = CAST(:call_analysis AS jsonb),
        fencing = :fencing
    WHERE attempt_id = :attempt_id AND state <> 'closed'
    """
)
_QUEUE_STAY = text(
    """
    INSERT INTO queue_stays (stay_id, organisation_id, queue_id, attempt_id, entered_at, priority,
        left_at, outcome)
    SELECT :stay_id, current_organisation(), q.queue_id, :attempt_id, :entered_at, :priority,
        :left_at, :outcome
    FROM queues q WHERE q.queue_id = :queue_id
    ON CONFLICT (stay_id) DO UPDATE SET priority = excluded.priority, left_at = excluded.left_at,
        outcome = excluded.outcome
    """
)
_LANGUAGE = text(
    """
    UPDATE contacts SET language = :language, version = version + 1, updated_at = now()
    WHERE contact_id = :contact_id AND language IS DISTINCT FROM :language
    """
)
_VOICEMAIL = text(
    """
    WITH came AS (DELETE FROM awaited_voicemails WHERE voicemail_id = :voicemail_id)
    INSERT INTO voicemails (voicemail_id, organisation_id, attempt_id, contact_id, queue_id, path,
        seconds, number, text, created_at)
    SELECT :voicemail_id, current_organisation(), :attempt_id, :contact_id,
        (SELECT q.queue_id FROM queues q WHERE q.queue_id = :queue_id), :path, :seconds, :number,
        :text, :at
    """
)
_AWAITED_VOICEMAIL = text(
    """
    INSERT INTO awaited_voicemails (voicemail_id, organisation_id, attempt_id, queue_id, recording,
        created_at)
    SELECT :voicemail_id, current_organisation(), :attempt_id,
        (SELECT q.queue_id FROM queues q WHERE q.queue_id = :queue_id), :recording, :at
    """
)
_ALERT = text(
    """
    INSERT INTO alerts (alert_id, organisation_id, attempt_id, queue_id, user_id, alerted_at,
        ended_at, outcome, reason)
    SELECT :alert_id, current_organisation(), :attempt_id,
        (SELECT q.queue_id FROM queues q WHERE q.queue_id = :queue_id), :user_id, :alerted_at,
        :ended_at, :outcome, :reason
    """
)
_MESSAGE = text(
    """
    INSERT INTO wanted_messages (message_id, organisation_id, attempt_id, contact_id, channel,
        template, recipient, language, filled_in, next_at, created_at)
    VALUES (:message_id, current_organisation(), :attempt_id, :contact_id, :channel, :template,
        :to, :language, CAST(:values AS jsonb), :at, :at)
    """
)
# Whoever asks when it is just over is told at once: the incident's row is held so that its end is
# either seen here or sees this notice.
_NOTICE = text(
    """
    WITH incident AS (
        SELECT incident_id, organisation_id, state FROM incidents
        WHERE incident_id = :incident_id FOR SHARE),
    asked AS (
        INSERT INTO incident_notices (incident_id, number, organisation_id, message_id, channel,
            language, asked_at)
        SELECT incident_id, :number, organisation_id, :message_id, 'sms', :language, :at
        FROM incident ON CONFLICT (incident_id, number) DO NOTHING RETURNING *)
    INSERT INTO wanted_messages (message_id, organisation_id, incident_id, channel, template,
        recipient, language, next_at, created_at)
    SELECT a.message_id, a.organisation_id, a.incident_id, a.channel, '', a.number, a.language,
        :at, :at
    FROM asked a JOIN incident i USING (incident_id) WHERE i.state = 'over'
    """
)
_FLOW_RECORDING = text(
    """
    INSERT INTO flow_recordings (attempt_id, recording, organisation_id, variable, created_at)
    SELECT a.attempt_id, :recording, a.organisation_id, :variable, :at FROM attempts a
    WHERE a.attempt_id = :attempt_id
    ON CONFLICT DO NOTHING
    """
)
_FLOW_RECORDING_ENDED = text(
    """
    UPDATE flow_recordings SET path = :path, seconds = :seconds
    WHERE attempt_id = :attempt_id AND recording = :recording
    """
)
_EARLY_MEDIA = text(
    """
    INSERT INTO early_media_recordings (attempt_id, organisation_id, path, seconds, created_at,
        delete_at)
    VALUES (:attempt_id, current_organisation(), :path, :seconds, :at, :delete_at)
    ON CONFLICT (attempt_id) DO NOTHING
    """
)
_COURSE = text(
    """
    INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state, attempts,
        last_attempt_at, last_result, next_attempt_at, reason, result_counts)
    SELECT :campaign_id, contact_id, organisation_id, :state, :attempts, :last_attempt_at,
        :last_result, :next_attempt_at, :reason, coalesce(CAST(:result_counts AS jsonb), '{}')
    FROM contacts WHERE contact_id = :contact_id
    ON CONFLICT (campaign_id, contact_id) DO UPDATE SET
        state = excluded.state, attempts = excluded.attempts,
        last_attempt_at = coalesce(excluded.last_attempt_at, campaign_contacts.last_attempt_at),
        last_result = coalesce(excluded.last_result, campaign_contacts.last_result),
        next_attempt_at = excluded.next_attempt_at, reason = excluded.reason,
        result_counts = CASE WHEN CAST(:result_counts AS jsonb) IS NULL
            THEN campaign_contacts.result_counts ELSE excluded.result_counts END
    """
)
_PRESENCE = text(
    """
    INSERT INTO agent_presence (user_id, organisation_id, status, pause_reason_id, since, leg_kind,
        leg_address, leg_channel_id, legs, sign_ins, attempt_id, after_call_until, pause_after,
        pause_cause)
    VALUES (:user_id, current_organisation(), :status, :pause_reason_id, :since, :leg_kind,
        :leg_address, :leg_channel_id, :legs, :sign_ins, :attempt_id, :after_call_until,
        :pause_after, :pause_cause)
    ON CONFLICT (user_id) DO UPDATE SET
        status = excluded.status, pause_reason_id = excluded.pause_reason_id,
        since = excluded.since, leg_kind = excluded.leg_kind, leg_address = excluded.leg_address,
        leg_channel_id = excluded.leg_channel_id, legs = excluded.legs,
        sign_ins = excluded.sign_ins, attempt_id = excluded.attempt_id,
        after_call_until = excluded.after_call_until, pause_after = excluded.pause_after,
        pause_cause = excluded.pause_cause
    """
)
# When a campaign starts, it goes past the contacts again that its filters have kept out.
_STARTS = """:state = 'running' AND state <> 'running'
            AND (cardinality(contact_list_filter_ids) > 0 OR sort_mode = 'dynamic')"""
_CAMPAIGN_STATE = text(
    f"""
    UPDATE campaigns SET state = :state, state_reason = :state_reason,
        state_changed_at = CASE WHEN state <> :state THEN :at ELSE state_changed_at END,
        scan_added_in = CASE WHEN {_STARTS} THEN 0 ELSE scan_added_in END,
        scan_position = CASE WHEN {_STARTS} THEN 0 ELSE scan_position END
    WHERE campaign_id = :campaign_id
    """
)
# One outcome for each conversation: the first one written stays.
_WRAP_UP = text(
    """
    INSERT INTO wrap_ups (attempt_id, organisation_id, campaign_id, wrap_up_code_id, system_code,
        user_id, notes, fields, after_call_seconds, created_at)
    VALUES (:attempt_id, current_organisation(), :campaign_id, :wrap_up_code_id, :system_code,
        :user_id, :notes, CAST(:fields AS jsonb), :after_call_seconds, :at)
    ON CONFLICT (attempt_id) DO NOTHING
    """
)
_CONTACT = text(
    """
    UPDATE contacts
    SET data = data || with_renamed_columns(contact_list_id, CAST(:data AS jsonb)),
        callable = callable AND CAST(:uncallable_reason AS text) IS NULL,
        uncallable_reason = coalesce(:uncallable_reason, uncallable_reason),
        uncallable_numbers = CASE WHEN CAST(:uncallable_number AS text) IS NULL
            OR :uncallable_number = ANY (uncallable_numbers) THEN uncallable_numbers
            ELSE uncallable_numbers || CAST(:uncallable_number AS text) END,
        uncallable_number_reasons = CASE WHEN CAST(:uncallable_number AS text) IS NULL
            THEN uncallable_number_reasons ELSE uncallable_number_reasons || jsonb_build_object(
                CAST(:uncallable_number AS text), CAST(:uncallable_number_reason AS text)) END,
        version = version + 1, updated_at = now()
    WHERE contact_id = :contact_id
    """
)
_DNC = text(
    """
    WITH target AS (
        SELECT l.dnc_list_id, l.organisation_id, l.key_column
        FROM dnc_lists l LEFT JOIN campaigns k ON k.campaign_id = :campaign_id
        WHERE l.kind = 'internal' AND l.screening_authority IS NULL AND CASE
            WHEN CAST(:dnc_list_id AS uuid) IS NOT NULL THEN l.dnc_list_id = :dnc_list_id
            WHEN :organisation_wide THEN l.key_column IS NULL AND l.channel IN ('any', 'voice')
                AND l.organisation_wide
            ELSE l.key_column IS NULL AND l.channel IN ('any', 'voice')
                AND (l.organisation_wide OR l.dnc_list_id = ANY (k.dnc_list_ids)) END
        ORDER BY array_position(k.dnc_list_ids, l.dnc_list_id), l.name LIMIT 1
    ), written AS (
        INSERT INTO dnc_entries (dnc_list_id, organisation_id, value, reason, source, user_id,
            created_at, expires_at, attempt_id)
        SELECT t.dnc_list_id, t.organisation_id, n.value, :reason, :source, :user_id, :at,
            CAST(:expires_at AS timestamptz), CAST(:attempt_id AS uuid)
        FROM target t,
            (SELECT unnest(c.numbers) AS value, true AS by_number
               FROM contacts c WHERE c.contact_id = :contact_id
             UNION SELECT CAST(:number AS text), true
             UNION SELECT CAST(:value AS text), false) n
        WHERE n.value IS NOT NULL AND n.by_number = (t.key_column IS NULL)
        ORDER BY n.value
        ON CONFLICT (dnc_list_id, value) DO UPDATE SET expires_at = CASE
            WHEN dnc_entries.expires_at IS NULL OR excluded.expires_at IS NULL THEN NULL
            ELSE greatest(dnc_entries.expires_at, excluded.expires_at) END
    )
    UPDATE contacts SET callable = false, uncallable_reason = 'DO_NOT_CALL',
        version = version + 1, updated_at = now()
    WHERE contact_id = :contact_id AND callable AND NOT EXISTS (SELECT FROM target)
    """
)
# An objection for all campaigns needs a list for all campaigns.
_NEW_DNC_LIST = text(
    """
    INSERT INTO dnc_lists (dnc_list_id, organisation_id, name, created_at, organisation_wide)
    SELECT :new_list_id, current_organisation(), :new_list_name, :at, true
    WHERE NOT EXISTS (SELECT FROM dnc_lists l WHERE l.organisation_wide AND l.kind = 'internal'
        AND l.key_column IS NULL AND l.channel IN ('any', 'voice')
        AND l.screening_authority IS NULL)
    ON CONFLICT DO NOTHING
    """
)
_CALLBACK_REPLACED = text(
    """
    UPDATE callbacks SET state = 'cancelled', reason = 'CALLBACK_REPLACED', changed_at = :at,
        changed_by = NULL
    WHERE campaign_id = :campaign_id AND contact_id = :contact_id AND state = 'open'
    """
)
_CALLBACK = text(
    """
    INSERT INTO callbacks (callback_id, organisation_id, campaign_id, contact_id, attempt_id,
        owner_user_id, number, due_at, note, created_at, latest_at, queue_id, waiting_since,
        priority, language, skills)
    SELECT :callback_id, organisation_id, :campaign_id, contact_id, :attempt_id, :owner_user_id,
        :number, :due_at, :note, :at, :latest_at, CAST(:queue_id AS uuid), :waiting_since,
        :priority, :language, CAST(:skills AS text[])
    FROM contacts WHERE contact_id = :contact_id
    """
)
_PLACE_KEPT = text(
    """
    SELECT EXISTS (SELECT FROM callbacks WHERE organisation_id = current_organisation()
        AND queue_id = :queue_id AND number = :number AND state = 'open')
    """
)
_NO_PLACE: dict[str, Any] = {
    "queue_id": None,
    "waiting_since": None,
    "priority": 0,
    "language": "",
    "skills": [],
}
# A call that was out when the promise ended has kept it all the same.
_CALLBACK_DONE = text(
    """
    UPDATE callbacks SET state = 'done'
    WHERE callback_id = :callback_id AND state IN ('open', 'missed', 'expired')
    """
)
_CALLBACK_CHANGED = text(
    """
    UPDATE callbacks SET state = :state, reason = :reason, changed_at = :at, changed_by = NULL,
        first_due_at = CASE WHEN due_at <> :due_at THEN coalesce(first_due_at, due_at)
                            ELSE first_due_at END,
        due_at = :due_at, tries = tries + CAST(CAST(:tried AS boolean) AS integer)
    WHERE callback_id = :callback_id AND state = 'open'
    """
)
_GIVEN = text("SELECT wrap_up_code_id FROM wrap_ups WHERE attempt_id = :attempt_id")
_RULE_DNC = text(
    """
    INSERT INTO dnc_entries (dnc_list_id, organisation_id, value, reason, source, created_at,
        expires_at)
    SELECT l.dnc_list_id, l.organisation_id, :value, :reason, 'rule', :at,
        CAST(:expires_at AS timestamptz)
    FROM dnc_lists l WHERE l.dnc_list_id = :dnc_list_id
    ON CONFLICT (dnc_list_id, value) DO UPDATE SET
        expires_at = CASE WHEN dnc_entries.expires_at IS NULL OR excluded.expires_at IS NULL
            THEN NULL ELSE greatest(dnc_entries.expires_at, excluded.expires_at) END
    """
)
_RULE_FIRED = text(
    """
    INSERT INTO rule_firings (organisation_id, at, kind, campaign_id, contact_id, attempt_id,
        rule_set_id, rule_set_name, rule, name, number, actions)
    VALUES (current_organisation(), :at, :kind, :campaign_id, :contact_id, :attempt_id,
        :rule_set_id, :rule_set_name, :rule, :name, :number, CAST(:actions AS text[]))
    """
)
_TOLD = text(
    """
    INSERT INTO data_deliveries (delivery_id, organisation_id, data_action_id, campaign_id,
        contact_id, attempt_id, number, result, wrap_up_code_id, write, rule_set_name, rule_name,
        next_at, created_at)
    SELECT :delivery_id, organisation_id, data_action_id, :campaign_id, :contact_id, :attempt_id,
        :number, :result, :wrap_up_code_id, CAST(:write AS jsonb), :rule_set_name, :rule_name,
        CAST(:at AS timestamptz), CAST(:at AS timestamptz)
    FROM data_actions WHERE data_action_id = :data_action_id
    ON CONFLICT (delivery_id) DO NOTHING
    """
)
_ANSWER = text(
    """
    UPDATE floor_commands SET handled_at = :at, answer = CAST(:answer AS jsonb)
    WHERE command_id = :command_id AND handled_at IS NULL AND withdrawn_at IS NULL
    """
)
_ANSWERED = text("SELECT pg_notify('kwabo_answers', :command_id)")

_ORDER: tuple[tuple[type, TextClause], ...] = (
    (AttemptWritten, _ATTEMPT),
    (QueueStayWritten, _QUEUE_STAY),
    (LanguageRemembered, _LANGUAGE),
    (VoicemailAwaited, _AWAITED_VOICEMAIL),
    (VoicemailKept, _VOICEMAIL),
    (AlertEnded, _ALERT),
    (MessageWanted, _MESSAGE),
    (NoticeAsked, _NOTICE),
    (FlowRecordingBegun, _FLOW_RECORDING),
    (FlowRecordingEnded, _FLOW_RECORDING_ENDED),
    (EarlyMediaKept, _EARLY_MEDIA),
    (CourseWritten, _COURSE),
    (PresenceWritten, _PRESENCE),
    (CampaignStateWritten, _CAMPAIGN_STATE),
    (WrapUpWritten, _WRAP_UP),
    (ContactWritten, _CONTACT),
    (DncWritten, _DNC),
    (CallbackDone, _CALLBACK_DONE),
    (CallbackChanged, _CALLBACK_CHANGED),
    (RuleDncWritten, _RULE_DNC),
    (RuleFired, _RULE_FIRED),
    (DataActionTold, _TOLD),
    (CallbackWritten, _CALLBACK),
    (CommandAnswered, _ANSWER),
)


async def write(connection: AsyncConnection, changes: Sequence[Change], fencing: int) -> None:
    """Write changes, kind by kind; within a kind in the given order, the last of a key winning."""
    for kind, statement in _ORDER:
        rows = _rows(kind, changes, fencing)
        if not rows:
            continue
        if kind is CallbackWritten:
            for row in rows:
                await _promise(connection, row)
            continue
        if kind is DncWritten:
            await _make_dnc_list(connection, rows)
        await connection.execute(statement, rows)
        if kind is AttemptWritten:
            ended = [row["attempt_id"] for row in rows if row["state"] == "closed"]
            await settle(connection, ended)
        if kind is CommandAnswered:
            for row in rows:
                await connection.execute(_ANSWERED, {"command_id": str(row["command_id"])})
    for change in changes:
        if isinstance(change, RulesAsked):
            await _ask_rules(connection, change, fencing)
        if isinstance(change, NewEvent):
            await connection.execute(LOG, event_values(change))


def _rows(kind: type, changes: Sequence[Change], fencing: int) -> list[dict[str, Any]]:
    rows = [_values(change, fencing) for change in changes if isinstance(change, kind)]
    if kind is NoticeAsked:  # in one order, so that two writers never wait for each other
        rows.sort(key=lambda row: (row["incident_id"], row["number"]))
    return rows


async def _promise(connection: AsyncConnection, row: dict[str, Any]) -> None:
    """One open callback of a contact in a campaign, and of a number in a queue."""
    kept: PlaceInQueue | None = row.pop("place")
    place = asdict(kept) if kept else None
    row |= {**_NO_PLACE, **place, "skills": list(place["skills"])} if place else _NO_PLACE
    if place and await connection.scalar(
        _PLACE_KEPT, {"queue_id": row["queue_id"], "number": row["number"]}
    ):
        return
    replaced = {name: row[name] for name in ("campaign_id", "contact_id", "at")}
    await connection.execute(_CALLBACK_REPLACED, replaced)
    await connection.execute(_CALLBACK, row)


async def _make_dnc_list(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        made = {name: row.pop(name) for name in ("new_list_id", "new_list_name")}
        if made["new_list_id"] is not None:
            await connection.execute(_NEW_DNC_LIST, {**made, "at": row["at"]})


async def _ask_rules(connection: AsyncConnection, asked: RulesAsked, fencing: int) -> None:
    """The rules at the wrap-up, with the contact as the call's own changes have left it."""
    found = await facts_of(connection, [asked.contact_id], but_for=asked.attempt_id)
    if asked.contact_id not in found:
        return
    found = await with_answers(connection, asked.rule_sets, asked.campaign_id, found)
    facts, labels = found[asked.contact_id]
    if asked.wrap_up_code_id is None:  # given before the call ended, or by the system
        given = await connection.scalar(_GIVEN, {"attempt_id": asked.attempt_id})
        asked = replace(asked, wrap_up_code_id=given)
    after = at_wrap_up(asked, facts, labels.get(asked.number, ""))
    if after.changes:
        await write(connection, after.changes, fencing)
    if after.reopened:
        await add_command(
            connection,
            uuid5(asked.attempt_id, "reopened"),
            "campaign.course.changed",
            {"campaign_id": str(asked.campaign_id), "reopened": 1},
            user_id=None,
            at=asked.at,
        )


_DOCUMENTS = (
    "data", "fields", "answer", "result_counts", "write", "call_analysis", "flow", "values",
)  # fmt: skip


def _values(change: Change, fencing: int) -> dict[str, Any]:
    values = {one.name: getattr(change, one.name) for one in fields(change)}
    if isinstance(change, AttemptWritten):
        values["fencing"] = fencing
    if "actions" in values:
        values["actions"] = list(values["actions"])
    for name in _DOCUMENTS:
        if values.get(name) is not None:
            values[name] = dict(values[name])
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    """Enumerations as their text; everything else as it is."""
    if isinstance(value, str) and type(value) is not str:
        return str(value)
    return value


EVENT = text(
    """
    INSERT INTO events (floor_id, position, organisation_id, at, kind, subject_id, data)
    VALUES (:floor_id, :position, current_organisation(), :at, :kind, :subject_id,
        CAST(:data AS jsonb))
    """
)
POSITION = text(
    """
    UPDATE floors SET position = position + :added
    WHERE floor_id = :floor_id AND fencing = :fencing AND owner = :owner
    RETURNING position
    """
)


def event_rows(floor_id: UUID, first: int, events: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows for events that take positions from `first` on."""
    return [
        {
            "floor_id": floor_id,
            "position": first + index,
            "at": event.at,
            "kind": event.kind,
            "subject_id": event.subject_id,
            "data": {"entity": event.entity, "data": dict(event.data)},
        }
        for index, event in enumerate(events)
    ]
