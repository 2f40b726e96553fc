"""What is wrong with a callable time set, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.callable_time_set import (
    APPLIES_TO,
    KINDS,
    MAPPED,
    CallableTimeRules,
    DateException,
    HolidayRule,
    Slot,
    WeekSlot,
    Window,
    clock_text,
)
from kwabo.domain.compliance.public_holidays import knows
from kwabo.domain.compliance.zones import DAY_SECONDS, zone

MOST_WINDOWS = 100
MOST_SLOTS = 70  # in a week: ten a day
MOST_EXCEPTIONS = 500
MOST_HOLIDAYS = 30
LONGEST_NAME = 100  # of an exception


def objections(rules: CallableTimeRules) -> list[Objection]:
    """Everything wrong with the rules; a field is named like `windows.0.slots.2`."""
    found = list(_numbers(rules))
    if found:
        return found
    for index, window in enumerate(rules.windows):
        found += _window(window, f"windows.{index}")
    found += _repeated(
        [(window.kind, window.time_zone) for window in rules.windows],
        "windows", "WINDOW_TWICE", "This zone has a window already. Put all its slots into one.",
    )  # fmt: skip
    for index, exception in enumerate(rules.exceptions):
        found += _exception(exception, f"exceptions.{index}")
    found += _repeated(
        [(one.year, one.month, one.day) for one in rules.exceptions],
        "exceptions", "EXCEPTION_TWICE", "This date stands there already. Remove one of the two.",
    )  # fmt: skip
    for index, rule in enumerate(rules.holidays):
        found += _holiday(rule, f"holidays.{index}")
    found += _repeated(
        [(one.country, one.subdivision, one.applies_to) for one in rules.holidays],
        "holidays", "HOLIDAYS_TWICE", "These holidays stand there already. Remove one of the two.",
    )  # fmt: skip
    return found


def _numbers(rules: CallableTimeRules) -> Iterator[Objection]:
    if not rules.windows:
        message = "Give at least one window, for example Monday to Friday in the number's own zone."
        yield Objection(field="windows", code="NO_WINDOW", message=message)
    for field, most in (
        ("windows", MOST_WINDOWS),
        ("exceptions", MOST_EXCEPTIONS),
        ("holidays", MOST_HOLIDAYS),
    ):
        if len(getattr(rules, field)) > most:
            yield Objection(
                field=field,
                code="TOO_MANY",
                message=f"Give at most {most}.",
                details={"most": str(most)},
            )


def _window(window: Window, field: str) -> Iterator[Objection]:
    if window.kind not in KINDS:
        message = "Choose the kind mapped, zone or unmapped."
        yield Objection(field=f"{field}.kind", code="WINDOW_KIND", message=message)
    elif window.kind == MAPPED:
        if window.time_zone is not None:
            message = "The window of the numbers' own zones has no zone. Leave it out."
            yield Objection(field=f"{field}.time_zone", code="WINDOW_HAS_ZONE", message=message)
    elif zone(window.time_zone or "") is None:
        message = "There is no such time zone. Give its IANA name, such as Africa/Porto-Novo."
        yield Objection(field=f"{field}.time_zone", code="TIME_ZONE_UNKNOWN", message=message)
    if len(window.slots) > MOST_SLOTS:
        yield Objection(
            field=f"{field}.slots",
            code="TOO_MANY",
            message=f"Give at most {MOST_SLOTS}.",
            details={"most": str(MOST_SLOTS)},
        )
        return
    yield from _slots(window.slots, f"{field}.slots")


def _slots(slots: Sequence[Slot], field: str) -> Iterator[Objection]:
    before: dict[int, list[Slot]] = {}
    for index, slot in enumerate(slots):
        weekday = slot.weekday if isinstance(slot, WeekSlot) else 0
        if isinstance(slot, WeekSlot) and not 1 <= weekday <= 7:
            message = "A weekday is 1 (Monday) to 7 (Sunday)."
            yield Objection(field=f"{field}.{index}.weekday", code="WEEKDAY", message=message)
        elif not 0 <= slot.start < slot.until <= DAY_SECONDS:
            yield Objection(
                field=f"{field}.{index}",
                code="SLOT_OVER_MIDNIGHT",
                message="A slot ends later on the same day than it begins. Split one that goes "
                "over midnight: until 24:00, and from 00:00 on the next day.",
            )
        else:
            others = before.setdefault(weekday, [])
            clash = next((o for o in others if o.start < slot.until and slot.start < o.until), None)
            if clash is not None:
                with_ = f"{clock_text(clash.start)}–{clock_text(clash.until)}"
                yield Objection(
                    field=f"{field}.{index}",
                    code="SLOTS_OVERLAP",
                    message=f"This slot overlaps {with_} on the same day. Make one of the two.",
                    details={"with": with_},
                )
            others.append(slot)


def _exception(exception: DateException, field: str) -> Iterator[Objection]:
    # Every year: the 29th of February is a date of some years.
    year = 2028 if exception.year is None else exception.year
    try:
        date(year, exception.month, exception.day)
    except ValueError:
        message = "There is no such date. Give a month from 1 to 12 and one of its days."
        yield Objection(field=f"{field}.day", code="EXCEPTION_DATE", message=message)
    if len(exception.name) > LONGEST_NAME or not exception.name.isprintable():
        message = f"Give a name of at most {LONGEST_NAME} printable characters, or none."
        yield Objection(field=f"{field}.name", code="EXCEPTION_NAME", message=message)
    yield from _slots(exception.slots, f"{field}.slots")


def _holiday(rule: HolidayRule, field: str) -> Iterator[Objection]:
    if not knows(rule.country):
        message = "The holidays of this country are not known. Enter its days as exceptions."
        yield Objection(field=f"{field}.country", code="HOLIDAY_COUNTRY", message=message)
    elif not knows(rule.country, rule.subdivision):
        message = "This country has no part of this name. Choose one, or the whole country."
        yield Objection(field=f"{field}.subdivision", code="HOLIDAY_SUBDIVISION", message=message)
    if rule.applies_to not in APPLIES_TO:
        message = "Choose everyone or own_numbers."
        yield Objection(field=f"{field}.applies_to", code="HOLIDAY_APPLIES_TO", message=message)


def _repeated(keys: Sequence[object], field: str, code: str, message: str) -> Iterator[Objection]:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            yield Objection(field=f"{field}.{index}", code=code, message=message)


def ordered(rules: CallableTimeRules) -> CallableTimeRules:
    """The same rules with slots by day and time, exceptions by date."""
    return CallableTimeRules(
        windows=tuple(
            Window(
                kind=window.kind,
                time_zone=window.time_zone,
                slots=tuple(sorted(window.slots, key=lambda slot: (slot.weekday, slot.start))),
            )
            for window in rules.windows
        ),
        exceptions=tuple(
            DateException(
                year=one.year,
                month=one.month,
                day=one.day,
                name=" ".join(one.name.split()),
                slots=tuple(sorted(one.slots, key=lambda slot: slot.start)),
            )
            for one in sorted(rules.exceptions, key=lambda e: (e.year or 0, e.month, e.day))
        ),
        holidays=rules.holidays,
    )
