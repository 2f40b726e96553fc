"""Outcomes as one HTML page with plots: nothing is loaded from elsewhere, no script runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from importlib.resources import files
from zoneinfo import ZoneInfo

from kwabo.simulation import charts
from kwabo.simulation.outcome import WAIT_COLUMN_SECONDS, Calls, Outcome
from kwabo.simulation.several import (
    QUEUE_FIGURES,
    SECONDS,
    SHARES,
    Estimate,
    estimate,
    queue_estimates,
    shown,
)
from kwabo.simulation.words import Words, result_word, words_of

_STATES = ("talking", "after_call", "inbound", "reserved", "ready", "paused", "away")
_TILES = ("conversations", "utilisation", "abandon_rate", "dialled_per_hour")
_SMOOTH_MINUTES = 15
_LEAST_TOP_OF_RATE = 0.04


def page(outcomes: Sequence[Outcome], language: str = "en") -> str:
    """The page of one or several runs of a scenario, in 'en' or 'fr'."""
    words = words_of(language)
    first = outcomes[0]
    found = shown(outcomes)
    style = files(__package__ or "").joinpath("page.css").read_text(encoding="utf-8")
    body = [
        _head(words, outcomes),
        _tiles(words, found),
        *_plots(words, first),
        _figures(words, found, len(outcomes)),
        _campaigns(words, first),
        _queues(words, outcomes),
        _results(words, first, len(outcomes)),
        f"<footer>{escape(words['made_by'])}</footer>",
    ]
    return (
        f'<!doctype html><html lang="{words["language"]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(first.scenario)}</title><style>{style}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _head(words: Words, outcomes: Sequence[Outcome]) -> str:
    first = outcomes[0]
    begins = datetime.fromisoformat(first.begins).astimezone(ZoneInfo(first.time_zone))
    when = words["from_to"].format(
        begins=begins.strftime(words["date"]),
        hours=_decimal(words, first.seconds / 3600, 1),
        zone=first.time_zone,
    )
    if len(outcomes) == 1:
        runs = f"{words['seed']} {first.seed}"
    else:
        runs = words["runs"].format(n=len(outcomes), first=first.seed, last=outcomes[-1].seed)
    finished = "".join(
        f"<p>{escape(words['list_finished'].format(name=name))}</p>"
        for name in first.lists_finished
    )
    return (
        f"<p>{escape(words['simulated'])} · {escape(when)} · {escape(runs)}</p>"
        f"<h1>{escape(first.scenario)}</h1>{finished}"
    )


def _tiles(words: Words, found: Mapping[str, Estimate]) -> str:
    shown_first = [name for name in _TILES if name in found] or list(found)
    tiles = "".join(
        f'<div class="tile"><b>{_value(words, name, found[name].mean)}</b>'
        f"<span>{escape(words[name])}</span></div>"
        for name in shown_first
    )
    return f'<div class="tiles">{tiles}</div>'


# ── Numbers ──────────────────────────────────────────────────────────────────────────────────────


def _decimal(words: Words, value: float, digits: int) -> str:
    text = f"{value:,.{digits}f}"
    if words["language"] == "fr":
        text = text.replace(",", "\u202f").replace(".", ",")
    return text


def _percent(words: Words, value: float, digits: int = 2) -> str:
    return f"{_decimal(words, value * 100, digits)}\u202f%"


def _value(words: Words, name: str, value: float) -> str:
    if name in SHARES:
        return _percent(words, value)
    if name in SECONDS:
        return f"{_decimal(words, value, 2)} s"
    return _decimal(words, value, 1 if name.endswith("per_hour") else 0)


# ── Plots ────────────────────────────────────────────────────────────────────────────────────────


def _plots(words: Words, outcome: Outcome) -> list[str]:
    """Those of dialling only where somebody is dialled."""
    begins = datetime.fromisoformat(outcome.begins).astimezone(ZoneInfo(outcome.time_zone))
    axis = charts.Axis(
        begin=begins.hour * 3600.0 + begins.minute * 60.0 + begins.second,
        minutes=len(outcome.series.dialled),
    )
    states = [s for s in _STATES if any(outcome.series.agents[s])]
    layers = {s: (words[s], outcome.series.agents[s]) for s in states}
    return [
        _section(
            words["agents"],
            "",
            charts.stacked(words["agents"], axis, layers),
            _legend((s, words[s]) for s in states),
        ),
        *(_plots_of_dialling(words, outcome, axis) if outcome.campaigns else ()),
        _plot_of_busy_agents(words, outcome, axis),
    ]


def _plots_of_dialling(words: Words, outcome: Outcome, axis: charts.Axis) -> list[str]:
    series = outcome.series
    rate_note = words["rate_note"].format(minutes=round(outcome.abandon_window_seconds / 60))
    targets = [
        (rate, words["target"].format(name=name, rate=_percent(words, rate, 1)))
        for name, rate in outcome.abandon_targets.items()
    ]

    def percent(value: float) -> str:
        return _percent(words, value, 1)

    return [
        _section(
            words["pace"],
            words["pace_note"],
            charts.lines(words["pace"], axis, {"ready": (words["pace"], series.in_the_air)}),
        ),
        _section(
            words["started"],
            "",
            charts.lines(words["started"], axis, {"reserved": (words["started"], series.dialled)}),
        ),
        _section(
            words["rate"],
            rate_note,
            charts.lines(
                words["rate"],
                axis,
                {"away": (words["rate"], series.abandon_rate)},
                form=percent,
                least_top=_LEAST_TOP_OF_RATE,
                marks=targets,
            ),
        ),
        _section(
            words["waits"],
            words["waits_note"],
            charts.columns(words["waits"], outcome.wait_columns, _wait_labels(words, outcome)),
        ),
    ]


def _plot_of_busy_agents(words: Words, outcome: Outcome, axis: charts.Axis) -> str:
    lines = {"talking": (words["occupancy"], _share(outcome, ("after_call", "inbound")))}
    if outcome.campaigns:
        lines["ready"] = (words["utilisation"], _share(outcome, ()))
    return _section(
        words["busy"] if outcome.campaigns else words["occupancy"],
        words["busy_note"],
        charts.lines(
            words["busy"],
            axis,
            lines,
            form=lambda value: _percent(words, value, 0),
            least_top=1.0,
        ),
        _legend((name, label) for name, (label, _) in lines.items()),
    )


def _wait_labels(words: Words, outcome: Outcome) -> list[str]:
    last = len(outcome.wait_columns) - 1
    labels = [
        f"{_decimal(words, n * WAIT_COLUMN_SECONDS, 1)} s" for n in range(len(outcome.wait_columns))
    ]
    labels[last] = f"≥ {labels[last]}"
    return labels


def _share(outcome: Outcome, more: tuple[str, ...]) -> list[float | None]:
    """Talking (and more) as a share of the time at work, over the last minutes."""
    agents = outcome.series.agents
    count = len(outcome.series.dialled)
    busy = [sum(agents[s][n] for s in ("talking", *more)) for n in range(count)]
    idle = [agents["ready"][n] + agents["reserved"][n] for n in range(count)]
    found: list[float | None] = []
    for minute in range(count):
        begin = max(0, minute + 1 - _SMOOTH_MINUTES)
        at_work = sum(busy[begin : minute + 1])
        whole = at_work + sum(idle[begin : minute + 1])
        found.append(at_work / whole if whole > 0 else None)
    return found


def _section(title: str, note: str, *content: str) -> str:
    said = f"<p>{escape(note)}</p>" if note else ""
    return f"<section><h2>{escape(title)}</h2>{said}{''.join(content)}</section>"


def _legend(entries: Iterable[tuple[str, str]]) -> str:
    items = "".join(
        f'<span><i style="--swatch: var(--{name})"></i>{escape(label)}</span>'
        for name, label in entries
    )
    return f'<div class="legend">{items}</div>'


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _figures(words: Words, found: Mapping[str, Estimate], runs: int) -> str:
    heads = [words["figure"], words["value"]]
    if runs > 1:
        heads = [words["figure"], words["mean"], words["interval"]]
    rows = []
    for name, one in found.items():
        row = [words[name], _value(words, name, one.mean)]
        if runs > 1:
            row.append(_interval(words, name, one))
        rows.append(row)
    return _section(words["figure"], "", _table(heads, rows))


def _interval(words: Words, name: str, one: Estimate) -> str:
    if one.least is None or one.most is None:
        return "–"
    return f"{_value(words, name, one.least)} … {_value(words, name, one.most)}"


def _campaigns(words: Words, outcome: Outcome) -> str:
    if len(outcome.campaigns) < 2:
        return ""
    cells: Sequence[tuple[str, Callable[[Calls], float | None]]] = (
        ("dialled", lambda calls: calls.dialled),
        ("conversations", lambda calls: calls.conversations),
        ("abandon_rate", lambda calls: calls.abandon_rate),
        ("wait_p95", lambda calls: calls.wait.p95),
    )
    rows = [
        [
            name,
            *(
                "–" if (value := figure(calls)) is None else _value(words, key, value)
                for key, figure in cells
            ),
        ]
        for name, calls in outcome.campaigns.items()
    ]
    heads = [words["campaign"], *(words[key] for key, _ in cells)]
    return _section(words["campaigns"], "", _table(heads, rows))


def _queues(words: Words, outcomes: Sequence[Outcome]) -> str:
    """Each queue a line; of several runs the means, and below each its interval."""
    if outcomes[0].callers is None:
        return ""
    rows = []
    for queue, found in queue_estimates(outcomes).items():
        figures = [(name, found.get(name)) for name in QUEUE_FIGURES]
        means = ("–" if one is None else _value(words, name, one.mean) for name, one in figures)
        rows.append([queue, *means])
        if len(outcomes) > 1:
            ranges = ("–" if one is None else _interval(words, name, one) for name, one in figures)
            rows.append([words["interval"], *ranges])
    came = estimate([one.callers.came for one in outcomes if one.callers is not None])
    note = words["callers_note"].format(came=_decimal(words, came.mean, 0))
    heads = [words[key] for key in ("queue", *QUEUE_FIGURES)]
    return _section(words["from_outside"], note, _table(heads, rows))


def _results(words: Words, outcome: Outcome, runs: int) -> str:
    if not outcome.calls.results:
        return ""
    results = sorted(outcome.calls.results.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [
        [result_word(words["language"], result), _decimal(words, count, 0)]
        for result, count in results
    ]
    note = words["results_note"].format(seed=outcome.seed) if runs > 1 else ""
    return _section(words["results"], note, _table([words["result"], words["count"]], rows))
