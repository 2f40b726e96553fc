"""Data actions on PostgreSQL: settings, state, answers, and what is to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres import data_answers, floor_writes
from kwabo.adapters.postgres.data_ahead import upcoming
from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.domain.data_actions.answers import DataAnswer
from kwabo.domain.data_actions.asking import Asked
from kwabo.domain.data_actions.settings import as_document, of_document
from kwabo.domain.outgoing.breaker import Breaker
from kwabo.ports.data_actions import (
    CheckNoted,
    DataAction,
    DataDelivery,
    DeliveryNoted,
    TakenCheck,
    TakenDelivery,
)
from kwabo.ports.floor_changes import ContactWritten

_SELECT = """
    SELECT a.*,
        (SELECT count(*) FROM data_deliveries d WHERE d.data_action_id = a.data_action_id
            AND d.state = 'waiting') AS waiting,
        (SELECT count(*) FROM data_deliveries d WHERE d.data_action_id = a.data_action_id
            AND d.state = 'given_up') AS given_up,
        ARRAY(SELECT r.name FROM rule_sets r WHERE jsonb_path_exists(r.document,
            '$.rules[*].*[*] ? (@.data_action_id == $id)',
            jsonb_build_object('id', a.data_action_id::text)) ORDER BY r.name) AS rule_sets
    FROM data_actions a
"""
_GET = text(f"{_SELECT} WHERE a.data_action_id = :data_action_id")
_LOCKED = text(f"{_SELECT} WHERE a.data_action_id = :data_action_id FOR UPDATE OF a")
_ALL = text(f"{_SELECT} ORDER BY a.name, a.data_action_id")
_ADD = text("""
    INSERT INTO data_actions (data_action_id, organisation_id, name, document, version, created_at,
        updated_at)
    VALUES (:data_action_id, current_organisation(), :name, CAST(:document AS jsonb), :version,
        :created_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE data_actions SET name = :name, document = CAST(:document AS jsonb), version = :version,
        updated_at = :updated_at, failures = 0, open_until = NULL
    WHERE data_action_id = :data_action_id
""")
_DELETE = text("DELETE FROM data_actions WHERE data_action_id = :data_action_id")
_NOTE = text("""
    UPDATE data_actions SET failures = :failures, open_until = :open_until,
        last_answer_at = CASE WHEN :answered THEN :now ELSE last_answer_at END,
        last_failure_at = CASE WHEN :failure <> '' THEN :now ELSE last_failure_at END,
        last_failure = CASE WHEN :failure <> '' THEN :failure ELSE last_failure END
    WHERE data_action_id = :data_action_id
""")
_UNDER_WAY = text("""
    SELECT (SELECT count(*) FROM data_checks WHERE data_action_id = :data_action_id
               AND wanted_at IS NOT NULL AND taken_until > :now)
         + (SELECT count(*) FROM data_deliveries WHERE data_action_id = :data_action_id
               AND state = 'waiting' AND taken_until > :now)
""")
# Materialised: a subquery with a limit may be run anew for each row and so take more.
_TAKE_CHECKS = text("""
    WITH next AS MATERIALIZED (
        SELECT key FROM data_checks
        WHERE data_action_id = :data_action_id AND wanted_at IS NOT NULL
          AND (taken_until IS NULL OR taken_until <= :now)
          AND (ask_after IS NULL OR ask_after <= :now)
        ORDER BY awaited_at NULLS LAST, wanted_at LIMIT :limit FOR UPDATE SKIP LOCKED)
    UPDATE data_checks c SET taken_until = :until FROM next n
    WHERE c.data_action_id = :data_action_id AND c.key = n.key
    RETURNING c.key, c.inputs
""")
_ANSWERED = text("""
    UPDATE data_checks SET outputs = CAST(:outputs AS jsonb), answered_at = :now, failure = '',
        failed_at = NULL, failures = 0, wanted_at = NULL, awaited_at = NULL, ask_after = NULL,
        taken_until = NULL, inputs = '{}'
    WHERE data_action_id = :data_action_id AND key = :key
""")
_KEPT_ANSWER = text("""
    SELECT outputs, answered_at FROM data_checks
    WHERE data_action_id = :data_action_id AND key = :key AND answered_at IS NOT NULL
""")
# Contacts that wait for the same have their answer.
_KEEP_ANSWER = text("""
    INSERT INTO data_checks (data_action_id, organisation_id, key, outputs, answered_at)
    VALUES (:data_action_id, current_organisation(), :key, CAST(:outputs AS jsonb), :now)
    ON CONFLICT (data_action_id, key) DO UPDATE SET
        outputs = excluded.outputs, answered_at = excluded.answered_at, failure = '',
        failed_at = NULL, failures = 0, wanted_at = NULL, awaited_at = NULL, ask_after = NULL,
        taken_until = NULL, inputs = '{}'
""")
# A contact that still waits wants it again when it looks again.
_FAILED = text("""
    UPDATE data_checks SET failure = :failure, failed_at = :now, failures = failures + 1,
        wanted_at = NULL, awaited_at = NULL, taken_until = NULL, inputs = '{}',
        ask_after = CAST(:now AS timestamptz)
            + make_interval(secs => least(300, 5 * 2 ^ least(failures, 10)))
    WHERE data_action_id = :data_action_id AND key = :key
""")
_FAIL_AWAITED = text("""
    UPDATE data_checks SET failure = :failure, failed_at = :now, wanted_at = NULL,
        awaited_at = NULL, inputs = '{}'
    WHERE data_action_id = :data_action_id AND awaited_at IS NOT NULL
""")
_FORGET = text("""
    WITH answers AS (
        DELETE FROM data_checks c USING data_actions a
        WHERE a.data_action_id = c.data_action_id AND c.wanted_at IS NULL
          AND (c.answered_at IS NULL OR c.answered_at
               + make_interval(secs => (a.document ->> 'cache_seconds')::int) <= :now)
          AND (c.failed_at IS NULL OR c.failed_at <= :failed_before)
        RETURNING 1
    ), deliveries AS (
        DELETE FROM data_deliveries WHERE state <> 'waiting' AND last_at < :done_before RETURNING 1
    )
    SELECT (SELECT count(*) FROM answers) + (SELECT count(*) FROM deliveries)
""")
_TAKE_DELIVERIES = text("""
    WITH next AS MATERIALIZED (
        SELECT delivery_id FROM data_deliveries
        WHERE data_action_id = :data_action_id AND state = 'waiting' AND next_at <= :now
          AND (taken_until IS NULL OR taken_until <= :now)
        ORDER BY next_at LIMIT :limit FOR UPDATE SKIP LOCKED
    ), taken AS (
        UPDATE data_deliveries d SET taken_until = :until FROM next n
        WHERE d.delivery_id = n.delivery_id RETURNING d.*
    )
    SELECT t.*, c.data, k.name AS campaign_name,
           coalesce(c.number_labels[array_position(c.numbers, t.number)], '') AS number_label,
           coalesce(w.name, '') AS wrap_up_code
    FROM taken t
    JOIN contacts c ON c.contact_id = t.contact_id
    LEFT JOIN campaigns k ON k.campaign_id = t.campaign_id
    LEFT JOIN wrap_up_codes w ON w.wrap_up_code_id = t.wrap_up_code_id
    ORDER BY t.created_at, t.delivery_id
""")
_NOTE_DELIVERY = text("""
    UPDATE data_deliveries SET tries = tries + 1, last_at = :now, status = :status,
        failure = :failure, next_at = :next_at, taken_until = NULL,
        written = CAST(:written AS text[]),
        inputs = CASE WHEN :failure = '' THEN NULL ELSE CAST(:inputs AS jsonb) END,
        state = CASE WHEN :failure = '' THEN 'done'
                     WHEN CAST(:next_at AS timestamptz) IS NULL THEN 'given_up'
                     ELSE 'waiting' END
    WHERE delivery_id = :delivery_id
""")
_DELIVERY = (
    "delivery_id", "data_action_id", "campaign_id", "contact_id", "attempt_id", "rule_set_name",
    "rule_name", "state", "tries", "next_at", "last_at", "status", "failure", "written",
    "created_at",
)  # fmt: skip
_DELIVERIES = text(f"""
    SELECT {", ".join(_DELIVERY)} FROM data_deliveries
    WHERE data_action_id = :data_action_id
      AND (CAST(:state AS text) IS NULL OR state = :state)
      AND (CAST(:before_at AS timestamptz) IS NULL
           OR (created_at, delivery_id) < (:before_at, CAST(:before_id AS uuid)))
    ORDER BY created_at DESC, delivery_id DESC LIMIT :limit
""")
_TRY_AGAIN = text("""
    UPDATE data_deliveries SET state = 'waiting', next_at = :now, tries = 0
    WHERE data_action_id = :data_action_id AND delivery_id = :delivery_id AND state = 'given_up'
""")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_FAILURES_KEPT = timedelta(hours=1)  # so long it is remembered how often a question has failed


class PostgresDataActionStore:
    """See `kwabo.ports.data_actions.DataActionStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, action: DataAction) -> None:
        with unique_name("data action", action.name):
            await self._connection.execute(
                _ADD, _values(action) | {"created_at": action.created_at}
            )

    async def get(self, data_action_id: UUID) -> DataAction | None:
        row = (await self._connection.execute(_GET, {"data_action_id": data_action_id})).first()
        return None if row is None else _action(row)

    async def get_for_change(self, data_action_id: UUID) -> DataAction | None:
        row = (await self._connection.execute(_LOCKED, {"data_action_id": data_action_id})).first()
        return None if row is None else _action(row)

    async def all(self) -> Sequence[DataAction]:
        return [_action(row) for row in await self._connection.execute(_ALL)]

    async def change(self, action: DataAction) -> None:
        with unique_name("data action", action.name):
            await self._connection.execute(_CHANGE, _values(action))

    async def delete(self, data_action_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"data_action_id": data_action_id})

    async def note(
        self, data_action_id: UUID, breaker: Breaker, answered: bool, failure: str, now: datetime
    ) -> None:
        await self._connection.execute(
            _NOTE,
            {
                "data_action_id": data_action_id,
                "failures": breaker.failures,
                "open_until": breaker.open_until,
                "answered": answered,
                "failure": failure,
                "now": now,
            },
        )

    # ── Answers ──────────────────────────────────────────────────────────────────────────────────

    async def answer(self, data_action_id: UUID, key: str) -> tuple[Mapping[str, str], datetime]:
        row = (
            await self._connection.execute(
                _KEPT_ANSWER, {"data_action_id": data_action_id, "key": key}
            )
        ).first()
        return ({}, _LONG_AGO) if row is None else (row.outputs, row.answered_at)

    async def keep_answer(
        self, data_action_id: UUID, key: str, outputs: Mapping[str, str], now: datetime
    ) -> None:
        await self._connection.execute(
            _KEEP_ANSWER,
            {
                "data_action_id": data_action_id,
                "key": key,
                "outputs": dict(outputs),
                "now": now,
            },
        )

    async def under_way(self, data_action_id: UUID, now: datetime) -> int:
        values = {"data_action_id": data_action_id, "now": now}
        return int(await self._connection.scalar(_UNDER_WAY, values) or 0)

    async def take_checks(
        self, data_action_id: UUID, limit: int, now: datetime, until: datetime
    ) -> Sequence[TakenCheck]:
        values = {"data_action_id": data_action_id, "limit": limit, "now": now, "until": until}
        rows = await self._connection.execute(_TAKE_CHECKS, values)
        return [TakenCheck(key=row.key, inputs=row.inputs) for row in rows]

    async def note_checks(
        self, data_action_id: UUID, noted: Mapping[str, CheckNoted], now: datetime
    ) -> None:
        common = {"data_action_id": data_action_id, "now": now}
        for key, one in sorted(noted.items()):
            values: dict[str, Any] = common | {"key": key}
            if one.failure:
                await self._connection.execute(_FAILED, values | {"failure": one.failure})
            else:
                await self._connection.execute(_ANSWERED, values | {"outputs": dict(one.outputs)})

    async def fail_awaited(self, data_action_id: UUID, failure: str, now: datetime) -> int:
        values = {"data_action_id": data_action_id, "failure": failure, "now": now}
        return (await self._connection.execute(_FAIL_AWAITED, values)).rowcount

    async def foresee(self, data_action_id: UUID, limit: int, now: datetime) -> int:
        answers = await upcoming(self._connection, data_action_id, limit, now)
        return await data_answers.want(self._connection, answers, now, awaited=False)

    async def want(self, answers: Sequence[DataAnswer], now: datetime) -> None:
        await data_answers.want(self._connection, answers, now)

    async def forget(self, now: datetime, done_before: datetime) -> int:
        values = {"now": now, "failed_before": now - _FAILURES_KEPT, "done_before": done_before}
        return int(await self._connection.scalar(_FORGET, values) or 0)

    # ── Deliveries ───────────────────────────────────────────────────────────────────────────────

    async def take_deliveries(
        self, data_action_id: UUID, limit: int, now: datetime, until: datetime
    ) -> Sequence[TakenDelivery]:
        values = {"data_action_id": data_action_id, "limit": limit, "now": now, "until": until}
        rows = await self._connection.execute(_TAKE_DELIVERIES, values)
        return [_taken(row) for row in rows]

    async def note_delivery(self, delivery_id: UUID, noted: DeliveryNoted, now: datetime) -> None:
        await self._connection.execute(
            _NOTE_DELIVERY,
            {
                "delivery_id": delivery_id,
                "now": now,
                "status": noted.status,
                "failure": noted.failure,
                "next_at": noted.next_at,
                "inputs": dict(noted.inputs),
                "written": list(noted.written),
            },
        )

    async def write_columns(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        change = ContactWritten(contact_id=contact_id, data=data)
        await floor_writes.write(self._connection, [change], 0)

    async def deliveries(
        self,
        data_action_id: UUID,
        *,
        state: str | None,
        before: tuple[datetime, UUID] | None,
        limit: int,
    ) -> Sequence[DataDelivery]:
        rows = await self._connection.execute(
            _DELIVERIES,
            {
                "data_action_id": data_action_id,
                "state": state,
                "before_at": before[0] if before else None,
                "before_id": before[1] if before else None,
                "limit": limit,
            },
        )
        return [DataDelivery(**{**row._mapping, "written": tuple(row.written)}) for row in rows]

    async def try_again(self, data_action_id: UUID, delivery_id: UUID, now: datetime) -> bool:
        values = {"data_action_id": data_action_id, "delivery_id": delivery_id, "now": now}
        return (await self._connection.execute(_TRY_AGAIN, values)).rowcount > 0


def _values(action: DataAction) -> dict[str, Any]:
    return {
        "data_action_id": action.data_action_id,
        "name": action.name,
        "document": as_document(action.settings),
        "version": action.version,
        "updated_at": action.updated_at,
    }


def _action(row: Any) -> DataAction:
    return DataAction(
        data_action_id=row.data_action_id,
        name=row.name,
        settings=of_document(row.document),
        breaker=Breaker(failures=row.failures, open_until=row.open_until),
        last_answer_at=row.last_answer_at,
        last_failure_at=row.last_failure_at,
        last_failure=row.last_failure,
        waiting=row.waiting,
        given_up=row.given_up,
        rule_sets=tuple(row.rule_sets),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _taken(row: Any) -> TakenDelivery:
    return TakenDelivery(
        delivery_id=row.delivery_id,
        contact_id=row.contact_id,
        asked=Asked(
            contact_id=row.contact_id,
            data=row.data,
            number=row.number,
            number_label=row.number_label,
            campaign_id=row.campaign_id,
            campaign_name=row.campaign_name or "",
            attempt_id=row.attempt_id,
            result=row.result,
            wrap_up_code_id=row.wrap_up_code_id,
            wrap_up_code=row.wrap_up_code,
        ),
        inputs=row.inputs,
        write=row.write,
        tries=row.tries,
    )
