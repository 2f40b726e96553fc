"""The waterfall of a campaign's list: every contact in exactly one bucket.

A contact's reason is that of the rule which objected when the campaign last looked at it, the first
one in the rules' order. Without a course it has not been looked at, or a filter keeps it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kwabo.domain.compliance.filter_rules import FILTERED


class Group(StrEnum):
    """Where a contact stands; in the order of the waterfall."""

    UNTOUCHED = "untouched"  # the campaign has not come to it yet
    DUE = "due"  # its time has come: it is called next
    IN_PROGRESS = "in_progress"  # a call to it is in progress
    AGENT = "agent"  # its time has come, and it waits for an agent of its own
    LATER = "later"  # a rule put it off until a time
    CHANGE = "change"  # a rule keeps it out until something changes
    FINISHED = "finished"  # it is not called any more


_ORDER = list(Group)
_CODES = {
    Group.UNTOUCHED: "NOT_LOOKED_AT",
    Group.DUE: "DUE",
    Group.IN_PROGRESS: "IN_PROGRESS",
}
_NO_REASON = {
    Group.LATER: "RECALL_DELAY",
    Group.AGENT: "CALLBACK_OWNED",
    Group.CHANGE: "FINISHED",
    Group.FINISHED: "FINISHED",
}
# Reasons of those whose time has come and who wait for one agent, or any.
FOR_AN_AGENT = (
    "PREVIEW_WAITS",
    "SKILLS_WAIT",
    "OWNED_BY_OTHER",
    "OWNER_UNKNOWN",
    "CALLBACK_OWNED",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseCount:
    """Contacts whose courses are alike."""

    state: str  # open | in_progress | finished
    reason: str
    is_due: bool | None  # None: no time is set
    contacts: int
    next_attempt_at: datetime | None = None  # the earliest


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCount:
    """A campaign's list, counted at one instant."""

    contacts: int
    kept_out: int  # without a course, and the campaign went past them: its filters keep them out
    courses: tuple[CourseCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Contacts of one group with one reason."""

    group: Group
    code: str
    contacts: int
    next_attempt_at: datetime | None = None  # the earliest; later only


def waterfall(counted: ListCount) -> tuple[Bucket, ...]:
    """The buckets, by group and then the largest first; together they are the list."""
    found: dict[tuple[Group, str], Bucket] = {}
    for one in counted.courses:
        group = _group(one)
        at = one.next_attempt_at if group == Group.LATER else None
        code = _CODES.get(group) or one.reason or _NO_REASON[group]
        _add(found, Bucket(group=group, code=code, contacts=one.contacts, next_attempt_at=at))
    _add(found, Bucket(group=Group.CHANGE, code=FILTERED, contacts=counted.kept_out))
    known = sum(bucket.contacts for bucket in found.values())
    untouched = counted.contacts - known
    code = _CODES[Group.UNTOUCHED]
    _add(found, Bucket(group=Group.UNTOUCHED, code=code, contacts=untouched))
    buckets = (bucket for bucket in found.values() if bucket.contacts)
    return tuple(sorted(buckets, key=lambda b: (_ORDER.index(b.group), -b.contacts, b.code)))


def contacts_in(buckets: Iterable[Bucket], *groups: Group) -> int:
    """How many contacts stand in these groups."""
    return sum(bucket.contacts for bucket in buckets if bucket.group in groups)


def _group(one: CourseCount) -> Group:
    if one.state == "finished":
        return Group.FINISHED
    if one.state == "in_progress":
        return Group.IN_PROGRESS
    if one.is_due is None:
        return Group.CHANGE
    if not one.is_due:
        return Group.LATER
    return Group.AGENT if one.reason in FOR_AN_AGENT else Group.DUE


def _add(found: dict[tuple[Group, str], Bucket], bucket: Bucket) -> None:
    key = (bucket.group, bucket.code)
    known = found.get(key)
    if known is None:
        found[key] = bucket
        return
    times = [at for at in (known.next_attempt_at, bucket.next_attempt_at) if at is not None]
    found[key] = Bucket(
        group=bucket.group,
        code=bucket.code,
        contacts=known.contacts + bucket.contacts,
        next_attempt_at=min(times, default=None),
    )
