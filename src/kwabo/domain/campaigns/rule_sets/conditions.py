"""The conditions of rules (typed values) and whether each holds.

A condition does not hold of a missing or unreadable value; inverted, it does.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from uuid import UUID

from kwabo.domain.campaigns.rule_sets.facts import NO_CALL, CallFacts, ContactFacts
from kwabo.domain.compliance.zones import zone
from kwabo.domain.data_actions.answers import DataAnswer, Standing

LAST_DAY, ODD_DAY, EVEN_DAY = "LAST_DAY", "ODD_DAY", "EVEN_DAY"
DAY_WORDS = frozenset({LAST_DAY, ODD_DAY, EVEN_DAY})


class ValueType(StrEnum):
    """How a value is compared."""

    STRING = "STRING"
    NUMERIC = "NUMERIC"
    DATETIME = "DATETIME"  # an instant or a date
    PERIOD = "PERIOD"  # the time since the instant, in minutes


class Operator(StrEnum):
    """How a value stands to the one that is given."""

    EQUALS = "EQUALS"
    CONTAINS = "CONTAINS"
    BEGINS_WITH = "BEGINS_WITH"
    ENDS_WITH = "ENDS_WITH"
    LESS_THAN = "LESS_THAN"
    LESS_THAN_EQUALS = "LESS_THAN_EQUALS"
    GREATER_THAN = "GREATER_THAN"
    GREATER_THAN_EQUALS = "GREATER_THAN_EQUALS"
    BEFORE = "BEFORE"
    AFTER = "AFTER"


_ORDER = (
    Operator.EQUALS,
    Operator.LESS_THAN,
    Operator.LESS_THAN_EQUALS,
    Operator.GREATER_THAN,
    Operator.GREATER_THAN_EQUALS,
)
_TEXT = (Operator.EQUALS, Operator.CONTAINS, Operator.BEGINS_WITH, Operator.ENDS_WITH)
OPERATORS: Mapping[ValueType, tuple[Operator, ...]] = {
    ValueType.STRING: _TEXT,
    ValueType.NUMERIC: _ORDER,
    ValueType.DATETIME: (Operator.BEFORE, Operator.AFTER, Operator.EQUALS),
    ValueType.PERIOD: _ORDER[1:],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A value compared with one that is given, by type."""

    value_type: ValueType
    operator: Operator
    value: str

    def holds(self, found: str | datetime | None, now: datetime, time_zone: str) -> bool:
        """Whether it holds of this value; dates without a zone are the contact's."""
        if found is None or found == "":
            return False
        match self.value_type:
            case ValueType.STRING:
                return _text_holds(self.operator, str(found).casefold(), self.value.casefold())
            case ValueType.NUMERIC:
                left, right = read_number(str(found)), read_number(self.value)
            case ValueType.PERIOD:
                at = read_instant(found, time_zone)
                left = None if at is None else Decimal((now - at) / timedelta(minutes=1))
                right = read_number(self.value)
            case ValueType.DATETIME:
                return self._times_hold(found, time_zone)
        return left is not None and right is not None and _ordered(self.operator, left, right)

    def _times_hold(self, found: str | datetime, time_zone: str) -> bool:
        left, right = read_instant(found, time_zone), read_instant(self.value, time_zone)
        if left is None or right is None:
            return False
        match self.operator:
            case Operator.BEFORE:
                return left < right
            case Operator.AFTER:
                return left > right
            case _:
                if len(self.value.strip()) > 10:
                    return left == right
                where = zone(time_zone) or UTC
                return left.astimezone(where).date() == right.astimezone(where).date()


def read_number(written: str) -> Decimal | None:
    """A decimal number; None for anything else."""
    try:
        number = Decimal(written.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_instant(written: str | datetime, time_zone: str) -> datetime | None:
    """An instant; a date is the begin of its day, a time without a zone is the contact's."""
    if isinstance(written, datetime):
        return written
    try:
        at = datetime.fromisoformat(written.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=zone(time_zone) or UTC)


def _text_holds(operator: Operator, left: str, right: str) -> bool:
    match operator:
        case Operator.CONTAINS:
            return right in left
        case Operator.BEGINS_WITH:
            return left.startswith(right)
        case Operator.ENDS_WITH:
            return left.endswith(right)
        case _:
            return left == right


def _ordered(operator: Operator, left: Decimal, right: Decimal) -> bool:
    match operator:
        case Operator.LESS_THAN:
            return left < right
        case Operator.LESS_THAN_EQUALS:
            return left <= right
        case Operator.GREATER_THAN:
            return left > right
        case Operator.GREATER_THAN_EQUALS:
            return left >= right
        case _:
            return left == right


# ── Conditions ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUpCode:
    """The outcome is one of these: this call's at the wrap-up, the newest one before a call."""

    codes: frozenset[UUID]

    def holds(self, contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
        """See the class."""
        code = call.wrap_up_code_id if call.result else contact.overall.wrap_up_code_id
        return code in self.codes


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemResult:
    """How the attempt ended: this one at the wrap-up, the newest one before a call."""

    results: frozenset[str]

    def holds(self, contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
        """See the class."""
        return (call.result or contact.overall.result) in self.results


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnalysis:
    """What call analysis heard on this call; only at the wrap-up."""

    results: frozenset[str]

    def holds(self, contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
        """See the class."""
        return call.answer_analysed and call.result in self.results


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAttribute:
    """A column of the contact."""

    column: str
    comparison: Comparison

    def holds(self, contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
        """See the class."""
        return self.comparison.holds(contact.data.get(self.column), now, contact.time_zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneNumber:
    """The number of the call, in E.164."""

    operator: Operator
    value: str

    def holds(self, contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
        """See the class."""
        return _text_holds(self.operator, call.number, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneNumberType:
    """The label of the number's column: mobile, work …"""

    labels: frozenset[str]

    def holds(self, contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
        """See the class."""
        return call.label.casefold() in {label.casefold() for label in self.labels}


class Property(StrEnum):
    """What the contact's earlier calls tell."""

    LAST_ATTEMPT = "LAST_ATTEMPT"
    LAST_WRAP_UP = "LAST_WRAP_UP"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactProperty:
    """When the newest attempt or outcome was: on this number, or on any of the contact's."""

    property: Property
    by_column: bool
    comparison: Comparison

    def holds(self, contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
        """See the class."""
        known = contact.by_number.get(call.number, NO_CALL) if self.by_column else contact.overall
        at = known.at if self.property is Property.LAST_ATTEMPT else known.wrap_up_at
        return self.comparison.holds(at, now, contact.time_zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfDay:
    """Between two times of the clock; over midnight when the second is the earlier one."""

    start: int  # minutes since midnight, inclusive
    until: int  # exclusive

    def fits(self, local: datetime) -> bool:
        """Whether the local time fits."""
        minute = local.hour * 60 + local.minute
        if self.start < self.until:
            return self.start <= minute < self.until
        return minute >= self.start or minute < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfWeek:
    """One of these days: 1 Monday … 7 Sunday."""

    days: frozenset[int]

    def fits(self, local: datetime) -> bool:
        """Whether the local date fits."""
        return local.isoweekday() in self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfMonth:
    """One of these days: numbers, LAST_DAY, ODD_DAY, EVEN_DAY."""

    days: frozenset[int | str]

    def fits(self, local: datetime) -> bool:
        """Whether the local date fits."""
        last = calendar.monthrange(local.year, local.month)[1]
        return (
            local.day in self.days
            or (LAST_DAY in self.days and local.day == last)
            or ((ODD_DAY if local.day % 2 else EVEN_DAY) in self.days)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecificDate:
    """From one date to another, both included; `every_year`: whatever the year."""

    first: date
    last: date
    every_year: bool

    def fits(self, local: datetime) -> bool:
        """Whether the local date fits; without the year, it may go over the new year."""
        if not self.every_year:
            return self.first <= local.date() <= self.last
        day = (local.month, local.day)
        first, last = (self.first.month, self.first.day), (self.last.month, self.last.day)
        return first <= day <= last if first <= last else day >= first or day <= last


SubCondition = TimeOfDay | DayOfWeek | DayOfMonth | SpecificDate


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAndDate:
    """All of some statements about now, on the clock of a zone ('' : the contact's)."""

    time_zone: str
    parts: tuple[tuple[SubCondition, bool], ...]  # with whether each is inverted

    def holds(self, contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
        """See the class."""
        where = zone(self.time_zone or contact.time_zone)
        if where is None:
            return False
        local = now.astimezone(where)
        return all(part.fits(local) != inverted for part, inverted in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataAction:
    """A value that a data action has answered about the contact.

    Where there is none the stated result counts, whether the condition is inverted or not.
    """

    data_action_id: UUID
    output: str
    comparison: Comparison
    when_missing: bool

    def answer(self, contact: ContactFacts, call: CallFacts) -> DataAnswer | None:
        """The answer about this number of the contact; None: nobody knows the data action."""
        return contact.answers.get((self.data_action_id, call.number))

    def waits(self, contact: ContactFacts, call: CallFacts, now: datetime) -> DataAnswer | None:
        """The answer for which a call has to wait."""
        known = self.answer(contact, call)
        return known if known and known.standing(now) is Standing.AWAITED else None

    def value(self, contact: ContactFacts, call: CallFacts, now: datetime) -> str | None:
        """The answered value; None: missing."""
        known = self.answer(contact, call)
        if known is None or known.standing(now) is not Standing.ANSWERED:
            return None
        return known.outputs.get(self.output)

    def holds(self, contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
        """See the class; only asked when there is a value."""
        found = self.value(contact, call, now)
        return self.comparison.holds(found, now, contact.time_zone)


Condition = (
    WrapUpCode
    | SystemResult
    | CallAnalysis
    | ContactAttribute
    | PhoneNumber
    | PhoneNumberType
    | ContactProperty
    | TimeAndDate
    | DataAction
)
