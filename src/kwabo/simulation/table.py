"""Outcomes as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kwabo.simulation.outcome import Calls, Outcome, QueueOfDay, Waits
from kwabo.simulation.several import SECONDS, SHARES, Estimate, queue_estimates, shown

LABELS: Mapping[str, str] = {
    "dialled": "calls dialled",
    "live_answers": "live answers",
    "conversations": "conversations",
    "abandoned": "abandoned",
    "abandon_rate": "abandon rate, of live answers",
    "abandon_rate_of_all": "abandon rate, of all calls",
    "abandon_rate_with_lost": "abandon rate, persons lost included",
    "answer_rate": "answer rate",
    "wait_p95": "answer to agent, 95th percentile",
    "utilisation": "utilisation",
    "occupancy": "occupancy",
    "dialled_per_hour": "calls for each agent hour",
    "conversations_per_hour": "conversations for each agent hour",
}
_QUEUE_LABELS: Mapping[str, str] = {
    "offered": "offered",
    "answered": "answered",
    "abandoned": "abandoned",
    "left": "left",
    "service_level": "service level",
    "queue_abandon_rate": "abandon rate",
    "wait_mean": "mean wait",
    "wait_p95_queue": "wait, 95th percentile",
    "wait_abandoned": "mean wait of those who abandoned",
}


def show(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Print what the runs came to."""
    if len(outcomes) == 1:
        _show_one(console, outcomes[0])
    else:
        console.print(_several(outcomes))
        if found := queue_estimates(outcomes):
            console.print(_several_queues(found))


def _show_one(console: Console, outcome: Outcome) -> None:
    calls = outcome.calls
    table = Table("What", "Figure", title=escape(outcome.scenario))
    for name, estimate in shown([outcome]).items():
        table.add_row(LABELS[name], _value(name, estimate.mean))
    if outcome.campaigns:
        table.add_row("answer to agent", _waits(calls.wait))
        table.add_row("later than allowed", f"{calls.late:,}")
        table.add_row("persons lost to call analysis", f"{calls.persons_lost:,}")
        table.add_row("machines taken for persons", f"{calls.machines_passed:,}")
    table.add_section()
    for state, hours in outcome.agents.hours.items():
        if hours:
            table.add_row(f"agent hours: {state.replace('_', ' ')}", f"{hours:,.1f}")
    table.add_section()
    for result, count in sorted(calls.results.items(), key=lambda pair: -pair[1]):
        table.add_row(f"result: {result.replace('_', ' ')}", f"{count:,}")
    console.print(table)
    if len(outcome.campaigns) > 1:
        console.print(_campaigns(outcome.campaigns))
    if outcome.queues:
        console.print(_queues(outcome))
    for name in outcome.lists_finished:
        console.print(
            f"Everybody on the list of '{escape(name)}' was called before the day was over."
        )


def _campaigns(campaigns: Mapping[str, Calls]) -> Table:
    table = Table("Campaign", "Dialled", "Conversations", "Abandon rate", "Wait 95 %")
    for name, calls in campaigns.items():
        rate = "–" if calls.abandon_rate is None else f"{calls.abandon_rate:.2%}"
        wait = "–" if calls.wait.p95 is None else f"{calls.wait.p95:.1f} s"
        table.add_row(escape(name), f"{calls.dialled:,}", f"{calls.conversations:,}", rate, wait)
    return table


def _queues(outcome: Outcome) -> Table:
    came = outcome.callers.came if outcome.callers is not None else 0
    table = Table(
        *("Queue", "Offered", "Answered", "Abandoned", "Left", "Service level", "Wait"),
        title=f"{came:,} callers",
    )
    for one in outcome.queues:
        level = "–" if one.service_level is None else f"{one.service_level:.1%}"
        table.add_row(
            escape(one.queue),
            *(f"{count:,}" for count in _counts(one)),
            f"{level} in {one.service_level_seconds:g} s",
            _waits(one.wait),
        )
    return table


def _counts(queue: QueueOfDay) -> tuple[int, ...]:
    return (queue.offered, queue.answered, queue.abandoned, sum(queue.left.values()))


def _several(outcomes: Sequence[Outcome]) -> Table:
    title = f"{escape(outcomes[0].scenario)}: {len(outcomes)} runs"
    table = Table("What", "Mean", "95 % interval", title=title)
    for name, found in shown(outcomes).items():
        table.add_row(LABELS[name], _value(name, found.mean), _interval(name, found))
    return table


def _several_queues(found: Mapping[str, Mapping[str, Estimate]]) -> Table:
    table = Table("Queue", "What", "Mean", "95 % interval")
    for queue, figures in found.items():
        for number, (name, one) in enumerate(figures.items()):
            label = _QUEUE_LABELS[name]
            table.add_row(
                "" if number else escape(queue), label, _value(name, one.mean), _interval(name, one)
            )
        table.add_section()
    return table


def _interval(name: str, found: Estimate) -> str:
    if found.least is None or found.most is None:
        return "–"
    return f"{_value(name, found.least)} … {_value(name, found.most)}"


def _value(name: str, value: float) -> str:
    if name in SHARES:
        return f"{value:.2%}"
    if name in SECONDS:
        return f"{value:.2f} s"
    return f"{value:,.1f}" if name.endswith("per_hour") else f"{value:,.0f}"


def _waits(waits: Waits) -> str:
    if waits.p50 is None or waits.p95 is None or waits.longest is None:
        return "–"
    return f"{waits.p50:.2f} s half, {waits.p95:.2f} s 95 %, {waits.longest:.2f} s longest"
