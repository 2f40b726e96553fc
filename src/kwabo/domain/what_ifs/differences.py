"""Where a replay differs from its recorded day: which calls, and in what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from kwabo.domain.what_ifs.recorded_day import Fate

MOST_DIFFERENCES: Final = 20  # that are told; there may be more
OPEN: Final = "open"  # in the place of the result of a call that did not end


class Why(StrEnum):
    """In what a call differs."""

    NOT_STARTED = "NOT_STARTED"  # the replay did not make it
    NOT_ENDED = "NOT_ENDED"  # what ended it is not recorded
    RESULT = "RESULT"  # its end is recorded, and is read otherwise than on the day
    AGENT_ON_THE_DAY = "AGENT_ON_THE_DAY"  # an agent spoke with the person on the day alone
    AGENT_IN_REPLAY = "AGENT_IN_REPLAY"  # in the replay alone
    ABANDONED = "ABANDONED"  # without an agent, and counted as abandoned only once


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One call that did not come to what is recorded."""

    attempt_id: UUID
    recorded: Fate
    replayed: Fate | None  # None: it was not started
    why: Why


def differences(
    recorded: Mapping[UUID, Fate], replayed: Mapping[UUID, Fate]
) -> tuple[Difference, ...]:
    """All calls that differ, in the order of the record."""
    return tuple(
        Difference(attempt_id=attempt_id, recorded=fate, replayed=again, why=_why(fate, again))
        for attempt_id, fate in recorded.items()
        if (again := replayed.get(attempt_id)) != fate
    )


def _why(recorded: Fate, replayed: Fate | None) -> Why:
    if replayed is None:
        return Why.NOT_STARTED
    if replayed.connected != recorded.connected:
        return Why.AGENT_ON_THE_DAY if recorded.connected else Why.AGENT_IN_REPLAY
    if replayed.result == OPEN:
        return Why.NOT_ENDED
    if (replayed.result, replayed.answered) != (recorded.result, recorded.answered):
        return Why.RESULT
    return Why.ABANDONED
