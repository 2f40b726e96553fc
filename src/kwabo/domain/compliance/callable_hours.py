"""Whether somebody may be called at an instant, and when next: a set's rules worked out.

Exact to the second, changes of the clock included: an hour that the clock jumps over does not
exist, one that it repeats counts twice. A number that may be in several time zones is called only
while the hours of all of them are open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.callable_time_set import (
    EVERYONE,
    MAPPED,
    UNMAPPED,
    ZONE,
    CallableTimeRules,
    CallableTimeSet,
    DateException,
    HolidayRule,
    Slot,
    WeekSlot,
    Window,
)
from kwabo.domain.compliance.public_holidays import public_holidays
from kwabo.domain.compliance.zones import (
    DAY_SECONDS,
    constant_offsets,
    day_of,
    instant_of,
    offset_at,
    second_of,
    zone,
)
from kwabo.kernel.records import quickly_made

OUTSIDE_CALLABLE_TIME = "OUTSIDE_CALLABLE_TIME"
HOLIDAY = "HOLIDAY"
DATE_EXCEPTION = "DATE_EXCEPTION"
HOURS_CODES = (OUTSIDE_CALLABLE_TIME, HOLIDAY, DATE_EXCEPTION)

# Hours that do not open within this are never open, as far as anybody needs to know.
HORIZON_SECONDS = 400 * DAY_SECONDS

_REMEMBERED = 4096  # answers of one set


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A local day of a set."""

    slots: tuple[Slot, ...]
    code: str  # of HOURS_CODES: why the day is as it is
    name: str = ""  # of the holiday or the exception
    holiday: HolidayRule | None = None  # that closes it


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a set says of one instant, for numbers in these zones."""

    open: bool
    opens_at: datetime | None  # when open: the instant asked about; None: never
    where: str | None  # the zone by whose clock it is closed, or the first one; None: no window
    code: str = ""  # of HOURS_CODES when closed
    date: date | None = None  # the day there
    name: str = ""  # of that day
    holiday: HolidayRule | None = None  # that closes it


class CallableHours:
    """A set's rules, ready to be asked often."""

    def __init__(self, rules: CallableTimeRules) -> None:
        self._fixed = {w.time_zone: w for w in rules.windows if w.kind == ZONE}
        self._mapped = next((w for w in rules.windows if w.kind == MAPPED), None)
        self._unmapped = next((w for w in rules.windows if w.kind == UNMAPPED), None)
        self._exceptions: dict[tuple[int | None, int, int], DateException] = {
            (e.year, e.month, e.day): e for e in rules.exceptions
        }
        self._holidays = rules.holidays
        self._weeks = {id(w): _week(w) for w in rules.windows}
        self._days: dict[tuple[int, date, str | None], Day] = {}
        self._answers: dict[tuple[tuple[str, ...], str | None, int], Standing] = {}
        self._never: dict[tuple[tuple[str, ...], str | None], int] = {}
        # Seconds in which all places are open: begin (inclusive), end (exclusive); the first place.
        self._open: dict[tuple[tuple[str, ...], str | None], tuple[int, int, str]] = {}
        self._last: tuple[datetime, tuple[str, ...], str | None, Standing] | None = None

    @property
    def serves_unknown_zones(self) -> bool:
        """Whether numbers whose zone nobody knows may be called at all."""
        return self._unmapped is not None

    def at(self, zones: tuple[str, ...], country: str | None, instant: datetime) -> Standing:
        """`zones`: where the number may be, none: nobody knows; `country`: whose number it is."""
        last = self._last
        if last is not None and last[0] is instant and last[1] == zones and last[2] == country:
            return last[3]  # several rules ask the same, one after the other
        standing = self._at(zones, country, instant)
        self._last = (instant, zones, country, standing)
        return standing

    def _at(self, zones: tuple[str, ...], country: str | None, instant: datetime) -> Standing:
        second = second_of(instant)
        span = self._open.get((zones, country))
        if span is not None and span[0] <= second < span[1]:
            return Standing(open=True, opens_at=instant, where=span[2])
        key = (zones, country, second)
        known = self._answers.get(key)
        if known is None:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
                self._never.clear()
                self._open.clear()
            known = self._answers[key] = self._standing(zones, country, second)
        if known.open and known.opens_at != instant:
            return Standing(open=True, opens_at=instant, where=known.where)
        return known

    def day(self, zone_name: str | None, country: str | None, on: date) -> Day | None:
        """A date by the clock of a zone (None: of numbers without one); None: no window for it."""
        window = self._window(zone_name)
        return None if window is None else self._day(window, on, country)

    def window_zone(self, zone_name: str | None) -> str | None:
        """By whose clock numbers of this zone are called; None: there is no window for them."""
        window = self._window(zone_name)
        if window is None:
            return None
        return zone_name if window.kind == MAPPED else window.time_zone

    def _window(self, zone_name: str | None) -> Window | None:
        if zone_name is None:
            return self._unmapped
        return self._fixed.get(zone_name, self._mapped)

    def _standing(self, zones: tuple[str, ...], country: str | None, second: int) -> Standing:
        places: list[tuple[ZoneInfo, Window]] = []
        for name in zones or (None,):
            window = self._window(name)
            where = zone(self.window_zone(name) or "")
            if window is None or where is None:
                return Standing(open=False, opens_at=None, where=name, code=OUTSIDE_CALLABLE_TIME)
            places.append((where, window))
        closes = second + DAY_SECONDS
        for where, window in places:
            local = second + offset_at(where, second)
            on = day_of(local)
            day = self._day(window, on, country)
            time_of_day = local % DAY_SECONDS
            until = [slot.until for slot in day.slots if slot.start <= time_of_day < slot.until]
            if until:
                same = next(constant_offsets(where, second, second + until[0] - time_of_day))
                closes = min(closes, same[1])
            else:
                return Standing(
                    open=False,
                    opens_at=self._opens_at(places, (zones, country), country, second),
                    where=where.key,
                    code=day.code,
                    date=on,
                    name=day.name,
                    holiday=day.holiday,
                )
        self._open[zones, country] = (second, closes, places[0][0].key)
        return Standing(open=True, opens_at=instant_of(second), where=places[0][0].key)

    def _opens_at(
        self,
        places: Sequence[tuple[ZoneInfo, Window]],
        key: tuple[tuple[str, ...], str | None],
        country: str | None,
        second: int,
    ) -> datetime | None:
        """The first instant from `second` on at which all places are open together."""
        asked = self._never.get(key)
        if asked is not None and asked <= second < asked + DAY_SECONDS:
            return None
        limit = second + HORIZON_SECONDS
        at: int | None = second
        while at is not None:
            latest = at
            for where, window in places:
                opens = self._next(where, window, country, latest, limit)
                if opens is None:
                    self._never[key] = second
                    return None
                latest = opens
            if latest == at:
                break
            at = latest
        return None if at is None else instant_of(at)

    def _next(
        self, where: ZoneInfo, window: Window, country: str | None, second: int, limit: int
    ) -> int | None:
        for begin, end in self._spans(where, window, country, second, limit):
            if end > second:
                return max(begin, second)
        return None

    def _spans(
        self, where: ZoneInfo, window: Window, country: str | None, begin: int, end: int
    ) -> Iterator[tuple[int, int]]:
        """Open spans of one place, in order, as seconds: begin (inclusive), end (exclusive)."""
        for first, last, offset in constant_offsets(where, begin, end):
            midnight = (first + offset) // DAY_SECONDS * DAY_SECONDS
            while midnight < last + offset:
                for slot in self._day(window, day_of(midnight), country).slots:
                    opens = max(first, midnight + slot.start - offset)
                    closes = min(last, midnight + slot.until - offset)
                    if opens < closes:
                        yield opens, closes
                midnight += DAY_SECONDS

    def _day(self, window: Window, on: date, country: str | None) -> Day:
        key = (id(window), on, country)
        known = self._days.get(key)
        if known is None:
            if len(self._days) >= 8 * _REMEMBERED:
                self._days.clear()
            known = self._days[key] = self._work_out(window, on, country)
        return known

    def _work_out(self, window: Window, on: date, country: str | None) -> Day:
        exception = self._exceptions.get((on.year, on.month, on.day)) or self._exceptions.get(
            (None, on.month, on.day)
        )
        if exception is not None:
            return Day(slots=exception.slots, code=DATE_EXCEPTION, name=exception.name)
        for rule in self._holidays:
            if rule.applies_to == EVERYONE or rule.country == country:
                name = public_holidays(rule.country, rule.subdivision, on.year).get(on)
                if name is not None:
                    return Day(slots=(), code=HOLIDAY, name=name, holiday=rule)
        return Day(slots=self._weeks[id(window)][on.weekday()], code=OUTSIDE_CALLABLE_TIME)


def _week(window: Window) -> tuple[tuple[Slot, ...], ...]:
    """The slots of Monday to Sunday."""
    return tuple(
        tuple(slot for slot in window.slots if slot.weekday == weekday) for weekday in range(1, 8)
    )


@lru_cache(maxsize=256)
def hours_of(simple: CallableTime, callable_time_set: CallableTimeSet | None) -> CallableHours:
    """The hours of a campaign: those of its set, else its own window in the number's own zone."""
    if callable_time_set is not None:
        return CallableHours(callable_time_set.rules)
    week = Window(kind=MAPPED, slots=week_of(simple))
    return CallableHours(CallableTimeRules(windows=(week,)))


def week_of(simple: CallableTime) -> tuple[WeekSlot, ...]:
    """The slots of a simple window; none when it never opens."""
    begin, end = _seconds(simple.start), _seconds(simple.until)
    return tuple(
        WeekSlot(weekday=weekday, start=begin, until=end)
        for weekday in sorted(simple.weekdays)
        if begin < end
    )


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
