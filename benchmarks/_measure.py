"""Timing of calls, a table of them, and the plans that PostgreSQL really used."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import re
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from _centre import Centre, result
from sqlalchemy import make_url

_AUTO_EXPLAIN = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_timing": "on",
    "auto_explain.log_parameter_max_length": "0",
}
_ENTRY = re.compile(r"^\d{4}-\d\d-\d\d .*?LOG:  duration: (?P<ms>[\d.]+) ms  plan:$")


async def timed(ask: Callable[[], Awaitable[Any]], times: int = 9, *, warm: int = 1) -> list[float]:
    """Milliseconds of several calls, without those that fill the caches."""
    found = []
    for turn in range(times + warm):
        begun = time.perf_counter()
        await ask()
        if turn >= warm:
            found.append(1000 * (time.perf_counter() - begun))
    return found


def figures(times: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and largest of milliseconds."""
    ordered = sorted(times)
    if not ordered:
        return {"number": 0}
    return {
        "number": len(ordered),
        "median_ms": round(statistics.median(ordered), 1),
        "p95_ms": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1),
        "max_ms": round(ordered[-1], 1),
    }


def markdown(found: Mapping[str, Sequence[float] | str]) -> str:
    """A table; text in place of times is a line's own words."""
    lines = ["| | number | median, ms | p95, ms | max, ms |", "|---|---|---|---|---|"]
    for name, times in found.items():
        if isinstance(times, str):
            lines.append(f"| {name} | {times} | | | |")
            continue
        row = figures(times)
        cells = [str(row.get(key, "–")) for key in ("number", "median_ms", "p95_ms", "max_ms")]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def show(
    name: str,
    options: argparse.Namespace,
    found: Mapping[str, Sequence[float] | str],
    seen: Sequence[str] = (),
) -> None:
    """Print the table and the plans that were seen, or with `--json` the figures alone."""
    if options.json:
        measured = {line: t if isinstance(t, str) else figures(t) for line, t in found.items()}
        print(result(name, options, measured))
        return
    print(markdown(found))
    if seen:
        print("\n".join(seen))


@asynccontextmanager
async def plans(centre: Centre, *, longer_than_ms: float = 0.0) -> AsyncIterator[list[str]]:
    """The plans of what is asked inside the block by connections that are opened in it.

    They come with what was really read, statement by statement, from the server's own
    `auto_explain`; the list is full when the block is left.
    """
    database = make_url(centre.owner_url).database
    for name, value in _AUTO_EXPLAIN.items():
        await _as_superuser(centre, f"ALTER DATABASE {database} SET {name} = '{value}'")
    before = centre.log.stat().st_size
    found: list[str] = []
    try:
        yield found
        await asyncio.sleep(0.2)
        with centre.log.open(encoding="utf-8", errors="replace") as file:
            file.seek(before)
            found.extend(_entries(file.read(), longer_than_ms))
    finally:
        for name in _AUTO_EXPLAIN:
            with contextlib.suppress(asyncpg.PostgresError):
                await _as_superuser(centre, f"ALTER DATABASE {database} RESET {name}")


def _entries(log: str, longer_than_ms: float) -> list[str]:
    entries: list[tuple[float, list[str]]] = []
    inside = False
    for line in log.splitlines():
        begins = _ENTRY.match(line)
        if begins:
            entries.append((float(begins["ms"]), []))
            inside = True
        elif inside and (line.startswith("\t") or not line.strip()):
            entries[-1][1].append(line.removeprefix("\t"))
        else:
            inside = False
    return [f"-- {ms:.1f} ms\n" + "\n".join(lines) for ms, lines in entries if ms >= longer_than_ms]


async def _as_superuser(centre: Centre, statement: str) -> None:
    connection = await asyncpg.connect(centre.superuser_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
