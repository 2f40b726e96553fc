"""Durations: their means, their limits, and that they grow with the number they are drawn from."""

from __future__ import annotations

import math

import pytest

from kwabo.simulation.dice import dice
from kwabo.simulation.distributions import (
    Clamped,
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Lognormal,
    Mixture,
    Uniform,
)

PLAIN: list[Distribution] = [
    Constant(12.5),
    Uniform(2.0, 9.0),
    Exponential(30.0),
    Lognormal.of_mean(150.0, 0.9),
    Lognormal(7.5, 0.55),
    Empirical((1.0, 4.0, 10.0)),
]
MIXTURE = Mixture(((0.25, Constant(1.0)), (0.75, Lognormal.of_mean(20.0, 0.5))))
STEPS = 20_000
FIRST, SECOND = 0.9120453362311394, 0.38809192697819184


def middle(distribution: Distribution) -> float:
    """The mean by numerical integration of the quantile function."""
    return math.fsum(distribution.at((n + 0.5) / STEPS) for n in range(STEPS)) / STEPS


@pytest.mark.parametrize("distribution", [*PLAIN[:-1], MIXTURE], ids=repr)
def test_mean(distribution: Distribution) -> None:
    assert middle(distribution) == pytest.approx(distribution.mean, rel=0.01)


@pytest.mark.parametrize("distribution", PLAIN, ids=repr)
def test_more_for_higher_numbers(distribution: Distribution) -> None:
    drawn = [distribution.at(n / 100) for n in range(100)]
    assert drawn == sorted(drawn)
    assert drawn[0] >= 0.0


@pytest.mark.parametrize("distribution", [*PLAIN, MIXTURE], ids=repr)
@pytest.mark.parametrize("uniform", [0.0, 1e-12, 1.0 - 2.0**-53])
def test_the_edges_are_finite(distribution: Distribution, uniform: float) -> None:
    assert 0.0 <= distribution.at(uniform) < 1e9


@pytest.mark.parametrize("distribution", [*PLAIN, MIXTURE], ids=repr)
def test_whole_milliseconds(distribution: Distribution) -> None:
    for n in range(50):
        seconds = distribution.at(n / 50)
        assert seconds == round(seconds, 3)


def test_lognormal_of_mean_and_cv() -> None:
    found = Lognormal.of_mean(100.0, 0.5)
    values = [found.at((n + 0.5) / STEPS) for n in range(STEPS)]
    mean = math.fsum(values) / STEPS
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / STEPS)
    assert mean == pytest.approx(100.0, rel=0.01)
    assert deviation / mean == pytest.approx(0.5, rel=0.02)


def test_mixture_has_its_shares() -> None:
    ones = sum(MIXTURE.at((n + 0.5) / 1000) == 1.0 for n in range(1000))
    assert ones == 250


def test_measured_values_come_back_at_their_ranks() -> None:
    assert [Empirical((1.0, 4.0, 10.0)).at(u) for u in (0.0, 0.5, 0.999999999)] == [1.0, 4.0, 10.0]


def test_clamped() -> None:
    found = Clamped(Uniform(0.0, 10.0), least=2.0, most=5.0)
    assert (found.at(0.0), found.at(0.3), found.at(0.9)) == (2.0, 3.0, 5.0)


def test_dice_depend_on_the_name_alone() -> None:
    assert dice("7 call +22901 1") == dice("7 call +22901 1")
    assert dice("7 call +22901 1") != dice("7 call +22901 2")
    # The first numbers of one name: they must not change with a version of Python or a machine.
    assert dice("kwabo")[:2] == pytest.approx([FIRST, SECOND], abs=0.0)


def test_dice_are_spread_evenly() -> None:
    drawn = [value for n in range(2000) for value in dice(f"even {n}")]
    assert all(0.0 <= value < 1.0 for value in drawn)
    tenths = [sum(tenth <= value * 10 < tenth + 1 for value in drawn) for tenth in range(10)]
    assert all(abs(count - 1600) < 200 for count in tenths)
