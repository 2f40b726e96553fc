"""What flows have noted in a campaign's calls: counts by answer, and a file of the calls."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from uuid import UUID

from kwabo.domain.contacts.formula import neutralised
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.ports.flow_results import NotedCall, NotedValue
from kwabo.services.campaigns import found_campaign
from kwabo.services.contacts import csv_lines
from kwabo.services.unit_of_work import UnitOfWork

MOST_VALUES: Final = 12  # of a name, one by one; the rest is one sum
PERSONAL: Final = "contacts.read"
_EXPORT_PAGE: Final = 500
_HEADER: Final = {
    "fr": ("Appel", "Contact", "Date", "Numéro", "Résultat", "Fin du parcours"),
    "en": ("Call", "Contact", "Date", "Number", "Result", "End of the flow"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedName:
    """What was noted by a name, the most frequent first."""

    name: str
    calls: int
    values: Sequence[NotedValue]
    other_values: int  # different ones beyond those
    other_calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowResults:
    """Of a campaign."""

    calls: int
    names: Sequence[NotedName]


class FlowResultService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def counts(self, asker: Asker, campaign_id: UUID) -> FlowResults:
        """Counts by name and value; never of personal data. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_campaign(await stores.campaigns.get(campaign_id))
            calls = await stores.flow_results.calls(campaign_id)
            counted = await stores.flow_results.counts(campaign_id)
        return FlowResults(calls=calls, names=by_name(counted))

    async def export(self, asker: Asker, campaign_id: UUID) -> AsyncIterator[str]:
        """The calls as CSV text in parts. NotFound is raised before anything is sent."""
        personal = asker.may(PERSONAL)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get(campaign_id))
            names = await stores.flow_results.names(campaign_id, personal=personal)
            await stores.audit.record(
                "flow_results.exported",
                actor_user_id=asker.user_id,
                subject_kind="campaign",
                subject_id=campaign_id,
                at=self._clock.now(),
                details={"name": campaign.settings.name},
            )
        return self._export(asker, campaign_id, names, personal)

    async def _export(
        self, asker: Asker, campaign_id: UUID, names: Sequence[str], personal: bool
    ) -> AsyncIterator[str]:
        header = _HEADER["fr" if asker.language == "fr" else "en"]
        yield "\ufeff" + csv_lines([[*header, *map(neutralised, names)]])
        before: UUID | None = None
        while True:
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                calls = await stores.flow_results.page(
                    campaign_id, before_attempt_id=before, limit=_EXPORT_PAGE
                )
            if not calls:
                return
            before = calls[-1].attempt_id
            yield csv_lines([_line(call, names, personal) for call in calls])


def by_name(counted: Sequence[NotedValue]) -> list[NotedName]:
    """One for each name, from counts that stand by name."""
    found = []
    for name, group in groupby(counted, key=lambda one: one.name):
        values = sorted(group, key=lambda one: (-one.calls, one.value))
        shown, rest = values[:MOST_VALUES], values[MOST_VALUES:]
        found.append(
            NotedName(
                name=name,
                calls=sum(one.calls for one in values),
                values=shown,
                other_values=len(rest),
                other_calls=sum(one.calls for one in rest),
            )
        )
    return found


def _line(call: NotedCall, names: Sequence[str], personal: bool) -> list[str]:
    noted = {**call.results, **(call.personal if personal else {})}
    return [
        str(call.attempt_id),
        str(call.contact_id),
        call.at.isoformat(timespec="seconds") if call.at else "",
        call.number,
        call.result or "",
        call.outcome,
        *(neutralised(noted.get(name, "")) for name in names),
    ]
