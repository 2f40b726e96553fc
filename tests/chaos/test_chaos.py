"""The short form: a few minutes of kills, and the control that must show duplicates."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.chaos import naive
from tests.chaos.harness import ChaosSettings, run

from kwabo.adapters.switch.asterisk.install import AsteriskUnavailable, install


@pytest.fixture(scope="module")
def home() -> Path:
    """Where Asterisk is installed."""
    folder = Path(os.environ.get("KWABO_HOME") or Path(__file__).parents[2] / ".kwabo").resolve()
    try:
        install(folder)
    except AsteriskUnavailable as error:
        pytest.skip(f"No Asterisk: {error}")
    return folder


@pytest.mark.timeout(400)
async def test_nothing_is_lost_and_nothing_is_dialled_twice(home: Path, tmp_path: Path) -> None:
    """Engines are killed and frozen, sockets cut, PostgreSQL restarted; the far end judges."""
    settings = ChaosSettings(
        home=home, folder=tmp_path, kills=8, freezes=0.15, cuts=0.15, switch_restarts=0.05
    )
    report = await run(settings, print)
    broken = report.judgement.broken
    assert broken.number == 0, "\n".join(broken.told())
    assert report.judgement.carried > 0
    assert report.judgement.answered > 10


@pytest.mark.timeout(120)
async def test_the_harness_finds_what_a_naive_worker_does(home: Path, tmp_path: Path) -> None:
    """Lease and requeue must ring somebody twice, or the judge is blind."""
    assert await naive.run(home, tmp_path, kills=25, seed=1) > 0
