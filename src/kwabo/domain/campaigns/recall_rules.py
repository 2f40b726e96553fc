"""Recall rules: a sequence of waits for each result, one step further each time that it comes.

A step waits a number of seconds, or until a time of day some days later in the contact's own zone.
`other_hours` moves an attempt that would fall into the part of the day of the last one (morning,
noon, evening) to the beginning of the next part. When the steps are used up the last one is
repeated or the contact is finished; `most` ends it after so many recalls for this result in any
case. A result without a rule has its one delay in `recall_seconds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from kwabo.domain.compliance.zones import zone

LONGEST_SEQUENCE = 20
LONGEST_WAIT_SECONDS = 90 * 24 * 3600
SHORTEST_WAIT_SECONDS = 5
MOST_DAYS = 90
AFTERWARDS = ("repeat", "finish")


class RecallRuleWrong(ValueError):
    """What is wrong with a rule's JSON form: a stable code and a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


# Where the parts of a day begin; the evening ends with the day.
NOON_FROM = time(12)
EVENING_FROM = time(17)
MORNING, NOON, EVENING = "morning", "noon", "evening"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallStep:
    """One wait: seconds, or a time of day some days later (0: today if it is still to come)."""

    after_seconds: int | None = None
    days: int | None = None
    at: time | None = None

    def due_at(self, ended_at: datetime, where: tzinfo) -> datetime:
        """When the next attempt is due."""
        if self.after_seconds is not None:
            return ended_at + timedelta(seconds=self.after_seconds)
        assert self.days is not None
        assert self.at is not None
        day = ended_at.astimezone(where).date() + timedelta(days=self.days)
        due = _instant(day, self.at, where)
        return due if due > ended_at else _instant(day + timedelta(days=1), self.at, where)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallRule:
    """What follows a result."""

    steps: tuple[RecallStep, ...]
    other_hours: bool = False
    afterwards: str = "repeat"  # repeat | finish: when the steps are used up
    most: int | None = None  # recalls for this result

    def step_for(self, count: int) -> RecallStep | None:
        """The wait after the result has come for the `count`th time; None: no recall follows."""
        if self.most is not None and count > self.most:
            return None
        if count <= len(self.steps):
            return self.steps[count - 1]
        return self.steps[-1] if self.afterwards == "repeat" else None


def recall_at(
    step: RecallStep,
    rule: RecallRule,
    *,
    ended_at: datetime,
    dialled_at: datetime,
    time_zone: str,
    day_begins: time,
) -> datetime:
    """When the next attempt is due, in another part of the day where the rule wants that.

    `day_begins`: when calls may begin on a day, for an attempt that is moved to a next morning.
    """
    where = zone(time_zone) or UTC
    due = step.due_at(ended_at, where)
    if not rule.other_hours:
        return due
    last = part_of_day(dialled_at, where)
    return due if part_of_day(due, where) != last else _next_part(due, where, day_begins)


def part_of_day(instant: datetime, where: tzinfo) -> str:
    """Morning, noon or evening, by the clock of the zone."""
    at = instant.astimezone(where).time()
    if at < NOON_FROM:
        return MORNING
    return NOON if at < EVENING_FROM else EVENING


def _next_part(instant: datetime, where: tzinfo, day_begins: time) -> datetime:
    day = instant.astimezone(where).date()
    part = part_of_day(instant, where)
    if part == MORNING:
        return _instant(day, NOON_FROM, where)
    if part == NOON:
        return _instant(day, EVENING_FROM, where)
    begins = day_begins if day_begins < NOON_FROM else time(0)
    return _instant(day + timedelta(days=1), begins, where)


def _instant(day: date, at: time, where: tzinfo) -> datetime:
    return datetime.combine(day, at, tzinfo=where).astimezone(UTC)


# ── As it is kept ────────────────────────────────────────────────────────────────────────────────


def rule_of(value: Mapping[str, Any]) -> RecallRule:
    """The rule of its JSON form. Raises RecallRuleWrong."""
    steps = value.get("steps")
    if not isinstance(steps, list | tuple) or not 1 <= len(steps) <= LONGEST_SEQUENCE:
        raise RecallRuleWrong("RECALL_STEPS", f"Give a recall rule 1 to {LONGEST_SEQUENCE} steps.")
    unknown = set(value) - {"steps", "other_hours", "afterwards", "most"}
    if unknown:
        raise RecallRuleWrong(
            "RECALL_FIELDS", f"A recall rule has no {', '.join(sorted(unknown))}."
        )
    afterwards = value.get("afterwards", "repeat")
    if afterwards not in AFTERWARDS:
        raise RecallRuleWrong("RECALL_AFTERWARDS", "After the last step choose repeat or finish.")
    other_hours = value.get("other_hours", False)
    if not isinstance(other_hours, bool):
        raise RecallRuleWrong("RECALL_OTHER_HOURS", "Say true or false for other_hours.")
    most = value.get("most")
    if most is not None and not (_whole(most) and 1 <= most <= 100):
        raise RecallRuleWrong(
            "RECALL_MOST", "Recall between 1 and 100 times for one result, or leave the number out."
        )
    return RecallRule(
        steps=tuple(_step(step) for step in steps),
        other_hours=other_hours,
        afterwards=str(afterwards),
        most=most,
    )


def _step(value: Any) -> RecallStep:
    if isinstance(value, Mapping) and set(value) == {"after_seconds"}:
        seconds = value["after_seconds"]
        if not _whole(seconds) or not SHORTEST_WAIT_SECONDS <= seconds <= LONGEST_WAIT_SECONDS:
            raise RecallRuleWrong(
                "RECALL_STEP_SECONDS",
                f"Wait between {SHORTEST_WAIT_SECONDS} seconds and 90 days in a step.",
            )
        return RecallStep(after_seconds=seconds)
    if isinstance(value, Mapping) and set(value) == {"days", "at"}:
        days, written = value["days"], value["at"]
        if not _whole(days) or not 0 <= days <= MOST_DAYS:
            raise RecallRuleWrong(
                "RECALL_STEP_DAYS", f"Wait between 0 and {MOST_DAYS} days in a step."
            )
        try:
            at = time.fromisoformat(written)
        except (TypeError, ValueError):
            raise RecallRuleWrong(
                "RECALL_STEP_TIME", "Write the time of a step as hours and minutes, 10:00."
            ) from None
        if at.tzinfo is not None:
            raise RecallRuleWrong(
                "RECALL_STEP_TIME", "Give a step's time without a zone: it is the contact's own."
            )
        return RecallStep(days=days, at=at)
    raise RecallRuleWrong("RECALL_STEP", "A step is after_seconds, or days with at.")


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def as_json(rule: RecallRule) -> dict[str, Any]:
    """The rule's JSON form."""
    return {
        "steps": [
            {"after_seconds": step.after_seconds}
            if step.after_seconds is not None
            else {"days": step.days, "at": f"{step.at:%H:%M}"}
            for step in rule.steps
        ],
        "other_hours": rule.other_hours,
        "afterwards": rule.afterwards,
        "most": rule.most,
    }
