"""Whatever document and whatever happens: the interpreter never fails and every call ends."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flow_documents import Answers, documents
from kwabo.domain.flows.actions import BEGINNINGS, NAMES, SetTimer
from kwabo.domain.flows.check import check
from kwabo.domain.flows.cursor import Facts, of_json, to_json
from kwabo.domain.flows.document import AFTER_ERROR
from kwabo.domain.flows.flow import flow_of
from kwabo.domain.flows.inputs import CallerGone
from kwabo.domain.flows.interpreter import begin, resume, step
from kwabo.domain.flows.outcomes import OUTCOMES
from kwabo.domain.flows.problems import MESSAGES
from kwabo.domain.flows.surroundings import Missing, Surroundings

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "type", "say", "menu", "nodes", "ways", "options", "a"]),
        inner, max_size=3,
    ),
    max_leaves=10,
)  # fmt: skip


def names_given(actions: Any) -> list[str]:
    found = []
    for action in actions:
        if isinstance(action, BEGINNINGS):
            found += [getattr(action, name) for name in NAMES if hasattr(action, name)]
    return found


@settings(max_examples=150, deadline=None)
@given(
    documents(),
    documents(),
    st.sampled_from(["voice", "text"]),
    st.lists(st.integers(0, 2_000), min_size=30, max_size=30),
    st.integers(1, 40),
)
def test_a_call_ends_and_its_cursor_can_be_kept(
    main: dict[str, Any], other: dict[str, Any], medium: str, choices: list[int], seconds: int
) -> None:
    flow = flow_of("main", {"main": main, "other": other})
    facts = Facts(caller="+22997000001", medium=medium, person={"segment": "vip"})
    answers, names, now, entered = Answers(), [], NOW, 0
    done = begin(flow, facts, now)
    most = flow.main.limits.steps + AFTER_ERROR.steps
    for number in range(200 * most):
        names += names_given(done.actions)
        entered += len(done.trail)
        assert (done.cursor is None) == (done.outcome in OUTCOMES)
        if done.cursor is None:
            break
        assert of_json(json.loads(json.dumps(to_json(done.cursor)))) == done.cursor
        answers.add(done.actions)
        now += timedelta(seconds=seconds)
        if number == 25:
            answers = Answers()
            done = resume(flow, done.cursor, now)
            continue
        choice = choices[number % len(choices)] + (2 * number if number > 60 else 0)
        done = step(flow, done.cursor, answers.one(choice, in_writing=medium == "text"), now)
    assert done.cursor is None, "the call has no end"
    assert len(names) == len(set(names))
    assert entered <= most


@settings(max_examples=100, deadline=None)
@given(documents())
def test_a_caller_who_does_nothing_is_not_kept_for_ever(main: dict[str, Any]) -> None:
    """Only what the flow itself has set going happens: playbacks end, timers run down in order."""
    flow = flow_of("main", {"main": main, "other": main})
    done, now = begin(flow, Facts(), NOW), NOW
    answers = Answers()
    for _ in range(3_000):
        if done.cursor is None:
            break
        answers.add(done.actions)
        others = [one for one in answers.under_way.values() if not isinstance(one, SetTimer)]
        timers = [one for one in answers.under_way.values() if isinstance(one, SetTimer)]
        assert others or timers, "nothing is awaited"
        action = others[0] if others else min(timers, key=lambda one: one.seconds)
        now += timedelta(seconds=action.seconds if isinstance(action, SetTimer) else 1)
        answers.under_way = {k: v for k, v in answers.under_way.items() if v is not action}
        done = step(flow, done.cursor, answers.of(action, 0), now)
    assert done.cursor is None


@given(documents(), st.integers(0, 3))
def test_a_caller_may_leave_at_any_time(main: dict[str, Any], after: int) -> None:
    flow = flow_of("main", {"main": main})
    done, answers = begin(flow, Facts(), NOW), Answers()
    for choice in range(after):
        if done.cursor is not None:
            answers.add(done.actions)
            done = step(flow, done.cursor, answers.one(choice, in_writing=False), NOW)
    if done.cursor is not None:
        done = step(flow, done.cursor, CallerGone(), NOW)
        assert done.cursor is None
        assert done.outcome == "CALLER_GONE"


@settings(max_examples=300)
@given(st.one_of(documents(), st.fixed_dictionaries({"nodes": JSON, "start": JSON}), JSON))
def test_checking_never_fails(document: Any) -> None:
    if isinstance(document, dict):
        around = Surroundings(missing_words=lambda keys, kinds, languages: [
            Missing(language=one, prompt=key) for one in languages for key in keys
        ])  # fmt: skip
        for found in check(document, around):
            assert found.message
            assert found.code in MESSAGES


@settings(max_examples=150, deadline=None)
@given(documents(garbage=False), st.lists(st.integers(0, 2_000), min_size=20, max_size=60))
def test_a_flow_without_findings_meets_no_error(main: dict[str, Any], choices: list[int]) -> None:
    if check(main, Surroundings()):
        main = {**main, "nodes": [one for one in main["nodes"] if one["type"] != "flow"]}
        if check(main, Surroundings()):
            return
    flow = flow_of("main", {"main": main, "other": main})
    done, answers = begin(flow, Facts(caller="+22997000001"), NOW), Answers()
    for choice in choices:
        if done.cursor is None:
            break
        answers.add(done.actions)
        done = step(flow, done.cursor, answers.one(choice, in_writing=False), NOW)
    assert (
        done.outcome != "FLOW_ERROR"
        or "error" in {one.way for one in done.trail}
        or ({"hours", "flow"} & {node["type"] for node in main["nodes"]})
    )
