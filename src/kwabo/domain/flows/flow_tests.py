"""The tests of a flow: whether they are well written, and whether the flow passes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from kwabo.domain.flows.cursor import MEDIA
from kwabo.domain.flows.flow import Flow
from kwabo.domain.flows.outcomes import OUTCOMES
from kwabo.domain.flows.problems import Finding, finding
from kwabo.domain.flows.rehearsal import STEP_NAMES, Rehearsed, in_order, moment_of, rehearse

MOST_TESTS: Final = 50
MOST_STEPS: Final = 200
LONGEST_NAME: Final = 200
_KEYS: Final = frozenset({"name", "medium", "now", "facts", "steps", "data", "expected"})
_FACTS: Final = frozenset({"caller", "called", "language", "person", "contact"})
_DATA: Final = frozenset({"sources", "hours", "incidents", "recordings"})
_EXPECTED: Final = frozenset({"trail", "outcome", "said", "results"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """A test that was run."""

    __test__ = False  # pytest: this is none of its classes

    name: str
    found: Rehearsed
    differences: tuple[Finding, ...]  # none: passed

    @property
    def passed(self) -> bool:
        """Whether all came as expected."""
        return not self.differences


def check_tests(tests: Sequence[object]) -> list[Finding]:
    """What is wrong with how tests are written; `field` is a path such as `tests.0.steps.1`."""
    if len(tests) > MOST_TESTS:
        return [finding("", "tests", "FLOW_ENTRIES", least=0, most=MOST_TESTS)]
    found: list[Finding] = []
    names: set[str] = set()
    for index, test in enumerate(tests):
        at = f"tests.{index}"
        if not isinstance(test, Mapping):
            found.append(finding("", at, "FLOW_OBJECT"))
            continue
        name = test.get("name")
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= LONGEST_NAME:
            found.append(finding("", f"{at}.name", "FLOW_TEXT", most=LONGEST_NAME))
        elif name in names:
            found.append(finding("", f"{at}.name", "FLOW_ID_TWICE", id=name))
        names.add(str(name))
        found += _test(test, at)
    return found


def _test(test: Mapping[str, Any], at: str) -> list[Finding]:
    found = _keys(test, _KEYS, at)
    if test.get("medium", "voice") not in MEDIA:
        possible = ", ".join(MEDIA)
        found.append(finding("", f"{at}.medium", "FLOW_CHOICE_OF", possible=possible))
    if test.get("now") is not None and moment_of(test["now"]) is None:
        found.append(finding("", f"{at}.now", "FLOW_INSTANT"))
    for name, possible_keys in (("facts", _FACTS), ("data", _DATA), ("expected", _EXPECTED)):
        written = test.get(name, {})
        if isinstance(written, Mapping):
            found += _keys(written, possible_keys, f"{at}.{name}")
        else:
            found.append(finding("", f"{at}.{name}", "FLOW_OBJECT"))
    steps = test.get("steps", [])
    if not isinstance(steps, list | tuple) or len(steps) > MOST_STEPS:
        found.append(finding("", f"{at}.steps", "FLOW_ENTRIES", least=0, most=MOST_STEPS))
    else:
        for index, one in enumerate(steps):
            if not isinstance(one, Mapping) or len(one) != 1 or next(iter(one)) not in STEP_NAMES:
                possible = ", ".join(STEP_NAMES)
                path = f"{at}.steps.{index}"
                found.append(finding("", path, "FLOW_CHOICE_OF", possible=possible))
    expected = test.get("expected")
    if not isinstance(expected, Mapping) or not expected:
        found.append(finding("", f"{at}.expected", "FLOW_NEEDED"))
    elif expected.get("outcome", OUTCOMES[0]) not in OUTCOMES:
        path, possible = f"{at}.expected.outcome", ", ".join(OUTCOMES)
        found.append(finding("", path, "FLOW_CHOICE_OF", possible=possible))
    return found


def _keys(written: Mapping[str, Any], possible: frozenset[str], path: str) -> list[Finding]:
    unknown = sorted(set(map(str, written)) - possible)
    return [finding("", path, "FLOW_KEY", keys=", ".join(unknown)[:200])] if unknown else []


def run_tests(
    flow: Flow, tests: Sequence[object], *, time_zone: str, now: datetime
) -> list[TestResult]:
    """Run them all, each from a begin of its own."""
    return [
        _run(flow, test, f"tests.{index}", time_zone, now)
        for index, test in enumerate(tests[:MOST_TESTS])
        if isinstance(test, Mapping)
    ]


def _run(flow: Flow, test: Mapping[str, Any], at: str, time_zone: str, now: datetime) -> TestResult:
    rehearsed = rehearse(flow, test, time_zone=time_zone, now=now)
    written = test.get("expected")
    expected: Mapping[str, Any] = written if isinstance(written, Mapping) else {}
    name = str(test.get("name", ""))[:LONGEST_NAME]
    different: list[Finding] = []

    def differs(what: str, code: str, **details: object) -> None:
        different.append(finding("", f"{at}.expected.{what}", code, name=name, **details))

    trail = _strings(expected.get("trail"))
    if trail is not None and trail != list(rehearsed.trail):
        wanted, found = " → ".join(trail), " → ".join(rehearsed.trail)
        differs("trail", "FLOW_TEST_TRAIL", wanted=wanted[:1_000], found=found[:1_000])
    outcome = expected.get("outcome")
    if outcome is not None and outcome != rehearsed.outcome:
        differs("outcome", "FLOW_TEST_OUTCOME", wanted=outcome, found=rehearsed.outcome or "–")
    said = _strings(expected.get("said"))
    if said is not None and not in_order(said, rehearsed.said):
        differs(
            "said", "FLOW_TEST_SAID",
            wanted=", ".join(said)[:1_000], found=", ".join(rehearsed.said)[:1_000],
        )  # fmt: skip
    results = expected.get("results")
    for key, value in (results if isinstance(results, Mapping) else {}).items():
        got = rehearsed.results.get(str(key), "")
        if got != value:
            differs(
                "results", "FLOW_TEST_RESULT", result=key, wanted=str(value)[:200], found=got[:200]
            )
    return TestResult(name=name, found=rehearsed, differences=tuple(different))


def _strings(written: object) -> list[str] | None:
    return [str(one) for one in written] if isinstance(written, list | tuple) else None
