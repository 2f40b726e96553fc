"""Incidents: declared by supervisors, told to the callers whom they concern, and their end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from kwabo.domain.flows.actions import AskIncidents
from kwabo.domain.flows.cursor import Facts
from kwabo.domain.flows.inputs import Incident as ToldIncident
from kwabo.domain.flows.inputs import IncidentsTold
from kwabo.domain.incidents.incident import DECLARED, OVER, Incident, objections
from kwabo.domain.incidents.matching import Columns, Known, concerning, place_of
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.incidents import IncidentSettings, KeptIncident
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.pages import Page, moment_behind, page_token
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

MOST_TOLD: Final = 10  # to one caller; a flow asks for no more
MOST_COLUMNS: Final = 20


class IncidentService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    # ── Flows ────────────────────────────────────────────────────────────────────────────────────

    async def incidents(
        self, organisation_id: UUID, action: AskIncidents, facts: Facts, now: datetime
    ) -> IncidentsTold:
        """What concerns a caller; each is counted as heard once more."""
        async with self._unit_of_work.begin(organisation_id) as stores:
            declared = await stores.incidents.declared()
            if not declared:
                return IncidentsTold(question=action.question)
            settings = await stores.incidents.settings()
            known = Known(
                service=action.service,
                place=action.place,
                contact={**facts.person, **facts.contact},
            )
            place = place_of(known, settings.columns)
            found = concerning(declared, place, now)[: min(action.most, MOST_TOLD)]
            if found:
                await stores.incidents.note_heard([one.incident_id for one in found])
        return IncidentsTold(
            question=action.question,
            incidents=tuple(
                ToldIncident(incident_id=str(one.incident_id), prompt=one.prompt, texts=one.texts)
                for one in found
            ),
        )

    # ── Supervisors ──────────────────────────────────────────────────────────────────────────────

    async def page(
        self, asker: Asker, *, state: str | None, page_token_: str | None, limit: int
    ) -> Page[KeptIncident]:
        """The newest first. Raises Invalid `PAGE_TOKEN`."""
        before = moment_behind(page_token_)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await stores.incidents.page(state=state, before=before, limit=limit + 1)
        items = found[:limit]
        token = None
        if len(found) > limit:
            last = items[-1].incident
            token = page_token(last.created_at.isoformat(), str(last.incident_id))
        return Page(items=items, next_page_token=token, total=None)

    async def get(self, asker: Asker, incident_id: UUID) -> KeptIncident:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await _kept(stores, incident_id)

    async def declare(self, asker: Asker, values: Mapping[str, Any]) -> KeptIncident:
        """`values`: fields of Incident; `starts_at` None: now. Raises Invalid."""
        now = self._clock.now()
        given = {**values, "starts_at": values.get("starts_at") or now}
        incident = _checked(
            Incident(**given, incident_id=self._ids.new(), created_at=now, updated_at=now)
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _check_prompt(stores, incident)
            await stores.incidents.add(incident)
            await self._note(stores, asker, "incident.declared", incident)
            return await _kept(stores, incident.incident_id)

    async def change(
        self, asker: Asker, incident_id: UUID, version: int, values: Mapping[str, Any]
    ) -> KeptIncident:
        """`values`: the fields that change. Raises Invalid, NotFound, Conflict `INCIDENT_OVER`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _open(await stores.incidents.get_for_change(incident_id))
            check_version(version, old.version)
            new = _checked(replace(old, **values))
            await _check_prompt(stores, new)
            if new != old:
                new = replace(new, version=old.version + 1, updated_at=self._clock.now())
                await stores.incidents.change(new)
                await self._note(stores, asker, "incident.changed", new)
            return await _kept(stores, incident_id)

    async def declare_over(self, asker: Asker, incident_id: UUID) -> KeptIncident:
        """Have everybody told who asked for it. Raises NotFound, Conflict `INCIDENT_OVER`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _open(await stores.incidents.get_for_change(incident_id))
            over = replace(old, state=OVER, over_at=now, version=old.version + 1, updated_at=now)
            await stores.incidents.change(over)
            notices = await stores.incidents.want_notices(incident_id, now)
            await self._note(stores, asker, "incident.over_declared", over, notices=notices)
            return await _kept(stores, incident_id)

    async def settings(self, asker: Asker) -> IncidentSettings:
        """By which columns callers are placed."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.incidents.settings()

    async def change_settings(
        self, asker: Asker, version: int, columns: Columns
    ) -> IncidentSettings:
        """Raises Invalid `INCIDENT_COLUMNS`, Conflict `STALE_VERSION`."""
        columns = Columns(
            commune=_columns(columns.commune, "commune_columns"),
            cell=_columns(columns.cell, "cell_columns"),
        )
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = await stores.incidents.settings()
            check_version(version, old.version)
            await stores.incidents.put_settings(IncidentSettings(columns=columns), now)
            await stores.audit.record(
                "incident.settings_changed",
                actor_user_id=asker.user_id,
                subject_kind="organisation",
                subject_id=asker.organisation_id,
                at=now,
                details={"commune": list(columns.commune), "cell": list(columns.cell)},
            )
            return await stores.incidents.settings()

    async def _note(
        self, stores: Stores, asker: Asker, action: str, incident: Incident, **details: Any
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="incident",
            subject_id=incident.incident_id,
            at=self._clock.now(),
            details={
                "name": incident.name,
                "service": incident.service,
                "communes": list(incident.communes),
                "cells": list(incident.cells),
                "texts": dict(incident.texts),
                **details,
            },
        )


def _columns(names: Any, field: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name.strip() for name in names))
    if len(found) > MOST_COLUMNS or not all(1 <= len(name) <= 100 for name in found):
        raise Invalid(
            "INCIDENT_COLUMNS",
            f"Give at most {MOST_COLUMNS} names of columns, each of 1 to 100 characters.",
            field=field,
            details={"most": MOST_COLUMNS},
        )
    return found


def _checked(incident: Incident) -> Incident:
    incident = replace(
        incident,
        name=checked_name(incident.name),
        service=incident.service.strip(),
        communes=tuple(dict.fromkeys(place.strip() for place in incident.communes)),
        cells=tuple(dict.fromkeys(place.strip() for place in incident.cells)),
    )
    refuse(objections(incident))
    return incident


async def _check_prompt(stores: Stores, incident: Incident) -> None:
    if incident.prompt and await stores.prompts.get_by_key(incident.prompt) is None:
        raise Invalid(
            "INCIDENT_PROMPT",
            "There is no prompt with this key. Choose another one, or write words.",
            field="prompt",
        )


async def _kept(stores: Stores, incident_id: UUID) -> KeptIncident:
    found = await stores.incidents.get(incident_id)
    if found is None:
        raise NotFound("NOT_FOUND", "There is no such incident.")
    return found


def _open(incident: Incident | None) -> Incident:
    if incident is None:
        raise NotFound("NOT_FOUND", "There is no such incident.")
    if incident.state != DECLARED:
        raise Conflict("INCIDENT_OVER", "The incident is over. Declare a new one.")
    return incident
