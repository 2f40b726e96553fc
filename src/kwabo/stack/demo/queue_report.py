"""Queues after an inbound day: their figures against what the lab's callers saw, one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kwabo.adapters.carrier_lab.log import LabCaller
from kwabo.stack.demo.callers import AGENT_KEY, KEEP_KEY, MESSAGE_KEY

NEAR_SECONDS = 2.0  # an agent's tone comes twice a second, and sound takes its way


class Fate(StrEnum):
    """What became of somebody who wanted an agent; the names are those of the queues' figures."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    CALLBACK = "callback"
    VOICEMAIL = "voicemail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """A caller who wanted an agent, as the lab saw it, and the attempt."""

    caller: LabCaller
    attempt: Mapping[str, Any]
    wanted_at: datetime  # the key was pressed
    left_at: datetime  # an agent was heard, another key was pressed, or the call was over
    fate: Fate

    @property
    def waited_seconds(self) -> float:
        """By the lab."""
        return (self.left_at - self.wanted_at).total_seconds()

    @property
    def differs_seconds(self) -> float:
        """Between the waits of both sides."""
        ours: float | None = self.attempt["caller"]["waited_seconds"]
        return abs((ours or 0.0) - self.waited_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """A queue: counts by the lab, which the figures must tell too."""

    name: str
    seekers: int
    fates: Mapping[str, int]
    answer_seconds: float | None  # mean wait of the answered, by the lab
    figures_answer_seconds: float | None  # the same, by the queue's figures


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuesReport:
    """All queues that somebody wanted."""

    lines: Sequence[QueueLine]
    longest_difference_seconds: float  # of one call's waits
    crossed: int  # left in the moment in which an agent came: both sides are right
    faults: Sequence[str]


def queues_report(
    pairs: Sequence[tuple[LabCaller, Mapping[str, Any]]], figures: Sequence[Mapping[str, Any]]
) -> QueuesReport:
    """From callers with their attempts (`AttemptDetailAnswer`) and `QueueFiguresAnswer`s."""
    seekers = [one for caller, attempt in pairs if (one := seeker(caller, attempt))]
    faults: list[str] = []
    crossed = 0
    by_queue: dict[str, list[Seeker]] = defaultdict(list)
    for one in seekers:
        by_queue[one.attempt["caller"]["queue_name"] or "–"].append(one)
        if (one.fate is Fate.ANSWERED) != bool(one.attempt["connected_at"]):
            faults.append(f"{one.caller.caller}: only one side knows of an agent")
        elif one.fate is Fate.ANSWERED and one.caller.met_at is None:
            crossed += 1
    # The API tells the wait until an agent or the end; others have had more to do before the end.
    waited = [one for one in seekers if one.fate in (Fate.ANSWERED, Fate.ABANDONED)]
    differences = [one.differs_seconds for one in waited]
    if far := sum(1 for seconds in differences if seconds > NEAR_SECONDS):
        faults.append(f"waits that differ by more than {NEAR_SECONDS:.0f} s: {far}")
    told = {one["name"]: one["today"] for one in figures}
    lines = [_line(name, found, told.get(name)) for name, found in sorted(by_queue.items())]
    for line in lines:
        faults += _differences(line, told.get(line.name))
    return QueuesReport(
        lines=lines,
        longest_difference_seconds=max(differences, default=0.0),
        crossed=crossed,
        faults=faults,
    )


def seeker(caller: LabCaller, attempt: Mapping[str, Any]) -> Seeker | None:
    """None: the caller did not ask for an agent."""
    keys = [keys for _, keys in caller.pressed]
    if AGENT_KEY not in keys or caller.ended_at is None:
        return None
    place = keys.index(AGENT_KEY)
    after = caller.pressed[place + 1 :]
    left_at = caller.met_at or (after[0][0] if after else caller.ended_at)
    if caller.met_at is not None or _crossed(attempt, left_at):
        fate = Fate.ANSWERED
    elif [pressed for _, pressed in after[:2]] == [KEEP_KEY, KEEP_KEY]:
        fate = Fate.CALLBACK
    elif after and after[0][1] == MESSAGE_KEY:
        fate = Fate.VOICEMAIL
    else:
        fate = Fate.ABANDONED
    return Seeker(
        caller=caller,
        attempt=attempt,
        wanted_at=caller.pressed[place][0],
        left_at=left_at,
        fate=fate,
    )


def _crossed(attempt: Mapping[str, Any], left_at: datetime) -> bool:
    """An agent was given the call when its caller had just lost patience."""
    if attempt["connected_at"] is None:
        return False
    since = (left_at - datetime.fromisoformat(attempt["connected_at"])).total_seconds()
    return abs(since) <= NEAR_SECONDS


def _line(name: str, seekers: Sequence[Seeker], told: Mapping[str, Any] | None) -> QueueLine:
    waits = [one.waited_seconds for one in seekers if one.fate is Fate.ANSWERED]
    return QueueLine(
        name=name,
        seekers=len(seekers),
        fates={str(fate): sum(1 for one in seekers if one.fate is fate) for fate in Fate},
        answer_seconds=sum(waits) / len(waits) if waits else None,
        figures_answer_seconds=told["average_answer_seconds"] if told else None,
    )


def _differences(line: QueueLine, told: Mapping[str, Any] | None) -> list[str]:
    """What the queue's figures say otherwise than the lab."""
    if told is None:
        return [f"{line.name}: the queue has no figures"]
    ours = {"offered": told["offered"], **{key: told[key] for key in ("answered", "abandoned")}}
    ours |= {way: count for way, count in told["left"].items() if count or way in line.fates}
    theirs = {"offered": line.seekers, **line.fates}
    found = [
        f"{line.name}, {name}: {ours.get(name)} by the figures, {theirs.get(name, 0)} by the lab"
        for name in sorted(ours.keys() | theirs.keys())
        if ours.get(name) != theirs.get(name, 0)
    ]
    mean, figure = line.answer_seconds, line.figures_answer_seconds
    if mean is not None and figure is not None and abs(mean - figure) > NEAR_SECONDS:
        found.append(f"{line.name}: answered after {figure:.1f} s on average, lab {mean:.1f} s")
    return found
