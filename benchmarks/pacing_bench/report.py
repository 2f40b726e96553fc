"""The table: each scenario's policies with what they reach.

Shares are per cent, waits seconds, calls those of an agent's hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from pacing_bench.averages import Mean, Summary
from pacing_bench.comparison import Comparison
from pacing_bench.terms import Scenario

_COLUMNS = (
    "policy", "utilisation", "abandon", "with lost", "of dialled", "worst 1,000", "days held",
    "wait p50", "wait p95", "calls/h", "callers 20 s",
)  # fmt: skip


def _percent(found: Mean, digits: int = 1) -> str:
    return f"{100 * found.mean:.{digits}f} ±{100 * found.half:.{digits}f}"


def row(summary: Summary, scenario: Scenario) -> list[str]:
    """One policy's cells; rates are of all days together, with the interval of the days' mean."""
    analysed = scenario.analysis is not None
    within = summary.mean("within_with_lost").mean
    return [
        summary.policy,
        _percent(summary.mean("utilisation")),
        f"{100 * summary.rate():.2f} ±{100 * summary.mean('abandon').half:.2f}",
        f"{100 * summary.rate_with_lost():.2f}" if analysed else "",
        f"{100 * summary.mean('abandon_of_dialled').mean:.2f}",
        f"{100 * max(day['worst_rolling'] for day in summary.days):.1f}",
        f"{round(within * len(summary.days))}/{len(summary.days)}",
        f"{summary.mean('wait_p50').mean:.2f}",
        f"{summary.mean('wait_p95').mean:.2f}",
        f"{summary.mean('calls_per_agent_hour').mean:.1f}",
        f"{100 * summary.mean('callers_in_time').mean:.1f}" if scenario.inbound else "",
    ]


def print_tables(
    console: Console, scenarios: Iterable[Scenario], summaries: Sequence[Summary], hours: float
) -> None:
    """A table for each scenario; `hours` of each day, 0: the scenario's."""
    for scenario in scenarios:
        rows = [s for s in summaries if s.scenario == scenario.name]
        if not rows:
            continue
        lasts = hours or scenario.short_hours or scenario.hours
        title = f"{scenario.name}: {scenario.about}; days of {lasts:g} h"
        table = Table(title=title, title_justify="left")
        for n, column in enumerate(_COLUMNS):
            if column.startswith("callers") and scenario.inbound is None:
                continue
            if column.startswith("with lost") and scenario.analysis is None:
                continue
            table.add_column(column, justify="left" if n == 0 else "right", no_wrap=True)
        for summary in rows:
            cells = row(summary, scenario)
            if scenario.inbound is None:
                cells.pop(10)
            if scenario.analysis is None:
                cells.pop(3)
            table.add_row(*cells)
        console.print(table)


def _difference(found: Mean | None) -> str:
    return f"{100 * found.mean:+.1f} ±{100 * found.half:.1f}" if found else ""


def print_comparison(console: Console, found: Sequence[Comparison], seeds: int) -> None:
    """One line for each scenario: the product, and each family's best at the product's rate.

    A dash: every setting of the family abandons more than the product.
    """
    if not found:
        return
    families = [name for name, _ in found[0].families]
    table = Table(
        title=f"The product beside progressive, and beside the best settings of each family at the "
        f"product's abandon rate (chosen with hindsight on the first {seeds} days)",
        title_justify="left",
    )
    table.add_column("scenario", no_wrap=True)
    for column in ("utilisation", "abandon", "days held", "over progressive", "over level"):
        table.add_column(column, justify="right", no_wrap=True)
    for family in families:
        table.add_column(family, justify="right", no_wrap=True)
    table.add_column("over best", justify="right", no_wrap=True)
    for one in found:
        best = one.over_best
        table.add_row(
            one.scenario,
            _percent(one.utilisation),
            f"{100 * one.rate:.2f}",
            f"{100 * one.held:.0f}",
            _difference(one.over_progressive),
            _difference(one.over_level),
            *(f"{100 * rate:.1f}" if rate is not None else "–" for _, rate in one.families),
            f"{100 * best:+.1f}" if best is not None else "",
        )
    console.print(table)
