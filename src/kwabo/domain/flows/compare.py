"""What differs between two documents of a flow, node by node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kwabo.domain.flows.document import nodes_of

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_PLACE: Final = frozenset({"x", "y"})  # on the canvas: no difference for callers


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A node, or an entry of the flow as a whole, that is not the same."""

    node: str  # '': of the flow as a whole
    change: str
    fields: tuple[str, ...] = ()  # of one that changed


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """The flow as a whole first, then nodes in the order of the new document, removed ones last."""
    found = []
    fields = _different(old, new, frozenset({"nodes"}))
    if fields:
        found.append(Difference(node="", change=CHANGED, fields=fields))
    before, after = nodes_of(old), nodes_of(new)
    for node_id, node in after.items():
        if node_id not in before:
            found.append(Difference(node=node_id, change=ADDED))
            continue
        fields = _different(before[node_id], node, _PLACE)
        if fields:
            found.append(Difference(node=node_id, change=CHANGED, fields=fields))
    found += [
        Difference(node=node_id, change=REMOVED) for node_id in before if node_id not in after
    ]
    return found


def _different(
    old: Mapping[str, Any], new: Mapping[str, Any], without: frozenset[str]
) -> tuple[str, ...]:
    names = [*new, *(name for name in old if name not in new)]
    return tuple(name for name in names if name not in without and old.get(name) != new.get(name))
