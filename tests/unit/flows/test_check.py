"""What keeps a flow from being published, each by its node and field."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from kwabo.domain.flows.check import check
from kwabo.domain.flows.document import LARGEST
from kwabo.domain.flows.graph import cycles
from kwabo.domain.flows.surroundings import Missing, Source, Surroundings

GOOD: dict[str, Any] = {
    "languages": ["fr", "fon"],
    "start": "hello",
    "on_error": "sorry",
    "limits": {"seconds": 600},
    "variables": [{"name": "balance", "type": "amount", "personal": True}],
    "nodes": [
        {"id": "hello", "type": "say", "say": [{"prompt": "hello"}], "ways": {"next": "hours"}},
        {
            "id": "hours", "type": "hours", "schedule_id": "s1",
            "ways": {"open": "menu", "closed": "sorry"},
        },
        {
            "id": "menu", "type": "menu", "say": [{"text": {"fr": "Solde : 1", "fon": "Akwɛ : 1"}}],
            "options": [
                {"key": "1", "label": {"fr": "Solde", "fon": "Akwɛ"}},
                {"key": "9", "label": {"fr": "Agent", "fon": "Mɛ"}},
            ],
            "ways": {"1": "ask", "9": "queue", "timeout": "sorry"},
        },
        {
            "id": "ask", "type": "lookup", "source_id": "d1", "outputs": {"balance": "balance"},
            "parameters": {"number": "{{call:caller}}"},
            "ways": {"ok": "tell", "empty": "sorry", "error": "sorry", "slow": "sorry"},
        },
        {
            "id": "tell", "type": "say", "say": [{"amount": "{{balance}}"}],
            "ways": {"next": "menu"},
        },
        {"id": "queue", "type": "queue", "queue_id": "q1", "ways": {"timeout": "sorry"}},
        {"id": "sorry", "type": "hang_up", "say": [{"prompt": "sorry"}]},
    ],
}  # fmt: skip
HAVE = {("hello", "fr"), ("hello", "fon"), ("sorry", "fr"), ("sorry", "fon")}


def missing_words(
    keys: Sequence[str], kinds: Sequence[str], languages: Sequence[str]
) -> list[Missing]:
    """The prompts `HAVE` exist; numbers can be said in French."""
    found = [Missing(language=one, prompt=key) for key in keys for one in languages
             if (key, one) not in HAVE]  # fmt: skip
    found += [Missing(language=one, kind=kind, count=40, examples=("1", "2")) for kind in kinds
              for one in languages if one != "fr"]  # fmt: skip
    return found


AROUND = Surroundings(
    queues=frozenset({"q1"}),
    skills=frozenset({"k1"}),
    schedules=frozenset({"s1"}),
    sources={"d1": Source(parameters=frozenset({"number"}), outputs=frozenset({"balance"}))},
    dnc_lists=frozenset({"n1"}),
    flows={"f1": frozenset(), "f2": frozenset({"main"})},
    flow_names={"main": "Accueil", "f2": "Autre"},
    flow_id="main",
    channels=frozenset({"sms"}),
    languages=frozenset({"fr", "fon"}),
)


def found(
    change: Callable[[dict[str, Any], dict[str, dict[str, Any]]], Any],
) -> set[tuple[str, ...]]:
    """What is wrong after a change of the good document, as (node, field, code)."""
    document = copy.deepcopy(GOOD)
    change(document, {node["id"]: node for node in document["nodes"]})
    return {(one.node, one.field, one.code) for one in check(document, AROUND)}


def test_a_good_flow_meets_no_finding() -> None:
    assert check(GOOD, AROUND) == []
    assert check(GOOD, Surroundings()) == []


def add(node: dict[str, Any], to: str = "menu", way: str = "9") -> Any:
    """Put a node where a way of another leads."""

    def change(document: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> None:
        document["nodes"].append(node)
        nodes[to]["ways"][way] = node["id"]
        del document["nodes"][[one["id"] for one in document["nodes"]].index("queue")]

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # an unreachable node
        (lambda d, n: n["menu"]["ways"].update({"1": "sorry"}), ("ask", "id", "FLOW_UNREACHABLE")),
        # a dangling target
        (
            lambda d, n: n["hello"]["ways"].update(next="x"),
            ("hello", "ways.next", "FLOW_TARGET_MISSING"),
        ),
        (lambda d, n: d.update(start="x"), ("", "start", "FLOW_TARGET_MISSING")),
        (lambda d, n: d.update(start=""), ("", "start", "FLOW_START_NEEDED")),
        (lambda d, n: d.update(on_error="x"), ("", "on_error", "FLOW_TARGET_MISSING")),
        # a menu without a way for the silent caller
        (
            lambda d, n: n["menu"]["ways"].pop("timeout"),
            ("menu", "ways.timeout", "FLOW_TIMEOUT_NEEDED"),
        ),
        (lambda d, n: n["ask"]["ways"].pop("slow"), ("ask", "ways.slow", "FLOW_WAY_NEEDED")),
        (
            lambda d, n: n["menu"]["ways"].update({"5": "sorry"}),
            ("menu", "ways.5", "FLOW_WAY_UNKNOWN"),
        ),
        # things that there are not
        (
            lambda d, n: n["queue"].update(queue_id="x"),
            ("queue", "queue_id", "FLOW_UNKNOWN_QUEUE"),
        ),
        (
            lambda d, n: n["queue"].update(skills=["x"]),
            ("queue", "skills.0", "FLOW_UNKNOWN_SKILL"),
        ),
        (
            lambda d, n: n["hours"].update(schedule_id="x"),
            ("hours", "schedule_id", "FLOW_UNKNOWN_SCHEDULE"),
        ),
        (lambda d, n: n["ask"].update(source_id="x"), ("ask", "source_id", "FLOW_UNKNOWN_SOURCE")),
        (
            lambda d, n: n["ask"].update(outputs={"other": "balance"}),
            ("ask", "outputs.other", "FLOW_UNKNOWN_OUTPUT"),
        ),
        (
            lambda d, n: n["ask"].update(parameters={"imei": "1"}),
            ("ask", "parameters.imei", "FLOW_UNKNOWN_INPUT"),
        ),
        (lambda d, n: n["queue"].pop("queue_id"), ("queue", "queue_id", "FLOW_NEEDED")),
        (
            add({"id": "m", "type": "message", "channel": "fax", "template": "t",
                 "ways": {"next": "sorry"}}),
            ("m", "channel", "FLOW_UNKNOWN_CHANNEL"),
        ),
        (
            add({"id": "f", "type": "flow", "flow_id": "x", "ways": {"next": "sorry"}}),
            ("f", "flow_id", "FLOW_UNKNOWN_FLOW"),
        ),
        (
            add({"id": "f", "type": "flow", "flow_id": "f2", "ways": {"next": "sorry"}}),
            ("f", "flow_id", "FLOW_RUNS_ITSELF"),
        ),
        (
            add({"id": "n", "type": "do_not_call", "dnc_list_id": "x", "ways": {"next": "sorry"}}),
            ("n", "dnc_list_id", "FLOW_UNKNOWN_DNC_LIST"),
        ),
        # endless loops
        (
            lambda d, n: (n["hello"]["ways"].update(next="tell"),
                          n["tell"]["ways"].update(next="hello"), d.update(on_error="hours")),
            ("hello", "ways", "FLOW_ENDLESS"),
        ),
        (
            add({"id": "d", "type": "decide", "ways": {"x": "d", "else": "sorry"}, "branches": [
                {"way": "x", "when": {"of": "variable", "name": "balance", "value_type": "NUMERIC",
                                      "operator": "LESS_THAN", "value": "1"}}]}),
            ("d", "ways", "FLOW_LOOP"),
        ),
        # words
        (
            lambda d, n: n["menu"]["say"][0]["text"].pop("fon"),
            ("menu", "say.0.text", "FLOW_WORDS_MISSING"),
        ),
        (
            lambda d, n: n["menu"].update(say=[]),
            ("menu", "say", "FLOW_NEEDED"),
        ),
        (
            lambda d, n: n["hello"].update(say=[{"prompt": "hello", "language": "yo"}]),
            ("hello", "say.0.language", "FLOW_LANGUAGE_UNKNOWN"),
        ),
        (
            lambda d, n: n["tell"].update(say=[{"amount": "{{balanec}}"}]),
            ("tell", "say.0.amount", "FLOW_NAME_UNKNOWN"),
        ),
        (lambda d, n: n["tell"].update(say=[{"words": "x"}]), ("tell", "say.0", "FLOW_PART")),
        # settings
        (lambda d, n: n["menu"].update(seconds=0), ("menu", "seconds", "FLOW_WHOLE")),
        (
            lambda d, n: n["menu"]["options"][0].update(key="A"),
            ("menu", "options.0.key", "FLOW_PHONE_KEY"),
        ),
        (
            lambda d, n: n["menu"]["options"][1].update(key="1"),
            ("menu", "options.0.key", "FLOW_KEY_TWICE"),
        ),
        (lambda d, n: n["menu"].update(colour="red"), ("menu", "", "FLOW_KEY")),
        (lambda d, n: n["menu"].update(type="x"), ("menu", "type", "FLOW_NODE_TYPE")),
        (lambda d, n: d["nodes"].append({**BASE}), ("", "nodes.7.id", "FLOW_ID_TWICE")),
        (lambda d, n: d.update(languages=["fr", "fr"]), ("", "languages", "FLOW_LANGUAGES")),
        (
            lambda d, n: d.update(languages=["fr", "fon", "yo"]),
            ("", "languages.2", "FLOW_LANGUAGE_NOT_USED"),
        ),
        (
            lambda d, n: d["variables"].append({"name": "balance", "type": "text"}),
            ("", "variables.1.name", "FLOW_ID_TWICE"),
        ),
        (
            lambda d, n: d["variables"][0].update(type="money"),
            ("", "variables.0.type", "FLOW_VARIABLE_TYPE"),
        ),
        (
            lambda d, n: d["variables"][0].update(value="many"),
            ("", "variables.0.value", "FLOW_VALUE_KIND"),
        ),
        (lambda d, n: d.update(limits={"steps": 0}), ("", "limits.steps", "FLOW_WHOLE")),
        (
            lambda d, n: n["ask"].update(outputs={"balance": "x"}),
            ("ask", "outputs.balance", "FLOW_VARIABLE_UNKNOWN"),
        ),
        (
            lambda d, n: d.update(nodes=d["nodes"] + [{"id": "x y", "type": "hang_up"}]),
            ("", "nodes.7.id", "FLOW_ID"),
        ),
        (
            lambda d, n: n["hello"].update(title="x" * LARGEST),
            ("", "document", "FLOW_TOO_LARGE"),
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_is(change: Any, expected: tuple[str, str, str]) -> None:
    assert expected in found(change)


BASE = {"id": "hello", "type": "hang_up"}


def test_a_cycle_in_which_something_changes_is_left_to_the_limits() -> None:
    again = {"id": "again", "type": "lookup", "source_id": "d1", "ways": {
        "ok": "sorry", "empty": "again", "error": "sorry", "slow": "sorry"}}  # fmt: skip
    assert found(add(again)) == set()


def test_missing_prompts_are_told_with_their_languages() -> None:
    around = Surroundings(missing_words=missing_words)
    findings = check(GOOD, around)
    assert [(one.node, one.field, one.code) for one in findings] == [
        ("tell", "say.0.amount", "FLOW_FRAGMENT_MISSING")
    ]
    assert findings[0].message == "For amount in fon 40 pieces are missing: 1, 2."
    document = copy.deepcopy(GOOD)
    document["nodes"][0]["say"] = [{"prompt": "welcome"}]
    told = [one for one in check(document, around) if one.code == "FLOW_PROMPT_MISSING"]
    assert [(one.node, one.field) for one in told] == [("hello", "say.0.prompt")]
    assert told[0].message == "The prompt 'welcome' is missing in fon, fr. Record or write it."
    objection = told[0].objection()
    assert objection.field == "nodes.hello.say.0.prompt"
    assert objection.details["node"] == "hello"


def test_chains_of_flows_have_a_depth() -> None:
    chain = {f"f{i}": frozenset({f"f{i + 1}"}) for i in range(8)} | {"f8": frozenset[str]()}
    document = copy.deepcopy(GOOD)
    document["nodes"][0] = {
        "id": "hello", "type": "flow", "flow_id": "f1", "ways": {"next": "hours"}
    }  # fmt: skip
    findings = check(document, Surroundings(flows=chain, flow_id="main"))
    assert [(one.node, one.code) for one in findings] == [("hello", "FLOW_RUNS_DEEP")]


def test_cycles_are_those_of_the_graph() -> None:
    edges = {"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": ["e"], "e": ["e"], "f": ["a"]}
    assert cycles(edges) == [["a", "b", "c"], ["e"]]
    assert cycles({"a": ["b"], "b": []}) == []
