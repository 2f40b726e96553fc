"""Campaign rules: what is done with campaigns and sequences when their figures say so.

A rule holds when all of its conditions do, or any of them; a group of conditions (`all` or `any` of
them) stands in the place of one. It fires when it begins to hold; it does
not fire again before it has ceased to. `once_per_day`: at most once on each day of its zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.recycling import RecycleChoice, choice_objections
from kwabo.domain.campaigns.rule_sets.conditions import DAY_WORDS
from kwabo.domain.campaigns.rule_sets.problems import problem
from kwabo.domain.campaigns.schedules import read_minute
from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.zones import zone

MOST_PARTS: Final = 20


class Frequency(StrEnum):
    """How often a rule may fire."""

    ON_EACH_TRIGGER = "on_each_trigger"
    ONCE_PER_DAY = "once_per_day"


FIGURES: Final[Mapping[str, tuple[float, float]]] = {  # condition → least and most of its value
    "campaign_progress": (0, 100),  # percent of contacts that are finished
    "campaign_agents": (0, 100_000),  # agents of its queue who are signed in
    "records_attempted": (0, 1_000_000_000),  # contacts that were dialled at least once
    "valid_attempts": (0, 1_000_000_000),  # calls that were dialled and have ended
    "right_party_contacts": (0, 1_000_000_000),
    "business_success": (0, 1_000_000_000),
    "business_neutral": (0, 1_000_000_000),
    "business_failure": (0, 1_000_000_000),
    "run_time": (0, 525_600),  # minutes since the campaign was last started
    "wait_time": (0, 10_080),  # minutes that its ready agents have been ready, on average
}
_WHOLE: Final = ("set_priority", "set_weight", "set_lines_reserved", "set_lines_most")
ORDERS: Final = ("LESS_THAN", "LESS_THAN_EQUALS", "GREATER_THAN", "GREATER_THAN_EQUALS")
TIMES: Final = ("time_of_day", "day_of_week", "day_of_month", "week_day_of_month", "specific_date")
LAST_WEEK: Final = 5  # of a month, whether it has four or five of that day
ON_CAMPAIGN: Final[Mapping[str, tuple[float, float] | tuple[str, ...] | None]] = {
    "turn_on_campaign": None,
    "turn_off_campaign": None,
    "set_priority": (1, 5),
    "set_dialing_mode": ("progressive", "power", "predictive", "agentless"),
    "set_abandon_target": (0.0, 100.0),  # percent
    "set_weight": (1, 100),
    "set_calls_per_agent": (1.0, 15.0),
    "set_lines_reserved": (0, 10_000),
    "set_lines_most": (0, 10_000),  # 0: as many as the trunk has
    "change_queue": None,  # with queue_id
    "recycle": None,  # with a RecycleChoice
}
GROUP: Final = "group"
# Of channels that do not exist here.
OF_MESSAGES: Final = ("contacts_messaged", "set_messages_per_minute", "change_template")
ON_SEQUENCE: Final = ("turn_on_sequence", "turn_off_sequence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A campaign's figures at one instant."""

    contacts: int = 0
    finished: int = 0
    agents: int = 0
    records_attempted: int = 0
    valid_attempts: int = 0
    right_party_contacts: int = 0
    business_success: int = 0
    business_neutral: int = 0
    business_failure: int = 0
    running_since: datetime | None = None  # None: it does not run
    ready_since: tuple[datetime, ...] = ()  # of each ready agent of its queue

    def value(self, name: str, now: datetime) -> float | None:
        """The figure of a condition; None: there is none at present."""
        if name == "campaign_progress":
            return 100 * self.finished / self.contacts if self.contacts else None
        if name == "campaign_agents":
            return self.agents
        if name == "wait_time":
            if not self.ready_since:
                return None
            waited = sum((now - since).total_seconds() for since in self.ready_since)
            return waited / len(self.ready_since) / 60
        if name == "run_time":
            if self.running_since is None:
                return None
            return (now - self.running_since).total_seconds() / 60
        found: int = getattr(self, name)
        return found


def holds(document: Mapping[str, Any], figures: Mapping[UUID, Figures], now: datetime) -> bool:
    """Whether a checked rule holds now. A figure that does not exist meets no condition."""
    where = zone(str(document["time_zone"]))
    assert where is not None
    local = now.astimezone(where)
    return _together(document, figures, now, local)


def _together(
    group: Mapping[str, Any], figures: Mapping[UUID, Figures], now: datetime, local: datetime
) -> bool:
    told = []
    for one in group["conditions"]:
        if one["type"] == GROUP:
            told.append(_together(one, figures, now, local))
        elif one["type"] in TIMES:
            told.append(_time_holds(one, local))
        else:
            told.append(_figure_holds(one, figures.get(UUID(str(one["campaign_id"]))), now))
    return all(told) if group["match"] == "all" else any(told)


def conditions_of(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The conditions of a rule, those of its groups among them."""
    found: list[Mapping[str, Any]] = []
    for one in document["conditions"]:
        within = one.get("conditions") if one.get("type") == GROUP else None
        found += [two for two in within if isinstance(two, Mapping)] if within else [one]
    return found


def fires(
    *, holds_now: bool, held: bool, frequency: str, fired_on: date | None, today: date
) -> bool:
    """Whether a rule that holds now fires; `held`: it held the last time it was asked."""
    if not holds_now or held:
        return False
    return frequency != Frequency.ONCE_PER_DAY or fired_on != today


def _figure_holds(one: Mapping[str, Any], figures: Figures | None, now: datetime) -> bool:
    found = None if figures is None else figures.value(one["type"], now)
    if found is None:
        return False
    value = float(one["value"])
    match one["operator"]:
        case "LESS_THAN":
            return found < value
        case "LESS_THAN_EQUALS":
            return found <= value
        case "GREATER_THAN":
            return found > value
        case _:
            return found >= value


def _time_holds(one: Mapping[str, Any], local: datetime) -> bool:
    match one["type"]:
        case "time_of_day":
            start, until = read_minute(one["start"]), read_minute(one["until"])
            assert start is not None
            assert until is not None
            minute = local.hour * 60 + local.minute
            inside = start <= minute < until
            return inside if start < until else minute >= start or minute < until
        case "day_of_week":
            return local.isoweekday() in one["days"]
        case "day_of_month":
            return _day_of_month(one["days"], local)
        case "week_day_of_month":
            if local.isoweekday() != one["day"]:
                return False
            last = local.day + 7 > _days_in(local)
            week: int = one["week"]
            return last if week == LAST_WEEK else (local.day - 1) // 7 + 1 == week
    return str(one["first"]) <= local.date().isoformat() <= str(one["last"] or one["first"])


def _days_in(local: datetime) -> int:
    following = local.date().replace(day=28).toordinal() + 4
    return date.fromordinal(following - date.fromordinal(following).day).day


def _day_of_month(days: Sequence[int | str], local: datetime) -> bool:
    words = {local.day, "ODD_DAY" if local.day % 2 else "EVEN_DAY"}
    words |= {"LAST_DAY"} if local.day == _days_in(local) else set()
    return not words.isdisjoint(days)


# ── Documents ────────────────────────────────────────────────────────────────────────────────────


def read_campaign_rule(
    document: Mapping[str, Any],
    campaigns: frozenset[UUID],
    sequences: frozenset[UUID],
    queues: frozenset[UUID] = frozenset(),
    codes: frozenset[UUID] = frozenset(),
) -> list[Objection]:
    """Everything wrong with a rule's document; what it names is among these ids."""
    found: list[Objection] = []
    if zone(str(document.get("time_zone") or "")) is None:
        found.append(problem("time_zone", "TIME_ZONE"))
    for field, allowed in (("match", ("all", "any")), ("frequency", tuple(Frequency))):
        if document.get(field) not in allowed:
            found.append(problem(field, "RULE_CHOICE", possible=", ".join(allowed)))
    for field in ("conditions", "actions"):
        if not 1 <= len(document.get(field) or ()) <= MOST_PARTS:
            found.append(problem(field, "RULE_LIST", least=1, most=MOST_PARTS))
            return found
    for index, one in enumerate(document["conditions"]):
        found += _wrong_part(one, f"conditions.{index}", campaigns)
    for index, one in enumerate(document["actions"]):
        path = f"actions.{index}"
        found += _wrong_action(one, path, campaigns, sequences)
        if one.get("type") == "change_queue":
            found += _unknown(one, path, "queue_id", queues)
        if one.get("type") == "recycle":
            found += _wrong_choice(one, path, codes)
    return found


def _wrong_part(one: Mapping[str, Any], path: str, campaigns: frozenset[UUID]) -> list[Objection]:
    if one.get("type") != GROUP:
        return _wrong_condition(one, path, campaigns)
    found = []
    if one.get("match") not in ("all", "any"):
        found.append(problem(f"{path}.match", "RULE_CHOICE", possible="all, any"))
    within = one.get("conditions")
    listed = isinstance(within, list | tuple) and all(isinstance(two, Mapping) for two in within)
    if not listed or not 1 <= len(within or ()) <= MOST_PARTS:
        return [*found, problem(f"{path}.conditions", "RULE_LIST", least=1, most=MOST_PARTS)]
    for index, two in enumerate(within or ()):
        found += _wrong_condition(two, f"{path}.conditions.{index}", campaigns)
    return found


def choice_of(one: Mapping[str, Any]) -> RecycleChoice:
    """Which contacts a recycle action means. Raises ValueError, TypeError for what is none."""
    return RecycleChoice(
        results=tuple(str(result) for result in one.get("results") or ()),
        wrap_up_code_ids=tuple(UUID(str(c)) for c in one.get("wrap_up_code_ids") or ()),
        used_up=one.get("used_up") is True,
        unreached=one.get("unreached") is True,
        reset_counters=one.get("reset_counters") is not False,
        after_seconds=int(one.get("after_seconds") or 0),
    )


def _wrong_choice(one: Mapping[str, Any], path: str, codes: frozenset[UUID]) -> list[Objection]:
    try:
        choice = choice_of(one)
    except (ValueError, TypeError):
        return [problem(f"{path}.wrap_up_code_ids", "RULE_WRAP_UP_CODE_UNKNOWN")]
    unknown = frozenset(choice.wrap_up_code_ids) - codes
    return [
        replace(wrong, field=f"{path}.{wrong.field}")
        for wrong in choice_objections(choice, unknown)
    ]


def _wrong_condition(
    one: Mapping[str, Any], path: str, campaigns: frozenset[UUID]
) -> list[Objection]:
    kind = str(one.get("type"))
    if kind in FIGURES:
        found = _unknown(one, path, "campaign_id", campaigns)
        if one.get("operator") not in ORDERS:
            found.append(problem(f"{path}.operator", "RULE_CHOICE", possible=", ".join(ORDERS)))
        least, most = FIGURES[kind]
        return found + _outside(one, path, least, most)
    match kind:
        case "time_of_day":
            start, until = read_minute(str(one.get("start"))), read_minute(str(one.get("until")))
            bad = start is None or until is None or start == until
            return [problem(f"{path}.start", "CLOCK_TIME")] if bad else []
        case "day_of_week":
            return _wrong_days(one, path, 7, frozenset())
        case "day_of_month":
            return _wrong_days(one, path, 31, DAY_WORDS)
        case "week_day_of_month":
            bad = one.get("day") not in range(1, 8) or one.get("week") not in range(1, 6)
            return [problem(f"{path}.day", "RULE_DAYS", most=7)] if bad else []
        case "specific_date":
            return _wrong_dates(one, path)
    if kind in OF_MESSAGES:
        return [problem(f"{path}.type", "RULE_NO_MESSAGES")]
    possible = ", ".join((*FIGURES, *TIMES, GROUP))
    return [problem(f"{path}.type", "RULE_CONDITION_TYPE", possible=possible)]


def _wrong_days(
    one: Mapping[str, Any], path: str, most: int, words: frozenset[str]
) -> list[Objection]:
    days = one.get("days")
    given = set(days) if isinstance(days, list | tuple) else set()
    if not given or not given <= set(range(1, most + 1)) | words:
        return [problem(f"{path}.days", "RULE_DAYS", most=most)]
    return []


def _wrong_dates(one: Mapping[str, Any], path: str) -> list[Objection]:
    try:
        first = date.fromisoformat(str(one.get("first")))
        last = date.fromisoformat(str(one.get("last") or one.get("first")))
    except ValueError:
        return [problem(f"{path}.first", "RULE_TIME")]
    return [problem(f"{path}.last", "DATES_ORDER")] if last < first else []


def _wrong_action(
    one: Mapping[str, Any], path: str, campaigns: frozenset[UUID], sequences: frozenset[UUID]
) -> list[Objection]:
    kind = str(one.get("type"))
    if kind in ON_SEQUENCE:
        return _unknown(one, path, "sequence_id", sequences)
    if kind in OF_MESSAGES:
        return [problem(f"{path}.type", "RULE_NO_MESSAGES")]
    if kind not in ON_CAMPAIGN:
        possible = ", ".join((*ON_CAMPAIGN, *ON_SEQUENCE))
        return [problem(f"{path}.type", "RULE_ACTION_TYPE", possible=possible)]
    found = _unknown(one, path, "campaign_id", campaigns)
    match ON_CAMPAIGN[kind]:
        case (float() | int() as least, float() | int() as most):
            found += _outside(one, path, least, most)
            whole = kind in _WHOLE
            if whole and not found and float(one["value"]) % 1:
                found.append(problem(f"{path}.value", "RULE_NUMBER", most=int(most)))
        case tuple() as words if one.get("value") not in words:
            possible = ", ".join(str(word) for word in words)
            found.append(problem(f"{path}.value", "RULE_CHOICE", possible=possible))
    return found


def _unknown(
    one: Mapping[str, Any], path: str, field: str, known: frozenset[UUID]
) -> list[Objection]:
    try:
        given = UUID(str(one.get(field)))
    except ValueError:
        given = None
    return [] if given in known else [problem(f"{path}.{field}", "RULE_TARGET_UNKNOWN")]


def _outside(one: Mapping[str, Any], path: str, least: float, most: float) -> list[Objection]:
    value = one.get("value")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not least <= float(value) <= most:  # type: ignore[arg-type]
        told = {"least": f"{least:g}", "most": f"{most:g}"}
        return [problem(f"{path}.value", "RULE_RANGE", **told)]
    return []
