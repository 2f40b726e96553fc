"""Call results: how calls ended by trunk, number range and hour, on a page and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from kwabo.domain.call_analysis.ranges import operator_of
from kwabo.domain.compliance.zones import zone
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.ports.call_results import CallCounts, CallResultRow
from kwabo.ports.prompts import PromptFiles
from kwabo.services.contacts import csv_lines
from kwabo.services.periods import check_days, instants_of
from kwabo.services.unit_of_work import UnitOfWork

MOST_DAYS: Final = 400
# What a table or a plot may be by.
GROUPINGS: Final = {
    "number_range": ("number_range",),
    "trunk": ("trunk_id",),
    "campaign": ("campaign_id",),
    "hour": ("hour",),
    "weekday_hour": ("weekday", "hour"),
    "range_hour": ("number_range", "hour"),
    "day": ("day",),
}
_SHARES: Final = ("answered", "connected", "persons", "machines", "no_answer", "invalid")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallResults:
    """An answer: the sum of all, and its rows."""

    time_zone: str
    since: datetime
    until: datetime
    total: CallCounts
    rows: Sequence[CallResultRow]
    names: dict[str, str]  # of campaigns and trunks by id, of operators by number range


class CallResultService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, files: PromptFiles, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._files = files
        self._clock = clock

    async def sums(
        self,
        asker: Asker,
        *,
        first_day: date,
        last_day: date,
        by: str,
        campaign_id: UUID | None,
        trunk_id: UUID | None,
    ) -> CallResults:
        """Days are the organisation's own, both included. Raises Invalid."""
        check_days(first_day, last_day, MOST_DAYS)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            organisation = await stores.organisations.get()
            where = organisation.time_zone if organisation else "UTC"
            here = zone(where)
            since, until = instants_of(first_day, last_day, here)
            chosen = {
                "since": since,
                "until": until,
                "time_zone": where,
                "campaign_id": campaign_id,
                "trunk_id": trunk_id,
            }
            total = await stores.call_results.sums(by=(), **chosen)  # type: ignore[arg-type]
            rows = await stores.call_results.sums(by=GROUPINGS[by], **chosen)  # type: ignore[arg-type]
            names = {str(one.trunk_id): one.name for one in await stores.trunks.all()}
            for campaign_of in {row.campaign_id for row in rows if row.campaign_id}:
                campaign = await stores.campaigns.get(campaign_of)
                if campaign is not None:
                    names[str(campaign_of)] = campaign.settings.name
        names |= {
            row.number_range: operator_of(row.number_range) for row in rows if row.number_range
        }
        return CallResults(
            time_zone=where,
            since=since,
            until=until,
            total=total[0].counts if total else CallCounts(),
            rows=rows,
            names=names,
        )

    def export(self, results: CallResults, by: str) -> str:
        """The rows as CSV that a spreadsheet opens."""
        keys = GROUPINGS[by]
        header = [*keys, *(("name",) if keys[0] in _NAMED else ()), *CallCounts.__slots__]
        header += [f"{name}_share" for name in _SHARES]
        lines = [header]
        for row in results.rows:
            values = [_key(getattr(row, key)) for key in keys]
            if keys[0] in _NAMED:
                values.append(results.names.get(values[0], ""))
            counts = row.counts
            values += [f"{getattr(counts, name):g}" for name in CallCounts.__slots__]
            attempts = counts.attempts or 1
            values += [f"{getattr(counts, name) / attempts:.4f}" for name in _SHARES]
            lines.append(values)
        return "\ufeff" + csv_lines(lines)

    async def early_media(self, asker: Asker, attempt_id: UUID) -> bytes:
        """What a network played before any answer, as WAV. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            recording = await stores.call_results.recording(attempt_id)
        if recording is None:
            raise NotFound("NOT_FOUND", "Nothing was recorded before the end of this call.")
        return await self._files.read(recording.path)

    async def forget_recordings(self, organisation_id: UUID) -> int:
        """Remove recordings whose time is over; how many."""
        async with self._unit_of_work.begin(organisation_id) as stores:
            paths = await stores.call_results.forget_recordings(self._clock.now(), 10_000)
        for path in paths:
            await self._files.remove(path)
        return len(paths)

    async def upkeep(self) -> int:
        """The same for every organisation."""
        async with self._unit_of_work.begin_outside() as stores:
            organisation_ids = await stores.organisations.all_ids()
        return sum([await self.forget_recordings(one) for one in organisation_ids])


_NAMED: Final = frozenset({"trunk_id", "campaign_id", "number_range"})


def _key(value: object) -> str:
    """A number range begins with +, which a spreadsheet must not take for a formula."""
    return str(value)
