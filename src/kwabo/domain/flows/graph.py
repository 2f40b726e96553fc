"""Ways from node to node: targets that there are not, nodes nobody comes to, ways without end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kwabo.domain.flows.checking import Checking
from kwabo.domain.flows.flow import Node, ReadDocument
from kwabo.domain.flows.nodes.node_type import Ways

Edges = Mapping[str, Sequence[str]]


def check_ways(document: ReadDocument, checking: Checking) -> None:
    """Everything wrong with where nodes lead."""
    for node in document.nodes.values():
        checking.node = node.id
        _own_ways(node, document, checking)
    checking.node = ""
    if not document.start:
        checking.refuse("start", "FLOW_START_NEEDED")
    elif document.start not in document.nodes:
        checking.refuse("start", "FLOW_TARGET_MISSING", target=document.start)
    if document.on_error and document.on_error not in document.nodes:
        checking.refuse("on_error", "FLOW_TARGET_MISSING", target=document.on_error)
    edges = {node.id: _targets(node, document) for node in document.nodes.values()}
    reached = reached_from((document.start, document.on_error), edges)
    if document.start in document.nodes:
        for node_id in document.nodes:
            if node_id not in reached:
                checking.node = node_id
                checking.refuse("id", "FLOW_UNREACHABLE", target=node_id)
    _endless(document, edges, checking)
    checking.node = ""


def _own_ways(node: Node, document: ReadDocument, checking: Checking) -> None:
    ways: Ways = node.type.ways(node.settings)
    for way, target in node.ways.items():
        if way not in ways.needed and way not in ways.possible:
            checking.refuse(f"ways.{way}", "FLOW_WAY_UNKNOWN", way=way)
        elif target not in document.nodes:
            checking.refuse(f"ways.{way}", "FLOW_TARGET_MISSING", target=target)
    for way in ways.needed:
        if way not in node.ways:
            code = "FLOW_TIMEOUT_NEEDED" if way == "timeout" else "FLOW_WAY_NEEDED"
            checking.refuse(f"ways.{way}", code, way=way)


def _targets(node: Node, document: ReadDocument) -> list[str]:
    return [target for target in node.ways.values() if target in document.nodes]


def reached_from(starts: Iterable[str], edges: Edges) -> set[str]:
    """Every node to which ways lead from these."""
    todo = [start for start in starts if start in edges]
    reached = set(todo)
    while todo:
        for target in edges[todo.pop()]:
            if target not in reached:
                reached.add(target)
                todo.append(target)
    return reached


def _endless(document: ReadDocument, edges: Edges, checking: Checking) -> None:
    """Refuse cycles out of which no way leads, and cycles in which nothing ever changes.

    The second kind waits for nothing that the caller does; a way out that depends on values is
    never taken when nothing in the cycle changes them. Others are bounded when the call is there.
    """
    reported: set[str] = set()
    for cycle in cycles(edges):
        inside = set(cycle)
        ends = any(document.nodes[one].type.ends for one in cycle)
        leaves = any(target not in inside for one in cycle for target in edges[one])
        if not ends and not leaves:
            checking.node = cycle[0]
            checking.refuse("ways", "FLOW_ENDLESS", nodes=", ".join(cycle))
            reported |= inside
    silent = {
        one: [target for target in targets if not document.nodes[target].type.asks]
        for one, targets in edges.items()
        if not document.nodes[one].type.asks
    }
    for cycle in cycles(silent):
        inside = set(cycle)
        kinds = [document.nodes[one].type for one in cycle]
        changes = any(kind.changes for kind in kinds)
        way_out = any(
            document.nodes[one].type.ends
            or (
                document.nodes[one].type.decides
                and any(target not in inside for target in edges[one])
            )
            for one in cycle
        )
        if not (changes and way_out) and not inside & reported:
            checking.node = cycle[0]
            checking.refuse("ways", "FLOW_LOOP", nodes=", ".join(cycle))


def cycles(edges: Edges) -> list[list[str]]:
    """Sets of nodes of which each leads to every other, in the order of the document (Tarjan)."""
    order = {node: index for index, node in enumerate(edges)}
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []
    for root in edges:
        work = [(root, 0)] if root not in number else []
        while work:
            node, done = work.pop()
            if done == 0:
                number[node] = low[node] = len(number)
                stack.append(node)
            targets = edges[node]
            for index in range(done, len(targets)):
                target = targets[index]
                if target not in number:
                    work += [(node, index + 1), (target, 0)]
                    break
                if target in stack:
                    low[node] = min(low[node], number[target])
            else:
                if low[node] == number[node]:
                    group = stack[stack.index(node) :]
                    del stack[stack.index(node) :]
                    if len(group) > 1 or node in targets:
                        found.append(sorted(group, key=order.__getitem__))
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[node])
    return sorted(found, key=lambda group: order[group[0]])
