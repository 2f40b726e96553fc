"""How far a campaign is, and how its pace was over the last hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kwabo.domain.campaigns.list_end import ListEnd
from kwabo.domain.campaigns.settings import WINDOW_SECONDS
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.pacing import budget
from kwabo.domain.pacing.situation import Limits, Tally
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.ports.progress import PaceMinute, Progress, WindowCounts
from kwabo.services.list_end import list_end_of
from kwabo.services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A campaign's calls minute by minute, and its abandon rate over the window of its target."""

    minutes: Sequence[PaceMinute]
    seconds: int  # of the window
    counts: WindowCounts
    target: float
    rate: float  # abandoned among those a person answered, persons lost to call analysis included
    rate_of_all: float  # abandoned among all calls


class ProgressService:
    """Counts, at the moment they are asked for."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def progress(self, asker: Asker, campaign_id: UUID) -> tuple[Progress, ListEnd]:
        """Counts, and when the list will end. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = await stores.campaigns.get(campaign_id)
            progress = await stores.progress.progress(campaign_id)
            if campaign is None or progress is None:
                raise NotFound("NOT_FOUND", "There is no such campaign.")
            return progress, await list_end_of(stores, campaign, progress, self._clock.now())

    async def pace(self, asker: Asker, campaign_id: UUID, minutes: int) -> Pace:
        """The last `minutes` minutes. Raises NotFound."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = await stores.campaigns.get(campaign_id)
            if campaign is None:
                raise NotFound("NOT_FOUND", "There is no such campaign.")
            settings = campaign.settings
            seconds = WINDOW_SECONDS[settings.abandon_window]
            found = await stores.progress.minutes(campaign_id, now - timedelta(minutes=minutes))
            counts = await stores.progress.window(campaign_id, now - timedelta(seconds=seconds))
        tally = Tally(
            live=counts.live,
            abandoned=counts.abandoned,
            dialled=counts.dialled,
            machines=counts.machines,
            window_seconds=float(seconds),
        )
        limits = Limits(target=settings.abandon_target, analysis=settings.call_analysis)
        account = budget.account(tally, limits)
        return Pace(
            minutes=found,
            seconds=seconds,
            counts=counts,
            target=settings.abandon_target,
            rate=account.rate,
            rate_of_all=account.rate_of_all,
        )
