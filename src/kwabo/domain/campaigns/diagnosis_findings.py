"""What keeps a campaign from dialling more, the most pressing first, and where it is mended."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from kwabo.domain.campaigns.diagnosis import Bucket, Group, contacts_in
from kwabo.domain.campaigns.diagnosis_ahead import Ahead

Severity = Literal["stops", "slows", "note"]
# Where a person goes to mend it; a page names the place.
Place = Literal[
    "campaign", "agents", "trunk", "list", "recycle", "compliance", "dnc", "pacing",
    "data_actions", "",
]  # fmt: skip

AWAY: Final = ("signed_out", "lost")
TALKING: Final = ("reserved", "previewing", "on_call", "after_call")
SMALL_SHARE: Final = 0.05  # of the list: below it a reason is not worth a line
LARGE_SHARE: Final = 0.5  # of the list: it explains most of what is missing
NOBODY_AHEAD: Final = Ahead()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines of the campaign's trunk at one instant."""

    total: int
    used: int  # by calls of every campaign
    used_here: int  # by the campaign's own
    set_aside: int  # unused lines that other running campaigns have to themselves
    most: int  # the campaign may use; 0: no limit of its own
    wanted: int  # for the agents at work; without agents, as many as the campaign was given

    @property
    def free(self) -> int:
        """Lines that the campaign may still take."""
        left = self.total - self.used - self.set_aside
        own = left if self.most == 0 else min(left, self.most - self.used_here)
        return max(0, own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that findings are made of."""

    state: str
    state_reason: str
    contacts: int
    buckets: tuple[Bucket, ...]
    agents: Mapping[str, int]  # status → agents of the queue
    lines: Lines
    ahead: Ahead = NOBODY_AHEAD
    agentless: bool = False  # the campaign needs none of them
    pacing_reason: str = ""  # of the floor's last plan; '' when nothing is known
    abandon_alarm: str = ""  # alarm | stop; '': none
    order_filled: int = 0  # contacts put in order, while the campaign waits for the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason, with its weight."""

    code: str
    severity: Severity
    contacts: int  # that it concerns; 0 where it concerns the campaign
    share: float  # of the list; NEXT_KEPT_OUT: of the contacts that were looked at
    place: Place
    until: datetime | None = None  # when the first of them is let through


@dataclass(frozen=True, slots=True)
class _Family:
    code: str
    place: Place
    reasons: frozenset[str]
    groups: frozenset[Group]


_PUT_OFF = frozenset({Group.LATER, Group.CHANGE})
_LEFT_OUT = frozenset({Group.CHANGE, Group.FINISHED})
_ANYWHERE = frozenset({Group.LATER, Group.CHANGE, Group.FINISHED})


def _family(code: str, place: Place, groups: frozenset[Group], *reasons: str) -> _Family:
    return _Family(code, place, frozenset(reasons), groups)


_FAMILIES: Final = (
    _family(
        "OUTSIDE_HOURS", "campaign", _PUT_OFF, "OUTSIDE_CALLABLE_TIME", "HOLIDAY",
        "DATE_EXCEPTION", "OUTSIDE_LAWFUL_HOURS",
    ),
    _family("FILTERS_LEAVE_OUT", "campaign", _ANYWHERE, "FILTERED"),
    _family("ON_DNC_LISTS", "dnc", _ANYWHERE, "DNC_LISTED"),
    _family("DNC_PROVIDER_SILENT", "dnc", _PUT_OFF, "DNC_UNCHECKED"),
    _family(
        "WITHOUT_CONSENT", "compliance", _ANYWHERE,
        "CONSENT_MISSING", "CONSENT_WITHDRAWN", "CONSENT_EXPIRED",
    ),
    _family(
        "NOT_ALLOWED_NUMBERS", "compliance", _ANYWHERE,
        "PREFIX_DENIED", "COUNTRY_NOT_ALLOWED", "NUMBER_TYPE_NOT_ALLOWED",
    ),
    _family(
        "NO_GOOD_NUMBERS", "list", _LEFT_OUT,
        "NO_CALLABLE_NUMBER", "CONTACT_UNCALLABLE", "RESULT_INVALID",
    ),
    _family("TIME_ZONES_UNKNOWN", "list", _ANYWHERE, "TIME_ZONE_UNKNOWN"),
    _family(
        "LIMITS_REACHED", "campaign", _ANYWHERE, "ATTEMPT_LIMIT", "NUMBER_LIMIT", "PERSON_LIMIT",
    ),
    _family("LAWFUL_GAPS", "compliance", _PUT_OFF, "REDIAL_GAP", "LAWFUL_FREQUENCY"),
    _family("CALLBACKS_PROMISED", "agents", _PUT_OFF, "CALLBACK_SCHEDULED"),
    _family("DATA_ACTIONS_AWAITED", "data_actions", _PUT_OFF, "DATA_ACTION_WAITS"),
    _family("RULES_LEAVE_OUT", "campaign", _ANYWHERE, "RULE_DO_NOT_DIAL"),
)  # fmt: skip
_CAPS = ("CAMPAIGN_NOT_LAWFUL", "SCREENING_OUT_OF_DATE", "RATE_CAP", "SPEND_CAP")
_TRUNK = ("SWITCH_LOST", "TRUNK_DOWN", "TRUNK_CONGESTED")
_SEVERITIES: Final = ("stops", "slows", "note")


def findings(figures: Figures) -> tuple[Finding, ...]:
    """What is in the way; within a severity, campaign and staff before contacts."""
    found = [
        *_of_campaign(figures),
        *_of_agents(figures),
        *_of_lines(figures),
        *sorted(_of_contacts(figures), key=lambda one: -one.contacts),
    ]
    if not any(one.severity != "note" for one in found) and contacts_in(
        figures.buckets, Group.UNTOUCHED, Group.DUE
    ):
        found.insert(0, _about("NOTHING_IN_THE_WAY", "note", ""))
    if not found:
        found = [_about("LAST_CALLS", "note", "")]
    return tuple(sorted(found, key=lambda one: _SEVERITIES.index(one.severity)))


def lines_wanted(agents: Mapping[str, int], calls_per_agent: float) -> int:
    """Lines that let every agent at work be dialled for."""
    return math.ceil(at_work(agents) * max(1.0, calls_per_agent))


def at_work(agents: Mapping[str, int]) -> int:
    """Agents who take calls, or are about to again."""
    return agents.get("ready", 0) + sum(agents.get(status, 0) for status in TALKING)


def _about(code: str, severity: Severity, place: Place) -> Finding:
    return Finding(code=code, severity=severity, contacts=0, share=0.0, place=place)


def _of_campaign(figures: Figures) -> Iterable[Finding]:
    finished = contacts_in(figures.buckets, Group.FINISHED)
    if figures.contacts == 0:
        yield _about("LIST_EMPTY", "stops", "list")
    elif finished == figures.contacts:
        yield Finding(
            code="LIST_FINISHED", severity="stops", contacts=finished, share=1.0, place="recycle"
        )
    if figures.state in ("ready", "paused", "pausing", "stopped"):
        yield _about("CAMPAIGN_NOT_RUNNING", "stops", "campaign")
    if figures.state == "complete" and _open(figures):
        yield _about("CAMPAIGN_COMPLETE", "stops", "campaign")
    if figures.state != "running":
        return
    if figures.state_reason in _CAPS:
        yield _about(figures.state_reason, "stops", "compliance")
    if figures.state_reason in _TRUNK:
        severity: Severity = "slows" if figures.state_reason == "TRUNK_CONGESTED" else "stops"
        yield _about(figures.state_reason, severity, "trunk")
    if figures.state_reason == "ORDER_FILLING":
        share = min(1.0, figures.order_filled / figures.contacts) if figures.contacts else 0.0
        yield Finding(
            code="ORDER_FILLING", severity="stops", contacts=figures.order_filled,
            share=share, place="",
        )  # fmt: skip
    yield from _of_pacing(figures)


def _of_pacing(figures: Figures) -> Iterable[Finding]:
    if figures.abandon_alarm == "stop":
        yield _about("ABANDON_STOP", "slows", "pacing")
    elif figures.abandon_alarm:
        yield _about("ABANDON_ALARM", "note", "pacing")
    if figures.pacing_reason == "BUDGET_SPENT" and figures.abandon_alarm != "stop":
        yield _about("ABANDON_BUDGET_SPENT", "slows", "pacing")
    if figures.pacing_reason == "LEARNING":
        yield _about("PACING_LEARNS", "note", "pacing")


def _of_agents(figures: Figures) -> Iterable[Finding]:
    agents = figures.agents
    if figures.agentless:
        return
    if sum(agents.values()) == 0:
        yield _about("QUEUE_WITHOUT_AGENTS", "stops", "agents")
    elif at_work(agents) == 0:
        paused = agents.get("paused", 0)
        yield _about("AGENTS_PAUSED" if paused else "NO_AGENT_AT_WORK", "stops", "agents")
    elif agents.get("ready", 0) == 0:
        yield _about("AGENTS_BUSY", "note", "agents")


def _of_lines(figures: Figures) -> Iterable[Finding]:
    lines = figures.lines
    if figures.agentless and 0 < lines.most <= lines.used_here:
        yield _about("ALL_LINES_CALL", "note", "campaign")
    elif lines.free == 0:
        yield _about("LINES_IN_USE", "slows", "trunk")
    elif 0 < lines.free + lines.used_here < lines.wanted:
        code = "TRUNK_LINES_TOO_FEW" if figures.agentless else "LINES_TOO_FEW"
        yield _about(code, "slows", "trunk")


def _of_contacts(figures: Figures) -> Iterable[Finding]:
    buckets = figures.buckets
    yield from _of_those_left(figures)
    yield from _of_those_ahead(figures)
    for family in _FAMILIES:
        members = [b for b in buckets if b.group in family.groups and b.code in family.reasons]
        yield from _weighed(figures, family.code, family.place, members)
    named = frozenset(code for family in _FAMILIES for code in family.reasons)
    recalls = [b for b in buckets if b.group == Group.LATER and b.code not in named]
    yield from _weighed(figures, "RECALLS_WAIT", "campaign", recalls)
    for_agents = [b for b in buckets if b.group == Group.AGENT]
    skilled = [b for b in for_agents if b.code == "SKILLS_WAIT"]
    yield from _weighed(figures, "SKILLS_AWAITED", "agents", skilled)
    owned = [b for b in for_agents if b.code != "SKILLS_WAIT"]
    yield from _weighed(figures, "OWNERS_AWAITED", "agents", owned)
    finished = [b for b in buckets if b.group == Group.FINISHED and b.code not in named]
    done = sum(b.contacts for b in finished)
    if figures.contacts and LARGE_SHARE <= done / figures.contacts < 1:
        yield Finding(
            code="MOST_FINISHED", severity="note", contacts=done,
            share=done / figures.contacts, place="recycle",
        )  # fmt: skip


def _open(figures: Figures) -> int:
    """Contacts that are called now or at a time that is known."""
    groups = (Group.UNTOUCHED, Group.DUE, Group.IN_PROGRESS, Group.AGENT, Group.LATER)
    return contacts_in(figures.buckets, *groups)


def _of_those_left(figures: Figures) -> Iterable[Finding]:
    """Nobody is left, or nobody for now, whatever the reasons of each."""
    finished = contacts_in(figures.buckets, Group.FINISHED)
    if finished == figures.contacts:
        return
    if _open(figures) == 0:
        kept_out = contacts_in(figures.buckets, Group.CHANGE)
        share = kept_out / figures.contacts
        yield Finding(
            code="NOBODY_LEFT", severity="stops", contacts=kept_out, share=share, place="recycle"
        )
        return
    if contacts_in(figures.buckets, Group.UNTOUCHED, Group.DUE, Group.IN_PROGRESS):
        return
    waiting = contacts_in(figures.buckets, Group.AGENT, Group.LATER)
    times = [b.next_attempt_at for b in figures.buckets if b.next_attempt_at is not None]
    yield Finding(
        code="NOBODY_CALLABLE_NOW", severity="stops", contacts=waiting,
        share=waiting / figures.contacts, place="", until=min(times, default=None),
    )  # fmt: skip


def _of_those_ahead(figures: Figures) -> Iterable[Finding]:
    """The next contacts cannot be called now; as a share of those that were looked at."""
    ahead = figures.ahead
    if ahead.looked_at == 0 or ahead.kept_out / ahead.looked_at < LARGE_SHARE:
        return
    nobody_else = contacts_in(figures.buckets, Group.DUE, Group.IN_PROGRESS) == 0
    severity: Severity = "stops" if nobody_else and ahead.kept_out == ahead.looked_at else "slows"
    times = [one.next_attempt_at for one in ahead.reasons if one.next_attempt_at is not None]
    yield Finding(
        code="NEXT_KEPT_OUT", severity=severity, contacts=ahead.kept_out,
        share=ahead.kept_out / ahead.looked_at, place="", until=min(times, default=None),
    )  # fmt: skip


def _weighed(figures: Figures, code: str, place: Place, buckets: list[Bucket]) -> Iterable[Finding]:
    """A reason of contacts: it stops the campaign when nobody is left who could be called now."""
    contacts = sum(bucket.contacts for bucket in buckets)
    if figures.contacts == 0 or contacts / figures.contacts < SMALL_SHARE:
        return
    share = contacts / figures.contacts
    left = contacts_in(figures.buckets, Group.UNTOUCHED, Group.DUE)
    severity: Severity = "slows" if share >= LARGE_SHARE else "note"
    if left == 0 and severity == "slows":
        severity = "stops"
    times = [bucket.next_attempt_at for bucket in buckets if bucket.next_attempt_at is not None]
    yield Finding(
        code=code, severity=severity, contacts=contacts, share=share, place=place,
        until=min(times, default=None),
    )  # fmt: skip
