"""Small charts as SVG: values in, text out. Colours are classes, which the page defines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 880, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 12, 28
_TICKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The time of the run, for all charts of a page alike."""

    begin: float  # seconds since midnight
    minutes: int

    def ticks(self) -> list[tuple[float, str]]:
        """Round times of the day, at most ten: minute of the run, text."""
        step = next(s for s in (5, 10, 15, 30, 60, 120, 240) if self.minutes / s <= 10)
        first = -(-int(self.begin // 60) // step) * step
        found = []
        at = first - self.begin / 60
        while at <= self.minutes:
            moment = round(self.begin / 60 + at)
            found.append((at, f"{moment // 60 % 24:02d}:{moment % 60:02d}"))
            at += step
        return found


def _x(axis: Axis, minute: float) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * minute / max(1, axis.minutes)


def _y(value: float, most: float) -> float:
    return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(value, most) / most


def nice(most: float) -> float:
    """The round number at or above a value, for the top of an axis."""
    if most <= 0:
        return 1.0
    scale = 1.0
    while most > 10 * scale:
        scale *= 10
    while most <= scale:
        scale /= 10
    return next(s * scale for s in (1, 2, 3, 4, 5, 6, 8, 10) if most <= s * scale * (1 + 1e-9))


def _frame(
    title: str, axis_marks: str, most: float, form: Callable[[float], str], inner: str
) -> str:
    lines = []
    for step in range(_TICKS + 1):
        value = most * step / _TICKS
        y = _y(value, most)
        lines.append(
            f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="tick" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
            f"{escape(form(value))}</text>"
        )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"{''.join(lines)}{inner}{axis_marks}</svg>"
    )


def _time_marks(axis: Axis) -> str:
    return "".join(
        f'<text class="tick" x="{_x(axis, at):.1f}" y="{HEIGHT - 8}" text-anchor="middle">{text}'
        "</text>"
        for at, text in axis.ticks()
    )


def stacked(title: str, axis: Axis, layers: Mapping[str, tuple[str, Sequence[float]]]) -> str:
    """Areas one above the other: class → label and one value for each minute."""
    base = [0.0] * axis.minutes
    most = nice(
        max((sum(v[n] for _, v in layers.values()) for n in range(axis.minutes)), default=0)
    )
    shapes = []
    for name, (label, values) in layers.items():
        top = [low + value for low, value in zip(base, values, strict=True)]
        points = _steps(axis, top, most) + _steps(axis, base, most)[::-1]
        shapes.append(
            f'<polygon class="area {name}" points="{" ".join(points)}">'
            f"<title>{escape(label)}</title></polygon>"
        )
        base = top
    return _frame(title, _time_marks(axis), most, lambda v: f"{v:g}", "".join(shapes))


def _steps(axis: Axis, values: Sequence[float], most: float) -> list[str]:
    """Each minute as a level; neighbours that are equal are one."""
    points: list[str] = []
    for minute, value in enumerate(values):
        y = f"{_y(value, most):.1f}"
        points.append(f"{_x(axis, minute):.1f},{y}")
        points.append(f"{_x(axis, minute + 1):.1f},{y}")
    return points


def lines(
    title: str,
    axis: Axis,
    layers: Mapping[str, tuple[str, Sequence[float | None]]],
    *,
    form: Callable[[float], str] = lambda value: f"{value:g}",
    least_top: float = 0.0,
    marks: Sequence[tuple[float, str]] = (),
) -> str:
    """Lines over time; None is a gap. `marks`: levels to compare with, and their names."""
    known = [v for _, values in layers.values() for v in values if v is not None]
    most = nice(max([least_top, *known, *(level for level, _ in marks)]))
    shapes = []
    for level, text in marks:
        y = _y(level, most)
        shapes.append(
            f'<line class="mark" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="tick" x="{WIDTH - _RIGHT}" y="{y - 5:.1f}" text-anchor="end">'
            f"{escape(text)}</text>"
        )
    for name, (label, values) in layers.items():
        for begin, run in _runs(values):
            points = " ".join(
                f"{_x(axis, begin + n + 0.5):.1f},{_y(value, most):.1f}"
                for n, value in enumerate(run)
            )
            shapes.append(
                f'<polyline class="line {name}" points="{points}"><title>{escape(label)}</title>'
                "</polyline>"
            )
    return _frame(title, _time_marks(axis), most, form, "".join(shapes))


def _runs(values: Sequence[float | None]) -> list[tuple[int, list[float]]]:
    runs: list[tuple[int, list[float]]] = []
    going = False
    for index, value in enumerate(values):
        if value is None:
            going = False
        elif going:
            runs[-1][1].append(value)
        else:
            runs.append((index, [value]))
            going = True
    return runs


def columns(title: str, values: Sequence[int], labels: Sequence[str]) -> str:
    """Upright bars side by side, each with its label below."""
    most = nice(max(values, default=0))
    width = (WIDTH - _LEFT - _RIGHT) / max(1, len(values))
    every = max(1, -(-len(values) // 12))
    shapes, texts = [], []
    for index, value in enumerate(values):
        x, y = _LEFT + index * width, _y(value, most)
        shapes.append(
            f'<rect class="bar" x="{x + 1:.1f}" y="{y:.1f}" width="{max(1.0, width - 2):.1f}" '
            f'height="{HEIGHT - _BOTTOM - y:.1f}"><title>{escape(labels[index])}: {value:,}</title>'
            "</rect>"
        )
        if index % every == 0:
            texts.append(
                f'<text class="tick" x="{x + width / 2:.1f}" y="{HEIGHT - 8}" '
                f'text-anchor="middle">{escape(labels[index])}</text>'
            )
    return _frame(title, "".join(texts), most, lambda v: f"{v:g}", "".join(shapes))
