"""What came of an inbound day: the callers' side by the lab's log, ours by the attempts."""

from __future__ import annotations

import wave
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kwabo.adapters.carrier_lab.log import LabCall, LabCaller
from kwabo.stack.demo.queue_report import QueueLine, QueuesReport, queues_report

_LOUD = 300  # of 32,768: above the hiss of A-law
_WINDOW = 160  # samples of 8 kHz: 20 ms


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundDay:
    """What the API tells after the day."""

    attempts: Sequence[Mapping[str, Any]]  # `AttemptDetailAnswer`: of callers and of calls back
    figures: Sequence[Mapping[str, Any]]  # `QueueFiguresAnswer`
    most_waiting: int
    messages: int
    places_open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundReport:
    """An inbound day in figures."""

    offered: int  # calls that the lab made
    picked_up: int  # that the program answered
    attempts: int
    languages: Mapping[str, int]
    ends: Mapping[str, int]  # of the flow
    queues: QueuesReport
    most_waiting: int  # at once, as the live page told it
    answered: int  # by agents
    waits_seconds: Mapping[str, float] | None  # of the answered: p50 p95 max
    called_back: int  # calls to those who kept their place
    called_back_reached: int  # of these, joined with an agent
    messages: int  # voicemails kept
    heard: int  # callers who heard something, by their recordings
    heard_seconds: Mapping[str, float] | None  # of sound: p50 p95 max
    hung_up: Mapping[str, int]  # by the caller, by the switch
    faults: Sequence[str] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {**asdict(self), "agrees": not self.faults}

    def rows(self) -> list[tuple[str, str]]:
        """For people."""

        def counts(found: Mapping[str, int]) -> list[tuple[str, str]]:
            return [(f"  {name}", str(number)) for name, number in found.items()]

        return [
            ("offered", str(self.offered)),
            ("picked up", str(self.picked_up)),
            *counts(self.languages),
            ("ends of the flow", str(sum(self.ends.values()))),
            *counts(self.ends),
            *(row for line in self.queues.lines for row in _queue_rows(line)),
            ("most who waited at once", str(self.most_waiting)),
            ("waits of the answered, s (p50 / p95 / max)", _told(self.waits_seconds)),
            (
                "longest difference of a wait to the lab’s, s",
                f"{self.queues.longest_difference_seconds:.1f}",
            ),
            ("called back", str(self.called_back)),
            ("  reached, with an agent", str(self.called_back_reached)),
            ("messages kept", str(self.messages)),
            ("callers who heard something", str(self.heard)),
            ("  seconds of sound (p50 / p95 / max)", _told(self.heard_seconds)),
            ("hung up", str(sum(self.hung_up.values()))),
            *counts(self.hung_up),
            ("verdict", "; ".join(self.faults) or "both sides agree"),
        ]


def report(
    callers: Sequence[LabCaller], calls: Sequence[LabCall], day: InboundDay
) -> InboundReport:
    """From both halves of the lab's log, and what the API tells."""
    details = [one for one in day.attempts if one["caller"]]
    back = [one for one in day.attempts if not one["caller"]]
    told = [one["caller"] for one in details]
    answered = [one for one in details if one["connected_at"]]
    sounds = [seconds_of_sound(one.heard) for one in callers if one.answered_at]
    faults = []
    ours = Counter(one["number"] for one in details)
    theirs = Counter(one.caller for one in callers if one.answered_at)
    if ours != theirs:
        missing, strange = (theirs - ours).total(), (ours - theirs).total()
        faults.append(f"calls without an attempt: {missing}, attempts without a call: {strange}")
    if silent := sum(1 for one in sounds if not one):
        faults.append(f"callers who heard nothing: {silent}")
    if day.places_open:
        faults.append(f"places that nobody has served: {day.places_open}")
    dialled = {one["attempt_id"]: bool(one["answered_at"]) for one in back if one["dialling_at"]}
    seen = {call.attempt_id: bool(call.answered_at) for call in calls if call.attempt_id}
    if dialled != seen:
        faults.append(f"calls back that only one side knows: {len(dialled.items() ^ seen.items())}")
    queues = queues_report(_pairs(callers, details), day.figures)
    faults += queues.faults
    return InboundReport(
        offered=len(callers),
        picked_up=sum(1 for one in callers if one.answered_at),
        attempts=len(details),
        languages=_counted(one["language"] for one in told),
        ends=_counted(one["outcome"] for one in told),
        queues=queues,
        most_waiting=day.most_waiting,
        answered=len(answered),
        waits_seconds=_percentiles([one["caller"]["waited_seconds"] for one in answered]),
        called_back=len(dialled),
        called_back_reached=sum(1 for one in back if one["connected_at"]),
        messages=day.messages,
        heard=sum(1 for one in sounds if one),
        heard_seconds=_percentiles([one for one in sounds if one]),
        hung_up=_counted(one.ended_by for one in callers if one.ended_at),
        faults=faults,
    )


def _pairs(
    callers: Sequence[LabCaller], details: Sequence[Mapping[str, Any]]
) -> list[tuple[LabCaller, Mapping[str, Any]]]:
    """Each call with its attempt: those of a number in their order."""
    left = sorted(details, key=lambda one: str(one["caller"]["arrived_at"]))
    found = []
    for caller in callers:
        attempt = next((one for one in left if one["number"] == caller.caller), None)
        if attempt is not None and caller.answered_at:
            left.remove(attempt)
            found.append((caller, attempt))
    return found


def _queue_rows(line: QueueLine) -> list[tuple[str, str]]:
    mean = "–" if line.answer_seconds is None else f"{line.answer_seconds:.1f} s"
    ours = line.figures_answer_seconds
    figure = "–" if ours is None else f"{ours:.1f} s"
    return [
        (f"queue {line.name}", str(line.seekers)),
        *((f"  {fate}", str(count)) for fate, count in line.fates.items()),
        ("  mean wait of the answered, lab / figures", f"{mean} / {figure}"),
    ]


def seconds_of_sound(recording: Path) -> float:
    """How much of a recording is louder than hiss; 0.0 when there is none."""
    try:
        with wave.open(str(recording)) as file:
            samples = array("h", file.readframes(file.getnframes()))
    except (FileNotFoundError, EOFError, wave.Error):
        return 0.0
    windows = range(0, len(samples) - _WINDOW + 1, _WINDOW)
    loud = sum(1 for at in windows if max(map(abs, samples[at : at + _WINDOW])) > _LOUD)
    return loud * _WINDOW / 8000


def _counted(names: Any) -> dict[str, int]:
    return dict(Counter(str(name or "–") for name in names).most_common())


def _percentiles(values: Sequence[float]) -> dict[str, float] | None:
    ordered = sorted(values)
    if not ordered:
        return None
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return {"p50": ordered[len(ordered) // 2], "p95": p95, "max": ordered[-1]}


def _told(seconds: Mapping[str, float] | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds['p50']:.1f} / {seconds['p95']:.1f} / {seconds['max']:.1f}"
