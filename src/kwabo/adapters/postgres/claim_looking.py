"""Looking at contacts in a claim: reading them as candidates and asking the rules in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.candidates import find_candidates
from kwabo.adapters.postgres.contact_facts import read_facts
from kwabo.adapters.postgres.filter_sql import FilterSql, filter_sql
from kwabo.adapters.postgres.order_head import Head
from kwabo.adapters.postgres.rule_facts import with_rule_facts
from kwabo.domain.compliance.attempt_limits import longest_back
from kwabo.domain.contacts.filters.facts import ContactFacts
from kwabo.domain.contacts.filters.in_use import zone_of
from kwabo.domain.contacts.filters.times import Present
from kwabo.services.claims import Claiming, wants_calls

# Held until the end, so that no change of the campaign crosses a claim. Nobody waits: claims go
# through campaigns in different orders.
_CAMPAIGN = text("""
    SELECT choice_version, scan_added_in, scan_position, look_added_in, look_position,
           order_complete, order_head_rank, order_head_added_in, order_head_position
    FROM campaigns WHERE campaign_id = :campaign_id FOR NO KEY UPDATE SKIP LOCKED
""")


@dataclass(slots=True)
class Looking:
    """A claim's view of the database."""

    connection: AsyncConnection
    claiming: Claiming
    scanned: tuple[int, int] = (0, 0)  # (added_in, position) up to which the list was gone through
    followed: tuple[int, int] = (0, 0)  # the same of what has changed, in contact_looks
    order_filled: int | None = None  # contacts come by, while the order is not complete
    head: Head | None = None  # while the order is not complete: its first part that is

    @property
    def campaign_id(self) -> UUID:
        return self.claiming.request.campaign.campaign_id

    @property
    def present(self) -> Present:
        """The claim's instant, where the list is."""
        request = self.claiming.request
        return Present(request.now, zone_of(request.campaign.list_time_zone))

    @property
    def condition(self) -> FilterSql:
        """What the campaign's filters ask, as SQL: a sieve, the rule is the judge."""
        campaign = self.claiming.request.campaign
        return filter_sql(campaign.choice.nodes, self.present, campaign.campaign_id)

    @property
    def list_place(self) -> dict[str, Any]:
        """Parameters: the campaign, its list, how far it has gone through it, its order's head."""
        head = self.head
        return {
            "head_rank": head and head.rank,
            "head_added_in": head and head.added_in,
            "head_position": head and head.position,
            "campaign_id": self.campaign_id,
            "contact_list_id": self.claiming.request.campaign.contact_list_id,
            "added_in": self.scanned[0],
            "position": self.scanned[1],
        }

    async def campaign_is_ours(self) -> bool:
        """Hold the campaign until the end, unless another claim or a change of it does.

        Nor when its filters or order are not those that the floor knows: it is about to hear.
        """
        rows = await self.connection.execute(_CAMPAIGN, {"campaign_id": self.campaign_id})
        row = rows.first()
        if row is None or row.choice_version != self.claiming.request.campaign.choice.version:
            return False
        self.scanned = (row.scan_added_in, row.scan_position)
        self.followed = (row.look_added_in, row.look_position)
        self.head = Head.of(row)
        return True

    async def look(self, contact_ids: Sequence[UUID]) -> int:
        """Look at contacts in order until none is wanted; how many were looked at."""
        claiming = self.claiming
        if not contact_ids:
            return 0
        campaign = claiming.request.campaign
        found = await find_candidates(
            self.connection,
            campaign_id=campaign.campaign_id,
            contact_ids=contact_ids,
            choice=campaign.choice,
            law=claiming.law,
            now=claiming.request.now,
            with_calls=wants_calls(campaign, claiming.limits),
            since=longest_back(claiming.limits, claiming.request.now),
        )
        found = await with_rule_facts(
            self.connection, campaign.rule_sets, campaign.campaign_id, found
        )
        looked = 0
        for contact_id in contact_ids:
            if not claiming.wanted:
                for following in contact_ids[looked:]:
                    if following in found:
                        claiming.see([n.number for n in found[following].candidate.numbers])
                break
            looked += 1
            candidate = found.get(contact_id)
            if candidate is not None:
                claiming.take(candidate)
        return looked

    async def facts(self, contact_ids: Sequence[UUID]) -> dict[UUID, ContactFacts]:
        """What the campaign's filters and order know of contacts."""
        if not contact_ids:
            return {}
        choice = self.claiming.request.campaign.choice
        return await read_facts(
            self.connection,
            contact_ids,
            campaign_id=self.campaign_id,
            calls=choice.follows_calls,
        )
