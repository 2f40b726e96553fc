"""What agents and callers from outside did, minute by minute, while a run goes on."""

from __future__ import annotations

from uuid import UUID

MINUTE = 60.0

# What an agent is counted as.
STATES = (
    "ready",  # can take a call
    "reserved",  # held for a call that is being dialled, or sees a record
    "talking",
    "after_call",
    "inbound",  # with a caller from outside
    "paused",
    "away",  # signed in, but headset or browser are not there
    "signed_out",
)


class AgentRecord:
    """Seconds that agents spent in each state, for each minute of the run."""

    def __init__(self) -> None:
        self.minutes: list[dict[str, float]] = []
        self.totals: dict[str, float] = dict.fromkeys(STATES, 0.0)
        self._since: dict[UUID, tuple[str, float]] = {}

    def state_of(self, user_id: UUID) -> str:
        """The agent's state now."""
        return self._since.get(user_id, ("signed_out", 0.0))[0]

    def change(self, user_id: UUID, state: str, now: float) -> None:
        """From now on the agent is in this state; `now` counts seconds from the begin."""
        before = self._since.get(user_id)
        if before is not None:
            if before[0] == state:
                return
            self._spend(before[0], before[1], now)
        self._since[user_id] = (state, now)

    def finish(self, now: float) -> None:
        """The run is over: count what is still going on."""
        for user_id, (state, since) in self._since.items():
            self._spend(state, since, now)
            self._since[user_id] = (state, now)

    def _spend(self, state: str, begin: float, end: float) -> None:
        self.totals[state] += end - begin
        spread(self.minutes, state, begin, end)


def spread(minutes: list[dict[str, float]], name: str, begin: float, end: float) -> None:
    """Add the seconds between two moments to the minutes they lie in."""
    while begin < end:
        index = int(begin // MINUTE)
        while len(minutes) <= index:
            minutes.append({})
        until = min(end, (index + 1) * MINUTE)
        minutes[index][name] = minutes[index].get(name, 0.0) + until - begin
        begin = until
