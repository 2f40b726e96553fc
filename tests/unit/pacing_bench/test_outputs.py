"""The table and the plot of a short run."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree as ET

from pacing_bench.averages import Summary
from pacing_bench.comparison import compare
from pacing_bench.families import FAMILIES, Family, Sweep, sweep
from pacing_bench.plot import draw
from pacing_bench.report import print_comparison, print_tables
from pacing_bench.runs import day
from pacing_bench.scenarios import catalogue
from rich.console import Console

_SCENARIO = catalogue()["5 p30"]


def _summary(policy: str) -> Summary:
    days = tuple(day(_SCENARIO, policy, seed, 0.3) for seed in (1, 2))
    return Summary(_SCENARIO.name, policy, days)


def _told(summaries: list[Summary], swept: dict[str, dict[str, list[Summary]]]) -> str:
    console = Console(file=io.StringIO(), width=170)
    print_tables(console, [_SCENARIO], summaries, 0.3)
    print_comparison(console, compare(summaries, swept, 2), 2)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_tables_and_plot_tell_every_policy(tmp_path: Path) -> None:
    summaries = [_summary("progressive"), _summary("product")]
    ratios = Family("ratio", ("ratio:1", "ratio:2", "ratio:9", "ratio:10"), ordered=True)
    settings = sweep(Sweep(scenario="5 p30", family=ratios, seeds=(1, 2), hours=0.3))
    assert [s.policy for s in settings][-1] != "ratio:10"  # far beyond before that
    swept = {"5 p30": {"ratio": settings}}
    told = _told(summaries, swept)
    assert "progressive" in told
    assert "product" in told
    assert f"{100 * summaries[0].mean('utilisation').mean:.1f}" in told
    draw(tmp_path / "plot.svg", [_SCENARIO], summaries, swept)
    root = ET.parse(tmp_path / "plot.svg").getroot()
    words = [part.text for part in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "5 p30" in words


def test_every_familys_settings_can_be_made() -> None:
    for family in FAMILIES:
        for policy in family.policies:
            assert day(_SCENARIO, policy, 1, 0.02)["dialled"] > 0
