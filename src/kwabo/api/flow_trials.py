"""Flows tried without a telephone. Nothing is kept between requests: the cursor comes back."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field

from kwabo.api.access import TheServices
from kwabo.api.errors import language_of
from kwabo.api.flows import Document, FlowFinding, Reader, Tests, findings_answer
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.flows.cursor import to_json
from kwabo.domain.flows.flow_tests import TestResult
from kwabo.domain.flows.interpreter import Step
from kwabo.domain.flows.wire import action_json
from kwabo.services.flow_trials import Trial

router = APIRouter(tags=["flows"])


class TrialBody(RequestBody):
    """A step to be tried. Without `cursor` it is the begin; without `input` the node again."""

    draft: Document | None = None  # in the place of the kept draft
    version: Annotated[int | None, Field(ge=1)] = None  # a published one
    # caller, called, language, medium, person, contact
    facts: dict[str, Any] = Field(default_factory=dict)
    cursor: dict[str, Any] | None = None  # of the answer before
    input: dict[str, Any] | None = None  # such as {"type": "digit_pressed", "digit": "1"}
    now: UtcTime | None = None  # by the simulated clock


class PassedAnswer(Answer):
    """A node that was entered, and the way that led there."""

    flow_id: str
    node: str
    way: str


class TrialAnswer(Answer):
    """What followed. `cursor` null: the flow is over, `outcome` says how."""

    cursor: dict[str, Any] | None
    actions: list[dict[str, Any]]
    outcome: str
    trail: list[PassedAnswer]

    @classmethod
    def of(cls, done: Step) -> TrialAnswer:
        """The answer for a step."""
        return cls(
            cursor=None if done.cursor is None else to_json(done.cursor),
            actions=[action_json(action) for action in done.actions],
            outcome=done.outcome,
            trail=[PassedAnswer.model_validate(one) for one in done.trail],
        )


class FlowTestsBody(RequestBody):
    """What to run; null: what is kept."""

    draft: Document | None = None
    tests: Tests | None = None


class FlowTestAnswer(Answer):
    """A test that was run."""

    name: str
    passed: bool
    trail: list[str]
    outcome: str
    said: list[str]
    results: dict[str, str]
    unused_steps: int
    differences: list[FlowFinding]

    @classmethod
    def of(cls, result: TestResult, language: str) -> FlowTestAnswer:
        """The answer for a test."""
        return cls(
            name=result.name,
            passed=result.passed,
            trail=list(result.found.trail),
            outcome=result.found.outcome,
            said=list(result.found.said),
            results=dict(result.found.results),
            unused_steps=result.found.unused,
            differences=findings_answer(result.differences, language),
        )


@router.post("/flows/{flow_id}/trial")
async def try_flow(
    flow_id: UUID, body: TrialBody, asker: Reader, services: TheServices
) -> TrialAnswer:
    """Take one step through a flow; nothing is kept, sent or asked of other programs."""
    trial = Trial(
        draft=body.draft,
        version=body.version,
        facts=body.facts,
        cursor=body.cursor,
        input=body.input,
        now=body.now,
    )
    return TrialAnswer.of(await services.flow_trials.try_out(asker, flow_id, trial))


@router.post("/flows/{flow_id}/tests/run")
async def run_flow_tests(
    flow_id: UUID, body: FlowTestsBody, asker: Reader, services: TheServices, request: Request
) -> ListAnswer[FlowTestAnswer]:
    """Run the flow's tests, or these, on its draft, or on this one; nothing is kept."""
    found = await services.flow_trials.run_tests(asker, flow_id, body.draft, body.tests)
    items = [FlowTestAnswer.of(one, language_of(request)) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))
