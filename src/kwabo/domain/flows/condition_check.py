"""Conditions of flows: those of scripts, about variables and what is known of the call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kwabo.domain.flows.templates import CALL_FACTS, SOURCES
from kwabo.domain.scripts.condition_check import ConditionCheck
from kwabo.domain.scripts.conditions import holds

Refuse = Callable[..., None]


class FlowConditionCheck(ConditionCheck):
    """Refuses what is wrong with a condition; `variables`: the flow's, None: any."""

    sources = SOURCES

    def __init__(self, variables: frozenset[str] | None, refuse: Refuse) -> None:
        def renamed(path: str, code: str, **details: object) -> None:
            refuse(path, code.replace("SCRIPT_", "FLOW_", 1), **details)

        super().__init__({}, None, renamed)
        self._variables = variables
        self._say = refuse

    def named(self, source: object, name: object, path: str) -> bool:
        """Whether a statement's name is one of its source's; refused otherwise."""
        if not isinstance(name, str) or not name or len(name) > 200:
            self._say(path, "FLOW_NAME_UNKNOWN", name=str(name)[:100])
            return False
        if source == "call" and name not in CALL_FACTS:
            self._say(path, "FLOW_CHOICE_OF", possible=", ".join(CALL_FACTS))
            return False
        if source == "variable" and self._variables is not None and name not in self._variables:
            self._say(path, "FLOW_VARIABLE_UNKNOWN", name=name[:100])
            return False
        return True


def holds_of(
    condition: Mapping[str, Any] | None, found: Callable[[str, str], str], now: str
) -> bool:
    """Whether a condition holds; no condition always does, a malformed one never."""
    if condition is None:
        return True
    wrong: list[str] = []
    FlowConditionCheck(None, lambda path, code, **_: wrong.append(code)).check(condition, "")
    if set(wrong) - {"FLOW_CONDITION_NEVER"}:
        return False
    return holds(condition, _Values(find=found, now=now))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Values:
    """Statements' values, as `kwabo.domain.scripts.conditions.Known` wants them."""

    find: Callable[[str, str], str]
    now: str

    def found(self, of: str, name: str) -> str:
        return self.find(of, name)
