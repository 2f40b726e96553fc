"""Makes a failing plan smaller while it fails in the same way, and writes it down as Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from typing import Any

from kwabo.adapters.switch.simulator import Faults
from simulation.plan import Plan

SHORTEST_SECONDS = 10.0


def kinds(problems: Sequence[str]) -> frozenset[str]:
    """What does not hold, without when and for whom: 'I6', 'window' …"""
    texts = (re.sub(r"^[\d.]+s ", "", problem) for problem in problems)
    return frozenset(text.split(":", 1)[0].split("\n", 1)[0] for text in texts)


def shrink(plan: Plan, fails: Callable[[Plan], bool], expired: Callable[[], bool]) -> Plan:
    """The smallest plan found that still fails before the time was over."""
    while True:
        before = plan
        for simpler in _STEPS:
            while (found := _first(simpler(plan), fails, expired)) is not None:
                plan = found
        if plan == before or expired():
            return plan


def _first(
    plans: Iterator[Plan], fails: Callable[[Plan], bool], expired: Callable[[], bool]
) -> Plan | None:
    for plan in plans:
        if expired():
            return None
        if fails(plan):
            return plan
    return None


def _calm(plan: Plan) -> Iterator[Plan]:
    """Nothing goes wrong and nobody is restless; then, fault by fault."""
    calm = replace(plan, faults=Faults(), **dict.fromkeys(_TROUBLES, 0))
    if calm != plan:
        yield calm
    if plan.faults != Faults():
        yield replace(plan, faults=Faults())
    for one in fields(Faults):
        if getattr(plan.faults, one.name) != one.default:
            yield replace(plan, faults=replace(plan.faults, **{one.name: one.default}))


def _shorter(plan: Plan) -> Iterator[Plan]:
    if plan.seconds / 2 >= SHORTEST_SECONDS:
        yield replace(plan, seconds=float(round(plan.seconds / 2)))


def _smaller(plan: Plan) -> Iterator[Plan]:
    for name in ("contacts", "agents"):
        yield from _fewer(plan, name)
    for index in range(len(plan.shares)):
        yield replace(plan, shares=plan.shares[:index] + plan.shares[index + 1 :])


def _simpler(plan: Plan) -> Iterator[Plan]:
    """One thing as it is by default, or less of it."""
    for field in fields(Plan):
        simple = 0.0 if field.name == "restless" else field.default
        if field.name in ("shares", "mode") or simple is MISSING:
            continue
        if getattr(plan, field.name) != simple:
            yield replace(plan, **{field.name: simple})
    for name in _TROUBLES:
        yield from _fewer(plan, name)
    if plan.seconds != round(plan.seconds):
        yield replace(plan, seconds=float(round(plan.seconds)))


def _fewer(plan: Plan, name: str) -> Iterator[Plan]:
    count = getattr(plan, name)
    for fewer in dict.fromkeys((count // 2, int(count) - 1)):
        if 1 <= fewer < count:
            yield replace(plan, **{name: fewer})


_TROUBLES = (
    *("store_faults", "latency", "crashes", "freezes", "switch_losses", "switch_restarts"),
    *("dnc_entries", "stops", "changes", "all_lost", "trunk_deaths", "analysis_errors"),
)
_STEPS: tuple[Callable[[Plan], Iterator[Plan]], ...] = (_calm, _shorter, _smaller, _simpler)


def literal(value: Any) -> str:
    """The value as Python that makes it again; what a dataclass has by default is left out."""
    if isinstance(value, tuple):
        inside = ", ".join(literal(one) for one in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if not is_dataclass(value):
        return repr(value)
    given = (
        f"{field.name}={literal(getattr(value, field.name))}"
        for field in fields(value)
        if _default(field) != getattr(value, field.name)
    )
    return f"{type(value).__name__}({', '.join(given)})"


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default
