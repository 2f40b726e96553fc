"""The callees of a scenario as a table of the carrier lab, and the numbers they have."""

from __future__ import annotations

from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.simulation.distributions import Constant, Distribution, Lognormal
from kwabo.simulation.scenario import Callees, Scenario

STAYS_SECONDS = 3600.0  # a person leaves the end of the call to the agent
LISTENS_SECONDS = 6.0  # beyond the pause between two tones of an agent's telephone
NO_ANSWER_SECONDS = 120.0
FIRST_DIGITS = "0197"  # of the national numbers


class NotOnASwitch(Exception):
    """The scenario asks for something that the carrier lab or the simulated agents cannot play."""


def table_of(scenario: Scenario, seed: int) -> BehaviourTable:
    """The lab's table for a scenario. Raises NotOnASwitch."""
    _refuse_what_cannot_be_played(scenario)
    (callees,) = scenario.callees
    rates = callees.rates[0]
    shares = {
        "person": rates.person,
        "voicemail": rates.machine,
        "busy": rates.busy,
        "unallocated": rates.invalid,
        "rejected": rates.rejected,
        "congestion": rates.congestion,
        "hang_up": rates.hangs_up_on_answer,
    }
    shares["no_answer"] = 1.0 - sum(shares.values())
    return BehaviourTable(
        behaviours=_behaviours(callees),
        shares={name: share for name, share in shares.items() if share > 0.0},
        seed=f"bench{seed}",
        spread=_lognormal("set_up", callees.set_up).sigma,
    )


def national_numbers(first: int, count: int) -> list[str]:
    """So many numbers from the `first` on, all different."""
    return [f"{FIRST_DIGITS}{n:06d}" for n in range(first, first + count)]


def _behaviours(callees: Callees) -> dict[str, Behaviour]:
    set_up = _lognormal("set_up", callees.set_up).median
    answer = _lognormal("answer", callees.answer)
    machine = _lognormal("machine_answer", callees.machine_answer)
    recording = _lognormal("machine_seconds", callees.machine_seconds)
    return {
        "person": Behaviour(
            kind=Kind.PERSON,
            set_up_seconds=set_up,
            ring_seconds=answer.median,
            ring_spread=answer.sigma,
            talk_seconds=STAYS_SECONDS,
            talk_spread=0.0,
            listen_seconds=LISTENS_SECONDS,
        ),
        "voicemail": Behaviour(
            kind=Kind.VOICEMAIL,
            set_up_seconds=set_up,
            ring_seconds=machine.median,
            ring_spread=machine.sigma,
            talk_seconds=recording.median,
            talk_spread=recording.sigma,
        ),
        "hang_up": Behaviour(
            kind=Kind.HANG_UP,
            set_up_seconds=set_up,
            ring_seconds=answer.median,
            ring_spread=answer.sigma,
            talk_seconds=0.4,
        ),
        "no_answer": Behaviour(
            kind=Kind.NO_ANSWER,
            set_up_seconds=set_up,
            ring_seconds=NO_ANSWER_SECONDS,
            ring_spread=0.0,
        ),
        "agent": Behaviour(kind=Kind.AGENT, ring_seconds=0.0, talk_seconds=12 * 3600.0),
        **{
            str(kind): Behaviour(kind=kind, set_up_seconds=set_up, ring_seconds=0.0)
            for kind in (Kind.BUSY, Kind.UNALLOCATED, Kind.CONGESTION, Kind.REJECTED)
        },
    }


def _lognormal(name: str, distribution: Distribution) -> Lognormal:
    if isinstance(distribution, Lognormal):
        return distribution
    if isinstance(distribution, Constant):
        return Lognormal(distribution.seconds, 0.0)
    raise NotOnASwitch(f"callees.{name}: the carrier lab knows lognormal and constant times only.")


def _refuse_what_cannot_be_played(scenario: Scenario) -> None:
    for name in ("teams", "trunks", "callees", "lists", "campaigns"):
        if len(getattr(scenario, name)) != 1:
            raise NotOnASwitch(f"{name}: one of them, and no more.")
    unplayed = {
        "inbound": scenario.inbound,
        "faults": scenario.faults,
        "teams.breaks": scenario.teams[0].breaks,
        "trunks.outages": scenario.trunks[0].outages,
        "callees.rates (more than one)": scenario.callees[0].rates[1:],
        "lists.groups (more than one)": scenario.lists[0].groups[1:],
        "lists.second_number": scenario.lists[0].second_number,
        "lists.odds_spread": scenario.lists[0].odds_spread,
        "teams.agent_ends_call below 1": scenario.teams[0].agent_ends_call < 1.0,
        "campaigns.max_attempts above 1": scenario.campaigns[0].max_attempts > 1,
    }
    for name, asked in unplayed.items():
        if asked:
            raise NotOnASwitch(f"{name}: not played on the switch.")
