"""What is wrong with a condition, and whether it can ever hold as far as that can be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from kwabo.domain.scripts.conditions import (
    AGENT_FACTS,
    GROUPS,
    NAMED,
    OPERATORS,
    SOURCES,
    read_decimal,
    read_moment,
)
from kwabo.domain.scripts.document import DEEPEST, LONGEST_VALUE, MOST_STATEMENTS, Field

Refuse = Callable[..., None]
_KEYS = frozenset({"of", "name", "value_type", "operator", "value", "inverted"})


class ConditionCheck:
    """Checks conditions against the script's fields and a list's columns (None: any)."""

    sources: tuple[str, ...] = SOURCES

    def __init__(
        self, fields: Mapping[str, Field], columns: Mapping[str, str] | None, refuse: Refuse
    ) -> None:
        self._fields = fields
        self._columns = columns
        self._refuse = refuse
        self._statements = 0

    def check(self, condition: object, path: str) -> None:
        """Refuse everything wrong with a condition."""
        self._statements = 0
        if not self._node(condition, path, 1):
            return
        if self._statements > MOST_STATEMENTS:
            self._refuse(path, "SCRIPT_CONDITION_LARGE", most=MOST_STATEMENTS)
            return
        assert isinstance(condition, Mapping)
        self._never(condition, path)

    def _node(self, node: object, path: str, depth: int) -> bool:
        if not isinstance(node, Mapping):
            self._refuse(path, "SCRIPT_CONDITION")
            return False
        words = [word for word in GROUPS if word in node]
        if not words:
            return self._statement(node, path)
        if len(node) != 1:
            self._refuse(path, "SCRIPT_CONDITION")
            return False
        if depth > DEEPEST:
            self._refuse(path, "SCRIPT_TOO_DEEP", most=DEEPEST)
            return False
        word, inner = words[0], node[words[0]]
        if word == "not":
            return self._node(inner, f"{path}.not", depth + 1)
        if not isinstance(inner, list | tuple) or not inner:
            self._refuse(f"{path}.{word}", "SCRIPT_CONDITION_EMPTY")
            return False
        if len(inner) > MOST_STATEMENTS:
            self._refuse(f"{path}.{word}", "SCRIPT_CONDITION_LARGE", most=MOST_STATEMENTS)
            return False
        good = [self._node(one, f"{path}.{word}.{i}", depth + 1) for i, one in enumerate(inner)]
        return all(good)

    def _statement(self, one: Mapping[str, Any], path: str) -> bool:
        self._statements += 1
        unknown = sorted(set(map(str, one)) - _KEYS)
        if unknown:
            self._refuse(path, "SCRIPT_KEY", keys=", ".join(unknown)[:200])
            return False
        source = one.get("of")
        if source not in self.sources:
            self._refuse(f"{path}.of", "SCRIPT_CHOICE_OF", possible=", ".join(self.sources))
            return False
        if not self.named(source, one.get("name"), f"{path}.name"):
            return False
        if not isinstance(one.get("inverted", False), bool):
            self._refuse(f"{path}.inverted", "SCRIPT_FLAG")
            return False
        value_type = str(one.get("value_type"))
        if value_type not in OPERATORS:
            possible = ", ".join(OPERATORS)
            self._refuse(f"{path}.value_type", "SCRIPT_CHOICE_OF", possible=possible)
            return False
        if one.get("operator") not in OPERATORS[value_type]:
            possible = ", ".join(OPERATORS[value_type])
            self._refuse(f"{path}.operator", "SCRIPT_CHOICE_OF", possible=possible)
            return False
        return one["operator"] == "IS_EMPTY" or self._value(value_type, one, f"{path}.value")

    def named(self, source: object, name: object, path: str) -> bool:
        """Whether a statement's name is one of its source's; refused otherwise."""
        if source not in NAMED:
            return True
        if source == "agent" and name not in AGENT_FACTS:
            self._refuse(path, "SCRIPT_CHOICE_OF", possible=", ".join(AGENT_FACTS))
            return False
        if source == "answer" and (not isinstance(name, str) or name not in self._fields):
            self._refuse(path, "SCRIPT_ANSWER_UNKNOWN", name=str(name)[:100])
            return False
        if source == "column" and (
            not isinstance(name, str) or (self._columns is not None and name not in self._columns)
        ):
            self._refuse(path, "SCRIPT_COLUMN_UNKNOWN", column=str(name)[:100])
            return False
        return True

    def _value(self, value_type: str, one: Mapping[str, Any], path: str) -> bool:
        value = one.get("value")
        if not isinstance(value, str) or not 1 <= len(value.strip()) <= LONGEST_VALUE:
            self._refuse(path, "SCRIPT_VALUE", most=LONGEST_VALUE)
            return False
        if value_type in ("NUMERIC", "PERIOD") and read_decimal(value) is None:
            self._refuse(path, "SCRIPT_NUMBER")
            return False
        if value_type == "DATETIME" and read_moment(value) is None:
            self._refuse(path, "SCRIPT_MOMENT")
            return False
        return True

    # ── What can never hold ──────────────────────────────────────────────────────────────────────

    def _never(self, node: Mapping[str, Any], path: str) -> bool:
        """Whether the node can never hold; the smallest such parts are refused."""
        if "any" in node:
            nevers = [self._never(one, f"{path}.any.{i}") for i, one in enumerate(node["any"])]
            return all(nevers)
        if "not" in node:
            return False
        if "all" in node:
            parts = [self._never(one, f"{path}.all.{i}") for i, one in enumerate(node["all"])]
            if any(parts):
                return True
            why = contradiction(node["all"])
            if why:
                self._refuse(path, "SCRIPT_CONDITION_NEVER", why=why)
            return bool(why)
        why = self._impossible(node)
        if why:
            self._refuse(f"{path}.value", "SCRIPT_CONDITION_NEVER", why=why)
        return bool(why)

    def _impossible(self, one: Mapping[str, Any]) -> str:
        field = self._fields.get(str(one.get("name"))) if one.get("of") == "answer" else None
        if field is None or one.get("inverted") is True or one["operator"] != "EQUALS":
            return ""
        possible: tuple[str, ...] = ()
        if field.input in ("choice", "choices"):
            possible = field.choices
        elif field.input == "yes_no":
            possible = ("yes", "no")
        if not possible or one["value_type"] != "STRING":
            return ""
        if str(one["value"]).lower() in {value.lower() for value in possible}:
            return ""
        return f"{field.id} = {one['value']}"


def contradiction(parts: list[Mapping[str, Any]]) -> str:
    """Two statements of which both must hold and never do; '' when none are found."""
    equals: dict[tuple[str, str], str] = {}
    below: dict[tuple[str, str], tuple[Decimal, bool]] = {}
    above: dict[tuple[str, str], tuple[Decimal, bool]] = {}
    empty: set[tuple[str, str]] = set()
    filled: set[tuple[str, str]] = set()
    for one in _plain(parts):
        of = (str(one["of"]), str(one.get("name", "")))
        if one["operator"] == "IS_EMPTY":
            (filled if one.get("inverted") is True else empty).add(of)
            continue
        if one.get("inverted") is True:
            continue
        filled.add(of)
        value = str(one["value"])
        same = one["value_type"] == "STRING" and one["operator"] == "EQUALS"
        if same and equals.setdefault(of, value.lower()) != value.lower():
            return f"{of[1] or of[0]} = {equals[of]}, {value}"
        number = read_decimal(value) if one["value_type"] == "NUMERIC" else None
        if number is not None:
            _bound(of, str(one["operator"]), number, below, above)
    for of in sorted(below.keys() & above.keys()):
        (most, most_in), (least, least_in) = below[of], above[of]
        if least > most or (least == most and not (most_in and least_in)):
            return f"{of[1] or of[0]} > {least}, < {most}"
    both = sorted(empty & filled)
    return f"{both[0][1] or both[0][0]} = ''" if both else ""


def _plain(parts: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in parts:
        if "all" in one:
            yield from _plain(one["all"])
        elif "of" in one:
            yield one


def _bound(
    of: tuple[str, str],
    operator: str,
    number: Decimal,
    below: dict[tuple[str, str], tuple[Decimal, bool]],
    above: dict[tuple[str, str], tuple[Decimal, bool]],
) -> None:
    if operator in ("LESS_THAN", "LESS_THAN_EQUALS", "EQUALS"):
        new = (number, operator != "LESS_THAN")
        below[of] = min(below.get(of, new), new)
    if operator in ("GREATER_THAN", "GREATER_THAN_EQUALS", "EQUALS"):
        least = (number, operator == "GREATER_THAN")
        held = max((above[of][0], not above[of][1]) if of in above else least, least)
        above[of] = (held[0], not held[1])
