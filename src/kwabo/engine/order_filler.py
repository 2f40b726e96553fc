"""Fills the orders of sorted campaigns; removes orders that ceased to count.

A transaction holds the campaign for as long as it puts some thousands of contacts, without waiting
for anybody: any number of processes may do this. A campaign that runs gets the first of its order
at once; the rest is put while it calls them, with as much time between for its claims.
"""

from __future__ import annotations

from kwabo.engine.leased_work import LeasedWork
from kwabo.kernel.clock import Clock
from kwabo.services.unit_of_work import UnitOfWork


class OrderFiller(LeasedWork):
    """See the module."""

    name = "orders"

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        super().__init__(clock)
        self._unit_of_work = unit_of_work

    async def work_once(self) -> bool:
        """A part of each order; False when none has more."""
        async with self._unit_of_work.begin_outside() as stores:
            unfilled = await stores.campaigns.unfilled_orders()
            outdated = await stores.campaigns.outdated_orders()
        more = False
        for order in unfilled:
            if order.running:
                async with self._unit_of_work.begin(order.organisation_id) as stores:
                    await stores.campaigns.find_head(order.campaign_id, self._clock.now())
            begun = self._clock.monotonic()
            async with self._unit_of_work.begin(order.organisation_id) as stores:
                now = self._clock.now()
                more = await stores.campaigns.fill_order(order.campaign_id, now) or more
            if order.running:
                await self._clock.sleep(self._clock.monotonic() - begun)
        for campaign_id, organisation_id in outdated:
            async with self._unit_of_work.begin(organisation_id) as stores:
                more = await stores.campaigns.forget_outdated_order(campaign_id) or more
        return more
