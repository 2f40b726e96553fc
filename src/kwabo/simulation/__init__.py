"""The whole floor in virtual time: a scenario in, an outcome out."""

from kwabo.simulation.outcome import Outcome
from kwabo.simulation.run import Cancelled, simulate
from kwabo.simulation.scenario import Scenario
from kwabo.simulation.scenario_file import ScenarioInvalid, read_scenario, scenario_of

__all__ = [
    "Cancelled",
    "Outcome",
    "Scenario",
    "ScenarioInvalid",
    "read_scenario",
    "scenario_of",
    "simulate",
]
