"""What a new owner of a floor reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.callable_time_rules import rules_of_json
from kwabo.adapters.postgres.choices import read_choices
from kwabo.adapters.postgres.flows import PostgresFlowStore
from kwabo.adapters.postgres.queue_routing import PostgresQueueRoutingStore
from kwabo.adapters.postgres.response_sets import response_sets_of
from kwabo.adapters.postgres.rule_facts import rule_sets_of
from kwabo.adapters.postgres.tallies import tally
from kwabo.adapters.postgres.wrap_up_mappings import outcome_flags_of
from kwabo.domain.call_analysis.network import read_table
from kwabo.domain.call_analysis.response_set import DEFAULT, ResponseSet
from kwabo.domain.callbacks.terms import CallbackTerms, RecordTerms
from kwabo.domain.campaigns.flow_notes import FlowNote
from kwabo.domain.campaigns.rule_sets.document import RuleSet
from kwabo.domain.compliance.abandon_message import (
    AbandonMessage,
    MessageSettings,
    message_of,
)
from kwabo.domain.compliance.callable_time_set import CallableTimeSet
from kwabo.domain.compliance.law import effective_preset
from kwabo.domain.compliance.preset import Preset, preset_of
from kwabo.domain.contacts.filters.in_use import EVERYBODY, Choice
from kwabo.domain.routing.skills import Skill
from kwabo.domain.routing.values import Membership
from kwabo.ports.floor_rows import (
    AgentAbilities,
    AgentRow,
    AttemptRow,
    AwaitedVoicemailRow,
    CampaignRow,
    FloorContents,
    FlowRow,
    QueueStayRow,
    RoutingRows,
    TrunkRow,
    WrapUpCodeRow,
)

_LIVE_CAMPAIGNS = text(
    """
    SELECT campaign_id FROM campaigns WHERE state IN ('running', 'pausing')
        OR (mode = 'inbound' AND state = 'ready')
    UNION SELECT campaign_id FROM attempts WHERE state <> 'closed'
    UNION SELECT a.campaign_id FROM agent_presence p
        JOIN attempts a ON a.attempt_id = p.attempt_id
    """
)
_CAMPAIGNS = text(
    f"""
    SELECT k.*, l.time_zone AS list_time_zone, l.zone_source,
        s.rules AS callable_time_rules, s.version AS callable_time_version,
        o.preset AS organisation_preset, o.opt_out, o.opt_out_key, o.message_media,
        o.confirmation_media,
        coalesce((SELECT jsonb_object_agg(n.name, n.kind) FROM contact_list_columns n
            WHERE n.contact_list_id = k.contact_list_id AND jsonb_path_exists(k.flow_notes,
                '$[*].column ? (@ == $name)', jsonb_build_object('name', n.name))), '{{}}')
            AS column_kinds, {tally("contacts", "k.contact_list_id")} AS contacts,
        t.finished, t.attempts, t.answered, t.abandoned, t.opted_out, t.results
    FROM campaigns k
    JOIN contact_lists l ON l.contact_list_id = k.contact_list_id
    LEFT JOIN callable_time_sets s ON s.callable_time_set_id = k.callable_time_set_id
    LEFT JOIN compliance_settings o ON o.organisation_id = k.organisation_id
    LEFT JOIN LATERAL (
        SELECT coalesce(sum(y.amount) FILTER (WHERE y.kind = 'course' AND y.key = 'finished'), 0)
                   AS finished,
               coalesce(sum(y.amount) FILTER (WHERE y.kind = 'dialled'), 0) AS attempts,
               coalesce(sum(y.amount) FILTER (WHERE y.kind = 'answered'), 0) AS answered,
               coalesce(sum(y.amount) FILTER (WHERE y.kind = 'abandoned'), 0) AS abandoned,
               coalesce(sum(y.amount) FILTER (WHERE y.kind = 'system_code'
                        AND y.key = 'OPTED_OUT'), 0) AS opted_out,
               coalesce(jsonb_object_agg(y.key, y.amount) FILTER (WHERE y.kind = 'closed'
                        AND y.amount > 0), '{{}}') AS results
        FROM (SELECT n.kind, n.key, sum(n.amount) AS amount FROM tallies n
              WHERE n.subject_id = k.campaign_id
                AND n.kind IN ('course', 'dialled', 'answered', 'abandoned', 'closed',
                               'system_code')
              GROUP BY n.kind, n.key) y) t ON true
    WHERE k.campaign_id = ANY (:campaign_ids)
    """
)
_TRUNKS = text(
    """
    SELECT t.*, o.region FROM trunks t JOIN organisations o USING (organisation_id)
    ORDER BY t.created_at, t.trunk_id
    """
)
_SKILLS = text(
    """
    SELECT user_id, CAST(skill_id AS text) AS skill, level FROM agent_skills
    UNION ALL SELECT user_id, 'language:' || language, level FROM agent_languages
    """
)
_MUSIC = text(
    """
    SELECT t.queue_id, p.key FROM queue_terms t
    JOIN prompts p ON p.prompt_id = CAST(t.terms ->> 'music_prompt_id' AS uuid)
    """
)
_CODES = text("SELECT wrap_up_code_id, name, flags FROM wrap_up_codes")
_QUEUES = text(
    "SELECT user_id, array_agg(queue_id) AS queue_ids FROM queue_members GROUP BY user_id"
)
_AGENTS = """
    SELECT u.user_id, u.display_name, p.status, p.pause_reason_id, p.since, p.leg_kind,
           p.leg_address, p.leg_channel_id, p.legs, p.sign_ins, p.attempt_id, p.after_call_until,
           p.pause_after, p.pause_cause, clock_timestamp() AS read_at,
           coalesce((SELECT array_agg(m.queue_id) FROM queue_members m WHERE m.user_id = u.user_id),
                    '{}') AS queue_ids
    FROM users u LEFT JOIN agent_presence p ON p.user_id = u.user_id
"""
_PRESENT = text(f"{_AGENTS} WHERE p.status <> 'signed_out'")
_AGENT = text(f"{_AGENTS} WHERE u.user_id = :user_id AND u.active")
_ATTEMPT_COLUMNS = """
    SELECT a.*, coalesce(cc.attempts, 0) AS course_attempts, cb.due_at AS callback_due_at,
        coalesce(cc.result_counts, '{}') AS result_counts,
        coalesce(c.time_zone, l.time_zone, '') AS time_zone
    FROM attempts a
    LEFT JOIN contacts c ON c.contact_id = a.contact_id
    LEFT JOIN contact_lists l ON l.contact_list_id = c.contact_list_id
    LEFT JOIN callbacks cb ON cb.attempt_id = a.attempt_id AND cb.state = 'open'
    LEFT JOIN campaign_contacts cc
        ON cc.campaign_id = a.campaign_id AND cc.contact_id = a.contact_id
"""
_ATTEMPTS = text(
    f"""
    {_ATTEMPT_COLUMNS} WHERE a.attempt_id IN (
        SELECT t.attempt_id FROM attempts t WHERE t.state <> 'closed'
        UNION SELECT p.attempt_id FROM agent_presence p WHERE p.attempt_id IS NOT NULL)
    """
)
_ONE_ATTEMPT = text(f"{_ATTEMPT_COLUMNS} WHERE a.attempt_id = :attempt_id")
_STAYS = text(
    """
    SELECT s.stay_id, s.attempt_id, s.queue_id, s.entered_at, s.priority
    FROM queues q JOIN queue_stays s ON s.queue_id = q.queue_id AND s.left_at IS NULL
    """
)
_OWED = text(
    """
    SELECT o.attempt_id, o.campaign_id FROM wrap_ups_owed o
    WHERE NOT EXISTS (SELECT FROM agent_presence p WHERE p.attempt_id = o.attempt_id)
    """
)

# One that never comes goes with its attempt.
_AWAITED = text(
    """
    SELECT w.voicemail_id, w.attempt_id, a.contact_id, w.queue_id, a.number, w.recording,
           w.created_at AS at
    FROM awaited_voicemails w JOIN attempts a USING (attempt_id)
    """
)


async def contents(connection: AsyncConnection) -> FloorContents:
    """Everything a new owner starts from."""
    ids = [row.campaign_id for row in await connection.execute(_LIVE_CAMPAIGNS)]
    return FloorContents(
        campaigns=await campaigns(connection, ids),
        trunks=await trunks(connection),
        wrap_up_codes=await wrap_up_codes(connection),
        agents=[_agent(row) for row in await connection.execute(_PRESENT)],
        attempts=[_attempt(row) for row in await connection.execute(_ATTEMPTS)],
        wrap_ups_owed={row.attempt_id: row.campaign_id for row in await connection.execute(_OWED)},
        flows=await flows(connection),
        routing=await routing(connection),
        stays=[QueueStayRow(**row._mapping) for row in await connection.execute(_STAYS)],
        awaited_voicemails=[
            AwaitedVoicemailRow(**row) for row in (await connection.execute(_AWAITED)).mappings()
        ],
    )


async def campaigns(connection: AsyncConnection, ids: Sequence[UUID]) -> list[CampaignRow]:
    """Campaigns with their counters."""
    rows = await connection.execute(_CAMPAIGNS, {"campaign_ids": list(ids)})
    choices = await read_choices(connection, ids)
    rule_sets = await rule_sets_of(connection, ids)
    response_sets = await response_sets_of(connection, ids)
    flags = await outcome_flags_of(connection, ids)
    return [
        replace(
            _campaign(
                row,
                choices.get(row.campaign_id, EVERYBODY),
                rule_sets.get(row.campaign_id, ()),
                response_sets.get(row.campaign_id, DEFAULT),
            ),
            outcome_flags=flags.get(row.campaign_id, {}),
        )
        for row in rows
    ]


async def attempt(connection: AsyncConnection, attempt_id: UUID) -> AttemptRow:
    """One attempt that is there."""
    return _attempt((await connection.execute(_ONE_ATTEMPT, {"attempt_id": attempt_id})).one())


async def flows(connection: AsyncConnection) -> list[FlowRow]:
    """The newest published version of every flow."""
    return [
        FlowRow(flow_id=one.flow_id, version=one.version, document=one.document)
        for one in await PostgresFlowStore(connection).published()
    ]


async def routing(connection: AsyncConnection) -> RoutingRows:
    """How queues find agents, and what agents can do."""
    known = await PostgresQueueRoutingStore(connection).all()
    skills: dict[UUID, dict[Skill, int]] = {}
    for row in await connection.execute(_SKILLS):
        skills.setdefault(row.user_id, {})[Skill(row.skill)] = row.level
    places: dict[UUID, dict[UUID, Membership]] = {}
    for one in known:
        for user_id, membership in one.members.items():
            places.setdefault(user_id, {})[one.queue_id] = membership
    return RoutingRows(
        queues=[one.settings.terms(one.queue_id) for one in known],
        settings={one.queue_id: one.settings for one in known},
        names={one.queue_id: one.name for one in known},
        music={row.queue_id: row.key for row in await connection.execute(_MUSIC)},
        agents={
            user_id: AgentAbilities(
                skills=skills.get(user_id, {}), memberships=places.get(user_id, {})
            )
            for user_id in skills.keys() | places.keys()
        },
    )


async def trunks(connection: AsyncConnection) -> list[TrunkRow]:
    """The organisation's trunks, the oldest first."""
    return [
        TrunkRow(
            trunk_id=row.trunk_id,
            endpoint=row.endpoint,
            lines=row.lines,
            calls_per_second=float(row.calls_per_second),
            attempt_header=row.attempt_header,
            network_answers=read_table(row.network_answers)[0],
            early_media_seconds=row.early_media_seconds,
            early_media_keep_days=row.early_media_keep_days,
            country=row.region,
        )
        for row in await connection.execute(_TRUNKS)
    ]


async def wrap_up_codes(connection: AsyncConnection) -> list[WrapUpCodeRow]:
    """The organisation's wrap-up codes."""
    return [
        WrapUpCodeRow(
            wrap_up_code_id=row.wrap_up_code_id, name=row.name, flags=frozenset(row.flags)
        )
        for row in await connection.execute(_CODES)
    ]


async def queues(connection: AsyncConnection) -> Mapping[UUID, frozenset[UUID]]:
    """The queues of each user."""
    return {row.user_id: frozenset(row.queue_ids) for row in await connection.execute(_QUEUES)}


async def agent(connection: AsyncConnection, user_id: UUID) -> AgentRow | None:
    """An active user as an agent."""
    row = (await connection.execute(_AGENT, {"user_id": user_id})).first()
    return None if row is None else _agent(row)


def _agent(row: Any) -> AgentRow:
    return AgentRow(
        user_id=row.user_id,
        display_name=row.display_name,
        queue_ids=frozenset(row.queue_ids),
        status=row.status or "signed_out",
        pause_reason_id=row.pause_reason_id,
        since=row.since or row.read_at,
        leg_kind=row.leg_kind or "webrtc",
        leg_address=row.leg_address,
        leg_channel_id=row.leg_channel_id,
        legs=row.legs or 0,
        sign_ins=row.sign_ins or 0,
        attempt_id=row.attempt_id,
        after_call_until=row.after_call_until,
        pause_after=bool(row.pause_after),
        pause_cause=row.pause_cause or "",
    )


def _preset(row: Any) -> Preset:
    return preset_of(effective_preset(row.compliance_preset, row.organisation_preset or "none"))


def _message(row: Any, preset: Preset) -> AbandonMessage:
    if row.organisation_preset is None:
        return message_of(MessageSettings(), preset)
    settings = MessageSettings(
        opt_out=row.opt_out,
        opt_out_key=row.opt_out_key,
        message_media=row.message_media,
        confirmation_media=row.confirmation_media,
    )
    return message_of(settings, preset)


def _campaign(
    row: Any, choice: Choice, rule_sets: tuple[RuleSet, ...], response_set: ResponseSet
) -> CampaignRow:
    preset = _preset(row)
    message = _message(row, preset)
    return CampaignRow(
        campaign_id=row.campaign_id,
        name=row.name,
        mode=row.mode,
        priority=row.priority,
        contact_list_id=row.contact_list_id,
        queue_id=row.queue_id,
        trunk_id=row.trunk_id,
        caller_id=row.caller_id,
        caller_name=row.caller_name,
        callable_weekdays=tuple(row.callable_weekdays),
        callable_from=row.callable_from,
        callable_until=row.callable_until,
        list_time_zone=row.list_time_zone,
        dnc_list_ids=tuple(row.dnc_list_ids),
        max_attempts=row.max_attempts,
        recall_seconds=row.recall_seconds,
        minimum_gap_seconds=row.minimum_gap_seconds,
        no_answer_timeout_seconds=row.no_answer_timeout_seconds,
        after_call_limit_seconds=row.after_call_limit_seconds,
        call_analysis=row.call_analysis,
        calls_per_agent=float(row.calls_per_agent),
        calls_per_agent_ceiling=float(row.calls_per_agent_ceiling),
        abandon_target=float(row.abandon_target),
        abandon_window=row.abandon_window,
        abandon_alarm=preset.abandon_alarm,
        abandon_stop=preset.abandon_target,
        weight=row.weight,
        agents_kept_free=row.agents_kept_free,
        choice=choice,
        lines_reserved=row.lines_reserved,
        lines_most=row.lines_most,
        preview_delivery=row.preview_delivery,
        preview_timeout_seconds=row.preview_timeout_seconds,
        preview_skip_allowed=row.preview_skip_allowed,
        callbacks=CallbackTerms(
            owned_hours=row.callback_owned_hours,
            after_owned=row.callback_after_owned,
            takeover=row.callback_takeover,
            takeover_minutes=row.callback_takeover_minutes,
            deputy_user_id=row.callback_deputy_user_id,
            latest_hours=row.callback_latest_hours,
            own_delivery=row.callback_own_delivery,
            anyone_delivery=row.callback_anyone_delivery,
        ),
        records=RecordTerms(
            column=row.agent_owned_column,
            absent=row.owner_absent,
            absent_hours=row.owner_absent_hours,
        ),
        preview_column=row.preview_column,
        preview_values=tuple(row.preview_values),
        rule_sets=rule_sets,
        state=row.state,
        state_reason=row.state_reason,
        contacts=row.contacts,
        finished=int(row.finished),
        attempts=int(row.attempts),
        answered=int(row.answered),
        abandoned=int(row.abandoned),
        opted_out=int(row.opted_out),
        results={str(k): int(v) for k, v in row.results.items()},
        compliance_preset=row.compliance_preset,
        consent_purpose=row.consent_purpose,
        consent_required=row.consent_required,
        contract_calls=row.contract_calls,
        sector=row.sector,
        message_media=message.media,
        opt_out_key=message.opt_out_key,
        confirmation_media=message.confirmation_media,
        callable_time_set=_callable_time_set(row),
        zone_source=row.zone_source,
        attempt_limit_ids=tuple(row.attempt_limit_ids),
        recall_rules=row.recall_rules,
        number_order=row.number_order,
        number_label_order=tuple(row.number_label_order),
        response_set=response_set,
        flow_id=row.flow_id,
        abandon_flow_id=row.abandon_flow_id,
        flow_notes=tuple(FlowNote.of_document(note) for note in row.flow_notes),
        column_kinds=row.column_kinds,
    )


def _callable_time_set(row: Any) -> CallableTimeSet | None:
    if row.callable_time_set_id is None:
        return None
    return CallableTimeSet(
        callable_time_set_id=row.callable_time_set_id,
        version=row.callable_time_version,
        rules=rules_of_json(row.callable_time_rules),
    )


def _attempt(row: Any) -> AttemptRow:
    return AttemptRow(
        attempt_id=row.attempt_id,
        campaign_id=row.campaign_id,
        contact_id=row.contact_id,
        attempt_number=row.attempt_number,
        number=row.number,
        mode=row.mode,
        caller_id=row.caller_id,
        trunk_id=row.trunk_id,
        agent_user_id=row.agent_user_id,
        callback_id=row.callback_id,
        state=row.state,
        result=row.result,
        transferred_to=row.transferred_to,
        abandoned=row.abandoned,
        offered_at=row.offered_at,
        dialling_at=row.dialling_at,
        ringing_at=row.ringing_at,
        answered_at=row.answered_at,
        connected_at=row.connected_at,
        closed_at=row.closed_at,
        course_attempts=row.course_attempts,
        callback_due_at=row.callback_due_at,
        call_analysis=row.call_analysis,
        message_media=row.message_media,
        message_started_at=row.message_started_at,
        message_ended_at=row.message_ended_at,
        opted_out_at=row.opted_out_at,
        time_zone=row.time_zone,
        result_counts=row.result_counts,
        other_numbers=row.other_numbers,
        round_left=row.round_left,
        skills=tuple(row.skills),
        channel_id=row.channel_id,
        called_number=row.called_number,
        arrived_at=row.arrived_at,
        language=row.language,
        flow=row.flow,
        queue_id=row.queue_id,
        queued_at=row.queued_at,
    )
