"""Figures of several runs beside a formula's value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from kwabo.simulation.several import Estimate, estimate
from routing_bench.erlang import Load


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What one run measured, after its beginning. Rates 0–1, seconds."""

    waits: float
    wait_seconds: float  # of all calls, also those that give up
    in_time: float  # answered within the target, of all
    abandons: float
    occupancy: float  # of the agents' time


def course_of(load: Load, waits: Sequence[float], gone: Sequence[bool], occupancy: float) -> Course:
    """From the seconds that each call waited, and whether it gave up."""
    count = len(waits)
    answered = [wait for wait, left in zip(waits, gone, strict=True) if not left]
    return Course(
        waits=sum(wait > 0 for wait in waits) / count,
        wait_seconds=sum(waits) / count,
        in_time=sum(wait <= load.target_seconds for wait in answered) / count,
        abandons=sum(gone) / count,
        occupancy=occupancy,
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """The mean of the runs with its 95 % interval."""

    mean: float
    half: float

    def holds(self, value: float, widths: float = 1.0) -> bool:
        """Whether the value lies in the interval, so many times as wide."""
        return abs(value - self.mean) <= widths * self.half


def measured(courses: Sequence[Course]) -> dict[str, Measured]:
    """By name of the figure. Raises ValueError: one run says nothing about the next."""
    if len(courses) < 2:
        raise ValueError("two runs at least are needed")
    every = [asdict(course) for course in courses]
    return {name: _of(estimate([course[name] for course in every])) for name in every[0]}


def _of(found: Estimate) -> Measured:
    assert found.most is not None
    return Measured(found.mean, found.most - found.mean)
