"""The checks of a scenario's queues and callers that concern more than one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kwabo.domain.flows.check import check
from kwabo.domain.flows.document import languages_of
from kwabo.domain.flows.surroundings import Surroundings
from kwabo.simulation.keys import Reading, named, rising

if TYPE_CHECKING:
    from kwabo.simulation.scenario import Scenario
    from kwabo.simulation.scenario_inbound import Queue


def check_inbound(scenario: Scenario, reading: Reading) -> None:
    """Everything wrong with queues, and with who calls in for them."""
    there: list[Any] = [*scenario.teams, *scenario.queues]
    teams = {team.name for team in scenario.teams}
    for index, queue in enumerate(scenario.queues):
        if queue.name in teams:
            reading.wrong(
                f"queues[{index}].name",
                f"'{queue.name}' is a team, which has a queue of that name.",
                "Choose another name.",
            )
        _queue(reading, f"queues[{index}]", queue, scenario)
    skills = {skill for team in scenario.teams for skill in team.skills}
    for index, inbound in enumerate(scenario.inbound):
        name = f"inbound[{index}]"
        named(reading, f"{name}.queue", inbound.queue, there)
        named(reading, f"{name}.trunk", inbound.trunk, scenario.trunks)
        rising(reading, f"{name}.rates", [rate.at for rate in inbound.rates])
        for skill in sorted(set(inbound.skills) - skills):
            mend = f"Teams have: {', '.join(sorted(skills)) or 'none'}."
            reading.wrong(f"{name}.skills", f"no team has '{skill}'.", mend)
        if inbound.flow is not None:
            _flow(reading, name, inbound.flow, scenario.queue_names)


def _queue(reading: Reading, name: str, queue: Queue, scenario: Scenario) -> None:
    for number, member in enumerate(queue.members):
        named(reading, f"{name}.members[{number}].team", member.team, scenario.teams)
    for number, rule in enumerate(queue.overflow):
        where = f"{name}.overflow[{number}].to"
        named(reading, where, rule.to, [*scenario.teams, *scenario.queues])
        if rule.to == queue.name:
            reading.wrong(where, "is the queue itself.", "Name another queue.")


def _flow(reading: Reading, name: str, flow: Mapping[str, Any], queues: Sequence[str]) -> None:
    """The flow as it would be before it is published; its queues are named, its words not asked."""
    languages = frozenset(languages_of(flow))
    surroundings = Surroundings(queues=frozenset(queues), flows={}, languages=languages)
    for found in check(flow, surroundings):
        mend = "Mend the flow; its queue nodes name queues of the scenario."
        reading.wrong(f"{name}.flow", f"{found.objection().field}: {found.message}", mend)
