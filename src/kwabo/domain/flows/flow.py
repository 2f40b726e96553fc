"""A flow with those that it runs, read once and used for many calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kwabo.domain.flows.document import (
    Limits,
    Variable,
    languages_of,
    limits_of,
    nodes_of,
    variables_of,
    ways_of,
)
from kwabo.domain.flows.fields import read_all
from kwabo.domain.flows.nodes import NODE_TYPES
from kwabo.domain.flows.nodes.node_type import NodeType


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node as the interpreter walks it."""

    id: str
    type: NodeType
    settings: Mapping[str, Any]
    ways: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """A document as the interpreter needs it."""

    nodes: Mapping[str, Node]
    start: str
    on_error: str
    languages: tuple[str, ...]
    variables: Mapping[str, Variable]
    limits: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A flow, by which calls are begun, and all that it may run."""

    flow_id: str
    documents: Mapping[str, ReadDocument]  # by flow, its own among them
    versions: Mapping[str, int] = field(default_factory=dict)  # by flow; 0: a draft

    @property
    def main(self) -> ReadDocument:
        """Its own document."""
        return self.documents[self.flow_id]


def read_document(document: Mapping[str, Any]) -> ReadDocument:
    """The document read; nodes of kinds that there are not are left out."""
    nodes = {}
    for node_id, node in nodes_of(document).items():
        kind = NODE_TYPES.get(str(node.get("type")))
        if kind is not None:
            settings = read_all(kind.fields, node)
            nodes[node_id] = Node(id=node_id, type=kind, settings=settings, ways=ways_of(node))
    return ReadDocument(
        nodes=nodes,
        start=_name(document.get("start")),
        on_error=_name(document.get("on_error")),
        languages=languages_of(document),
        variables=variables_of(document),
        limits=limits_of(document),
    )


def _name(written: object) -> str:
    return written if isinstance(written, str) else ""


def flow_of(
    flow_id: str,
    documents: Mapping[str, Mapping[str, Any]],
    versions: Mapping[str, int] | None = None,
) -> Flow:
    """The flow with these documents, its own among them."""
    return Flow(
        flow_id=flow_id,
        documents={one: read_document(document) for one, document in documents.items()},
        versions=dict(versions or {}),
    )
