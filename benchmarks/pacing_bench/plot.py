"""The plot: a panel for each scenario, abandon rate across and utilisation up, as one SVG file.

Lines are families of baselines, over the settings that were run; marks are single policies; the
upright dashed line is the target. A family's line joins its best settings only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from pacing_bench.averages import Summary
from pacing_bench.families import Swept, points
from pacing_bench.terms import Scenario

_WIDTH, _HEIGHT = 300, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 10, 26, 28
_COLUMNS = 5
_HEAD = 86
_MOST_RATE = 0.06
_COLOURS = {
    "ratio": "#3b6fb6",
    "level": "#b0762b",
    "exponential": "#7a57a8",
    "call budget": "#8a8a8a",
    "window": "#2b8f8f",
    "erlang": "#4d8f3a",
    "product": "#c8102e",
    "progressive": "#222222",
    "oracle:releases": "#d08fb0",
    "oracle:answers": "#b3578c",
    "oracle:both": "#7d2a5f",
}
_MARKED = ("product", "progressive", "oracle:releases", "oracle:answers", "oracle:both")
_FONT = "font-family='system-ui, sans-serif'"


def _text(x: float, y: float, words: str, size: int = 10, more: str = "") -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' font-size='{size}' {_FONT} {more}>{escape(words)}</text>"


def _mark(x: float, y: float, policy: str) -> str:
    colour = _COLOURS[policy]
    if policy == "product":
        return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4.5' fill='{colour}'/>"
    if policy == "progressive":
        return f"<rect x='{x - 3:.1f}' y='{y - 3:.1f}' width='6' height='6' fill='{colour}'/>"
    corners = f"{x:.1f},{y - 4.5:.1f} {x + 4.5:.1f},{y + 3.5:.1f} {x - 4.5:.1f},{y + 3.5:.1f}"
    return f"<polygon points='{corners}' fill='{colour}'/>"


class _Panel:
    """One scenario's coordinates."""

    def __init__(self, column: int, row: int, lowest: float) -> None:
        self.left = column * _WIDTH + _LEFT
        self.right = (column + 1) * _WIDTH - _RIGHT
        self.top = _HEAD + row * _HEIGHT + _TOP
        self.bottom = _HEAD + (row + 1) * _HEIGHT - _BOTTOM
        self.lowest = lowest

    def x(self, rate: float) -> float:
        share = min(rate, _MOST_RATE) / _MOST_RATE
        return self.left + share * (self.right - self.left)

    def y(self, utilisation: float) -> float:
        share = (utilisation - self.lowest) / (1.0 - self.lowest)
        return self.bottom - max(0.0, share) * (self.bottom - self.top)

    def frame(self, scenario: Scenario) -> list[str]:
        parts = [_text(self.left, self.top - 8, scenario.name, 12, "font-weight='600'")]
        level = self.lowest
        while level < 1.001:
            y = self.y(level)
            parts.append(
                f"<line x1='{self.left}' x2='{self.right}' y1='{y:.1f}' y2='{y:.1f}' "
                "stroke='#e3e3e3'/>"
            )
            words = f"{100 * level:.0f}"
            parts.append(_text(self.left - 5, y + 3, words, 9, "text-anchor='end' fill='#555'"))
            level += 0.1
        for rate in (0.0, 0.02, 0.04, 0.06):
            words = f"{100 * rate:.0f}" if rate < _MOST_RATE else "≥ 6 %"
            place = "text-anchor='middle' fill='#555'"
            parts.append(_text(self.x(rate), self.bottom + 12, words, 9, place))
        x = self.x(scenario.target)
        parts.append(
            f"<line x1='{x:.1f}' x2='{x:.1f}' y1='{self.top}' y2='{self.bottom}' "
            "stroke='#999' stroke-dasharray='3 3'/>"
        )
        return parts


def _edge(found: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    best, edge = -1.0, []
    for rate, utilisation in sorted(found):
        if utilisation > best:
            best = utilisation
            edge.append((rate, utilisation))
    return edge


def _drawn(panel: _Panel, family: str, found: list[tuple[float, float]]) -> list[str]:
    colour = _COLOURS[family]
    edge = [(rate, u) for rate, u in _edge(found) if rate <= _MOST_RATE]
    if not edge:
        return []
    path = " ".join(f"{panel.x(rate):.1f},{panel.y(u):.1f}" for rate, u in edge)
    parts = [f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='1.6'/>"]
    parts += [
        f"<circle cx='{panel.x(rate):.1f}' cy='{panel.y(u):.1f}' r='1.9' fill='{colour}'/>"
        for rate, u in edge
    ]
    return parts


def _legend() -> list[str]:
    parts = [_text(12, 24, "Utilisation (up, %) by abandon rate (across, %)", 16)]
    x = 16.0
    for name, colour in _COLOURS.items():
        if name in _MARKED:
            parts.append(_mark(x, 48, name))
        else:
            parts.append(
                f"<line x1='{x - 8}' x2='{x + 8}' y1='48' y2='48' stroke='{colour}' "
                "stroke-width='2'/>"
            )
        words = name.replace("oracle:", "oracle: ")
        parts.append(_text(x + 12, 52, words, 12))
        x += 40 + 7 * len(words)
    parts.append(_text(12, 74, "Dashed: the target. Lines join each family's best settings.", 11))
    return parts


def draw(
    path: Path, scenarios: Sequence[Scenario], summaries: Sequence[Summary], swept: Swept
) -> None:
    """Write the file."""
    rows = (len(scenarios) + _COLUMNS - 1) // _COLUMNS
    width, height = _COLUMNS * _WIDTH, _HEAD + rows * _HEIGHT
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' "
        f"viewBox='0 0 {width} {height}'>",
        f"<rect width='{width}' height='{height}' fill='#fff'/>",
        *_legend(),
    ]
    for n, scenario in enumerate(scenarios):
        marks = [s for s in summaries if s.scenario == scenario.name and s.policy in _MARKED]
        lines = {name: points(found) for name, found in swept.get(scenario.name, {}).items()}
        heights = [s.mean("utilisation").mean for s in marks]
        heights += [u for found in lines.values() for rate, u in found if rate <= _MOST_RATE]
        lowest = int(10 * min(heights, default=0.3)) / 10
        panel = _Panel(n % _COLUMNS, n // _COLUMNS, min(lowest, 0.9))
        parts += panel.frame(scenario)
        for name, found in lines.items():
            parts += _drawn(panel, name, found)
        for summary in marks:
            y = panel.y(summary.mean("utilisation").mean)
            parts.append(_mark(panel.x(summary.rate()), y, summary.policy))
    path.write_text("\n".join([*parts, "</svg>"]), encoding="utf-8")
