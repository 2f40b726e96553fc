"""Rule sets on PostgreSQL. The role kwabo_app has no right to change or remove a firing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.contact_names import CONTACT_NAME
from kwabo.adapters.postgres.data_answers import with_answers
from kwabo.adapters.postgres.rule_facts import facts_of
from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.domain.campaigns.rule_sets.document import RuleSet
from kwabo.domain.campaigns.rule_sets.facts import ContactFacts
from kwabo.domain.compliance.candidate import CandidateNumber
from kwabo.ports.rule_sets import KeptRuleSet, RuledContact, RuleFiring

_SELECT = """
    SELECT r.rule_set_id, r.name, r.kind, r.document, r.version, r.created_at, r.updated_at,
           ARRAY(SELECT c.name FROM campaign_rule_sets u
                 JOIN campaigns c ON c.campaign_id = u.campaign_id
                 WHERE u.rule_set_id = r.rule_set_id ORDER BY c.name) AS campaigns
    FROM rule_sets r
"""
_GET = text(f"{_SELECT} WHERE r.rule_set_id = :rule_set_id")
_LOCKED = text(f"{_SELECT} WHERE r.rule_set_id = :rule_set_id FOR UPDATE OF r")
_ALL = text(f"{_SELECT} ORDER BY r.name, r.rule_set_id")
_OF_CAMPAIGN = text(f"""
    {_SELECT} JOIN campaign_rule_sets k ON k.rule_set_id = r.rule_set_id
    WHERE k.campaign_id = :campaign_id ORDER BY k.position
""")
_ADD = text("""
    INSERT INTO rule_sets (rule_set_id, organisation_id, name, kind, document, version, created_at,
                           updated_at)
    VALUES (:rule_set_id, current_organisation(), :name, :kind, CAST(:document AS jsonb), :version,
            :created_at, :updated_at)
""")
_CHANGE = text("""
    UPDATE rule_sets SET name = :name, document = CAST(:document AS jsonb), version = :version,
                         updated_at = :updated_at
    WHERE rule_set_id = :rule_set_id
""")
_DELETE = text("DELETE FROM rule_sets WHERE rule_set_id = :rule_set_id")
_TAKE = text("DELETE FROM campaign_rule_sets WHERE campaign_id = :campaign_id")
_GIVE = text("""
    INSERT INTO campaign_rule_sets (campaign_id, rule_set_id, organisation_id, position)
    SELECT :campaign_id, rule_set_id, organisation_id, :position FROM rule_sets
    WHERE rule_set_id = :rule_set_id
""")
_CAMPAIGNS = text("""
    SELECT campaign_id FROM campaign_rule_sets WHERE rule_set_id = :rule_set_id
    ORDER BY campaign_id
""")
_FIRING = tuple(field.name for field in fields(RuleFiring))
_FIRINGS = text(f"""
    SELECT {", ".join(_FIRING)} FROM rule_firings
    WHERE (CAST(:attempt_id AS uuid) IS NULL OR attempt_id = :attempt_id)
      AND (CAST(:campaign_id AS uuid) IS NULL OR campaign_id = :campaign_id)
      AND (CAST(:before AS bigint) IS NULL OR rule_firing_id < :before)
    ORDER BY rule_firing_id DESC LIMIT :limit
""")
_CONTACTS = text(f"""
    SELECT c.contact_id, c.numbers, c.number_labels, c.uncallable_numbers,
           {CONTACT_NAME} AS name
    FROM contacts c JOIN campaigns k USING (contact_list_id)
    WHERE k.campaign_id = :campaign_id ORDER BY c.added_in, c.position LIMIT :limit
""")


class PostgresRuleSetStore:
    """See `kwabo.ports.rule_sets.RuleSetStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, rule_set: KeptRuleSet) -> None:
        with unique_name("rule set", rule_set.name):
            await self._connection.execute(_ADD, _values(rule_set))

    async def get(self, rule_set_id: UUID) -> KeptRuleSet | None:
        row = (await self._connection.execute(_GET, {"rule_set_id": rule_set_id})).first()
        return None if row is None else _rule_set(row)

    async def get_for_change(self, rule_set_id: UUID) -> KeptRuleSet | None:
        row = (await self._connection.execute(_LOCKED, {"rule_set_id": rule_set_id})).first()
        return None if row is None else _rule_set(row)

    async def all(self) -> Sequence[KeptRuleSet]:
        return [_rule_set(row) for row in await self._connection.execute(_ALL)]

    async def change(self, rule_set: KeptRuleSet) -> None:
        with unique_name("rule set", rule_set.name):
            await self._connection.execute(_CHANGE, _values(rule_set))

    async def delete(self, rule_set_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"rule_set_id": rule_set_id})

    async def of_campaign(self, campaign_id: UUID) -> Sequence[KeptRuleSet]:
        rows = await self._connection.execute(_OF_CAMPAIGN, {"campaign_id": campaign_id})
        return [_rule_set(row) for row in rows]

    async def give(self, campaign_id: UUID, rule_set_ids: Sequence[UUID]) -> None:
        await self._connection.execute(_TAKE, {"campaign_id": campaign_id})
        for position, rule_set_id in enumerate(rule_set_ids):
            await self._connection.execute(
                _GIVE,
                {"campaign_id": campaign_id, "rule_set_id": rule_set_id, "position": position},
            )

    async def campaigns_of(self, rule_set_id: UUID) -> Sequence[UUID]:
        rows = await self._connection.execute(_CAMPAIGNS, {"rule_set_id": rule_set_id})
        return [row.campaign_id for row in rows]

    async def firings(
        self,
        *,
        attempt_id: UUID | None = None,
        campaign_id: UUID | None = None,
        before: int | None = None,
        limit: int,
    ) -> Sequence[RuleFiring]:
        rows = await self._connection.execute(
            _FIRINGS,
            {
                "attempt_id": attempt_id,
                "campaign_id": campaign_id,
                "before": before,
                "limit": limit,
            },
        )
        return [RuleFiring(**{**row._mapping, "actions": tuple(row.actions)}) for row in rows]

    async def facts(
        self, campaign_id: UUID, contact_ids: Sequence[UUID], rule_sets: Sequence[RuleSet]
    ) -> Mapping[UUID, ContactFacts]:
        found = await facts_of(self._connection, contact_ids)
        found = await with_answers(self._connection, rule_sets, campaign_id, found)
        return {contact_id: facts for contact_id, (facts, _) in found.items()}

    async def some_contacts(
        self, campaign_id: UUID, limit: int, rule_sets: Sequence[RuleSet]
    ) -> Sequence[RuledContact]:
        values = {"campaign_id": campaign_id, "limit": limit}
        rows = list(await self._connection.execute(_CONTACTS, values))
        facts = await self.facts(campaign_id, [row.contact_id for row in rows], rule_sets)
        return [
            RuledContact(
                facts=facts[row.contact_id],
                name=row.name,
                numbers=tuple(
                    CandidateNumber(
                        number=number,
                        label=label,
                        callable=number not in row.uncallable_numbers,
                    )
                    for number, label in zip(row.numbers, row.number_labels, strict=True)
                ),
            )
            for row in rows
        ]


def _values(rule_set: KeptRuleSet) -> dict[str, Any]:
    return {
        "rule_set_id": rule_set.rule_set_id,
        "name": rule_set.name,
        "kind": rule_set.kind,
        "document": dict(rule_set.document),
        "version": rule_set.version,
        "created_at": rule_set.created_at,
        "updated_at": rule_set.updated_at,
    }


def _rule_set(row: Any) -> KeptRuleSet:
    return KeptRuleSet(
        rule_set_id=row.rule_set_id,
        name=row.name,
        kind=row.kind,
        document=row.document,
        campaigns=tuple(row.campaigns),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
