"""The course of a what-if."""

from __future__ import annotations

from kwabo.kernel.machine import Machine

WHAT_IF_STATES = Machine(
    name="what_if",
    initial="waiting",
    transitions={
        ("waiting", "claim"): "running",
        ("waiting", "cancel"): "cancelled",
        ("running", "finish"): "complete",
        ("running", "fail"): "failed",
        ("running", "cancel"): "cancelled",
    },
    final=frozenset({"complete", "failed", "cancelled"}),
)
UNDER_WAY = frozenset({"waiting", "running"})
