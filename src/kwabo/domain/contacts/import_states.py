"""The course of an import."""

from __future__ import annotations

from kwabo.kernel.machine import Machine

IMPORT_STATES = Machine(
    name="import",
    initial="uploaded",
    transitions={
        ("uploaded", "start"): "waiting",
        ("uploaded", "cancel"): "cancelled",
        ("waiting", "claim"): "running",
        ("waiting", "cancel"): "cancelled",
        ("running", "finish"): "complete",
        ("running", "fail"): "failed",
        ("running", "cancel"): "cancelled",
        ("failed", "resume"): "waiting",
        ("cancelled", "resume"): "waiting",
    },
    final=frozenset({"complete"}),
)
