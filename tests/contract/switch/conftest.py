"""The switches that the contract is held against."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator

import pytest

from contract.switch.asterisk_bench import AsteriskBench, RealSwitch
from contract.switch.bench import Bench, Under, connect
from contract.switch.fake_bench import FakeBench, behaviour_of
from contract.switch.simulator_bench import SimulatorBench
from fake_ari import FakeAri
from kwabo.adapters.switch.asterisk.install import AsteriskUnavailable

_TESTS = itertools.count(100)


@pytest.fixture(scope="session")
def real_switch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealSwitch]:
    """A real Asterisk with the carrier lab."""
    try:
        real = RealSwitch(tmp_path_factory.mktemp("contract"))
    except AsteriskUnavailable as error:
        pytest.skip(f"No Asterisk to be had: {error}")
    yield real
    real.stop()


@pytest.fixture(
    params=["simulator", "fake-ari", pytest.param("asterisk", marks=pytest.mark.asterisk)]
)
async def under(request: pytest.FixtureRequest) -> AsyncIterator[Under]:
    """A connected switch of each kind, with its far end."""
    prefix = f"{next(_TESTS):04d}"
    application = f"kwabo-{prefix}"
    bench: Bench
    if request.param == "simulator":
        bench = SimulatorBench(application)
    elif request.param == "fake-ari":
        fake = FakeAri(behaviour_of)
        await fake.start()
        bench = FakeBench(application, fake)
    else:
        bench = AsteriskBench(request.getfixturevalue("real_switch"), application)
    under = await connect(bench, bench.another(), prefix)
    yield under
    await under.switch.close()
    await bench.close()
