"""What came of an inbound day: the callers' side by the lab's log, ours by the attempts."""

from __future__ import annotations

import wave
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kwabo.adapters.carrier_lab.log import LabCaller

_LOUD = 300  # of 32,768: above the hiss of A-law
_WINDOW = 160  # samples of 8 kHz: 20 ms


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundReport:
    """An inbound day in figures."""

    offered: int  # calls that the lab made
    picked_up: int  # that the program answered
    attempts: int
    languages: Mapping[str, int]
    ends: Mapping[str, int]  # of the flow
    queued: int
    answered: int  # by agents
    abandoned: int  # left the queue before
    waits_seconds: Mapping[str, float] | None  # of the answered: p50 p95 max
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
            ("to a queue", str(self.queued)),
            ("  answered by agents", str(self.answered)),
            ("  abandoned", str(self.abandoned)),
            ("waits of the answered, s (p50 / p95 / max)", _told(self.waits_seconds)),
            ("callers who heard something", str(self.heard)),
            ("  seconds of sound (p50 / p95 / max)", _told(self.heard_seconds)),
            ("hung up", str(sum(self.hung_up.values()))),
            *counts(self.hung_up),
            ("verdict", "; ".join(self.faults) or "both sides agree"),
        ]


def report(callers: Sequence[LabCaller], details: Sequence[Mapping[str, Any]]) -> InboundReport:
    """From the lab's log and the attempts (`AttemptDetailAnswer` of the API)."""
    told = [one["caller"] for one in details if one["caller"]]
    queued = [one for one in details if one["caller"] and one["caller"]["queued_at"]]
    answered = [one for one in queued if one["connected_at"]]
    sounds = [seconds_of_sound(one.heard) for one in callers if one.answered_at]
    faults = []
    ours = Counter(one["number"] for one in details)
    theirs = Counter(one.caller for one in callers if one.answered_at)
    if ours != theirs:
        missing, strange = (theirs - ours).total(), (ours - theirs).total()
        faults.append(f"calls without an attempt: {missing}, attempts without a call: {strange}")
    if silent := sum(1 for one in sounds if not one):
        faults.append(f"callers who heard nothing: {silent}")
    return InboundReport(
        offered=len(callers),
        picked_up=sum(1 for one in callers if one.answered_at),
        attempts=len(details),
        languages=_counted(one["language"] for one in told),
        ends=_counted(one["outcome"] for one in told),
        queued=len(queued),
        answered=len(answered),
        abandoned=len(queued) - len(answered),
        waits_seconds=_percentiles([one["caller"]["waited_seconds"] for one in answered]),
        heard=sum(1 for one in sounds if one),
        heard_seconds=_percentiles([one for one in sounds if one]),
        hung_up=_counted(one.ended_by for one in callers if one.ended_at),
        faults=faults,
    )


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
