"""A trunk of the floor: its health, and the calls that it was given in the last second."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from kwabo.domain.campaigns.trunk_health import TrunkHealth
from kwabo.ports.floor_rows import TrunkRow


@dataclass(slots=True, kw_only=True)
class Trunk:
    """See the module. Times are of the steady clock."""

    row: TrunkRow
    health: TrunkHealth = field(default_factory=TrunkHealth)
    started: deque[float] = field(default_factory=deque)  # the newest starts
    decided: int = 0  # of these: the last ones, not yet asked of the switch

    @classmethod
    def of(cls, row: TrunkRow, mono: float) -> Trunk:
        """A trunk of which nobody knows whether it was given all it takes a moment ago."""
        trunk = cls(row=row)
        trunk.started.extend(mono for _ in range(trunk._most))
        return trunk

    @property
    def _most(self) -> int:
        return max(1, int(self.row.calls_per_second))

    def may_start(self, mono: float) -> int:
        """Calls that may start now, so that no second has more than the calls per second."""
        most, started = self._most, self.started
        if started:
            period = max(1.0, most / self.row.calls_per_second) - 1e-6
            while started and mono - started[0] >= period:
                started.popleft()
        return max(0, most - len(started))

    def start(self, mono: float) -> None:
        """A call is decided on: it is asked of the switch after the step's commit."""
        self.started.append(mono)
        self.decided += 1

    def asked(self, mono: float) -> None:
        """What was decided is asked of the switch now; the commit may have taken time."""
        for _ in range(min(self.decided, len(self.started))):
            self.started.pop()
        self.started.extend([mono] * self.decided)
        self.decided = 0
