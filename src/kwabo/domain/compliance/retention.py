"""How long each class of data is kept, and below which no organisation may go.

A class has a default, a floor that the program needs for its own rules, and for some a floor that
the law of a followed preset sets. None means for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.preset import Preset

MOST_DAYS: Final = 36_500
YEAR: Final = 366  # with the leap day: never a day too few
KEEP_RECORDS: Final = frozenset({"call_records", "callbacks", "audit", "consents"})
MESSAGES: Final = {
    "RETENTION_CLASS": "There is no such class of data: {data_class}.",
    "RETENTION_DAYS": "Give between {least} and {most} days, or none to keep it for ever.",
    "RETENTION_LAW": "{preset} demands that this is kept for {least} days ({source}).",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DataClass:
    """One kind of data."""

    name: str
    default_days: int | None  # None: for ever
    least_days: int  # what the program's own rules look back at


CLASSES: Final = (
    # Rules look back at calls: gaps of law, limits of attempts, what pacing learns.
    DataClass(name="call_records", default_days=None, least_days=90),
    DataClass(name="callbacks", default_days=None, least_days=30),
    DataClass(name="consents", default_days=None, least_days=365),
    DataClass(name="contacts", default_days=None, least_days=90),
    DataClass(name="audit", default_days=None, least_days=365),
    DataClass(name="imports", default_days=365, least_days=7),
    DataClass(name="voicemails", default_days=365, least_days=7),
    DataClass(name="what_ifs", default_days=365, least_days=7),
    DataClass(name="dnc_checks", default_days=365, least_days=31),
    DataClass(name="events", default_days=90, least_days=7),
    DataClass(name="floor_commands", default_days=14, least_days=2),
    DataClass(name="call_usage", default_days=400, least_days=62),
    DataClass(name="call_charges", default_days=400, least_days=62),
)
BY_NAME: Final[Mapping[str, DataClass]] = {one.name: one for one in CLASSES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Below which an organisation may not go, and why."""

    days: int
    preset_id: str = ""  # '': the program's own rules
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How long one class is kept in an organisation."""

    data_class: DataClass
    days: int | None  # None: for ever
    floor: Floor

    def before(self, now: datetime) -> datetime | None:
        """What is older is removed; None: nothing is."""
        return None if self.days is None else now - timedelta(days=max(self.days, self.floor.days))


def floor_of(data_class: DataClass, presets: Sequence[Preset]) -> Floor:
    """The longest that anything demands."""
    floor = Floor(days=data_class.least_days)
    for preset in presets:
        years = preset.keep_records_years
        if years is None or data_class.name not in KEEP_RECORDS or years * YEAR <= floor.days:
            continue
        source = next(v.source for v in preset.values if v.name == "keep_records_years")
        floor = Floor(days=years * YEAR, preset_id=preset.preset_id, source=source)
    return floor


def kept(days: Mapping[str, int | None], presets: Sequence[Preset]) -> list[Kept]:
    """Every class as an organisation keeps it; `days`: what it has chosen."""
    return [
        Kept(
            data_class=one,
            days=days.get(one.name, one.default_days),
            floor=floor_of(one, presets),
        )
        for one in CLASSES
    ]


def objections(days: Mapping[str, int | None], presets: Sequence[Preset]) -> list[Objection]:
    """Everything wrong with a choice."""
    found = []
    for name, chosen in days.items():
        data_class = BY_NAME.get(name)
        if data_class is None:
            found.append(_objection(name, "RETENTION_CLASS", data_class=name[:40]))
            continue
        if chosen is None:
            continue
        floor = floor_of(data_class, presets)
        if floor.preset_id and data_class.least_days <= chosen < floor.days:
            found.append(
                _objection(
                    name,
                    "RETENTION_LAW",
                    preset=floor.preset_id,
                    least=str(floor.days),
                    source=floor.source,
                )
            )
        elif not floor.days <= chosen <= MOST_DAYS:
            found.append(
                _objection(name, "RETENTION_DAYS", least=str(floor.days), most=f"{MOST_DAYS:,}")
            )
    return found


def _objection(name: str, code: str, **details: str) -> Objection:
    return Objection(
        field=f"days.{name}",
        code=code,
        message=MESSAGES[code].format_map(details),
        details=details,
    )
