"""The way of a call through its flow as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kwabo.domain.flows.document import nodes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedNode:
    """A node that the call came through."""

    node: str  # its id
    title: str  # '': it has none, or is in the newest version no longer
    type: str  # '': the node is in the newest version no longer
    at: str  # ISO 8601


def way_of(
    trail: Iterable[Mapping[str, Any]], documents: Mapping[str, Mapping[str, Any]]
) -> tuple[PassedNode, ...]:
    """The trail that was stored, in the words of these documents (by flow)."""
    nodes = {flow_id: nodes_of(document) for flow_id, document in documents.items()}
    way = []
    for passed in trail:
        name = str(passed.get("node") or "")
        node = nodes.get(str(passed.get("flow_id") or ""), {}).get(name, {})
        way.append(
            PassedNode(
                node=name,
                title=str(node.get("title") or ""),
                type=str(node.get("type") or ""),
                at=str(passed.get("at") or ""),
            )
        )
    return tuple(way)
