"""The guard against toll fraud: where may be called, how often, and for how much.

Countries, kinds of numbers and prefixes are allowed or not whatever the moment. Caps count calls by
the organisation's own minutes, hours and days; spending is counted by day and month in its
currency (FCFA): reserved before a call is dialled, settled when it has ended.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Final

import phonenumbers

from kwabo.domain.compliance.zones import zone
from kwabo.domain.contacts.phone_numbers import kind_of

PERIODS: Final = ("minute", "hour", "day")  # of caps on calls
SPENT_PERIODS: Final = ("day", "month")
DEFAULT_KINDS: Final = frozenset({"fixed_line", "mobile", "toll_free", "other"})
DEFAULT_RESERVED_MINUTES: Final = 5
EVERYWHERE: Final = ""  # a cap over all countries


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most so many calls in each period."""

    country: str  # ISO 3166, or EVERYWHERE
    per: str  # minute | hour | day
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudGuard:
    """What an organisation allows."""

    countries: frozenset[str]  # ISO 3166
    number_kinds: frozenset[str] = DEFAULT_KINDS
    denied_prefixes: tuple[str, ...] = ()  # beyond those of the program
    caps: tuple[Cap, ...] = ()
    tariffs: Mapping[str, Decimal] = field(default_factory=dict)  # prefix → price of a minute
    spend_per_day: Decimal | None = None
    spend_per_month: Decimal | None = None
    reserved_minutes: int = DEFAULT_RESERVED_MINUTES  # taken from the budget before a call
    time_zone: str = "UTC"  # whose days and months count

    @property
    def counts(self) -> bool:
        """Whether calls are counted at all."""
        return bool(self.caps) or self.spends

    @property
    def spends(self) -> bool:
        """Whether money is counted."""
        return self.spend_per_day is not None or self.spend_per_month is not None

    @property
    def spend_caps(self) -> tuple[tuple[str, Decimal], ...]:
        """Period and the most that may be spent in it."""
        both = (("day", self.spend_per_day), ("month", self.spend_per_month))
        return tuple((per, most) for per, most in both if most is not None)

    def price(self, number: str) -> Decimal:
        """What a minute to this number costs."""
        prefix = longest_prefix(number, self.tariffs)
        return Decimal(0) if prefix is None else self.tariffs[prefix]

    def reserve(self, number: str) -> Decimal:
        """What is taken from the budget before this number is dialled."""
        return self.price(number) * self.reserved_minutes


def longest_prefix(number: str, prefixes: Mapping[str, object] | Sequence[str]) -> str | None:
    """The longest of the prefixes with which the number begins."""
    for length in range(len(number), 0, -1):
        if number[:length] in prefixes:
            return number[:length]
    return None


@lru_cache(maxsize=65_536)
def country_of(number: str) -> str:
    """The ISO 3166 code of an E.164 number's country; '' when it belongs to none."""
    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return ""
    return region if region and region.isalpha() else ""


@lru_cache(maxsize=65_536)
def _kind(number: str) -> str:
    return str(kind_of(number))


@lru_cache(maxsize=1)
def always_denied() -> Mapping[str, Mapping[str, str]]:
    """The program's own denied prefixes → what they are, by language."""
    return dict(_denied()["prefixes"])


def denied_source() -> str:
    """Where the program's own denied prefixes come from."""
    return str(_denied()["source"])


@lru_cache(maxsize=1)
def _denied() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    file = files("kwabo.domain.compliance") / "denied_prefixes.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def refusal(guard: FraudGuard, number: str) -> str | None:
    """Why this number may never be called, or None; caps are not looked at."""
    if longest_prefix(number, always_denied()) or longest_prefix(number, guard.denied_prefixes):
        return "PREFIX_DENIED"
    if country_of(number) not in guard.countries:
        return "COUNTRY_NOT_ALLOWED"
    if _kind(number) not in guard.number_kinds:
        return "NUMBER_TYPE_NOT_ALLOWED"
    return None


# ── Counting ─────────────────────────────────────────────────────────────────────────────────────


def period_of(per: str, instant: datetime, time_zone: str) -> tuple[datetime, datetime]:
    """The period around an instant: its begin, and its end, which is the next one's begin."""
    if per in ("minute", "hour"):
        seconds = 60 if per == "minute" else 3600
        begin = int(instant.timestamp()) // seconds * seconds
        start = datetime.fromtimestamp(begin, UTC)
        return start, start + timedelta(seconds=seconds)
    where = zone(time_zone) or UTC
    local = instant.astimezone(where).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if per == "day":
        following = local + timedelta(days=1)
    else:
        local = local.replace(day=1)
        following = (local + timedelta(days=32)).replace(day=1)
    return local.astimezone(UTC), following.astimezone(UTC)


Key = tuple[str, str, datetime]  # country, period, its begin


@dataclass(slots=True)
class Usage:
    """What was used of the caps: as it stands in the store, and what a claim adds to it."""

    calls: dict[Key, int] = field(default_factory=dict)
    spent: dict[Key, Decimal] = field(default_factory=dict)
    added_calls: dict[Key, int] = field(default_factory=dict)
    added_spent: dict[Key, Decimal] = field(default_factory=dict)

    def called(self, cap: Cap, now: datetime, time_zone: str) -> int:
        """Calls in the cap's present period."""
        key = (cap.country, cap.per, period_of(cap.per, now, time_zone)[0])
        return self.calls.get(key, 0) + self.added_calls.get(key, 0)

    def spent_in(self, per: str, now: datetime, time_zone: str) -> Decimal:
        """Money in the present period, what is reserved included."""
        key = (EVERYWHERE, per, period_of(per, now, time_zone)[0])
        return self.spent.get(key, Decimal(0)) + self.added_spent.get(key, Decimal(0))

    def take(self, guard: FraudGuard, number: str, now: datetime) -> None:
        """A call to this number is about to be dialled."""
        country = country_of(number)
        for where in dict.fromkeys((EVERYWHERE, country)):
            for per in PERIODS:
                key = (where, per, period_of(per, now, guard.time_zone)[0])
                self.added_calls[key] = self.added_calls.get(key, 0) + 1
        if guard.spends:
            for per in SPENT_PERIODS:
                key = (EVERYWHERE, per, period_of(per, now, guard.time_zone)[0])
                self.added_spent[key] = self.added_spent.get(key, Decimal(0)) + guard.reserve(
                    number
                )


def calls_end(guard: FraudGuard, usage: Usage, number: str, now: datetime) -> datetime | None:
    """When the last of the caps on calls that are reached begins anew; None: none is reached."""
    country = country_of(number)
    return max(
        (
            period_of(cap.per, now, guard.time_zone)[1]
            for cap in guard.caps
            if cap.country in (EVERYWHERE, country)
            and usage.called(cap, now, guard.time_zone) >= cap.most
        ),
        default=None,
    )


def spend_end(guard: FraudGuard, usage: Usage, number: str, now: datetime) -> datetime | None:
    """When the last budget begins anew that this call would overdraw; None: none."""
    return max(
        (
            period_of(per, now, guard.time_zone)[1]
            for per, most in guard.spend_caps
            if usage.spent_in(per, now, guard.time_zone) + guard.reserve(number) > most
        ),
        default=None,
    )


def everywhere_full(guard: FraudGuard, usage: Usage, now: datetime) -> datetime | None:
    """When the last reached cap over all countries begins anew; None: none is reached."""
    return max(
        (
            period_of(cap.per, now, guard.time_zone)[1]
            for cap in guard.caps
            if cap.country == EVERYWHERE and usage.called(cap, now, guard.time_zone) >= cap.most
        ),
        default=None,
    )
