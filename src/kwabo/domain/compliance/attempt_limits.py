"""Attempt limits: how often a contact, a number or a person may be tried within a window.

A limit of scope `organisation` counts the calls of all campaigns and lists, applies to every
campaign and yields to nothing, not even a promised callback. One of scope `campaign` counts the
calls of the campaign that names it, and yields to a callback that was promised.

Windows only lose old calls as time goes, so a full one has room again at an exact instant: when the
call that is `most` back from the newest leaves it. Days are calendar days of the limit's zone,
today included (France, D. 223-9 C. conso.: four calls in thirty calendar days by one professional).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from kwabo.domain.compliance.zones import zone
from kwabo.domain.interactions.attempt import Result

PER = ("contact", "number", "person")
SCOPES = ("campaign", "organisation")
RESETS = ("never", "days", "hours")
COUNTED = ("dialled", "alerted", "answered", "unanswered")
CHANNELS = ("voice", "sms", "whatsapp", "messenger", "email")

# Ends before the far end was alerted: nobody noticed such a call.
_UNNOTICED = frozenset({Result.CANCELLED, Result.CONGESTION, Result.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLimit:
    """At most so many calls within a window."""

    attempt_limit_id: UUID
    name: str
    per: str  # contact | number | person
    scope: str  # campaign | organisation
    most: int
    reset: str  # never | days | hours
    days: int = 1  # calendar days, today included
    hours: int = 24  # up to this instant
    reset_at: time = time(0)  # when a day begins, in the limit's zone
    time_zone: str = "UTC"
    counted: str = "alerted"  # dialled | alerted | answered | unanswered
    channels: tuple[str, ...] = ("voice",)

    def day_of(self, instant: datetime) -> date:
        """The limit's day in which this instant lies."""
        local = instant.astimezone(zone(self.time_zone) or UTC)
        day = local.date()
        if instant < self.begin_of(day):
            return day - timedelta(days=1)
        return day + timedelta(days=1) if instant >= self.begin_of(day + timedelta(days=1)) else day

    def begin_of(self, day: date) -> datetime:
        """The instant at which the limit's day begins."""
        where = zone(self.time_zone) or UTC
        return datetime.combine(day, self.reset_at, tzinfo=where).astimezone(UTC)

    def leaves_at(self, dialled_at: datetime) -> datetime | None:
        """When a call of this instant counts no longer; None: never."""
        if self.reset == "never":
            return None
        if self.reset == "hours":
            return dialled_at + timedelta(hours=self.hours)
        return self.begin_of(self.day_of(dialled_at) + timedelta(days=self.days))

    def since(self, now: datetime) -> datetime | None:
        """No call before this instant can count any more; None: every call may."""
        if self.reset == "never":
            return None
        if self.reset == "hours":
            return now - timedelta(hours=self.hours)
        return self.begin_of(self.day_of(now) - timedelta(days=self.days - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCall:
    """A call that was dialled, in progress ones included."""

    contact_id: UUID
    campaign_id: UUID
    number: str
    person_id: UUID | None  # to whom the number belongs now
    dialled_at: datetime
    result: str | None  # None: in progress
    ringing: bool  # the far end was alerted
    answered: bool  # by whoever or whatever

    def counts(self, counted: str) -> bool:
        """Whether a limit that counts such calls counts this one; one in progress always does."""
        if self.result is None or counted == "dialled":
            return True
        if counted == "answered":
            return self.answered
        noticed = self.ringing or self.answered or self.result not in _UNNOTICED
        return noticed and not (counted == "unanswered" and self.answered)


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitUse:
    """How much of a limit is used."""

    limit: AttemptLimit
    subject: str  # the number, or '' where the limit is per contact or person
    used: int
    free_at: datetime | None  # used up: when there is room again; None: there is, or never will be

    @property
    def full(self) -> bool:
        """Whether nothing is left."""
        return self.used >= self.limit.most


def use_of(
    limit: AttemptLimit, calls: Iterable[EarlierCall], now: datetime, subject: str = ""
) -> LimitUse:
    """The use of a limit by these calls, which are all of its subject."""
    counted = [call.dialled_at for call in calls if call.counts(limit.counted)]
    inside = sorted(
        (at for at in counted if (leaves := limit.leaves_at(at)) is None or leaves > now),
        reverse=True,
    )
    free_at = limit.leaves_at(inside[limit.most - 1]) if len(inside) >= limit.most else None
    return LimitUse(limit=limit, subject=subject, used=len(inside), free_at=free_at)


def calls_under(
    limit: AttemptLimit, calls: Sequence[EarlierCall], campaign_id: UUID
) -> list[EarlierCall]:
    """The calls of the campaigns over which the limit counts."""
    everywhere = limit.scope == "organisation"
    return [call for call in calls if everywhere or call.campaign_id == campaign_id]


def longest_back(limits: Iterable[AttemptLimit], now: datetime) -> datetime | None:
    """The earliest instant whose calls may count under any of the limits; None: every call may.

    Without limits, now.
    """
    back = now
    for limit in limits:
        since = limit.since(now)
        if since is None:
            return None
        back = min(back, since)
    return back
