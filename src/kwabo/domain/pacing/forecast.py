"""What the next seconds bring, as tables over ages: who answers, who gets free.

Made from survival curves now and then, read at every decision. `moments` are seconds ahead at
which the balance of answers and free agents is looked at: quantiles of the time to a fresh call's
answer. A call's chance by its age is read from the mixture "some contacts answer, with this time;
others are refused, with that time; the rest never": with `odds` o, by a moment,

    o · (F(age + moment) − F(age)) / (alive(age) + (1 − o) · F(age))

F: share answered by an age at average odds, alive: share neither answered nor ended by then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kwabo.domain.pacing.hazards import Floats, incidence
from kwabo.kernel.records import quickly_made

if TYPE_CHECKING:
    from kwabo.domain.pacing.situation import CallInAir

STEP = 0.5  # seconds between ages of calls
PER_SECOND = 1.0 / STEP
# Quantiles of a fresh call's answer that become the moments; the last one stands for "in the end".
CHANCES = (0.1, 0.3, 0.5, 0.7, 0.9, 0.985)
LONGEST_AGE = 3600  # seconds of age beyond which a conversation is as one of that age


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Forecast:
    """Chances by age (rows) and moment (columns).

    What is read one number at a time is in lists, what is read by rows in one table: a decision
    takes its rows from it at once.
    """

    moments: list[float]  # seconds ahead
    table: Floats  # the rows of `air`, `analysing`, `talking` and `after_call`, one after another
    analysing_at: int  # their first rows in it; those of `air` begin at 0
    talking_at: int
    after_call_at: int
    fresh: list[float]  # a call that is started now, as the first row of `air`
    answered_share: list[float]  # by row of `air`: F(age) / alive(age), for odds other than one
    talk_rows: list[int]  # second of talk → row of the table
    answer_rate: float  # share of fresh calls that will need an agent

    @property
    def air(self) -> Floats:
        """A call that is `row * STEP` old needs an agent by the moment."""
        return self.table[: self.analysing_at]

    @property
    def analysing(self) -> Floats:
        """The same for a call that call analysis has listened to for `row * STEP`."""
        return self.table[self.analysing_at : self.talking_at]

    @property
    def talking(self) -> Floats:
        """An agent who talks is free again, after-call work done; rows as `talk_rows` has them."""
        return self.table[self.talking_at : self.after_call_at]

    @property
    def after_call(self) -> Floats:
        """An agent who has been in after-call work for `row` seconds is free again."""
        return self.table[self.after_call_at :]

    def chances(
        self,
        calls: Iterable[CallInAir],
        analysing: Iterable[float],
        talking: Iterable[float],
        after_call: Iterable[float],
        lean: float,
    ) -> Floats:
        """Chances of each call, then of each agent, by each moment.

        All but the calls in the air are given by their ages. A call needs an agent by the moment,
        a busy agent is free by then.
        """
        rows: list[int] = []
        factors: list[float] = []
        shares, last = self.answered_share, self.analysing_at - 1
        for call in calls:
            row = int(call.age * PER_SECOND) if call.age > 0.0 else 0
            if row > last:
                row = last
            rows.append(row)
            factor = call.odds * lean
            known = 1.0 + (1.0 - factor) * shares[row]
            factors.append(factor / (known if known > 0.02 else 0.02))
        first, last = self.analysing_at, self.talking_at - 1
        rows += [min(first + max(int(age * PER_SECOND), 0), last) for age in analysing]
        of_talk, last = self.talk_rows, self.talk_rows[-1]
        rows += [
            of_talk[int(age)] if 0.0 <= age < LONGEST_AGE else of_talk[0] if age < 0.0 else last
            for age in talking
        ]
        first, last = self.after_call_at, len(self.table) - 1
        rows += [min(first + int(age), last) if age > 0.0 else first for age in after_call]
        found: Floats = self.table.take(np.array(rows, dtype=np.intp), axis=0)
        if factors:
            in_air = found[: len(factors)]
            in_air *= np.array(factors)[:, None]
            np.minimum(in_air, 0.98, out=in_air)
        return found


@quickly_made
@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """A forecast with what has been learnt since its tables were made."""

    forecast: Forecast
    lean: float  # how much likelier an answer is now than in the tables
    doubt: float  # squared relative error of the answer level


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Hazards that a forecast is made from."""

    ring: Floats  # answer and refusal, gridded by STEP
    analysis: Floats  # one row: a verdict, gridded by STEP
    person_share: float  # of verdicts
    talk_edges: Floats
    talk: Floats  # one row of bin hazards
    after_call: Floats  # one row, gridded by STEP


def make(
    sources: Sources,
    *,
    grace: float,
    no_answer_timeout: float,
    after_call_limit: float,
    analysis: bool,
) -> Forecast:
    """Tables for calls given up after `no_answer_timeout` and agents awaited for `grace` more."""
    rows = min(int(no_answer_timeout / STEP) + 1, sources.ring.shape[1])
    _, shares = incidence(sources.ring[:, :rows], STEP)
    reached = shares[0]
    alive = np.maximum(1.0 - shares.sum(axis=0), 1e-6)
    listening, person = np.zeros(1), 1.0
    if analysis:
        _, verdict = incidence(sources.analysis, STEP)
        listening, person = np.diff(verdict[0]), sources.person_share
    # Share that needs an agent by an age: answered, listened to, a person.
    needed = reached if not analysis else _delayed(reached, listening) * person
    end = max(needed[-1], 1e-9)
    ages = np.arange(len(needed)) * STEP
    moments = np.array([max(STEP, float(np.interp(c * end, needed, ages))) for c in CHANCES])

    air = np.empty((rows, len(moments)))
    own = np.arange(rows)
    ahead = np.arange(len(reached), dtype=np.float64) * STEP
    for column, moment in enumerate(moments):
        air[:, column] = _needs_by(reached, listening, ahead, own, float(moment)) * person
    air /= alive[:rows, None]
    answered = reached[:rows] / alive[:rows]
    by = moments + grace
    analysing = _verdict_table(listening, moments, person)
    talking = _talk_table(sources, by, after_call_limit)
    after_call = _after_call_table(sources.after_call, by, after_call_limit)
    talking_at = rows + len(analysing)
    seconds = np.arange(LONGEST_AGE + 1)
    bins = np.searchsorted(sources.talk_edges, seconds, side="right") - 1
    return Forecast(
        moments=moments.tolist(),
        table=np.concatenate((air, analysing, talking, after_call)),
        analysing_at=rows,
        talking_at=talking_at,
        after_call_at=talking_at + len(talking),
        fresh=air[0].tolist(),
        answered_share=answered.tolist(),
        talk_rows=(bins + talking_at).tolist(),
        answer_rate=float(needed[-1]),
    )


def _delayed(reached: Floats, listening: Floats) -> Floats:
    """Share answered and listened to by each age; the grid grows by the longest listening."""
    fresh = np.diff(np.concatenate((reached, np.full(len(listening), reached[-1]))))
    return np.concatenate(([0.0], np.cumsum(np.convolve(fresh, listening)[: len(fresh)])))


def _needs_by(
    reached: Floats, listening: Floats, grid: Floats, own: NDArray[np.intp], moment: float
) -> Floats:
    """Unconditional chance of an answer after each own age whose verdict falls by the moment."""
    if listening.size == 1:
        return np.interp(grid[own] + moment, grid, reached) - reached[own]
    left = moment - (np.arange(listening.size) + 0.5) * STEP  # when each verdict comes that late
    counts = (listening > 1e-4) & (left > 0)
    answered = np.interp(grid[own] + left[counts, None], grid, reached) - reached[own]
    result: Floats = np.add.reduce(listening[counts, None] * answered, axis=0)
    return result


def _verdict_table(listening: Floats, moments: Floats, person: float) -> Floats:
    done = np.concatenate(([0.0], np.cumsum(listening)))
    if done[-1] <= 0.0:
        return np.full((1, len(moments)), person)
    grid = np.arange(len(done)) * STEP
    left = np.maximum(done[-1] - done[:-1], 1e-6)
    columns = [
        (np.interp(grid[:-1] + moment, grid, done) - done[:-1]) / left * person
        for moment in moments
    ]
    return np.stack(columns, axis=1)


def _talk_table(sources: Sources, by: Floats, limit: float) -> Floats:
    """Talk must end, then after-call work must: a convolution for each age bin."""
    edges, hazard = sources.talk_edges, sources.talk[0]
    count = int(by[-1] / STEP) + 2
    grid = np.arange(count) * STEP
    cumulative = np.concatenate(([0.0], np.cumsum(hazard[:-1] * np.diff(edges))))
    far = float(edges[-1]) + 1e6
    knots = np.append(edges, far)
    heights = np.append(cumulative, cumulative[-1] + hazard[-1] * (far - edges[-1]))
    middles = np.append((edges[:-1] + edges[1:]) / 2, edges[-1])
    spent = np.interp(middles[:, None] + grid, knots, heights)
    left = np.exp(spent[:, :1] - spent)
    ends = left[:, :-1] - left[:, 1:]  # bin × step: the conversation ends in this step
    wrapped = _wrapped_up(sources.after_call, count, limit)
    delays = by[None, :] - grid[:-1, None] - STEP / 2
    finished = np.where(delays > 0, np.interp(delays, grid, wrapped), 0.0)
    result: Floats = ends @ finished
    return result


def _wrapped_up(hazard: Floats, count: int, limit: float) -> Floats:
    """Share of after-call work that has ended by each step from its start."""
    rates = hazard[0][:count]
    if len(rates) < count:
        rates = np.concatenate((rates, np.full(count - len(rates), hazard[0][-1])))
    done = 1.0 - np.concatenate(([1.0], np.exp(-np.cumsum(rates[: count - 1] * STEP))))
    done[np.arange(count) * STEP >= limit] = 1.0
    return done


def _after_call_table(hazard: Floats, by: Floats, limit: float) -> Floats:
    """Rows are whole seconds of after-call work done."""
    spent = np.concatenate(([0.0], np.cumsum(hazard[0] * STEP)))
    grid = np.arange(len(spent)) * STEP
    ages = np.arange(int(grid[-1]) + 1) + 0.5
    slope = float(hazard[0][-1])
    until = ages[:, None] + by
    later = np.interp(until, grid, spent) + np.maximum(until - grid[-1], 0.0) * slope
    gone = 1.0 - np.exp(np.interp(ages, grid, spent)[:, None] - later)
    return np.where(until >= limit, 1.0, gone)
