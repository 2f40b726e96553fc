"""What data actions have answered about contacts, for the rules of a campaign; and what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.domain.campaigns.rule_sets.document import RuleSet, data_actions_asked
from kwabo.domain.campaigns.rule_sets.facts import ContactFacts
from kwabo.domain.data_actions.answers import DataAnswer
from kwabo.domain.data_actions.settings import of_document
from kwabo.services.data_questions import Labels, questions

_ACTIONS = text("""
    SELECT data_action_id, document FROM data_actions
    WHERE data_action_id = ANY (CAST(:ids AS uuid[]))
""")
_NAME = text("SELECT name FROM campaigns WHERE campaign_id = :campaign_id")
_CHECKS = text("""
    SELECT c.data_action_id, c.key, c.outputs, c.answered_at, c.failure, c.failed_at, c.awaited_at
    FROM data_checks c
    JOIN unnest(CAST(:ids AS uuid[]), CAST(:keys AS text[])) AS w (data_action_id, key)
      ON w.data_action_id = c.data_action_id AND w.key = c.key
""")
# One that contacts wait for already is left alone: no claim waits for a row that others write.
_WANT = text("""
    INSERT INTO data_checks (data_action_id, organisation_id, key, inputs, wanted_at, awaited_at)
    SELECT a.data_action_id, a.organisation_id, w.key, w.inputs, :now, :awaited_at
    FROM unnest(CAST(:ids AS uuid[]), CAST(:keys AS text[]), CAST(:inputs AS jsonb[]))
         AS w (data_action_id, key, inputs)
    JOIN data_actions a ON a.data_action_id = w.data_action_id
    WHERE NOT EXISTS (SELECT FROM data_checks c WHERE c.data_action_id = w.data_action_id
                         AND c.key = w.key AND c.wanted_at IS NOT NULL
                         AND (c.awaited_at IS NOT NULL OR CAST(:awaited_at AS timestamptz) IS NULL))
    ORDER BY a.data_action_id, w.key
    ON CONFLICT (data_action_id, key) DO UPDATE SET
        inputs = excluded.inputs,
        wanted_at = coalesce(data_checks.wanted_at, excluded.wanted_at),
        awaited_at = coalesce(data_checks.awaited_at, excluded.awaited_at)
    RETURNING 1
""")


async def with_answers(
    connection: AsyncConnection,
    rule_sets: Sequence[RuleSet],
    campaign_id: UUID,
    facts: Mapping[UUID, tuple[ContactFacts, Labels]],
) -> dict[UUID, tuple[ContactFacts, Labels]]:
    """The facts with the answers that conditions of these rules may compare."""
    wanted = data_actions_asked(rule_sets)
    if not wanted or not facts:
        return dict(facts)
    actions = {
        row.data_action_id: of_document(row.document)
        for row in await connection.execute(_ACTIONS, {"ids": sorted(wanted)})
    }
    name = await connection.scalar(_NAME, {"campaign_id": campaign_id}) or ""
    asked = {
        contact_id: questions(actions, known, labels, campaign_id, name)
        for contact_id, (known, labels) in facts.items()
    }
    kept = await _kept(connection, [one for found in asked.values() for one in found.values()])
    return {
        contact_id: (
            replace(
                known,
                answers={at: kept.get(_key(one), one) for at, one in asked[contact_id].items()},
            ),
            labels,
        )
        for contact_id, (known, labels) in facts.items()
    }


async def want(
    connection: AsyncConnection,
    answers: Iterable[DataAnswer],
    now: datetime,
    *,
    awaited: bool = True,
) -> int:
    """Have data actions asked, soon; how many questions are new. `awaited`: contacts wait."""
    wanted = {_key(one): one for one in answers}
    if not wanted:
        return 0
    rows = await connection.execute(
        _WANT,
        {
            "ids": [data_action_id for data_action_id, _ in wanted],
            "keys": [key for _, key in wanted],
            "inputs": [dict(one.inputs) for one in wanted.values()],
            "now": now,
            "awaited_at": now if awaited else None,
        },
    )
    return len(rows.all())


def _key(answer: DataAnswer) -> tuple[UUID, str]:
    return answer.data_action_id, answer.key


async def _kept(
    connection: AsyncConnection, asked: Iterable[DataAnswer]
) -> dict[tuple[UUID, str], DataAnswer]:
    by_key = {_key(one): one for one in asked}
    ids, keys = [k[0] for k in by_key], [k[1] for k in by_key]
    rows = await connection.execute(_CHECKS, {"ids": ids, "keys": keys})
    return {
        (row.data_action_id, row.key): _answer(by_key[row.data_action_id, row.key], row)
        for row in rows
    }


def _answer(question: DataAnswer, row: Any) -> DataAnswer:
    return replace(
        question,
        outputs=row.outputs,
        answered_at=row.answered_at,
        failure=row.failure,
        failed_at=row.failed_at,
        awaited_at=row.awaited_at,
    )
