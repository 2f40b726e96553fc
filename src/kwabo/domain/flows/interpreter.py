"""How a call goes through its flow: pure, one input at a time.

`begin` puts a call at the flow's start, `step` tells it something, `resume` does the present node
again after a crash. None of them raises, whatever the document. A call always ends: each node
entered counts as a step, each node may be entered so often, time in the flow is limited by a timer
that the first step sets. At a limit the call goes once to the node `on_error`, where it has a
little more of each; after that it is hung up.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from kwabo.domain.flows import inputs
from kwabo.domain.flows.actions import Action
from kwabo.domain.flows.cursor import Cursor, Facts
from kwabo.domain.flows.flow import Flow
from kwabo.domain.flows.inputs import Input
from kwabo.domain.flows.outcomes import (
    ANSWERED,
    CALLER_GONE,
    FLOW_ERROR,
    FLOW_LIMIT,
    TRANSFERRED,
)
from kwabo.domain.flows.run import Passed, Run, first_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What follows from an input."""

    cursor: Cursor | None  # None: the flow is over
    actions: tuple[Action, ...]
    outcome: str = ""  # one of `outcomes.OUTCOMES` when the flow is over
    trail: tuple[Passed, ...] = ()  # nodes entered in this step


def begin(flow: Flow, facts: Facts, now: datetime) -> Step:
    """A call comes to the flow."""
    languages = flow.main.languages
    known = facts.language in languages
    language = facts.language if known or not languages else languages[0]
    cursor = Cursor(
        flow_id=flow.flow_id,
        node="",
        facts=facts,
        language=language,
        variables=first_values(flow.main),
        versions=dict(flow.versions),
    )
    run = Run(flow, cursor, now)
    run.start_clock()
    _enter(run, flow.main.start, "")
    return _stepped(run)


def step(flow: Flow, cursor: Cursor, told: Input, now: datetime) -> Step:
    """Something has happened."""
    run = Run(flow, cursor, now)
    match told:
        case inputs.CallerGone():
            if run.cursor.flow_id in flow.documents and run.node is not None:
                run.node.type.left(run, run.node.settings)
            run.end(CALLER_GONE, hang_up=False)
        case inputs.QueueLeft(reason=inputs.ANSWERED):
            run.state.pop("queue", None)
            run.end(ANSWERED, hang_up=False)
        case inputs.TransferEnded(reason=inputs.CONNECTED):
            run.end(TRANSFERRED, hang_up=False)
        case inputs.TimedOut(timer=timer) if timer and timer == cursor.limit_timer:
            run.cursor = replace(cursor, limit_timer="")
            _fail(run, FLOW_LIMIT)
        case _:
            _take(run, told)
    return _stepped(run)


def resume(
    flow: Flow, cursor: Cursor, now: datetime, recordings: Collection[str] = frozenset()
) -> Step:
    """Go on after the engine that executed the flow is gone: the present node from its begin.

    What the node had asked for is asked for anew, under new names; but one of `recordings`, those
    of this call that go on or have ended unheard, is waited for.
    """
    run = Run(flow, replace(cursor, state={}, limit_timer=""), now)
    run.start_clock()
    if run.cursor.flow_id not in flow.documents or run.node is None:
        _fail(run, FLOW_ERROR)
    else:
        lasting = run.node.type.lasting
        run.state = {name: cursor.state[name] for name in lasting if name in cursor.state}
        recording = str(cursor.state.get("recording", ""))
        kept = recording if recording in recordings else ""
        _advance(run, run.node.type.resume(run, run.node.settings, kept))
    return _stepped(run)


def _take(run: Run, told: Input) -> None:
    if run.cursor.flow_id not in run.flow.documents or run.node is None:
        _fail(run, FLOW_ERROR)
        return
    if run.cursor.since is not None and run.used_seconds > run.limits.seconds:
        _fail(run, FLOW_LIMIT)  # the timer is late
        return
    _advance(run, run.node.type.take(run, run.node.settings, told))


def _advance(run: Run, way: str | None) -> None:
    """Follow ways until a node waits or the flow is over."""
    while not run.outcome:
        if run.jump is not None:
            (target, led), run.jump = run.jump, None
            if led == "return":
                way = target
                continue
            way = _entered(run, target, led)
            continue
        if way is None:
            return
        target = _target(run, way)
        if not target:
            _fail(run, FLOW_ERROR)
            return
        way = _entered(run, target, way)


def _enter(run: Run, target: str, way: str) -> None:
    _advance(run, _entered(run, target, way))


def _entered(run: Run, target: str, way: str) -> str | None:
    """Enter a node; the way on, None when it waits or the flow came to a limit."""
    run.leave()
    node = run.document.nodes.get(target)
    if node is None:
        _fail(run, FLOW_ERROR)
        return None
    key = f"{run.cursor.flow_id}:{target}"
    visits = {**run.cursor.visits, key: run.cursor.visits.get(key, 0) + 1}
    run.cursor = replace(run.cursor, node=target, steps=run.cursor.steps + 1, visits=visits)
    limits = run.limits
    over_time = run.cursor.since is not None and run.used_seconds > limits.seconds
    if run.cursor.steps > limits.steps or visits[key] > limits.visits or over_time:
        _fail(run, FLOW_LIMIT)
        return None
    run.trail.append(Passed(flow_id=run.cursor.flow_id, node=target, way=way))
    return node.type.enter(run, node.settings)


def _target(run: Run, way: str) -> str:
    """Where a way of the present node leads; '' for nowhere."""
    node = run.node
    if node is None:
        return ""
    tried: set[str] = set()
    while way and way not in tried:
        if node.ways.get(way):
            return node.ways[way]
        tried.add(way)
        way = node.type.instead.get(way, "")
    return ""


def _fail(run: Run, code: str) -> None:
    """Go to the main flow's `on_error`, once; after that hang up."""
    run.leave()
    failed_before = bool(run.cursor.failure)
    target = run.flow.main.on_error
    if failed_before or target not in run.flow.main.nodes:
        run.end(run.cursor.failure or code)
        return
    if run.cursor.frames:
        run.variables = dict(run.cursor.frames[0].variables)
    run.cursor = replace(
        run.cursor,
        flow_id=run.flow.flow_id,
        frames=(),
        failure=code,
        steps=0,
        visits={},
        used_seconds=0.0,
        since=None,
        typed="",
    )
    run.jump = None
    run.start_clock()
    _enter(run, target, "error")


def _stepped(run: Run) -> Step:
    return Step(
        cursor=None if run.outcome else run.frozen(),
        actions=tuple(run.actions),
        outcome=run.outcome,
        trail=tuple(run.trail),
    )
