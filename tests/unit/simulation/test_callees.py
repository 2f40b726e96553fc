"""Called people: shares over the day, and the same person in every run."""

from __future__ import annotations

import pytest

from kwabo.adapters.switch.simulator import BehaviourKind
from kwabo.simulation.callees import Population, shares_at, with_odds
from kwabo.simulation.scenario import Analysis, Callees, Rates

NINE, TEN, ELEVEN = 9 * 3600.0, 10 * 3600.0, 11 * 3600.0
STEP = (Rates(at=NINE, person=0.2), Rates(at=TEN, person=0.6))
DRIFT = (Rates(at=NINE, person=0.2, machine=0.4), Rates(at=ELEVEN, change="drift", person=0.6))


@pytest.mark.parametrize(
    ("moment", "person"), [(NINE - 1, 0.2), (NINE, 0.2), (TEN - 1, 0.2), (TEN, 0.6), (ELEVEN, 0.6)]
)
def test_steps(moment: float, person: float) -> None:
    assert shares_at(STEP, moment)[0] == person


@pytest.mark.parametrize(
    ("moment", "person", "machine"),
    [(NINE - 60, 0.2, 0.4), (NINE, 0.2, 0.4), (TEN, 0.4, 0.2), (ELEVEN, 0.6, 0.0)],
)
def test_drifts(moment: float, person: float, machine: float) -> None:
    assert shares_at(DRIFT, moment)[:2] == pytest.approx((person, machine))


def test_odds() -> None:
    shares = with_odds((0.25, 0.5, 0.0), 3.0)
    assert shares[0] == pytest.approx(0.5)  # odds of 1:3 become 1:1
    assert shares[1] == pytest.approx(0.5 * 0.5 / 0.75)
    assert with_odds((0.25, 0.5), 1.0) == (0.25, 0.5)


def population(seed: int = 1, person: float = 0.4, **values: object) -> Population:
    callees = Callees(name="people", rates=(Rates(person=person, machine=0.3),), **values)  # type: ignore[arg-type]
    made = Population(seed, lambda: TEN)
    for n in range(2000):
        made.add(f"+22901{n:08d}", callees, 1.0, 0.0)
    return made


def test_the_nth_call_is_the_same_whatever_was_dialled_before() -> None:
    one, other = population(), population()
    other.behaviour("+2290100000007")
    first = one.behaviour("+2290100000001"), one.behaviour("+2290100000001")
    assert (other.behaviour("+2290100000001"), other.behaviour("+2290100000001")) == first
    assert first[0] != first[1]
    assert population(seed=2).behaviour("+2290100000001") != first[0]


def test_shares_come_true() -> None:
    made = population()
    kinds = [made.behaviour(f"+22901{n:08d}").kind for n in range(2000)]
    assert kinds.count(BehaviourKind.PERSON) / 2000 == pytest.approx(0.4, abs=0.04)
    assert kinds.count(BehaviourKind.MACHINE) / 2000 == pytest.approx(0.3, abs=0.04)
    assert kinds.count(BehaviourKind.NO_ANSWER) / 2000 == pytest.approx(0.3, abs=0.04)


def test_call_analysis_errs_as_often_as_said() -> None:
    made = population(analysis=(Analysis(persons_lost=0.5, machines_passed=1.0),))
    met = [made.behaviour(f"+22901{n:08d}") for n in range(2000)]
    persons = [one.analysis for one in met if one.kind is BehaviourKind.PERSON]
    assert persons.count("machine") / len(persons) == pytest.approx(0.5, abs=0.06)
    assert {one.analysis for one in met if one.kind is BehaviourKind.MACHINE} == {"person"}
