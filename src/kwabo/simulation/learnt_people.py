"""The people behind the numbers of a what-if: drawn from what was learnt, or as recorded on a day.

What the n-th call to a number does depends on the seed, the number, n and the hour alone, so that
days with different settings meet the same people; a conversation's length is the called person's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind
from kwabo.domain.interactions.attempt import Result
from kwabo.domain.what_ifs.history import PastCall
from kwabo.simulation.dice import dice
from kwabo.simulation.distributions import Distribution
from kwabo.simulation.learnt import ANALYSIS, PATIENCE, Learnt

_KINDS: Mapping[str, BehaviourKind] = {
    Result.PERSON: BehaviourKind.PERSON,
    Result.MACHINE: BehaviourKind.MACHINE,
    Result.BUSY: BehaviourKind.BUSY,
    Result.INVALID: BehaviourKind.INVALID,
    Result.REJECTED: BehaviourKind.REJECTED,
    Result.CONGESTION: BehaviourKind.CONGESTION,
    Result.FAILED: BehaviourKind.DEAD_TRUNK,
}
# Calls that the dialler took back say nothing of what would have become of them.
_UNTOLD = frozenset({Result.CANCELLED, Result.UNKNOWN, Result.SKIPPED})


class LearntPeople:
    """Everybody who can be called; a `FarEnd`. `recorded`: calls of a day that was lived."""

    def __init__(
        self,
        seed: int,
        learnt: Learnt,
        now: Callable[[], datetime],
        *,
        analysis: bool,
        recorded: Iterable[PastCall] = (),
        stays: Distribution | None = None,
    ) -> None:
        self._seed = seed
        self._learnt = learnt
        self._now = now
        self._analysis = analysis
        self._stays = stays  # of whoever answers and has a flow; None: there is none
        self._calls: dict[str, int] = {}
        self._recorded: dict[str, list[PastCall]] = defaultdict(list)
        for call in recorded:
            self._recorded[call.number].append(call)

    def behaviour(self, number: str) -> Behaviour:
        """The course of the next call to this number."""
        nth = self._calls[number] = self._calls.get(number, 0) + 1
        drawn = dice(f"{self._seed} call {number} {nth}")
        known = self._recorded.get(number, ())
        if nth <= len(known) and known[nth - 1].result not in _UNTOLD:
            return self._as_recorded(known[nth - 1], drawn)
        return self._drawn(number, drawn)

    def _drawn(self, number: str, drawn: Sequence[float]) -> Behaviour:
        learnt = self._learnt
        share = learnt.answered_share(number, learnt.hour_of(self._now()))
        if drawn[0] >= share:
            return self._unanswered((drawn[0] - share) / (1.0 - share), drawn)
        machine = drawn[0] < share * learnt.machine_share
        ring = (learnt.machine_ring if machine else learnt.ring).at(drawn[2])
        listening = min(ANALYSIS.at(drawn[4]), ring) if self._analysis else 0.0
        passed = machine and drawn[5] < learnt.passed_share
        return Behaviour(
            kind=BehaviourKind.MACHINE if machine else BehaviourKind.PERSON,
            rings_after_seconds=learnt.set_up.at(drawn[1]),
            answers_after_seconds=ring - listening,
            talks_seconds=None if machine else learnt.talk.at(drawn[3]),
            patience_seconds=self._without_agent(machine, drawn),
            analysis="machine" if machine and not passed else "person",
            analysis_seconds=listening,
        )

    def _without_agent(self, machine: bool, drawn: Sequence[float]) -> float | None:
        """Seconds until whoever answered hangs up by themselves."""
        if self._stays is not None:
            return self._stays.at(drawn[3])
        return None if machine else PATIENCE.at(drawn[6])

    def _unanswered(self, uniform: float, drawn: Sequence[float]) -> Behaviour:
        for result, share in self._learnt.unanswered:
            uniform -= share
            if uniform < 0.0 and result in _KINDS:
                seconds = self._learnt.refusal.at(drawn[1])
                return Behaviour(kind=_KINDS[result], rings_after_seconds=seconds)
            if uniform < 0.0:
                break
        return Behaviour(
            kind=BehaviourKind.NO_ANSWER, rings_after_seconds=self._learnt.set_up.at(drawn[1])
        )

    def _as_recorded(self, call: PastCall, drawn: Sequence[float]) -> Behaviour:
        rang = call.ringing_at or call.dialling_at
        if call.answered_at is None:
            kind = _KINDS.get(call.result, BehaviourKind.NO_ANSWER)
            ended = call.closed_at if kind is not BehaviourKind.NO_ANSWER else rang
            return Behaviour(kind=kind, rings_after_seconds=_between(call.dialling_at, ended))
        told = "machine" if call.result == Result.MACHINE else "person"
        machine = call.machine or told == "machine"
        talk = self._learnt.talk.at(drawn[3])
        if call.connected_at is not None:
            talk = _between(call.connected_at, call.closed_at)
        return Behaviour(
            kind=BehaviourKind.MACHINE if machine else BehaviourKind.PERSON,
            rings_after_seconds=_between(call.dialling_at, rang),
            answers_after_seconds=_between(rang, call.answered_at),
            talks_seconds=None if machine else talk,
            patience_seconds=None if machine else PATIENCE.at(drawn[6]),
            analysis=told,
            analysis_seconds=0.0,
        )


def _between(earlier: datetime, later: datetime) -> float:
    return max(0.0, (later - earlier).total_seconds())
