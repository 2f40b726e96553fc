"""The called people, by seed."""

from __future__ import annotations

import random
from dataclasses import replace

from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind
from simulation.plan import Plan

AGENT_PHONES = "+2290196"  # legs of agents who work by telephone
KINDS = {
    BehaviourKind.PERSON: 50,
    BehaviourKind.MACHINE: 8,
    BehaviourKind.NO_ANSWER: 15,
    BehaviourKind.BUSY: 8,
    BehaviourKind.INVALID: 4,
    BehaviourKind.REJECTED: 4,
    BehaviourKind.CONGESTION: 3,
    BehaviourKind.DEAD_TRUNK: 2,
    BehaviourKind.HANGS_UP_ON_ANSWER: 6,
}


class Callees:
    """The called people: the n-th call to a number is the same in every run of the seed."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._calls: dict[str, int] = {}
        self.quiet = False  # everybody answers at once and is done soon: to come to an end

    def behaviour(self, number: str) -> Behaviour:
        if number.startswith(AGENT_PHONES):
            return Behaviour(answers_after_seconds=1.0, talks_seconds=None, patience_seconds=None)
        nth = self._calls[number] = self._calls.get(number, 0) + 1
        draw = random.Random(f"callee {self._plan.seed} {number} {nth}")
        kind = draw.choices(list(KINDS), list(KINDS.values()))[0]
        if self.quiet:
            kind = BehaviourKind.PERSON
        behaviour = Behaviour(
            kind=kind,
            rings_after_seconds=draw.uniform(0.1, 2.0),
            answers_after_seconds=draw.uniform(0.1, 12.0),
            talks_seconds=draw.choice((None, draw.uniform(1, 60))) if not self.quiet else 5.0,
            patience_seconds=draw.choice((None, draw.uniform(3, 20))),
            analysis_seconds=draw.uniform(0.5, 2.0),
        )
        if self._plan.quick:
            behaviour = replace(
                behaviour,
                answers_after_seconds=draw.uniform(0.5, 6.0),
                talks_seconds=draw.uniform(2.0, 15.0),
            )
        if draw.random() < self._plan.analysis_errors and not self.quiet:
            machine = kind is BehaviourKind.MACHINE
            behaviour = replace(behaviour, analysis="person" if machine else "machine")
        return behaviour
