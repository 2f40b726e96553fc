"""What a campaign's past calls tell of the people it calls, for a day that has not been.

Shares of answers go by hour and by number range, shrunk towards the campaign's average; the
average itself, and every duration, towards a usual consumer list, which counts as so many calls
as the constants say. With thousands of calls little of it is left; with none there is nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from kwabo.domain.interactions.attempt import Result
from kwabo.domain.what_ifs.history import PastCall
from kwabo.engine.floor.experience import RANGE_DIGITS
from kwabo.simulation.distributions import Distribution, Empirical, Lognormal, Uniform

K = TypeVar("K", bound=Hashable)

USUAL_CALLS = 30.0  # as many calls the usual list counts for in the average
AVERAGE_CALLS = 60.0  # as many the average counts for in an hour's or a range's share
USUAL_DURATIONS = 20  # as many measurements the usual distribution counts for
MOST_VALUES = 2000  # measurements kept of a distribution, evenly chosen

USUAL_ANSWERED = 0.35  # of 100 calls of a usual list
USUAL_UNANSWERED = {  # how the other 65 end
    Result.NO_ANSWER: 47.0,
    Result.BUSY: 8.0,
    Result.INVALID: 6.0,
    Result.REJECTED: 3.0,
    Result.CONGESTION: 1.0,
}
USUAL_MACHINES = 0.2  # of the answered calls
_SET_UP = Uniform(1.0, 4.0)
_RING = Lognormal(7.5, 0.55)
_MACHINE_RING = Uniform(12.0, 22.0)
_REFUSAL = Uniform(1.0, 5.0)
_TALK = Lognormal.of_mean(120.0, 0.9)
_AFTER_CALL = Lognormal.of_mean(20.0, 0.6)
PATIENCE = Uniform(4.0, 12.0)  # of a person without an agent; its end is seldom seen
ANALYSIS = Uniform(1.0, 3.0)  # how long call analysis listens; attempts do not keep it
MACHINE_NOTICED = Uniform(4.0, 8.0)  # until an agent hangs up on a machine

_NO_EVIDENCE = frozenset({Result.CANCELLED, Result.FAILED, Result.UNKNOWN, Result.SKIPPED})


def range_of(number: str) -> str:
    """The part of a number that tells operator or region, as pacing learns by it."""
    return number[:-RANGE_DIGITS]


class Learnt:
    """Shares and distributions from past calls. `calls` in any order, preview calls included."""

    def __init__(
        self, calls: Iterable[PastCall], *, where: ZoneInfo, after_call_limit: float
    ) -> None:
        told = [call for call in calls if call.result not in _NO_EVIDENCE]
        self._where = where
        self.calls = len(told)
        self.conversations = sum(1 for call in told if call.connected_at is not None)
        answered = [call for call in told if call.answered_at is not None]
        self._answered = _shrunk(len(answered), len(told), USUAL_ANSWERED, USUAL_CALLS)
        self._by_hour = self._shares(told, lambda call: self.hour_of(call.dialling_at))
        self._by_range = self._shares(told, lambda call: range_of(call.number))
        machines = [call for call in answered if call.machine or call.result == Result.MACHINE]
        self.machine_share = _shrunk(len(machines), len(answered), USUAL_MACHINES, USUAL_CALLS)
        passed = sum(1 for call in machines if call.machine)
        self.passed_share = _shrunk(passed, len(machines), 0.1, 10.0)  # machines taken for persons
        self.unanswered = _ends(told)
        persons = [call for call in answered if not call.machine and call.result != Result.MACHINE]
        self.set_up = _distribution((_set_up(call) for call in told), _SET_UP)
        self.ring = _distribution((_ring(call) for call in persons), _RING)
        self.machine_ring = _distribution((_ring(call) for call in machines), _MACHINE_RING)
        self.refusal = _distribution((_refusal(call) for call in told), _REFUSAL)
        self.talk = _distribution((_talk(call) for call in persons), _TALK)
        self.after_call = _distribution(
            (_after_call(call, after_call_limit) for call in told), _AFTER_CALL
        )

    def hour_of(self, at: datetime) -> int:
        """The hour of the list's clock."""
        return at.astimezone(self._where).hour

    def answered_share(self, number: str, hour: int) -> float:
        """Share of calls to such a number at that hour that somebody or something answers."""
        odds = _odds(self._answered)
        of_hour = self._by_hour.get(hour, self._answered)
        of_range = self._by_range.get(range_of(number), self._answered)
        for share in (of_hour, of_range):
            odds *= _odds(share) / _odds(self._answered)
        return odds / (1.0 + odds)

    def _shares(self, calls: Sequence[PastCall], key_of: Callable[[PastCall], K]) -> dict[K, float]:
        every: Counter[K] = Counter()
        answered: Counter[K] = Counter()
        for call in calls:
            key = key_of(call)
            every[key] += 1
            answered[key] += call.answered_at is not None
        return {
            key: _shrunk(answered[key], count, self._answered, AVERAGE_CALLS)
            for key, count in every.items()
        }


def _shrunk(part: float, whole: float, usual: float, weight: float) -> float:
    return (part + usual * weight) / (whole + weight)


def _odds(share: float) -> float:
    return share / (1.0 - share)


def _ends(calls: Sequence[PastCall]) -> tuple[tuple[str, float], ...]:
    """How calls end that nobody answers: results with their shares."""
    seen = Counter(call.result for call in calls if call.answered_at is None)
    usual = sum(USUAL_UNANSWERED.values())
    counts = {
        result: seen.get(result, 0) + USUAL_CALLS * weight / usual
        for result, weight in USUAL_UNANSWERED.items()
    }
    # The simulated switch knows fewer ends than real ones: what else there is rings unanswered.
    counts[Result.NO_ANSWER] += sum(
        count for result, count in seen.items() if result not in USUAL_UNANSWERED
    )
    whole = sum(counts.values())
    return tuple((str(result), count / whole) for result, count in counts.items())


def _distribution(measured: Iterable[float | None], usual: Distribution) -> Distribution:
    """The measurements and, as so many more, the usual distribution."""
    values = sorted(value for value in measured if value is not None)
    if len(values) > MOST_VALUES:
        step = (len(values) - 1) / (MOST_VALUES - 1)
        values = [values[round(index * step)] for index in range(MOST_VALUES)]
    values += [usual.at((index + 0.5) / USUAL_DURATIONS) for index in range(USUAL_DURATIONS)]
    return Empirical(tuple(sorted(values)))


def _seconds(later: datetime, earlier: datetime) -> float:
    return max(0.0, (later - earlier).total_seconds())


def _set_up(call: PastCall) -> float | None:
    return None if call.ringing_at is None else _seconds(call.ringing_at, call.dialling_at)


def _ring(call: PastCall) -> float | None:
    """From the alert to the answer; call analysis's listening is part of it."""
    if call.answered_at is None or call.ringing_at is None:
        return None
    return _seconds(call.answered_at, call.ringing_at)


def _refusal(call: PastCall) -> float | None:
    refused = call.answered_at is None and call.result != Result.NO_ANSWER
    return _seconds(call.closed_at, call.dialling_at) if refused else None


def _talk(call: PastCall) -> float | None:
    return None if call.connected_at is None else _seconds(call.closed_at, call.connected_at)


def _after_call(call: PastCall, limit: float) -> float | None:
    """Work that the limit cut off lasted at least so long."""
    if call.after_call_seconds is not None:
        return call.after_call_seconds
    cut_off = call.connected_at is not None and call.wrapped_up_at is not None
    return limit if cut_off else None
