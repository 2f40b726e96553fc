"""What the rules of a campaign know of contacts: one query for many contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.data_answers import with_answers
from kwabo.domain.campaigns.rule_sets.document import Kind, Known, RuleSet, read_rules
from kwabo.domain.campaigns.rule_sets.facts import ContactFacts, LastCall
from kwabo.services.claims import FoundCandidate
from kwabo.services.data_questions import Labels
from kwabo.services.rulings import needs_facts, overall

_FACTS = text(
    """
    SELECT c.contact_id, c.data, c.numbers, c.number_labels,
           coalesce(c.time_zone, l.time_zone) AS time_zone, n.calls
    FROM contacts c
    JOIN contact_lists l ON l.contact_list_id = c.contact_list_id
    LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(q.number, jsonb_build_object('at', q.at, 'result', q.result,
                                'code', q.code, 'wrap_up_at', q.wrap_up_at)) AS calls
        FROM (SELECT t.number, max(t.dialling_at) AS at,
                     (array_agg(t.result ORDER BY t.dialling_at DESC)
                        FILTER (WHERE t.result IS NOT NULL))[1] AS result,
                     (array_agg(w.wrap_up_code_id ORDER BY w.created_at DESC)
                        FILTER (WHERE w.wrap_up_code_id IS NOT NULL))[1] AS code,
                     max(w.created_at) FILTER (WHERE w.wrap_up_code_id IS NOT NULL) AS wrap_up_at
              FROM attempts t LEFT JOIN wrap_ups w ON w.attempt_id = t.attempt_id
              WHERE t.contact_id = c.contact_id AND t.dialling_at IS NOT NULL
                AND t.attempt_id IS DISTINCT FROM :but_for
              GROUP BY t.number) q) n ON true
    WHERE c.contact_id = ANY (:contact_ids)
    """
)
_RULE_SETS = text(
    """
    SELECT k.campaign_id, r.rule_set_id, r.name, r.kind, r.document
    FROM campaign_rule_sets k JOIN rule_sets r ON r.rule_set_id = k.rule_set_id
    WHERE k.campaign_id = ANY (:campaign_ids) ORDER BY k.campaign_id, k.position
    """
)


async def facts_of(
    connection: AsyncConnection, contact_ids: Sequence[UUID], *, but_for: UUID | None = None
) -> dict[UUID, tuple[ContactFacts, Labels]]:
    """By contact id; contacts that do not exist are missing. `but_for`: an attempt left out."""
    rows = await connection.execute(_FACTS, {"contact_ids": list(contact_ids), "but_for": but_for})
    return {row.contact_id: _facts(row) for row in rows}


async def with_rule_facts(
    connection: AsyncConnection,
    rule_sets: Sequence[RuleSet],
    campaign_id: UUID,
    found: dict[UUID, FoundCandidate],
) -> dict[UUID, FoundCandidate]:
    """The candidates with what rules ask about, if there are rules that do."""
    if not found or not needs_facts(rule_sets):
        return found
    facts = await facts_of(connection, list(found))
    facts = await with_answers(connection, rule_sets, campaign_id, facts)
    return {
        contact_id: replace(candidate, rule_facts=facts[contact_id][0])
        for contact_id, candidate in found.items()
    }


async def rule_sets_of(
    connection: AsyncConnection, campaign_ids: Sequence[UUID]
) -> dict[UUID, tuple[RuleSet, ...]]:
    """The rule sets of campaigns, in their order."""
    found: dict[UUID, tuple[RuleSet, ...]] = {}
    rows = await connection.execute(_RULE_SETS, {"campaign_ids": list(campaign_ids)})
    for row in rows:
        kind = Kind(row.kind)
        rules, _ = read_rules(row.document, kind, Known())
        rule_set = RuleSet(rule_set_id=row.rule_set_id, name=row.name, kind=kind, rules=rules)
        found[row.campaign_id] = (*found.get(row.campaign_id, ()), rule_set)
    return found


def _facts(row: Any) -> tuple[ContactFacts, Labels]:
    by_number = {number: _call(call) for number, call in (row.calls or {}).items()}
    facts = ContactFacts(
        contact_id=row.contact_id,
        data=row.data,
        time_zone=row.time_zone,
        overall=overall(by_number),
        by_number=by_number,
    )
    return facts, dict(zip(row.numbers, row.number_labels, strict=True))


def _call(call: Mapping[str, Any]) -> LastCall:
    return LastCall(
        at=_instant(call["at"]),
        result=call["result"],
        wrap_up_code_id=UUID(call["code"]) if call["code"] else None,
        wrap_up_at=_instant(call["wrap_up_at"]),
    )


def _instant(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
