"""A switch, carriers and called people that exist only in this process, in real or virtual time.

`SimulatedNode` is the switch itself with the far end behind it; it goes on when an engine dies.
`SimulatedSwitch` is one application's connection to it and implements the port.
"""

from kwabo.adapters.switch.simulator.far_end import (
    Behaviour,
    BehaviourKind,
    Caller,
    FarEnd,
    FarEndCall,
    Population,
    Table,
)
from kwabo.adapters.switch.simulator.faults import Faults, seeded
from kwabo.adapters.switch.simulator.node import SimulatedNode
from kwabo.adapters.switch.simulator.switch import SimulatedSwitch

__all__ = [
    "Behaviour",
    "BehaviourKind",
    "Caller",
    "FarEnd",
    "FarEndCall",
    "Faults",
    "Population",
    "SimulatedNode",
    "SimulatedSwitch",
    "Table",
    "seeded",
]
