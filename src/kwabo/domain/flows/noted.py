"""What flows note of calls: by which names, and what kind of values."""

from __future__ import annotations

from collections.abc import Iterable

from kwabo.domain.flows.flow import ReadDocument


def noted(documents: Iterable[ReadDocument]) -> dict[str, frozenset[str]]:
    """Name → types of the values that any of the documents notes by it; see `values.TYPES`."""
    found: dict[str, set[str]] = {}
    for document in documents:
        for node in document.nodes.values():
            for name, value_type in node.type.notes(node.settings, document.variables):
                if name:
                    found.setdefault(name, set()).add(value_type)
    return {name: frozenset(types) for name, types in found.items()}
