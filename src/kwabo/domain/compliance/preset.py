"""Presets: what a country demands of calls, as data with sources.

One file for each country in `presets/`; a file that names an unknown value, gives one of the wrong
kind or leaves out its source does not load. `kept_by` says who keeps a value: the program refuses
calls and settings that break it, or people must see to it. `basis` says where it comes from: law,
an authority's practice, or a default of Kwabo where no text was found.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.contacts.phone_numbers import NumberKind

PRESET_IDS: Final = ("none", "BJ", "FR", "GB", "US")
WINDOWS: Final = ("day", "30_days")  # the stricter first
SECTORS: Final = ("energy_renovation", "home_adaptation")
CALENDARS: Final = ("FR",)
_BASES: Final = ("law", "practice", "default")
_KEEPERS: Final = ("program", "people")


class PresetBroken(ValueError):
    """A preset's file is wrong; the message names file, value and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetValue:
    """One demand, as the file says it."""

    name: str
    value: Any  # number, text, truth, list of texts, list of windows
    basis: str  # law | practice | default
    kept_by: str  # program | people
    source: str
    read: date  # when the source was read
    source_fr: str = ""  # the source for readers of French; '': as `source`


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A country's demands; None and empty: it makes none."""

    preset_id: str
    version: str
    country: str  # ISO 3166; '' for none
    names: Mapping[str, str]  # language → name
    values: tuple[PresetValue, ...]
    abandon_target: float | None = None  # share of calls that a person answered
    abandon_alarm: float | None = None  # the share from which on people must look
    abandon_window: str | None = None
    ring_seconds: int | None = None  # at least
    hours: tuple[CallableTime, ...] = ()
    holidays: str | None = None  # calendar whose days are closed
    frequency_calls: int | None = None  # to one number …
    frequency_days: int | None = None  # … within so many days, over all campaigns
    redial_after_abandoned_hours: int | None = None
    redial_after_machine_hours: int | None = None
    redial_after_refusal_days: int | None = None
    consent_required: bool = False
    consent_contract_exception: bool = False
    sectors_banned: tuple[str, ...] = ()
    caller_id_required: bool = False
    caller_id_prefixes: tuple[str, ...] = ()  # that automated dialling may show; empty: any
    caller_id_prefixes_denied: tuple[str, ...] = ()  # that automated dialling may not show
    caller_id_kinds_denied: tuple[str, ...] = ()
    abandon_message_opt_out_key: bool = False
    keep_records_years: int | None = None
    screening_days: int | None = None  # how old an authority's list may be

    @property
    def redial_gaps(self) -> bool:
        """Whether a call may keep its number from being called for a while."""
        return (
            self.redial_after_abandoned_hours is not None
            or self.redial_after_machine_hours is not None
            or self.redial_after_refusal_days is not None
        )

    @property
    def needs_past_calls(self) -> bool:
        """Whether the rules must know earlier calls to a number."""
        return self.looks_back_days > 0

    @property
    def looks_back_days(self) -> int:
        """How far back earlier calls to a number matter."""
        hours = max(self.redial_after_abandoned_hours or 0, self.redial_after_machine_hours or 0)
        return max(self.frequency_days or 0, self.redial_after_refusal_days or 0, -(-hours // 24))


@lru_cache(maxsize=1)
def presets() -> Mapping[str, Preset]:
    """Every preset by its id, `none` first. Raises PresetBroken."""
    folder = files("kwabo.domain.compliance") / "presets"
    loaded = [
        read_preset(file.read_text(encoding="utf-8"), file.name)
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]
    by_id = {one.preset_id: one for one in loaded}
    if set(by_id) != set(PRESET_IDS):
        raise PresetBroken(f"presets are {sorted(by_id)}, expected {sorted(PRESET_IDS)}")
    return {preset_id: by_id[preset_id] for preset_id in PRESET_IDS}


def preset_of(preset_id: str) -> Preset:
    """The preset of this id; one that no longer exists demands nothing."""
    found = presets()
    return found.get(preset_id, found["none"])


def read_preset(text: str, file_name: str) -> Preset:
    """A preset from its file's text. Raises PresetBroken."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PresetBroken(f"{file_name}: {error}") from error
    for key in ("id", "version", "name"):
        if not content.get(key):
            raise PresetBroken(f"{file_name}: say '{key}'")
    if set(content["name"]) != {"fr", "en"}:
        raise PresetBroken(f"{file_name}: give the name in fr and en")
    values = tuple(
        _value(name, table, file_name) for name, table in content.get("values", {}).items()
    )
    fields = {
        one.name: _READERS[one.name](one.value) for one in values if one.name not in _TOLD_ONLY
    }
    if ("frequency_calls" in fields) != ("frequency_days" in fields):
        raise PresetBroken(f"{file_name}: frequency_calls and frequency_days go together")
    return Preset(
        preset_id=content["id"],
        version=content["version"],
        country=content.get("country", ""),
        names=content["name"],
        values=values,
        **fields,
    )


def _value(name: str, table: Mapping[str, Any], file_name: str) -> PresetValue:
    place = f"{file_name}: {name}"
    if name not in _READERS:
        raise PresetBroken(f"{place}: there is no such value; there are {', '.join(_READERS)}")
    missing = {"value", "basis", "kept_by", "source", "read"} - set(table)
    if missing:
        raise PresetBroken(f"{place}: say {', '.join(sorted(missing))}")
    if table["basis"] not in _BASES or table["kept_by"] not in _KEEPERS:
        raise PresetBroken(f"{place}: basis is of {_BASES}, kept_by of {_KEEPERS}")
    if not str(table["source"]).strip() or type(table["read"]) is not date:
        raise PresetBroken(f"{place}: give a source and the date on which it was read")
    try:
        _READERS[name](table["value"])
    except (TypeError, ValueError, KeyError) as error:
        raise PresetBroken(f"{place}: {error}") from error
    known = {key: table[key] for key in ("value", "basis", "kept_by", "source", "read")}
    known["source_fr"] = str(table.get("source_fr", ""))
    return PresetValue(name=name, **known)


# ── Kinds of values ──────────────────────────────────────────────────────────────────────────────


def _share(value: Any) -> float:
    if not isinstance(value, float) or not 0 < value < 1:
        raise ValueError("give a share between 0 and 1")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise ValueError("give a whole number from 1")
    return value


def _seconds(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
        raise ValueError("give seconds above 0")
    return float(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("give true or false")
    return value


def _one_of(*choices: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"choose one of {', '.join(choices)}")
        return str(value)

    return read


def _some_of(*choices: str) -> Callable[[Any], tuple[str, ...]]:
    one = _one_of(*choices)
    return lambda value: tuple(one(item) for item in value)


def _prefixes(value: Any) -> tuple[str, ...]:
    if not value or not all(
        isinstance(item, str) and item.startswith("+") and item[1:].isdigit() for item in value
    ):
        raise ValueError("give prefixes such as +33162")
    return tuple(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("give a text")
    return value


def _hours(value: Any) -> tuple[CallableTime, ...]:
    windows = tuple(
        CallableTime(
            weekdays=frozenset(int(day) for day in window["days"]),
            start=time.fromisoformat(window["from"]),
            until=time.fromisoformat(window["until"]),
        )
        for window in value
    )
    if not windows or any(
        window.start >= window.until or not window.weekdays <= frozenset(range(1, 8))
        for window in windows
    ):
        raise ValueError("give windows of days 1 to 7 that end after they begin")
    return windows


_KINDS = _some_of(*(str(kind) for kind in NumberKind))

_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "abandon_target": _share,
    "abandon_alarm": _share,
    "abandon_window": _one_of(*WINDOWS),
    "abandon_denominator": _one_of("answered_live"),
    "abandon_message_required": _truth,
    "abandon_message_within_seconds": _seconds,
    "abandon_message_opt_out_key": _truth,
    "ring_seconds": _count,
    "hours": _hours,
    "holidays": _one_of(*CALENDARS),
    "frequency_calls": _count,
    "frequency_days": _count,
    "redial_after_abandoned_hours": _count,
    "redial_after_machine_hours": _count,
    "redial_after_refusal_days": _count,
    "consent_required": _truth,
    "consent_contract_exception": _truth,
    "sectors_banned": _some_of(*SECTORS),
    "caller_id_required": _truth,
    "caller_id_prefixes": _prefixes,
    "caller_id_prefixes_denied": _prefixes,
    "caller_id_kinds_denied": _KINDS,
    "opt_out_business_days": _count,
    "keep_records_years": _count,
    "screening_days": _count,
    "data_request_days": _count,
    "breach_notice_hours": _count,
    "register_of_processing": _truth,
    "number_form": _text,
    "recording": _one_of("off"),
}
VALUE_NAMES: Final = tuple(_READERS)

# Kept everywhere in the program, whatever the preset, or by people: no rule reads them.
_TOLD_ONLY: Final = frozenset(
    {
        "abandon_denominator",
        "abandon_message_required",
        "abandon_message_within_seconds",
        "opt_out_business_days",
        "data_request_days",
        "breach_notice_hours",
        "register_of_processing",
        "number_form",
        "recording",
    }
)
