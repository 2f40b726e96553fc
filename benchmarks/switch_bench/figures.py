"""What a run came to, by the far end's log, by the switch's bridges and by the program's tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kwabo.adapters.carrier_lab.log import LabCall
from kwabo.simulation.outcome import Outcome, Waits, part_of

LAW_SECONDS = 2.0  # 16 CFR 310.4(b)(4)(iii): the message within two seconds
LEARNING_SECONDS = 120.0  # left out where the steady state is meant
_IDLE = ("ready", "reserved")
_COUNTED_AS = {"on_call": "talking", "previewing": "reserved"}

Moments = Sequence[tuple[str, str, datetime]]  # agent, status, since when


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """How soon people whom no agent took heard the message, in seconds from their answer."""

    owed: int  # abandoned calls to which a message was owed
    told: int  # of these, those that were played one, or heard something
    late: int  # of these, those that waited longer than the law allows
    p50: float | None
    longest: float | None

    @classmethod
    def of(cls, owed: int, seconds: Sequence[float]) -> Message:
        """From every single one."""
        waits = Waits.of(seconds)
        return cls(
            owed=owed,
            told=len(seconds),
            late=sum(1 for one in seconds if one > LAW_SECONDS),
            p50=waits.p50,
            longest=waits.longest,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """One side's view."""

    dialled: int
    live_answers: int
    conversations: int
    abandoned: int
    wait: Waits  # from the answer to the agent
    message: Message
    by_kind: Mapping[str, int]

    @property
    def abandon_rate(self) -> float | None:
        """Of those answered: the law's denominator."""
        return part_of(self.abandoned, self.live_answers)

    @property
    def abandon_rate_of_all(self) -> float | None:
        """Of all calls."""
        return part_of(self.abandoned, self.dialled)

    @property
    def answer_rate(self) -> float | None:
        """Of all calls."""
        return part_of(self.live_answers, self.dialled)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentHours:
    """How agents spent the time in which the campaign dialled."""

    hours: Mapping[str, float]

    @property
    def utilisation(self) -> float | None:
        """Talking / (talking + ready + reserved)."""
        talking = self.hours.get("talking", 0.0)
        return part_of(talking, talking + sum(self.hours.get(name, 0.0) for name in _IDLE))

    @property
    def occupancy(self) -> float | None:
        """(Talking + after-call work) / (these + ready + reserved)."""
        busy = self.hours.get("talking", 0.0) + self.hours.get("after_call", 0.0)
        return part_of(busy, self.at_work)

    @property
    def at_work(self) -> float:
        """Hours, pauses left out."""
        names = ("talking", "after_call", *_IDLE)
        return sum(self.hours.get(name, 0.0) for name in names)


def by_the_far_end(calls: Sequence[LabCall], bridged: Mapping[str, float]) -> Calls:
    """The far end's log; `bridged`: channel → when the switch had it together with another one."""
    answered = [call for call in calls if call.answered_at is not None]
    together = [call for call in answered if call.attempt_id in bridged]
    alone = [call for call in answered if call.attempt_id not in bridged]
    listening = [call for call in alone if call.behaviour == "person"]
    return Calls(
        dialled=len(calls),
        live_answers=len(answered),
        conversations=len(together),
        abandoned=len(alone),
        wait=Waits.of(
            [
                bridged[call.attempt_id] - call.answered_at.timestamp()
                for call in together
                if call.answered_at
            ]
        ),
        message=Message.of(
            len(listening),
            [
                (call.heard_at - call.answered_at).total_seconds()
                for call in listening
                if call.answered_at and call.heard_at
            ],
        ),
        by_kind=dict(Counter(call.behaviour for call in calls)),
    )


def by_the_tables(attempts: Sequence[Mapping[str, Any]]) -> Calls:
    """The attempts as the API lists them."""
    dialled = [a for a in attempts if a["dialling_at"]]
    live = [a for a in dialled if a["result"] == "person" and a["answered_at"]]
    abandoned = [a for a in live if a["abandoned"]]
    return Calls(
        dialled=len(dialled),
        live_answers=len(live),
        conversations=sum(1 for a in live if a["connected_at"]),
        abandoned=len(abandoned),
        wait=Waits.of(
            [_between(a, "answered_at", "connected_at") for a in live if a["connected_at"]]
        ),
        message=Message.of(
            len(abandoned),
            [
                _between(a, "answered_at", "message_started_at")
                for a in abandoned
                if a["message_started_at"] and a["message_media"]
            ],
        ),
        by_kind=dict(Counter(str(a["result"]) for a in dialled)),
    )


def _between(attempt: Mapping[str, Any], first: str, then: str) -> float:
    begun = datetime.fromisoformat(attempt[first])
    return (datetime.fromisoformat(attempt[then]) - begun).total_seconds()


def differences(attempts: Sequence[Mapping[str, Any]], calls: Sequence[LabCall]) -> list[str]:
    """Where the tables and the far end's log tell different things."""
    rows = {a["attempt_id"]: a for a in attempts if a["dialling_at"]}
    seen = Counter(call.attempt_id for call in calls)
    answered = {call.attempt_id for call in calls if call.answered_at is not None}
    found = {
        "INVITEs without an attempt": sum(1 for one in seen if one not in rows),
        "attempts with two INVITEs": sum(1 for times in seen.values() if times > 1),
        "attempts without an INVITE": sum(1 for one in rows if one not in seen),
        "answers that only one side knows": sum(
            1 for one, row in rows.items() if bool(row["answered_at"]) != (one in answered)
        ),
    }
    return [f"{what}: {count}" for what, count in found.items() if count]


def agent_hours(moments: Moments, begin: datetime, end: datetime) -> AgentHours:
    """Hours in each status between two instants; `moments` in their order."""
    hours: dict[str, float] = {}
    last: dict[str, tuple[str, datetime]] = {}

    def spend(status: str, since: datetime, until: datetime) -> None:
        seconds = (min(until, end) - max(since, begin)).total_seconds()
        if seconds > 0:
            name = _COUNTED_AS.get(status, status)
            hours[name] = hours.get(name, 0.0) + seconds / 3600.0

    for agent, status, since in moments:
        before = last.get(agent)
        if before is not None:
            spend(*before, since)
        last[agent] = (status, since)
    for status, since in last.values():
        spend(status, since, end)
    return AgentHours(hours=hours)


def simulated_hours(outcome: Outcome, first: float, last: float) -> AgentHours:
    """The same of a simulated run, between two seconds that are whole minutes."""
    minutes = slice(int(first // 60), int(last // 60))
    return AgentHours(
        hours={
            state: sum(values[minutes]) / 60.0 for state, values in outcome.series.agents.items()
        }
    )
