"""How busy the machine was while something was measured."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True, kw_only=True)
class MachineLoad:
    """Samples of the load average and of the processors' counters."""

    averages: list[float] = field(default_factory=list)
    _first: tuple[int, int] = field(default_factory=lambda: _processors())

    def sample(self) -> None:
        """Take the load average of now."""
        self.averages.append(os.getloadavg()[0])

    def told(self) -> dict[str, float]:
        """The mean load average, and which share of the processors' time was used."""
        busy, total = _processors()
        used = (busy - self._first[0]) / max(1, total - self._first[1])
        mean = sum(self.averages) / len(self.averages) if self.averages else os.getloadavg()[0]
        return {"load_average": round(mean, 2), "processors_busy": round(used, 3)}


def _processors() -> tuple[int, int]:
    """Busy and total ticks of all processors since the machine started."""
    counters = [
        int(value) for value in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    ]
    idle = counters[3] + counters[4]
    return sum(counters) - idle, sum(counters)
