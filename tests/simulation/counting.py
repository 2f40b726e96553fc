"""Judges the window of the abandon rate and the counts of campaigns: what the floor counts is what
the rows say, also after a crash.
"""

from __future__ import annotations

from collections.abc import Callable

from kwabo.adapters.memory import floor_reads
from kwabo.engine.floor.state import Campaign, Floor
from simulation.dialling import window_of
from simulation.world import World

EVERY_SECONDS = 5.0
COUNTS = ("finished", "attempts", "answered", "abandoned", "results")


class Counting:
    """Compares when a floor was taken, now and then, and whenever nobody is on a line."""

    def __init__(self, world: World, problem: Callable[[str], None]) -> None:
        self._world = world
        self._problem = problem
        self._floor: Floor | None = None
        self._next = 0.0
        self._was_quiet = False

    def step(self, floor: Floor) -> None:
        """After a step."""
        quiet = not floor.live_calls()
        new = floor is not self._floor or (quiet and not self._was_quiet)
        self._was_quiet = quiet
        if new or self._world.clock.monotonic() >= self._next:
            self._floor = floor
            self._next = self._world.clock.monotonic() + EVERY_SECONDS
            self.compare(floor)

    def compare(self, floor: Floor) -> None:
        """Each campaign's window and counts with its rows."""
        for campaign in floor.campaigns.values():
            tally = campaign.window.tally(floor.now)
            counted = (tally.dialled, tally.live, tally.abandoned, tally.machines)
            really = window_of(self._world, campaign.row)
            if counted != really:
                self._problem(
                    f"window: {campaign.row.name} ({campaign.row.mode}) counts {counted},"
                    f" its rows {really} (dialled, live, abandoned, machines)"
                )
            self._counts(campaign)

    def _counts(self, campaign: Campaign) -> None:
        row = floor_reads.read_campaign(self._world.data, campaign.row.campaign_id)
        for name in COUNTS:
            counted, really = getattr(campaign, name), getattr(row, name)
            if counted != really:
                self._problem(f"counts: {name} {counted}, really {really}")
