"""What a what-if rests on: the parts of `kwabo.services.what_if_basis`, put together again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.compliance.attempt_limits import EarlierCall
from kwabo.domain.compliance.consents import ConsentLine
from kwabo.domain.compliance.zones import zone
from kwabo.domain.what_ifs.history import PastCall, RecordedStatus, RecordedStep, WaitingContact
from kwabo.domain.what_ifs.rows import instant, of_row
from kwabo.domain.what_ifs.rules import Before, KeptRules, NumberPast
from kwabo.domain.what_ifs.settings import WhatIfSettings
from kwabo.services.what_if_basis import RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Everything that a what-if rests on."""

    asked: WhatIfSettings
    campaign: CampaignSettings
    campaign_id: UUID
    time_zone: str
    contacts_in_list: int
    agents: int  # of the campaign's queue, at present
    lines: int
    calls_per_second: float
    now: datetime
    calls: tuple[PastCall, ...]  # oldest first
    contacts: tuple[WaitingContact, ...]  # in the order in which they would be called
    rules: KeptRules
    before: Before  # of these contacts, up to `now`
    day: tuple[PastCall, ...]  # of the recorded day
    statuses: tuple[RecordedStatus, ...]
    steps: tuple[RecordedStep, ...]

    @property
    def where(self) -> ZoneInfo:
        """The clock of the contact list."""
        return zone(self.time_zone) or ZoneInfo("UTC")

    @property
    def midnight(self) -> datetime:
        """The begin of the recorded day."""
        assert self.asked.day is not None
        return datetime.combine(self.asked.day, time(0), tzinfo=self.where).astimezone(UTC)


_ROWS: Final[Mapping[str, type[Any]]] = {
    "calls": PastCall,
    "contacts": WaitingContact,
    "earlier": EarlierCall,
    "pasts": NumberPast,
    "consents": ConsentLine,
    "day": PastCall,
    "statuses": RecordedStatus,
    "steps": RecordedStep,
}


def basis_of(parts: Iterable[Mapping[str, Any]]) -> Basis:
    """The basis from its parts, of which the first has the premises."""
    premises: Mapping[str, Any] = {}
    rows: dict[str, list[Any]] = {name: [] for name in _ROWS}
    for part in parts:
        premises = part.get("premises", premises)
        for name, kind in _ROWS.items():
            rows[name] += [of_row(kind, row) for row in part.get(name, ())]
    return Basis(
        asked=WhatIfSettings.of_json(premises["settings"]),
        campaign=campaign_of_json(premises["campaign"]),
        campaign_id=UUID(premises["campaign_id"]),
        time_zone=premises["time_zone"],
        contacts_in_list=premises["contacts_in_list"],
        agents=premises["agents"],
        lines=premises["lines"],
        calls_per_second=premises["calls_per_second"],
        now=instant(premises["now"]),
        calls=tuple(reversed(rows["calls"])),
        contacts=tuple(rows["contacts"]),
        rules=RULES.validate_python(premises["rules"]),
        before=Before(
            # Contacts that share a number tell of the same calls.
            calls=tuple(dict.fromkeys(rows["earlier"])),
            numbers=tuple(dict.fromkeys(rows["pasts"])),
            consents=tuple(dict.fromkeys(rows["consents"])),
        ),
        day=tuple(rows["day"]),
        statuses=tuple(rows["statuses"]),
        steps=tuple(rows["steps"]),
    )


def campaign_of_json(value: Mapping[str, Any]) -> CampaignSettings:
    """The settings that `kwabo.services.what_if_basis.campaign_as_json` wrote."""
    made: dict[str, Any] = {"name": "campaign"}
    for field in fields(CampaignSettings):
        if field.name not in value:
            continue
        given = value[field.name]
        if given is not None and "UUID" in str(field.type) and isinstance(given, str):
            given = UUID(given)
        elif isinstance(given, list):
            given = tuple(given)
        elif field.type == "time":
            given = time.fromisoformat(given)
        made[field.name] = given
    return CampaignSettings(**made)
