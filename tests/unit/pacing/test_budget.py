"""The budget of abandons, by the law's denominator."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kwabo.domain.pacing.budget import account, rate, rate_of_all, risk_allowed, self_paying_risk
from kwabo.domain.pacing.situation import Limits, Tally

PLAIN = Limits(target=0.03)


def test_the_rate_is_of_live_calls() -> None:
    tally = Tally(live=200, abandoned=4, dialled=1000)
    found = account(tally, PLAIN)
    assert found.rate == rate(tally, PLAIN) == 0.02
    assert found.rate_of_all == rate_of_all(tally, PLAIN) == 0.004
    assert found.left == pytest.approx(2.0)


def test_lost_persons_are_live_and_abandoned() -> None:
    limits = Limits(target=0.03, analysis=True, persons_taken_for_machines=0.02)
    found = account(Tally(live=980, abandoned=5, dialled=3000, machines=900), limits)
    assert found.live == pytest.approx(1000.0)
    assert found.abandoned == pytest.approx(25.0)
    assert found.left == pytest.approx(5.0)


def test_no_more_persons_are_lost_than_machines_were_heard() -> None:
    limits = Limits(target=0.03, analysis=True, persons_taken_for_machines=0.02)
    assert account(Tally(live=980, machines=3), limits).abandoned == 3.0


def test_next_to_nothing_is_risked_before_a_whole_abandon_can_be_paid() -> None:
    none = account(Tally(live=0), PLAIN)
    assert risk_allowed(none, agents=20, at_stake=0.0) == 0.0
    # Over the 33 live calls until one can be paid: an abandon in fewer than one window of fifty.
    risks = [
        risk_allowed(account(Tally(live=live), PLAIN), agents=20, at_stake=0.0)
        for live in range(34)
    ]
    assert sum(risks) < 0.02
    longer = account(Tally(live=60), PLAIN)
    assert risk_allowed(longer, agents=20, at_stake=0.0) > 0.01


def test_nothing_is_risked_when_it_is_spent() -> None:
    spent = account(Tally(live=1000, abandoned=30), PLAIN)
    assert risk_allowed(spent, agents=20, at_stake=0.0) == 0.0


def test_a_call_that_pays_for_itself_earns_ten_times_what_it_risks() -> None:
    spent = account(Tally(live=1000, abandoned=40), PLAIN)
    assert self_paying_risk(spent) == pytest.approx(0.003)
    # With 100 more calls of that risk the rate is lower than it was.
    more = account(Tally(live=1100, abandoned=41), PLAIN)
    assert more.left > spent.left


def test_in_a_short_window_no_call_pays_for_itself() -> None:
    assert self_paying_risk(account(Tally(live=99), PLAIN)) == 0.0


def test_where_call_analysis_loses_what_the_target_allows_no_call_pays_for_itself() -> None:
    limits = Limits(target=0.03, analysis=True, persons_taken_for_machines=0.03)
    assert self_paying_risk(account(Tally(live=1000, machines=900), limits)) == 0.0
    better = replace(limits, persons_taken_for_machines=0.02)
    found = account(Tally(live=980, machines=900), better)
    assert found.earned == pytest.approx((0.03 - 0.02) / 0.98)
    assert self_paying_risk(found) == pytest.approx(0.1 * found.earned)


def test_people_who_wait_are_counted_before_they_are_lost() -> None:
    some = account(Tally(live=1000, abandoned=26), PLAIN)
    assert risk_allowed(some, agents=20, at_stake=0.0) > 0.0
    assert risk_allowed(some, agents=20, at_stake=4.0) == 0.0


def test_a_larger_team_keeps_a_larger_reserve() -> None:
    some = account(Tally(live=1000, abandoned=26), PLAIN)
    few = risk_allowed(some, agents=5, at_stake=0.0)
    assert few > risk_allowed(some, agents=100, at_stake=0.0)


def test_what_call_analysis_loses_is_paid_for_first() -> None:
    limits = Limits(target=0.03, analysis=True, persons_taken_for_machines=0.02)
    analysed = account(Tally(live=980, machines=900), limits)
    plain = account(Tally(live=1000), PLAIN)
    assert analysed.unsure == pytest.approx(1.85 * 20.0**0.5)
    assert analysed.allowed == pytest.approx(10.0 - analysed.unsure)
    few = risk_allowed(analysed, agents=20, at_stake=0.0)
    assert risk_allowed(plain, agents=20, at_stake=0.0) > 2 * few


def test_without_calls_there_is_no_rate() -> None:
    assert account(Tally(), PLAIN).rate == account(Tally(), PLAIN).rate_of_all == 0.0
