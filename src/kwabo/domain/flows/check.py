"""Everything wrong with a flow, each with its node and field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kwabo.domain.flows import document as doc
from kwabo.domain.flows.checking import Checking
from kwabo.domain.flows.field_check import check_all
from kwabo.domain.flows.fields import entries, is_name, read_all, texts
from kwabo.domain.flows.flow import read_document
from kwabo.domain.flows.graph import check_ways
from kwabo.domain.flows.nodes import NODE_TYPES
from kwabo.domain.flows.problems import Finding, finding
from kwabo.domain.flows.surroundings import Surroundings
from kwabo.domain.flows.values import TYPES, read

LONGEST_TITLE: Final = 200
_KEYS: Final = frozenset({"languages", "start", "on_error", "limits", "variables", "nodes"})
_LIMITS: Final = ("steps", "seconds", "visits")


def check(document: Mapping[str, Any], surroundings: Surroundings) -> list[Finding]:
    """Everything wrong, the flow as a whole first, then node by node in the document's order."""
    checking = Checking(document, surroundings)
    checking.found += size_problem(document)
    _whole(document, checking)
    _nodes(document, checking)
    if "nodes" in document:
        check_ways(read_document(document), checking)
    _runs(document, checking)
    _words(checking)
    places = {"": -1} | {node: index for index, node in enumerate(doc.nodes_of(document))}
    return sorted(checking.found, key=lambda one: places.get(one.node, len(places)))


def size_problem(document: Mapping[str, Any]) -> list[Finding]:
    """What keeps even a draft from being kept: its size."""
    if doc.size_of(document) > doc.LARGEST:
        return [finding("", "document", "FLOW_TOO_LARGE", most=f"{doc.LARGEST:,}")]
    return []


def _whole(document: Mapping[str, Any], checking: Checking) -> None:
    _keys(document, _KEYS, "document", checking)
    written = document.get("languages")
    languages = checking.languages
    good = isinstance(written, list | tuple) and len(written) == len(languages)
    if not good or not 1 <= len(languages) <= doc.MOST_LANGUAGES:
        checking.refuse("languages", "FLOW_LANGUAGES", most=doc.MOST_LANGUAGES)
    known = checking.surroundings.languages
    for index, language in enumerate(languages):
        if known is not None and language not in known:
            field = f"languages.{index}"
            checking.refuse(field, "FLOW_LANGUAGE_NOT_USED", language=language[:20])
    limits = document.get("limits", {})
    if not isinstance(limits, Mapping):
        checking.refuse("limits", "FLOW_OBJECT")
    else:
        _keys(limits, frozenset(_LIMITS), "limits", checking)
        for name in _LIMITS:
            most = getattr(doc.MOST, name)
            value = limits.get(name, 1)
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
                checking.refuse(f"limits.{name}", "FLOW_WHOLE", least=1, most=most)
    if not isinstance(document.get("on_error") or "", str):
        checking.refuse("on_error", "FLOW_ID")
    _variables(document.get("variables", []), checking)


def _variables(written: object, checking: Checking) -> None:
    if not isinstance(written, list | tuple) or len(written) > doc.MOST_VARIABLES:
        checking.refuse("variables", "FLOW_ENTRIES", least=0, most=doc.MOST_VARIABLES)
        return
    seen: set[object] = set()
    for index, one in enumerate(written):
        at = f"variables.{index}"
        if not isinstance(one, Mapping):
            checking.refuse(at, "FLOW_OBJECT")
            continue
        _keys(one, frozenset({"name", "type", "personal", "value"}), at, checking)
        name, kind, value = one.get("name"), one.get("type", "text"), one.get("value", "")
        if not is_name(name):
            checking.refuse(f"{at}.name", "FLOW_ID")
        elif name in seen:
            checking.refuse(f"{at}.name", "FLOW_ID_TWICE", id=name)
        seen.add(str(name))
        if not isinstance(one.get("personal", False), bool):
            checking.refuse(f"{at}.personal", "FLOW_FLAG")
        if not isinstance(kind, str) or kind not in TYPES:
            checking.refuse(f"{at}.type", "FLOW_VARIABLE_TYPE", possible=", ".join(TYPES))
        elif not isinstance(value, str) or (value and not read(kind, value)):
            checking.refuse(f"{at}.value", "FLOW_VALUE_KIND", type=kind)


def _nodes(document: Mapping[str, Any], checking: Checking) -> None:
    written = document.get("nodes")
    if not isinstance(written, list | tuple) or not 1 <= len(written) <= doc.MOST_NODES:
        checking.refuse("nodes", "FLOW_ENTRIES", least=1, most=doc.MOST_NODES)
        return
    if len(entries(written)) != len(written):
        checking.refuse("nodes", "FLOW_OBJECT")
    seen: set[str] = set()
    for index, node in enumerate(entries(written)):
        node_id = node.get("id")
        checking.node = ""
        if not isinstance(node_id, str) or not is_name(node_id):
            checking.refuse(f"nodes.{index}.id", "FLOW_ID")
            continue
        if node_id in seen:
            checking.refuse(f"nodes.{index}.id", "FLOW_ID_TWICE", id=node_id)
            continue
        seen.add(node_id)
        checking.node = node_id
        _node(node, checking)
    checking.node = ""


def _node(node: Mapping[str, Any], checking: Checking) -> None:
    kind = NODE_TYPES.get(str(node.get("type")))
    if kind is None:
        told, possible = str(node.get("type", ""))[:60], ", ".join(NODE_TYPES)
        checking.refuse("type", "FLOW_NODE_TYPE", type=told, possible=possible)
        return
    known = doc.NODE_KEYS | {field.name for field in kind.fields}
    _keys(node, known, "", checking)
    if not isinstance(node.get("title", ""), str) or len(node.get("title", "")) > LONGEST_TITLE:
        checking.refuse("title", "FLOW_LABEL", most=LONGEST_TITLE)
    ways = node.get("ways", {})
    if not isinstance(ways, Mapping) or len(texts(ways)) != len(ways):
        checking.refuse("ways", "FLOW_OBJECT")
    check_all(kind.fields, node, "", checking)
    kind.check(read_all(kind.fields, node), checking)


def _keys(
    written: Mapping[str, Any], possible: frozenset[str], path: str, checking: Checking
) -> None:
    unknown = sorted(set(map(str, written)) - possible)
    if unknown:
        checking.refuse(path, "FLOW_KEY", keys=", ".join(unknown)[:200])


def flows_run(document: Mapping[str, Any]) -> frozenset[str]:
    """The flows that this one runs."""
    return frozenset(
        node["flow_id"]
        for node in entries(document.get("nodes"))
        if node.get("type") == "flow" and isinstance(node.get("flow_id"), str)
    )


def _runs(document: Mapping[str, Any], checking: Checking) -> None:
    """Flows that run one another end somewhere, and not too deep."""
    around = checking.surroundings
    if around.flows is None:
        return
    runs = {**around.flows, around.flow_id: flows_run(document)}

    def walk(path: tuple[str, ...]) -> tuple[str, ...] | None:
        """The first chain that comes back to itself or goes too deep."""
        for inner in sorted(runs.get(path[-1], frozenset())):
            chain = (*path, inner)
            if inner in path or len(chain) - 1 > doc.DEEPEST:
                return chain
            deeper = walk(chain)
            if deeper is not None:
                return deeper
        return None

    chain = walk((around.flow_id,))
    if chain is None:
        return
    for node in entries(document.get("nodes")):
        if node.get("type") == "flow" and node.get("flow_id") == chain[1]:
            checking.node = str(node.get("id"))
            told = " → ".join(around.flow_names.get(one, one) or "–" for one in chain)
            code = "FLOW_RUNS_ITSELF" if chain[-1] in chain[:-1] else "FLOW_RUNS_DEEP"
            checking.refuse("flow_id", code, flows=told, most=doc.DEEPEST)
    checking.node = ""


def _words(checking: Checking) -> None:
    """Prompts and pieces of numbers exist in every language in which they are used."""
    ask = checking.surroundings.missing_words
    if ask is None:
        return
    without: dict[tuple[str, str, str], list[str]] = {}
    for language in sorted({one for _, one in (*checking.prompts, *checking.kinds)}):
        keys = sorted(key for key, one in checking.prompts if one == language)
        kinds = sorted(kind for kind, one in checking.kinds if one == language)
        for one in ask(keys, kinds, (language,)):
            if one.prompt and (one.prompt, language) in checking.prompts:
                node, field = checking.prompts[one.prompt, language]
                without.setdefault((node, field, one.prompt), []).append(language)
            elif one.kind and (one.kind, language) in checking.kinds:
                checking.node, field = checking.kinds[one.kind, language]
                checking.refuse(
                    field, "FLOW_FRAGMENT_MISSING", kind=one.kind, language=language,
                    count=one.count, examples=", ".join(one.examples[:5]),
                )  # fmt: skip
    for (node, field, key), languages in without.items():
        checking.node = node
        checking.refuse(field, "FLOW_PROMPT_MISSING", key=key, languages=", ".join(languages))
    checking.node = ""
