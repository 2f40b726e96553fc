"""What a flow names: queues, opening hours, sources, prompts, other flows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kwabo.domain.flows.document import nodes_of
from kwabo.domain.flows.fields import Field, Kind, entries
from kwabo.domain.flows.nodes import NODE_TYPES

Reference = tuple[str, str]  # noun, id or key


def references(document: Mapping[str, Any]) -> frozenset[Reference]:
    """Everything that is named, by noun; also in a draft that is wrong elsewhere."""
    found: set[Reference] = set()
    for node in nodes_of(document).values():
        kind = NODE_TYPES.get(str(node.get("type")))
        if kind is not None:
            for field in kind.fields:
                found.update(_of_field(field, node.get(field.name)))
    return frozenset(found)


def _of_field(field: Field, raw: object) -> Iterator[Reference]:
    match field.kind:
        case Kind.REFERENCE if isinstance(raw, str) and raw:
            yield field.noun, raw
        case Kind.NAMES if field.noun and isinstance(raw, list | tuple):
            yield from ((field.noun, one) for one in raw if isinstance(one, str) and one)
        case Kind.PARTS:
            yield from _of_parts(raw)
        case Kind.LIST:
            for entry in entries(raw):
                for inner in field.fields:
                    yield from _of_field(inner, entry.get(inner.name))
        case Kind.MAP if isinstance(raw, Mapping):
            for value in raw.values():
                yield from _of_field(field.fields[0], value)


def _of_parts(raw: object) -> Iterator[Reference]:
    for part in entries(raw):
        if isinstance(part.get("prompt"), str) and part["prompt"]:
            yield "prompt", part["prompt"]
        yield from _of_parts(part.get("parts"))


def with_references(
    document: Mapping[str, Any], renamed: Callable[[str, str], str]
) -> dict[str, Any]:
    """The document with `renamed(noun, id)` in the place of each id that a field holds."""
    nodes = document.get("nodes")
    if not isinstance(nodes, list | tuple):
        return dict(document)
    return {**document, "nodes": [_renamed(node, renamed) for node in nodes]}


def _renamed(node: object, renamed: Callable[[str, str], str]) -> object:
    if not isinstance(node, Mapping):
        return node
    kind = NODE_TYPES.get(str(node.get("type")))
    fields: Sequence[Field] = () if kind is None else kind.fields
    changed: dict[str, object] = {
        field.name: renamed(field.noun, node[field.name])
        for field in fields
        if field.kind is Kind.REFERENCE and isinstance(node.get(field.name), str)
    }
    for field in fields:
        several = node.get(field.name)
        if field.kind is Kind.NAMES and field.noun and isinstance(several, list | tuple):
            changed[field.name] = [
                renamed(field.noun, one) if isinstance(one, str) else one for one in several
            ]
    return {**node, **changed}
