"""Campaign rules on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.tallies import tally
from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.domain.campaigns.campaign_rules import Figures
from kwabo.ports.campaign_rules import CampaignRule

_FIELDS = tuple(field.name for field in fields(CampaignRule))
_SELECT = f"SELECT {', '.join(_FIELDS)} FROM campaign_rules"
_VALUES = ", ".join(
    "CAST(:document AS jsonb)" if name == "document" else f":{name}" for name in _FIELDS
)
_GET = text(f"{_SELECT} WHERE campaign_rule_id = :campaign_rule_id")
_LOCKED = text(f"{_SELECT} WHERE campaign_rule_id = :campaign_rule_id FOR UPDATE")
_ALL = text(f"{_SELECT} ORDER BY name, campaign_rule_id")
_DUE = text(f"{_SELECT} WHERE due_at <= :now ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED")
_ADD = text(f"""
    INSERT INTO campaign_rules (organisation_id, {", ".join(_FIELDS)})
    VALUES (current_organisation(), {_VALUES})
""")
_PUT = text(f"""
    UPDATE campaign_rules SET ({", ".join(_FIELDS)}) = ROW ({_VALUES})
    WHERE campaign_rule_id = :campaign_rule_id
""")
_DELETE = text("DELETE FROM campaign_rules WHERE campaign_rule_id = :campaign_rule_id")


def _flagged(flag: str) -> str:
    return f"coalesce(sum(y.amount) FILTER (WHERE '{flag}' = ANY (y.flags)), 0)"


_FIGURES = text(f"""
    SELECT k.campaign_id,
        CASE WHEN k.state = 'running' THEN k.state_changed_at END AS running_since,
        {tally("contacts", "k.contact_list_id")} AS contacts,
        {tally("course", "k.campaign_id AND y.key = 'finished'")} AS finished,
        {tally("called", "k.campaign_id")} AS records_attempted,
        {tally("dialled", "k.campaign_id")} AS valid_attempts,
        (SELECT count(*) FROM queue_members m JOIN agent_presence p ON p.user_id = m.user_id
          WHERE m.queue_id = k.queue_id AND p.status <> 'signed_out') AS agents,
        ARRAY(SELECT p.since FROM queue_members m JOIN agent_presence p ON p.user_id = m.user_id
          WHERE m.queue_id = k.queue_id AND p.status = 'ready') AS ready_since,
        w.right_party_contacts, w.business_success, w.business_neutral, w.business_failure
    FROM campaigns k
    LEFT JOIN LATERAL (
        SELECT {_flagged("right_party")} AS right_party_contacts,
               {_flagged("success")} AS business_success,
               {_flagged("neutral")} AS business_neutral,
               {_flagged("failure")} AS business_failure
        FROM (
            SELECT t.amount, outcome_flags(k.campaign_id,
                       CASE WHEN t.kind = 'wrap_up_code' THEN CAST(t.key AS uuid) END,
                       t.key) AS flags
            FROM (
                SELECT kind, key, sum(amount) AS amount FROM tallies
                WHERE subject_id = k.campaign_id
                  AND (kind IN ('wrap_up_code', 'system_code')
                       OR (kind = 'closed' AND key <> 'person'))
                GROUP BY 1, 2) t) y) w ON true
    WHERE k.campaign_id = ANY (CAST(:campaign_ids AS uuid[]))
""")


class PostgresCampaignRuleStore:
    """See `kwabo.ports.campaign_rules.CampaignRuleStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, rule: CampaignRule) -> None:
        with unique_name("campaign rule", rule.name):
            await self._connection.execute(_ADD, _values(rule))

    async def get(self, campaign_rule_id: UUID) -> CampaignRule | None:
        return await self._one(_GET, campaign_rule_id=campaign_rule_id)

    async def get_for_change(self, campaign_rule_id: UUID) -> CampaignRule | None:
        return await self._one(_LOCKED, campaign_rule_id=campaign_rule_id)

    async def all(self) -> Sequence[CampaignRule]:
        return [CampaignRule(**row._mapping) for row in await self._connection.execute(_ALL)]

    async def put(self, rule: CampaignRule) -> None:
        with unique_name("campaign rule", rule.name):
            await self._connection.execute(_PUT, _values(rule))

    async def delete(self, campaign_rule_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"campaign_rule_id": campaign_rule_id})

    async def take_due(self, now: datetime) -> CampaignRule | None:
        return await self._one(_DUE, now=now)

    async def figures(self, campaign_ids: Sequence[UUID]) -> Mapping[UUID, Figures]:
        rows = await self._connection.execute(_FIGURES, {"campaign_ids": list(campaign_ids)})
        names = [field.name for field in fields(Figures) if field.name != "ready_since"]
        return {
            row.campaign_id: Figures(
                **{name: _whole(getattr(row, name)) for name in names},
                ready_since=tuple(row.ready_since),
            )
            for row in rows
        }

    async def _one(self, statement: Any, **values: Any) -> CampaignRule | None:
        row = (await self._connection.execute(statement, values)).first()
        return None if row is None else CampaignRule(**row._mapping)


def _whole(value: Any) -> Any:
    """Sums of bigint come as decimals."""
    return int(value) if isinstance(value, Decimal) else value


def _values(rule: CampaignRule) -> dict[str, Any]:
    values = {name: getattr(rule, name) for name in _FIELDS}
    return values | {"document": dict(rule.document)}
