"""Flows tried without a telephone: step by step, or by the tests that are kept with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.domain.flows import cursor as cursors
from kwabo.domain.flows.check import size_problem
from kwabo.domain.flows.cursor import Cursor, Facts
from kwabo.domain.flows.flow import Flow
from kwabo.domain.flows.flow_tests import TestResult
from kwabo.domain.flows.interpreter import Step, begin, resume, step
from kwabo.domain.flows.wire import INPUTS, input_of
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid
from kwabo.services.flow_bundles import drafted_flow, published_flow
from kwabo.services.flows import Tests, found_flow, found_version, tests_run
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is tried. Without a cursor it is the begin, without an input the present node again."""

    draft: Mapping[str, Any] | None = None  # in the place of the kept draft
    version: int | None = None  # a published one; None: the draft
    facts: Mapping[str, Any]
    cursor: Mapping[str, Any] | None = None
    input: Mapping[str, Any] | None = None
    now: datetime | None = None  # None: now


class FlowTrialService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def try_out(self, asker: Asker, flow_id: UUID, trial: Trial) -> Step:
        """One step; nothing is kept, sent or asked of other programs. Raises NotFound, Invalid."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            organisation = await stores.organisations.get()
            flow = await _flow(stores, flow_id, trial)
        time_zone = organisation.time_zone if organisation else "UTC"
        now = trial.now or self._clock.now()
        if trial.cursor is None:
            return begin(flow, _facts(trial.facts, time_zone), now)
        cursor = _cursor(trial.cursor)
        if trial.input is None:
            return resume(flow, cursor, now)
        try:
            told = input_of(trial.input)
        except (KeyError, TypeError, ValueError):
            raise Invalid(
                "FLOW_INPUT",
                f"An input has one of these types, with its values: {', '.join(INPUTS)}.",
                field="input",
                details={"possible": ", ".join(INPUTS)},
            ) from None
        return step(flow, cursor, told, now)

    async def run_tests(
        self,
        asker: Asker,
        flow_id: UUID,
        draft: Mapping[str, Any] | None,
        tests: Tests | None,
    ) -> Sequence[TestResult]:
        """Run tests on a document; None: what is kept. Raises NotFound, Invalid."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            kept = found_flow(await stores.flows.get(flow_id))
            document = kept.draft if draft is None else draft
            refuse([one.objection() for one in size_problem(document)])
            given = kept.tests if tests is None else tests
            return await tests_run(stores, self._clock, flow_id, document, given)


async def _flow(stores: Stores, flow_id: UUID, trial: Trial) -> Flow:
    kept = found_flow(await stores.flows.get(flow_id))
    if trial.draft is None and trial.version is not None:
        found_version(await stores.flows.version(flow_id, trial.version), "version")
        published = await published_flow(stores, flow_id, {str(flow_id): trial.version})
        assert published is not None
        return published
    draft = kept.draft if trial.draft is None else trial.draft
    refuse([one.objection() for one in size_problem(draft)])
    return await drafted_flow(stores, flow_id, draft)


def _facts(written: Mapping[str, Any], time_zone: str) -> Facts:
    try:
        return cursors.facts_of({"time_zone": time_zone, **written})
    except (TypeError, ValueError):
        raise Invalid(
            "FLOW_FACTS",
            "Facts are caller, called, language, medium, person and contact, all of them texts.",
            field="facts",
        ) from None


def _cursor(written: Mapping[str, Any]) -> Cursor:
    try:
        return cursors.of_json(written)
    except (KeyError, TypeError, ValueError):
        raise Invalid(
            "FLOW_CURSOR", "Send the cursor as the step before has answered it.", field="cursor"
        ) from None
