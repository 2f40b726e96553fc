"""The switches that the contract is held against."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator

import pytest

from contract.switch.bench import Under, connect
from contract.switch.simulator_bench import SimulatorBench

_TESTS = itertools.count(100)


@pytest.fixture(params=["simulator"])
async def under(request: pytest.FixtureRequest) -> AsyncIterator[Under]:
    """A connected switch of each kind, with its far end."""
    prefix = f"{next(_TESTS):04d}"
    bench = SimulatorBench(f"kwabo-{prefix}")
    under = await connect(bench, bench.another(), prefix)
    yield under
    await under.switch.close()
    await bench.close()
