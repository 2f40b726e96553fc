"""The table: the far end, the program's tables, and the simulation's forecast side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from kwabo.simulation.outcome import Outcome, Waits
from kwabo.simulation.several import estimate
from switch_bench.figures import LEARNING_SECONDS, AgentHours, Calls, Message, simulated_hours
from switch_bench.run import SwitchRun

Number = float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure from each side; None where a side cannot know it."""

    name: str
    write: Callable[[float], str]
    far_end: Callable[[SwitchRun], Number] = lambda run: None
    tables: Callable[[SwitchRun], Number] = lambda run: None
    forecast: Callable[[Outcome], Number] = lambda outcome: None


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _percent(value: float) -> str:
    return f"{value:.1%}"


def _exact_percent(value: float) -> str:
    return f"{value:.2%}"


def _seconds(value: float) -> str:
    return f"{value:.3f} s"


def _tenth(value: float) -> str:
    return f"{value:.1f}"


def _calls(name: str, write: Callable[[float], str], attribute: str) -> Row:
    """A figure that all three sides have under the same name."""
    return Row(
        name=name,
        write=write,
        far_end=lambda run: getattr(run.far_end, attribute),
        tables=lambda run: getattr(run.tables, attribute),
        forecast=lambda outcome: getattr(outcome.calls, attribute),
    )


def _wait(name: str, attribute: str) -> Row:
    return Row(
        name=name,
        write=_seconds,
        far_end=lambda run: getattr(run.far_end.wait, attribute),
        tables=lambda run: getattr(run.tables.wait, attribute),
        forecast=lambda outcome: getattr(outcome.calls.wait, attribute),
    )


def _message(name: str, write: Callable[[float], str], read: Callable[[Message], Number]) -> Row:
    return Row(
        name=name,
        write=write,
        far_end=lambda run: read(run.far_end.message),
        tables=lambda run: read(run.tables.message),
    )


def _rows(seconds: float) -> list[Row]:
    def whole(outcome: Outcome) -> AgentHours:
        return simulated_hours(outcome, 0.0, seconds)

    def steady(outcome: Outcome) -> AgentHours:
        return simulated_hours(outcome, min(LEARNING_SECONDS, seconds / 2), seconds)

    def an_hour(calls: int, hours: AgentHours) -> Number:
        return calls / hours.at_work if hours.at_work else None

    return [
        _calls("calls dialled (INVITEs)", _whole, "dialled"),
        _calls("answered, machines included", _whole, "live_answers"),
        _calls("conversations", _whole, "conversations"),
        _calls("abandoned", _whole, "abandoned"),
        _calls("abandon rate, of those answered", _exact_percent, "abandon_rate"),
        _calls("abandon rate, of all calls", _exact_percent, "abandon_rate_of_all"),
        _calls("answer rate", _percent, "answer_rate"),
        Row(
            name="utilisation: talk / (talk + ready)",
            write=_percent,
            tables=lambda run: run.hours.utilisation,
            forecast=lambda outcome: whole(outcome).utilisation,
        ),
        Row(
            name="  without the first two minutes",
            write=_percent,
            tables=lambda run: run.steady_hours.utilisation,
            forecast=lambda outcome: steady(outcome).utilisation,
        ),
        Row(
            name="occupancy: with after-call work",
            write=_percent,
            tables=lambda run: run.hours.occupancy,
            forecast=lambda outcome: whole(outcome).occupancy,
        ),
        Row(
            name="calls for each agent hour",
            write=_tenth,
            tables=lambda run: an_hour(run.tables.dialled, run.hours),
            forecast=lambda outcome: an_hour(outcome.calls.dialled, whole(outcome)),
        ),
        Row(
            name="conversations for each agent hour",
            write=_tenth,
            tables=lambda run: an_hour(run.tables.conversations, run.hours),
            forecast=lambda outcome: an_hour(outcome.calls.conversations, whole(outcome)),
        ),
        _wait("answer to agent, p50", "p50"),
        _wait("answer to agent, p95", "p95"),
        _wait("answer to agent, longest", "longest"),
        _message("message owed to abandoned calls", _whole, lambda message: message.owed),
        _message("  heard, or written as played", _whole, lambda message: message.told),
        _message("  answer to message, p50", _seconds, lambda message: message.p50),
        _message("  answer to message, longest", _seconds, lambda message: message.longest),
        _message("  later than two seconds", _whole, lambda message: message.late),
    ]


def tables(run: SwitchRun, outcomes: Sequence[Outcome]) -> Table:
    """One run beside its forecast."""
    table = Table(
        "What",
        "Far end",
        "Tables",
        "Forecast",
        "95 % of mean",
        "Seeds' range",
        title=f"{run.mode}, {run.seconds / 60:.0f} minutes; forecast of {len(outcomes)} seeds",
    )
    for row in _rows(run.seconds):
        values = [value for outcome in outcomes if (value := row.forecast(outcome)) is not None]
        table.add_row(
            row.name,
            _written(row, row.far_end(run)),
            _written(row, row.tables(run)),
            *_forecast(row, values),
        )
    return table


def _written(row: Row, value: Number) -> str:
    return "–" if value is None else row.write(value)


def _forecast(row: Row, values: Sequence[float]) -> tuple[str, str, str]:
    if not values:
        return ("–", "–", "–")
    found = estimate(values)
    interval = "–"
    if found.least is not None and found.most is not None:
        interval = f"{row.write(max(0.0, found.least))} … {row.write(found.most)}"
    return (row.write(found.mean), interval, f"{row.write(min(values))} … {row.write(max(values))}")


def show(console: Console, run: SwitchRun, outcomes: Sequence[Outcome]) -> None:
    """Print the table and what must be known to read it."""
    console.print(tables(run, outcomes))
    window = run.window
    for line in (
        f"far end: {_kinds(run.far_end)}",
        f"tables: {_kinds(run.tables)}",
        f"the program's own account (machines that agents told taken out): {window['abandoned']} "
        f"of {window['live']} abandoned, {window['rate']:.2%}; of all {window['rate_of_all']:.2%}",
        f"most calls in the air {run.most_in_air}{_pacing(run)}",
        f"agents' clicks behind the drawn moments: {_late(run.late)}",
        f"load average {run.machine['load_average']}, processors busy "
        f"{run.machine['processors_busy']:.0%}; live sockets lost {run.sockets_lost}",
        "tables and far end differ: " + ("; ".join(run.differences) or "nowhere"),
    ):
        console.print(line, highlight=False, soft_wrap=True)
    console.print()


def _pacing(run: SwitchRun) -> str:
    """What only campaigns tell that call for nobody in particular."""
    if not run.reasons:
        return ""
    told = ", ".join(f"{reason} {count}" for reason, count in run.reasons.items())
    return f", most beyond the agents ready {run.most_above_ready}; reasons told: {told}"


def _late(late: Waits) -> str:
    if late.p50 is None or late.p95 is None or late.longest is None:
        return "none"
    return f"{late.count}, p50 {late.p50:.3f} s, p95 {late.p95:.3f} s, longest {late.longest:.3f} s"


def _kinds(calls: Calls) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(calls.by_kind.items()))


NOTES = """\
Far end: the carrier lab's own log, joined with the switch's bridges. An answered call that was
never in a bridge counts as abandoned; only persons listen for the message, so machines are not
among those to whom one is owed there. It is heard after the first 60 ms of sound in a row.
Tables: the attempts and the floor's events. Both count machines as answered, as the floor does when
no call analysis is asked for; agents notice them and hang up.
Forecast: kwabo.simulation on the same scenario, one run for each seed, on the same engine."""
