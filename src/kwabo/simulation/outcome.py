"""What a run came to: figures of the whole and of each campaign, and the course of the day.

Definitions are those of reports. Shares are between 0 and 1; None where nothing was counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

WAIT_COLUMN_SECONDS = 0.5
WAIT_COLUMNS = 20  # the last one holds all that are longer
FORMAT = 2  # of the JSON; changes when a figure is renamed or means something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long something took, in seconds."""

    count: int
    mean: float | None
    p50: float | None
    p95: float | None
    longest: float | None

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Waits:
        """From every single one."""
        ordered = sorted(seconds)
        if not ordered:
            return cls(count=0, mean=None, p50=None, p95=None, longest=None)
        return cls(
            count=len(ordered),
            mean=_rounded(sum(ordered) / len(ordered)),
            p50=_rounded(quantile(ordered, 0.5)),
            p95=_rounded(quantile(ordered, 0.95)),
            longest=_rounded(ordered[-1]),
        )


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which this share of the sorted values lies, between neighbours."""
    position = share * (len(ordered) - 1)
    index = int(position)
    following = ordered[min(index + 1, len(ordered) - 1)]
    return ordered[index] + (following - ordered[index]) * (position - index)


def _rounded(value: float) -> float:
    return round(value, 6)


def part_of(part: float, whole: float) -> float | None:
    """A share; None of nothing."""
    return _rounded(part / whole) if whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """What became of calls, of one campaign or of all."""

    dialled: int  # calls that the switch was asked for
    live_answers: int  # calls that a person answered and that reached the floor
    conversations: int  # of these, those that spoke with an agent
    late: int  # of these, those that waited longer for the agent than the scenario allows
    abandoned: int  # live answers that no agent took
    persons_lost: int  # persons whom call analysis took for machines and ended
    machines_passed: int  # machines that reached an agent
    abandon_rate: float | None  # abandoned / live answers: the law's denominator
    abandon_rate_of_all: float | None  # abandoned / dialled
    abandon_rate_with_lost: float | None  # (abandoned + lost) / (live answers + lost)
    answer_rate: float | None  # live answers / dialled
    wait: Waits  # of conversations, from the answer until the agent was there
    results: Mapping[str, int]  # result of the attempt → count


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentTime:
    """How agents spent their time, in hours, all agents together."""

    hours: Mapping[str, float]  # state → hours
    signed_in_hours: float
    utilisation: float | None  # talking / (talking + ready + reserved)
    occupancy: float | None  # (talking + after call + inbound) / (these + ready + reserved)
    dialled_per_hour: float | None  # calls for each hour of an agent at work, pauses left out
    conversations_per_hour: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallersOfDay:
    """What became of those who called in."""

    came: int
    queued: int  # of these, those who waited in a queue, if only for a moment
    answered: int  # by an agent
    abandoned: int  # hung up while they waited
    other: (
        int  # ended by a flow, or by an end of the line that nobody chose; still there at the end
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueOfDay:
    """How callers fared in one queue. Definitions: `domain/reporting/queue_figures.py`."""

    queue: str
    offered: int
    answered: int
    abandoned: int
    short_abandoned: int
    left: Mapping[str, int]  # way out → those who took it; see `QueueOutcome`
    waiting: int  # at the end of the run
    service_level_seconds: float
    service_level: float | None
    abandon_rate: float | None
    wait: Waits  # of those answered
    wait_of_abandoned: Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The course of the run; one value for each minute."""

    agents: Mapping[str, Sequence[float]]  # state → agents in it on average
    in_the_air: Sequence[float]  # calls being set up or ringing, on average
    dialled: Sequence[int]  # calls started
    abandon_rate: Sequence[float | None]  # over the scenario's window that ends with the minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything about one run. The same scenario and seed give the same one."""

    scenario: str
    seed: int
    begins: str  # the instant of the begin, ISO 8601
    time_zone: str
    seconds: float  # simulated, until the last agent was gone
    tenures: int  # how often an engine took the floor
    calls: Calls
    campaigns: Mapping[str, Calls]  # by name
    lists_finished: Sequence[str]  # campaigns that called everybody before the end
    agents: AgentTime
    callers: CallersOfDay | None  # None: nobody calls in
    queues: Sequence[QueueOfDay]  # through which somebody came
    wait_columns: Sequence[int]  # conversations by their wait, `WAIT_COLUMN_SECONDS` wide each
    abandon_window_seconds: float  # of the rate in `series`
    abandon_targets: Mapping[str, float]  # campaign that is paced → its highest abandon rate
    series: Series

    def document(self) -> dict[str, Any]:
        """As plain values for JSON."""
        return {"format": FORMAT, **asdict(self)}
