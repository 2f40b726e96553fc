"""What happened to one campaign's calls.

`live` and `abandoned` are the law's: persons who answered; of these, whom no agent took in time.
Persons whom call analysis took for machines are counted apart (`lost_by_analysis`).
"""

from __future__ import annotations

from bisect import bisect_left

_ROLLING = 1000


class Record:
    """Counts and waits; changed by the floor only."""

    __slots__ = (
        "abandons_before",
        "busy",
        "ends_unseen",
        "live",
        "lost_by_analysis",
        "machine_verdicts",
        "machines_abandoned",
        "machines_connected",
        "machines_told",
        "machines_truly",
        "no_answer",
        "persons_connected",
        "persons_over",
        "waits",
    )

    def __init__(self) -> None:
        self.busy = 0
        self.no_answer = 0
        self.live = 0  # persons who answered and were offered to agents
        self.abandons_before: list[int] = []  # of each abandon: its place among the live ones
        self.persons_connected = 0
        self.persons_over = 0  # their conversations that ended
        self.machines_connected = 0
        self.machines_abandoned = 0
        self.machines_told = 0  # agents' wrap-ups that told it
        self.machine_verdicts = 0
        self.machines_truly = 0  # verdicts "machine" that were right
        self.lost_by_analysis = 0  # … that were wrong
        self.ends_unseen = 0  # busy or without an answer while the program was away
        self.waits: list[float] = []

    @property
    def abandoned(self) -> int:
        return len(self.abandons_before)

    def connected(self, person: bool, wait: float) -> None:
        if person:
            self.live += 1
            self.persons_connected += 1
            self.waits.append(wait)
        else:
            self.machines_connected += 1

    def conversation_over(self, person: bool) -> None:
        if person:
            self.persons_over += 1
        else:
            self.machines_told += 1

    def lost_call(self, person: bool) -> None:
        if person:
            self.live += 1
            self.abandons_before.append(self.live)
        else:
            self.machines_abandoned += 1

    def verdict_machine(self, person: bool) -> None:
        self.machine_verdicts += 1
        if person:
            self.lost_by_analysis += 1
        else:
            self.machines_truly += 1

    def worst_rolling(self) -> float:
        """Highest abandon rate of any 1,000 live calls in a row, or of the day if it has fewer."""
        places = self.abandons_before
        if self.live <= _ROLLING:
            return len(places) / self.live if self.live else 0.0
        most = max(
            (n + 1 - bisect_left(places, place - _ROLLING + 1) for n, place in enumerate(places)),
            default=0,
        )
        return most / _ROLLING
