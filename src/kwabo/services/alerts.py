"""Agents who are asked whether they take a caller: who calls, and how often they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.compliance.zones import zone
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.errors import NotFound
from kwabo.ports.alerts import AlertFigures
from kwabo.ports.live import LiveStore
from kwabo.services.callers import Caller, caller_of
from kwabo.services.periods import check_days, instants_of
from kwabo.services.unit_of_work import UnitOfWork

MOST_DAYS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The caller for whom the asker's desk rings."""

    attempt_id: UUID
    contact_name: str  # '' when the record has no text
    number: str  # '' when it was withheld
    until: str | None  # an instant, as live views show it; None: it is not known yet
    caller: Caller  # of the call in which the place was kept, where one was
    callback: bool  # whether a place was kept: nobody is on the line, and the record is shown next


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPeriod:
    """Figures by agent, and from when until when."""

    since: datetime
    until: datetime
    rows: Sequence[AlertFigures]


class AlertService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, live: LiveStore) -> None:
        self._unit_of_work = unit_of_work
        self._live = live

    async def mine(self, asker: Asker) -> Alert:
        """Who calls. Raises NotFound when the desk does not ring."""
        agent = await self._live.agent(asker.organisation_id, asker.user_id)
        called = agent is not None and agent["status"] == AgentStatus.ALERTING
        shown = agent["attempt"] if agent is not None and called else None
        if agent is None or shown is None:
            raise NotFound("NOT_FOUND", "Nobody is waiting for your answer.")
        attempt_id = UUID(shown["attempt_id"])
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            kept_by = await stores.alerts.kept_by(attempt_id)
            caller = await caller_of(stores, kept_by or attempt_id, asker.language, personal=True)
            if caller is None:
                raise NotFound("NOT_FOUND", "This caller is no longer there.")
            name = await stores.alerts.contact_name(UUID(shown["contact_id"]))
        return Alert(
            attempt_id=attempt_id,
            contact_name=name,
            number=shown["number"],
            until=agent["alert_until"],
            caller=caller,
            callback=kept_by is not None,
        )

    async def figures(
        self, asker: Asker, *, first_day: date, last_day: date, queue_id: UUID | None
    ) -> AlertPeriod:
        """By agent; days are the organisation's own, both included. Raises Invalid."""
        check_days(first_day, last_day, MOST_DAYS)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            organisation = await stores.organisations.get()
            here = zone(organisation.time_zone if organisation else "UTC")
            since, until = instants_of(first_day, last_day, here)
            rows = await stores.alerts.figures(since, until, queue_id)
        return AlertPeriod(since=since, until=until, rows=rows)
