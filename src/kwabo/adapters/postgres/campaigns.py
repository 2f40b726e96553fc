"""Campaigns on PostgreSQL. Their state is written by the floor's owner alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.order_filling import AHEAD, ORDER_VERSION, fill_ahead
from kwabo.adapters.postgres.order_head import find_head
from kwabo.adapters.postgres.unique_names import unique_name
from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.ports.campaigns import Campaign, CampaignReach, UnfilledOrder

_SETTINGS = tuple(field.name for field in fields(CampaignSettings))
_NUMBERS = ("calls_per_agent", "calls_per_agent_ceiling", "abandon_target")
_CASTS = {
    # Exact digits of a float would lie beyond the bounds that the columns check.
    **dict.fromkeys(_NUMBERS, "double precision"),
    "callable_weekdays": "integer[]",
    "recall_seconds": "jsonb",
    "dnc_list_ids": "uuid[]",
    "wrap_up_code_ids": "uuid[]",
    "callback_deputy_user_id": "uuid",
    "preview_values": "text[]",
    "contact_list_filter_ids": "uuid[]",
    "sort": "jsonb",
    "attempt_limit_ids": "uuid[]",
    "script_id": "uuid",
    "flow_id": "uuid",
    "abandon_flow_id": "uuid",
    "flow_notes": "jsonb",
    "recall_rules": "jsonb",
    "number_label_order": "text[]",
    "callable_from": "time",
    "callable_until": "time",
}
_COLUMNS = ", ".join(f"c.{name}" for name in _SETTINGS)
_SELECT = f"""
    SELECT c.campaign_id, {_COLUMNS}, c.state, c.state_reason, c.state_changed_at, c.version,
           c.created_at, c.updated_at
    FROM campaigns c
"""


def _parameter(name: str) -> str:
    return f"CAST(:{name} AS {_CASTS[name]})" if name in _CASTS else f":{name}"


_GET = text(f"{_SELECT} WHERE c.campaign_id = :campaign_id")
_LOCK = text("SELECT 1 FROM campaigns WHERE campaign_id = :campaign_id FOR UPDATE")
_FIND = text(f"""
    {_SELECT}
    WHERE (CAST(:state AS text) IS NULL OR c.state = :state)
      AND (CAST(:before AS uuid) IS NULL OR c.campaign_id < :before)
    ORDER BY c.campaign_id DESC LIMIT :limit
""")
_COUNT = text("SELECT count(*) FROM campaigns WHERE CAST(:state AS text) IS NULL OR state = :state")
_ADD = text(f"""
    INSERT INTO campaigns (campaign_id, organisation_id, {", ".join(_SETTINGS)}, state,
                           state_reason, state_changed_at, version, created_at, updated_at)
    VALUES (:campaign_id, current_organisation(), {", ".join(map(_parameter, _SETTINGS))}, :state,
            :state_reason, :state_changed_at, :version, :created_at, :updated_at)
""")
_CHANGE = text(f"""
    UPDATE campaigns SET {", ".join(f"{name} = {_parameter(name)}" for name in _SETTINGS)},
                         version = version + 1, updated_at = :updated_at
    WHERE campaign_id = :campaign_id
""")
_CHOOSE_ANEW = text("""
    UPDATE campaigns SET scan_added_in = 0, scan_position = 0, choice_version = choice_version + 1,
        order_complete = order_complete AND NOT :reorder,
        order_head_rank = NULL,
        order_version = order_version + CAST(CAST(:reorder AS boolean) AS integer)
    WHERE campaign_id = :campaign_id
""")
_UNFILLED = text("SELECT campaign_id, organisation_id, running FROM unfilled_orders()")
_OUTDATED = text("SELECT campaign_id, organisation_id FROM outdated_orders()")
_FORGET_OUTDATED = text(f"""
    DELETE FROM campaign_order WHERE ctid = ANY (ARRAY(
        SELECT o.ctid FROM campaign_order o
        WHERE o.campaign_id = :campaign_id AND o.order_version < {ORDER_VERSION}
        ORDER BY o.order_version LIMIT :at_most FOR UPDATE SKIP LOCKED))
""")
_LOOK_AT_ALL_AGAIN = text("""
    UPDATE campaigns SET scan_added_in = 0, scan_position = 0, order_head_rank = NULL
    WHERE state IN ('running', 'pausing') AND cardinality(contact_list_filter_ids) > 0
""")
_DELETE = text("DELETE FROM campaigns WHERE campaign_id = :campaign_id")
_EVER_RAN = text("""
    SELECT EXISTS (SELECT 1 FROM campaign_contacts WHERE campaign_id = :campaign_id)
        OR EXISTS (SELECT 1 FROM attempts WHERE campaign_id = :campaign_id)
        OR EXISTS (SELECT 1 FROM campaigns WHERE campaign_id = :campaign_id AND scan_added_in > 0
                   AND state <> 'ready')  -- whose order may be filled already
""")
_REACH = text("""
    SELECT EXISTS (SELECT 1 FROM contacts t WHERE t.contact_list_id = c.contact_list_id)
               AS has_contacts,
           -- Whom filters keep out may match by now; a start goes past them.
           EXISTS (SELECT 1 FROM contacts t WHERE t.contact_list_id = c.contact_list_id
                   AND (cardinality(c.contact_list_filter_ids) > 0
                        OR (t.added_in, t.position) > (c.scan_added_in, c.scan_position)))
             OR EXISTS (SELECT 1 FROM campaign_order o WHERE o.campaign_id = c.campaign_id
                        AND o.order_version = c.order_version)
               AS has_new_contacts,
           EXISTS (SELECT 1 FROM campaign_contacts k WHERE k.campaign_id = c.campaign_id
                   AND k.state <> 'finished') AS has_open_contacts,
           (SELECT count(*) FROM queue_members m JOIN users u USING (user_id)
            WHERE m.queue_id = c.queue_id AND u.active) AS active_agents
    FROM campaigns c WHERE c.campaign_id = :campaign_id
""")
_LIST = text("SELECT 1 FROM contact_lists WHERE contact_list_id = :contact_list_id")
_LIST_COLUMNS = text("""
    SELECT name, kind FROM contact_list_columns WHERE contact_list_id = :contact_list_id
    ORDER BY position
""")
_NAMES_LIKE = text("SELECT name FROM campaigns WHERE starts_with(name, :name)")
_LINES_RESERVED = text("""
    SELECT coalesce(sum(lines_reserved), 0) FROM campaigns
    WHERE trunk_id = :trunk_id AND state IN ('running', 'pausing')
      AND campaign_id IS DISTINCT FROM :but_for
""")
_OF_QUEUES = text(f"""
    {_SELECT} JOIN queue_members m ON m.queue_id = c.queue_id
    WHERE m.user_id = :user_id ORDER BY c.priority DESC, c.name
""")

_WITH_FLOW_NOTES = text(f"{_SELECT} WHERE c.flow_notes <> '[]' ORDER BY c.name")
_RUNNING = text("""
    SELECT campaign_id FROM campaigns WHERE state IN ('running', 'pausing') ORDER BY campaign_id
""")


class PostgresCampaignStore:
    """See `kwabo.ports.campaigns.CampaignStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, campaign: Campaign) -> None:
        with unique_name("campaign", campaign.settings.name):
            await self._connection.execute(
                _ADD,
                _values(campaign)
                | {
                    "state": campaign.state,
                    "state_reason": campaign.state_reason,
                    "state_changed_at": campaign.state_changed_at,
                    "version": campaign.version,
                    "created_at": campaign.created_at,
                },
            )

    async def get(self, campaign_id: UUID) -> Campaign | None:
        row = (await self._connection.execute(_GET, {"campaign_id": campaign_id})).first()
        return None if row is None else _campaign(row)

    async def get_for_change(self, campaign_id: UUID) -> Campaign | None:
        await self._connection.execute(_LOCK, {"campaign_id": campaign_id})
        return await self.get(campaign_id)

    async def find(
        self, *, state: str | None, before_campaign_id: UUID | None, limit: int
    ) -> Sequence[Campaign]:
        rows = await self._connection.execute(
            _FIND, {"state": state, "before": before_campaign_id, "limit": limit}
        )
        return [_campaign(row) for row in rows]

    async def count(self, *, state: str | None) -> int:
        return int(await self._connection.scalar(_COUNT, {"state": state}) or 0)

    async def change(self, campaign: Campaign) -> None:
        with unique_name("campaign", campaign.settings.name):
            await self._connection.execute(_CHANGE, _values(campaign))

    async def choose_anew(self, campaign_id: UUID, *, reorder: bool) -> None:
        values = {"campaign_id": campaign_id, "reorder": reorder}
        await self._connection.execute(_CHOOSE_ANEW, values)

    async def unfilled_orders(self) -> Sequence[UnfilledOrder]:
        rows = await self._connection.execute(_UNFILLED)
        return [
            UnfilledOrder(
                campaign_id=row.campaign_id,
                organisation_id=row.organisation_id,
                running=row.running,
            )
            for row in rows
        ]

    async def find_head(self, campaign_id: UUID, now: datetime) -> None:
        await find_head(self._connection, campaign_id, now)

    async def fill_order(self, campaign_id: UUID, now: datetime) -> bool:
        return await fill_ahead(self._connection, campaign_id, now)

    async def outdated_orders(self) -> Sequence[tuple[UUID, UUID]]:
        rows = await self._connection.execute(_OUTDATED)
        return [(row.campaign_id, row.organisation_id) for row in rows]

    async def forget_outdated_order(self, campaign_id: UUID) -> bool:
        values = {"campaign_id": campaign_id, "at_most": AHEAD}
        return (await self._connection.execute(_FORGET_OUTDATED, values)).rowcount == AHEAD

    async def look_at_all_again(self) -> None:
        await self._connection.execute(_LOOK_AT_ALL_AGAIN)

    async def delete(self, campaign_id: UUID) -> None:
        await self._connection.execute(_DELETE, {"campaign_id": campaign_id})

    async def ever_ran(self, campaign_id: UUID) -> bool:
        return bool(await self._connection.scalar(_EVER_RAN, {"campaign_id": campaign_id}))

    async def reach(self, campaign_id: UUID) -> CampaignReach:
        row = (await self._connection.execute(_REACH, {"campaign_id": campaign_id})).one()
        return CampaignReach(
            has_contacts=row.has_contacts,
            has_new_contacts=row.has_new_contacts,
            has_open_contacts=row.has_open_contacts,
            active_agents=row.active_agents,
        )

    async def contact_list_columns(self, contact_list_id: UUID) -> Mapping[str, str] | None:
        values = {"contact_list_id": contact_list_id}
        if await self._connection.scalar(_LIST, values) is None:
            return None
        return {row.name: row.kind for row in await self._connection.execute(_LIST_COLUMNS, values)}

    async def with_flow_notes(self) -> Sequence[Campaign]:
        return [_campaign(row) for row in await self._connection.execute(_WITH_FLOW_NOTES)]

    async def running(self) -> Sequence[UUID]:
        return [row.campaign_id for row in await self._connection.execute(_RUNNING)]

    async def names_like(self, name: str) -> frozenset[str]:
        rows = await self._connection.execute(_NAMES_LIKE, {"name": name})
        return frozenset(row.name for row in rows)

    async def lines_reserved(self, trunk_id: UUID, *, but_for: UUID | None) -> int:
        values = {"trunk_id": trunk_id, "but_for": but_for}
        return int(await self._connection.scalar(_LINES_RESERVED, values) or 0)

    async def of_queues_of(self, user_id: UUID) -> Sequence[Campaign]:
        rows = await self._connection.execute(_OF_QUEUES, {"user_id": user_id})
        return [_campaign(row) for row in rows]


def _values(campaign: Campaign) -> dict[str, Any]:
    settings = campaign.settings
    values = {name: getattr(settings, name) for name in _SETTINGS}
    return values | {
        "campaign_id": campaign.campaign_id,
        "updated_at": campaign.updated_at,
        "recall_seconds": dict(settings.recall_seconds),
        "callable_weekdays": list(settings.callable_weekdays),
        "dnc_list_ids": list(settings.dnc_list_ids),
        "wrap_up_code_ids": list(settings.wrap_up_code_ids),
        "preview_values": list(settings.preview_values),
        "contact_list_filter_ids": list(settings.contact_list_filter_ids),
        "sort": [dict(key) for key in settings.sort],
        "attempt_limit_ids": list(settings.attempt_limit_ids),
        "recall_rules": dict(settings.recall_rules),
        "flow_notes": [dict(note) for note in settings.flow_notes],
        "number_label_order": list(settings.number_label_order),
    }


def _campaign(row: Any) -> Campaign:
    values = {name: getattr(row, name) for name in _SETTINGS}
    values |= {
        "callable_weekdays": tuple(row.callable_weekdays),
        "dnc_list_ids": tuple(row.dnc_list_ids),
        "wrap_up_code_ids": tuple(row.wrap_up_code_ids),
        "preview_values": tuple(row.preview_values),
        "contact_list_filter_ids": tuple(row.contact_list_filter_ids),
        "sort": tuple(row.sort),
        "flow_notes": tuple(row.flow_notes),
        "attempt_limit_ids": tuple(row.attempt_limit_ids),
        "number_label_order": tuple(row.number_label_order),
    }
    values |= {name: float(values[name]) for name in _NUMBERS}
    return Campaign(
        campaign_id=row.campaign_id,
        settings=CampaignSettings(**values),
        state=row.state,
        state_reason=row.state_reason,
        state_changed_at=row.state_changed_at,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
