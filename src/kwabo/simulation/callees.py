"""The called people and machines of a scenario: what the n-th call to a number does.

It depends on the seed, the number, how often it was called and the time of the day, and on nothing
else: two runs that dial at other moments or with other settings meet the same people.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind
from kwabo.simulation.dice import dice
from kwabo.simulation.distributions import Lognormal
from kwabo.simulation.scenario import Analysis, Callees, Rates

_KINDS = (
    BehaviourKind.PERSON,
    BehaviourKind.MACHINE,
    BehaviourKind.BUSY,
    BehaviourKind.INVALID,
    BehaviourKind.REJECTED,
    BehaviourKind.CONGESTION,
    BehaviourKind.HANGS_UP_ON_ANSWER,
)
_LIVE = frozenset({BehaviourKind.PERSON, BehaviourKind.HANGS_UP_ON_ANSWER})


def shares_at(rates: Sequence[Rates], moment: float) -> tuple[float, ...]:
    """The shares of `_KINDS` at a time of the day; the rest is not answered."""
    index = max(0, bisect_right(rates, moment, key=lambda one: one.at) - 1)
    now = _shares(rates[index])
    if index + 1 < len(rates) and rates[index + 1].change == "drift" and rates[index].at <= moment:
        following = rates[index + 1]
        way = (moment - rates[index].at) / (following.at - rates[index].at)
        return tuple(a + (b - a) * way for a, b in zip(now, _shares(following), strict=True))
    return now


def _shares(rates: Rates) -> tuple[float, ...]:
    return (
        rates.person,
        rates.machine,
        rates.busy,
        rates.invalid,
        rates.rejected,
        rates.congestion,
        rates.hangs_up_on_answer,
    )


def with_odds(shares: Sequence[float], odds: float) -> tuple[float, ...]:
    """The shares where the odds of a person's answer are multiplied; the others give way."""
    person = shares[0]
    if odds == 1.0 or person in (0.0, 1.0):
        return tuple(shares)
    changed = odds * person / (1.0 - person + odds * person)
    rest = (1.0 - changed) / (1.0 - person)
    return (changed, *(share * rest for share in shares[1:]))


@dataclass(frozen=True, slots=True)
class Number:
    """What is behind a number."""

    callees: Callees
    odds: float


class Population:
    """Everybody who can be called; the `FarEnd` of the simulated switch."""

    def __init__(self, seed: int, moment: Callable[[], float]) -> None:
        self._seed = seed
        self._moment = moment  # seconds since midnight
        self._numbers: dict[str, Number] = {}
        self._calls: dict[str, int] = {}
        self._added: Number | None = None  # what is behind the number that came last

    def add(self, number: str, callees: Callees, odds: float, odds_spread: float) -> None:
        """Put somebody behind a number."""
        if odds_spread:
            spread = Lognormal(1.0, odds_spread)
            odds *= spread.at(dice(f"{self._seed} odds {number}")[0])
        last = self._added
        if last is None or last.callees is not callees or last.odds != odds:
            last = self._added = Number(callees, odds)  # a whole group shares it
        self._numbers[number] = last

    def behaviour(self, number: str) -> Behaviour:
        """The course of the next call to this number."""
        nth = self._calls[number] = self._calls.get(number, 0) + 1
        at, known = self._moment(), self._numbers[number]
        drawn = dice(f"{self._seed} call {number} {nth}")
        callees = known.callees
        kind = _kind(with_odds(shares_at(callees.rates, at), known.odds), drawn[0])
        live, machine = kind in _LIVE, kind is BehaviourKind.MACHINE
        answer = callees.machine_answer if machine else callees.answer
        analysis = _analysis_at(callees.analysis, at)
        if machine:
            told = "person" if drawn[5] < analysis.machines_passed else "machine"
        else:
            told = "machine" if drawn[5] < analysis.persons_lost else "person"
        return Behaviour(
            kind=kind,
            rings_after_seconds=callees.set_up.at(drawn[1]),
            answers_after_seconds=answer.at(drawn[2]) if live or machine else 0.0,
            talks_seconds=callees.machine_seconds.at(drawn[3]) if machine else None,
            patience_seconds=callees.patience.at(drawn[3]) if live else None,
            analysis=told,
            analysis_seconds=analysis.delay.at(drawn[4]),
        )


def _kind(shares: Sequence[float], uniform: float) -> BehaviourKind:
    for kind, share in zip(_KINDS, shares, strict=True):
        uniform -= share
        if uniform < 0.0:
            return kind
    return BehaviourKind.NO_ANSWER


def _analysis_at(points: Sequence[Analysis], moment: float) -> Analysis:
    return points[max(0, bisect_right(points, moment, key=lambda one: one.at) - 1)]
