"""State machines as transition tables.

A table maps (state, event name) to the next state. Documentation diagrams and property tests are
made from the same table that the program runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Machine:
    """A named transition table."""

    name: str
    initial: str
    transitions: Mapping[tuple[str, str], str]  # (state, event) → next state
    final: frozenset[str] = frozenset()

    @property
    def states(self) -> frozenset[str]:
        """Every state the table names."""
        return frozenset(
            {self.initial, *self.final}
            | {state for state, _ in self.transitions}
            | set(self.transitions.values())
        )

    def after(self, state: str, event: str) -> str | None:
        """The state that follows, or None when the event has no meaning in this state."""
        return self.transitions.get((state, event))

    def allowed(self, state: str) -> frozenset[str]:
        """Events that have a meaning in this state."""
        return frozenset(event for at, event in self.transitions if at == state)

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {a} --> {b}: {event}" for (a, event), b in self.transitions.items()]
        lines += [f"    {state} --> [*]" for state in sorted(self.final)]
        return "\n".join(lines)
