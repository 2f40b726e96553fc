"""A scenario of the simulation on a real switch: its far end, its agents, what was measured."""
