"""What a campaign learns from its calls: who answers and when, how long agents are busy.

The engine tells what happened; predictive pacing asks for a `Forecast`. The share of calls that are
answered is tracked apart from the shape of the time to the answer, because it changes faster: the
shape remembers thousands of calls, the share is a `Level` that follows within tens of answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import numpy as np

from kwabo.domain.pacing.change import Level
from kwabo.domain.pacing.forecast import STEP, Forecast, Outlook, Sources, make
from kwabo.domain.pacing.hazards import Curve, Floats, Prior, incidence, lognormal_hazards
from kwabo.domain.pacing.odds import Odds, Segment
from kwabo.domain.pacing.situation import CallInAir, Situation

__all__ = ["Ended", "Learner", "Segment"]

_ANSWER, _REFUSAL = 0, 1
_RING_EDGES = np.arange(0.0, 61.0, 1.0)
_RING_COUNT = int(60.0 / STEP)
_REFERENCE_SHARE = 0.25  # of calls answered: the shape's scale, the level says the rest
_ANALYSIS_EDGES = np.arange(0.0, 10.5, 0.5)
_TALK_EDGES = np.concatenate((np.arange(0.0, 60.0, 5.0), np.geomspace(60.0, 3600.0, 45)))
_AFTER_EDGES = np.concatenate((np.arange(0.0, 30.0, 2.0), np.geomspace(30.0, 600.0, 20)))
_AFTER_COUNT = int(300.0 / STEP)
_SHAPE_DOUBT = 1.0  # relative error of the answer level while the shape is all belief
_OUTAGE_SHARE = 0.85  # of the last calls refused: a fault of the way, not of the contacts
_OUTAGE_MEMORY = 25.0  # calls


def _ring_prior() -> Prior:
    answer = lognormal_hazards(_RING_EDGES, median=9.0, sigma=0.5, share=_REFERENCE_SHARE)
    refusal = np.where(_RING_EDGES < 6.0, 0.01, 0.002)
    return Prior(edges=_RING_EDGES, hazards=np.stack((answer, refusal)), weight=25.0)


def _constant(edges: Floats, mean: float, weight: float) -> Prior:
    return Prior(edges=edges, hazards=np.full((1, len(edges)), 1.0 / mean), weight=weight)


class Ended(StrEnum):
    """How a call ended that nobody answered."""

    REFUSED = "refused"  # the far end ended it: busy, invalid, rejected
    GAVE_UP = "gave_up"  # our own time-out or cancellation: not evidence of an end


class Learner:
    """Curves of one campaign, learnt online."""

    def __init__(self) -> None:
        self._ring = Curve(_ring_prior(), memory=4000.0)
        self._analysis = Curve(_constant(_ANALYSIS_EDGES, 2.5, 4.0), memory=1000.0)
        self._talk = Curve(_constant(_TALK_EDGES, 120.0, 4.0), memory=600.0)
        self._after_call = Curve(_constant(_AFTER_EDGES, 20.0, 4.0), memory=400.0)
        self._level = Level()
        self._persons = Level(level=0.5, weight=6.0)
        self._odds = Odds()
        self._refused_lately = 0.0
        self._answers = 0.0
        self._machines = 0.0  # "persons" that were machines, as agents found out
        self._known: tuple[tuple[float, ...], Forecast, float, float] | None = None
        self._shape_doubt = _SHAPE_DOUBT**2  # squared relative error that the shape adds
        self._news = 0.0  # observations so far
        self._watched = -1.0  # observations when the calls in the air were last looked at
        self._expected = self._draw_shape()

    # --- what happened ---------------------------------------------------------------------------

    def answered(self, segment: Segment, seconds: float) -> None:
        """A call was answered so long after the dial, by whomever; call analysis comes after."""
        self._answers += 1.0
        self._call(segment, seconds, _ANSWER)

    def ended(self, segment: Segment, seconds: float, outcome: Ended) -> None:
        """A call ended that nobody answered."""
        self._call(segment, seconds, _REFUSAL if outcome is Ended.REFUSED else None)

    def analysed(self, seconds: float | None, person: bool) -> None:
        """Call analysis listened so long and gave its verdict; None: how long is not known."""
        if seconds is not None:
            self._analysis.observe(seconds, 0)
        self._persons.observe(1.0 if person else 0.0, 1.0)
        self._news += 1.0

    def talked(self, seconds: float, ended: bool = True) -> None:
        """A conversation lasted so long; `ended` False: it was cut off for our own reasons."""
        self._talk.observe(seconds, 0 if ended else None)
        self._news += 1.0

    def wrapped_up(self, seconds: float, ended: bool = True) -> None:
        """After-call work lasted so long; `ended` False: the limit or a log-out cut it."""
        self._after_call.observe(seconds, 0 if ended else None)
        self._news += 1.0

    def was_machine(self) -> None:
        """An agent found that the person was an answering machine."""
        self._machines += 1.0

    def _call(self, segment: Segment, seconds: float, cause: int | None) -> None:
        refused = 1.0 if cause == _REFUSAL else 0.0
        self._refused_lately += (refused - self._refused_lately) / _OUTAGE_MEMORY
        if refused and self._refused_lately > _OUTAGE_SHARE:
            return  # a dead trunk says nothing about the contacts
        answers = 1.0 if cause == _ANSWER else 0.0
        at = min(int(max(seconds, 0.0) / STEP) + 1, len(self._expected) - 1)
        expected = self._expected[at]
        self._odds.observe(segment, answers, expected * self._level.value)
        self._level.observe(answers, expected * self._odds.of(segment))
        self._ring.observe(seconds, cause)
        self._news += 1.0

    # --- what follows from it --------------------------------------------------------------------

    @property
    def answers_seen(self) -> float:
        """Answers since learning began."""
        return self._answers

    @property
    def talks_seen(self) -> float:
        """Ended conversations since learning began."""
        return self._talk.seen

    @property
    def machines_passed(self) -> float:
        """Machines that reached an agent as persons."""
        return self._machines

    @property
    def changes(self) -> int:
        """Steps of the answer rate that were found."""
        return self._level.steps

    @property
    def answer_level(self) -> float:
        """How often calls are answered at present, in a unit that all campaigns share."""
        return self._level.value

    def odds(self, segment: Segment) -> float:
        """How much likelier than the campaign's average such a contact answers."""
        return self._odds.of(segment)

    def watch(self, calls: Sequence[CallInAir]) -> None:
        """These are in the air: what was expected of them so far counts."""
        if self._news != self._watched:
            self._level.watch(self._expected_of(calls))
            self._watched = self._news

    def outlook(self, situation: Situation) -> Outlook:
        """What the next seconds bring; tables are made anew when enough has been learnt since."""
        self.watch(situation.in_air)
        limits = situation.limits
        key = (
            limits.connect_within,
            limits.no_answer_timeout,
            float(limits.analysis),
            situation.after_call_limit,
        )
        level = self._level.value
        known = self._known
        due = min(150.0, max(15.0, 0.1 * self._answers))
        if (
            known
            and known[0] == key
            and self._news - known[3] < due
            and 0.75 < level / known[2] < 1.33
        ):
            return Outlook(known[1], level / known[2], self._level.doubt + self._shape_doubt)
        still_open = [call.age for call in situation.in_air if call.own]
        self._expected = self._draw_shape(still_open)
        self._shape_doubt = (_SHAPE_DOUBT * self._believed_share(still_open)) ** 2
        self._level.restate(self._expected_of(situation.in_air))
        made = make(
            self._sources(level, situation),
            grace=limits.connect_within,
            no_answer_timeout=limits.no_answer_timeout,
            after_call_limit=situation.after_call_limit,
            analysis=limits.analysis,
        )
        self._known = (key, made, level, self._news)
        return Outlook(made, 1.0, self._level.doubt + self._shape_doubt)

    def _expected_of(self, calls: Sequence[CallInAir]) -> float:
        """Answers expected so far of calls that are still in the air, at a level of one."""
        expected, last = self._expected, len(self._expected) - 1
        return sum(
            expected[min(int(call.age * (1.0 / STEP)), last)] * call.odds
            for call in calls
            if call.own
        )

    def _ring_hazards(self, level: float, still_open: Sequence[float] = ()) -> Floats:
        """Gridded hazards whose answers have the reference share, times the level."""
        hazards = self._ring.on_grid(STEP, _RING_COUNT, still_open)
        hazards[_ANSWER] *= level * self._shape_scale(hazards[_ANSWER])
        return hazards

    @staticmethod
    def _shape_scale(answer: Floats) -> float:
        total = float(answer[: int(25.0 / STEP)].sum() * STEP)
        return float(-np.log1p(-_REFERENCE_SHARE) / max(total, 1e-9))

    def _draw_shape(self, still_open: Sequence[float] = ()) -> list[float]:
        """Answers expected of a call by each step of its age, at a level of one."""
        answer = self._ring.on_grid(STEP, _RING_COUNT, still_open)[_ANSWER]
        expected: list[float] = np.cumsum(answer * STEP * self._shape_scale(answer)).tolist()
        return [0.0, *expected]

    def _believed_share(self, still_open: Sequence[float]) -> float:
        """How much of the shape was not seen: a crowd of young calls says little of later ages."""
        answers = np.diff(self._expected)
        prior = self._ring.prior_share(still_open)[self._ring.bins_of(STEP, len(answers))]
        return float(answers @ prior / max(float(answers.sum()), 1e-9))

    def _sources(self, level: float, situation: Situation) -> Sources:
        calls = [call.age for call in situation.in_air if call.own]
        return Sources(
            ring=self._ring_hazards(level, calls),
            analysis=self._analysis.on_grid(STEP, 20),
            person_share=min(1.0, self._persons.value),
            talk_edges=_TALK_EDGES,
            talk=self._talk.hazards(situation.talking),
            after_call=self._after_call.on_grid(STEP, _AFTER_COUNT, situation.after_call),
        )

    # --- for simulations -------------------------------------------------------------------------

    def answer_share(self, no_answer_timeout: float) -> float:
        """Share of calls that are answered, before call analysis."""
        rows = min(_RING_COUNT, int(no_answer_timeout / STEP))
        return float(incidence(self._ring_hazards(self._level.value)[:, :rows], STEP)[1][0][-1])

    def refused_share(self, no_answer_timeout: float) -> float:
        """Share of calls that the far end refuses."""
        rows = min(_RING_COUNT, int(no_answer_timeout / STEP))
        return float(incidence(self._ring_hazards(self._level.value)[:, :rows], STEP)[1][1][-1])

    @property
    def person_share(self) -> float:
        """Share of call analysis's verdicts that say person."""
        return min(1.0, self._persons.value)

    def answer_times(self, chances: Sequence[float]) -> list[float]:
        """Quantiles, in seconds, of the time from the dial to an answer."""
        return self._ring.quantiles(chances, cause=_ANSWER, until=60.0)

    def refusal_times(self, chances: Sequence[float]) -> list[float]:
        """Quantiles of the time from the dial to a refusal."""
        return self._ring.quantiles(chances, cause=_REFUSAL, until=60.0)

    def talk_times(self, chances: Sequence[float]) -> list[float]:
        """Quantiles of a conversation's length."""
        return self._talk.quantiles(chances, until=3600.0)

    def after_call_times(self, chances: Sequence[float]) -> list[float]:
        """Quantiles of after-call work's length, as if nothing cut it."""
        return self._after_call.quantiles(chances, until=600.0)

    def as_data(self) -> dict[str, Any]:
        """All that was learnt, for JSON."""
        return {
            "ring": self._ring.as_data(),
            "analysis": self._analysis.as_data(),
            "talk": self._talk.as_data(),
            "after_call": self._after_call.as_data(),
            "level": self._level.as_data(),
            "persons": self._persons.as_data(),
            "odds": self._odds.as_data(),
            "answers": self._answers,
            "machines": self._machines,
        }

    @classmethod
    def of_data(cls, data: dict[str, Any]) -> Learner:
        """A learner that has learnt what `as_data` told.

        Raises ValueError or KeyError when the data is of another shape.
        """
        learner = cls()
        learner._ring.restore(data["ring"])
        learner._analysis.restore(data["analysis"])
        learner._talk.restore(data["talk"])
        learner._after_call.restore(data["after_call"])
        learner._level.restore(data["level"])
        learner._persons.restore(data["persons"])
        learner._odds.restore(data["odds"])
        learner._answers = float(data["answers"])
        learner._machines = float(data["machines"])
        learner._expected = learner._draw_shape()
        return learner
