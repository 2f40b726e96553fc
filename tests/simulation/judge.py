"""The judge: compares the far end's record and the tables with what must always hold.

The numbers I1 … are those of the invariants in `docs/developers/testing.md`. Each part judges some
of them; a problem begins with the name of what does not hold.
"""

from __future__ import annotations

from collections.abc import Sequence

from kwabo.adapters.switch.simulator import FarEndCall
from kwabo.adapters.switch.simulator.channels import SimulatedBridge, SimulatedChannel
from kwabo.engine.floor.state import Floor
from simulation.counting import Counting
from simulation.dialling import Dialling
from simulation.ending import Ending
from simulation.hearing import Hearing
from simulation.keeping import Keeping
from simulation.leaving import Leaving
from simulation.recalling import Recalling
from simulation.results import Results
from simulation.serving import Serving
from simulation.starving import Starving
from simulation.tables import Tables
from simulation.views import Views
from simulation.world import World


class Judge:
    """Watches one run. What is wrong is added to the world's problems."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tables = Tables(world, self.problem)
        self.views = Views(self.tables, self.problem)
        self.dialling = Dialling(world, self.tables, self.problem)
        self.serving = Serving(world, self.tables, self.problem)
        self.counting = Counting(world, self.problem)
        self.hearing = Hearing(world, self.problem)
        self.ending = Ending(world, self.tables, self.problem)
        self.recalling = Recalling(world, self.problem)
        self.keeping = Keeping(world, self.problem)
        self.results = Results(world, self.problem)
        self.leaving = Leaving(world, self.tables, self.problem)
        self.starving = Starving(world, self.tables, self.problem)
        world.node.watcher = self

    def problem(self, text: str) -> None:
        """Something does not hold."""
        self.world.problems.append(f"{self.world.clock.monotonic():.2f}s {text}")

    def step(self, floor: Floor) -> None:
        """The floor in charge has finished a step."""
        changed = self.tables.read()
        self.views.step(floor)
        self.dialling.step(floor, changed)
        self.serving.step(floor, changed)
        self.recalling.step(floor, changed)
        self.keeping.step(changed)
        self.leaving.step(floor, changed)
        self.counting.step(floor)

    def listen(self, floor: Floor | None) -> None:
        """Twice a second. `floor`: the one in charge, if its engine runs."""
        self.hearing.listen(floor)
        self.dialling.listen(self.hearing)
        self.leaving.listen(self.hearing)
        self.starving.listen(floor, self.hearing)

    def end(self, floor: Floor | None, ended: bool) -> None:
        """Everything is over."""
        self.tables.read()
        self.serving.end(self.hearing)
        self.ending.end(floor, ended, self.hearing)
        self.recalling.end(ended)
        self.keeping.end()
        self.results.end(self.hearing)
        if floor is not None:
            self.counting.compare(floor)

    # ── What the node tells ──────────────────────────────────────────────────────────────────────

    def invited(self, call: FarEndCall, channel: SimulatedChannel) -> None:
        self.dialling.invited(call, channel)
        self.results.invited(call, channel)

    def joined(self, channel: SimulatedChannel, bridge: SimulatedBridge) -> None:
        self.serving.joined(channel, bridge)

    def plays(self, channel: SimulatedChannel, media: Sequence[str], playback_id: str) -> None:
        self.serving.plays(channel, media, playback_id)

    def connection(self, connected: bool) -> None:
        self.dialling.connection(connected)
