"""Campaign rules on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

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
_FIGURES = text("""
    SELECT k.campaign_id,
        CASE WHEN k.state = 'running' THEN k.state_changed_at END AS running_since,
        (SELECT count(*) FROM contacts c WHERE c.contact_list_id = k.contact_list_id) AS contacts,
        (SELECT count(*) FROM campaign_contacts p
          WHERE p.campaign_id = k.campaign_id AND p.state = 'finished') AS finished,
        (SELECT count(*) FROM campaign_contacts p
          WHERE p.campaign_id = k.campaign_id AND p.attempts > 0) AS records_attempted,
        (SELECT count(*) FROM attempts a WHERE a.campaign_id = k.campaign_id
          AND a.state = 'closed' AND a.dialling_at IS NOT NULL) AS valid_attempts,
        (SELECT count(*) FROM queue_members m JOIN agent_presence p ON p.user_id = m.user_id
          WHERE m.queue_id = k.queue_id AND p.status <> 'signed_out') AS agents,
        w.right_party_contacts, w.business_success, w.business_neutral, w.business_failure
    FROM campaigns k
    LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE 'right_party' = ANY (c.flags)) AS right_party_contacts,
               count(*) FILTER (WHERE 'success' = ANY (c.flags)) AS business_success,
               count(*) FILTER (WHERE 'neutral' = ANY (c.flags)) AS business_neutral,
               count(*) FILTER (WHERE 'failure' = ANY (c.flags)) AS business_failure
        FROM wrap_ups u JOIN wrap_up_codes c ON c.wrap_up_code_id = u.wrap_up_code_id
        WHERE u.campaign_id = k.campaign_id) w ON true
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
        names = [field.name for field in fields(Figures)]
        return {
            row.campaign_id: Figures(**{name: getattr(row, name) for name in names}) for row in rows
        }

    async def _one(self, statement: Any, **values: Any) -> CampaignRule | None:
        row = (await self._connection.execute(statement, values)).first()
        return None if row is None else CampaignRule(**row._mapping)


def _values(rule: CampaignRule) -> dict[str, Any]:
    values = {name: getattr(rule, name) for name in _FIELDS}
    return values | {"document": dict(rule.document)}
