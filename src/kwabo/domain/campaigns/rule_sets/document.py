"""A rule set as a JSON document, read and checked.

{"rules": [{"name": "…", "active": true,
            "conditions": [{"type": "contact_attribute", "column": "solde",
                            "value_type": "NUMERIC", "operator": "LESS_THAN", "value": "100",
                            "inverted": false}, …],
            "actions": [{"type": "DO_NOT_DIAL", "minutes": 60}, …]}, …]}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.rule_sets import actions as act
from kwabo.domain.campaigns.rule_sets import conditions as cond
from kwabo.domain.campaigns.rule_sets.problems import problem
from kwabo.domain.campaigns.schedules import read_minute
from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.zones import zone
from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.data_actions.settings import MOST_OUTPUTS, DataActionSettings
from kwabo.domain.data_actions.templates import AFTERWARDS
from kwabo.domain.interactions.attempt import Result
from kwabo.domain.routing.skills import Skill, language_of

MOST_RULES: Final = 50
MOST_CONDITIONS: Final = 20
MOST_ACTIONS: Final = 10
MOST_PARTS: Final = 10
MOST_SKILLS: Final = 20
LONGEST_VALUE: Final = 500
LONGEST_MINUTES: Final = 366 * 24 * 60
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
ANALYSED: Final = frozenset({"person", "machine", "fax", "sit", "busy", "no_answer", "invalid"})


class Kind(StrEnum):
    """When a rule set acts."""

    PRE_CALL = "pre_call"
    WRAP_UP = "wrap_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """All conditions must hold, then all actions are done."""

    name: str
    active: bool
    conditions: tuple[tuple[cond.Condition, bool], ...]  # with whether each is inverted
    actions: tuple[act.Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """Rules in their order."""

    rule_set_id: UUID
    name: str
    kind: Kind
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a document may name. None: not looked up, everything is taken to exist."""

    wrap_up_codes: frozenset[UUID] | None = None
    dnc_lists: Mapping[UUID, str | None] | None = None  # list → its column; None: by number
    caller_ids: frozenset[str] | None = None
    region: str = "BJ"
    data_actions: Mapping[UUID, DataActionSettings] | None = None
    skills: frozenset[Skill] | None = None  # languages are known without it


def read_rules(
    document: Mapping[str, Any], kind: Kind, known: Known
) -> tuple[tuple[Rule, ...], list[Objection]]:
    """The rules of a document and everything wrong with it, by path."""
    reader = _Reader(kind, known)
    written = reader.items(document.get("rules"), "rules", least=1, most=MOST_RULES)
    rules = tuple(reader.rule(one, f"rules.{index}") for index, one in enumerate(written))
    return rules, reader.found


class _Reader:
    def __init__(self, kind: Kind, known: Known) -> None:
        self.kind = kind
        self.known = known
        self.found: list[Objection] = []

    def refuse(self, path: str, code: str, **details: object) -> None:
        if len(self.found) < 100:
            self.found.append(problem(path, code, **details))

    def items(self, value: object, path: str, *, least: int, most: int) -> list[Mapping[str, Any]]:
        if not isinstance(value, list | tuple) or not all(isinstance(v, Mapping) for v in value):
            self.refuse(path, "RULE_LIST", least=least, most=most)
            return []
        if not least <= len(value) <= most:
            self.refuse(path, "RULE_LIST", least=least, most=most)
            return []
        return list(value)

    def rule(self, written: Mapping[str, Any], path: str) -> Rule:
        name = " ".join(str(written.get("name") or "").split())
        if not 1 <= len(name) <= 200:
            self.refuse(f"{path}.name", "RULE_NAME")
        given = self.items(
            written.get("conditions", []), f"{path}.conditions", least=0, most=MOST_CONDITIONS
        )
        conditions = []
        for index, one in enumerate(given):
            condition = self.condition(one, f"{path}.conditions.{index}")
            if condition is not None:
                conditions.append((condition, one.get("inverted") is True))
        wanted = self.items(
            written.get("actions", []), f"{path}.actions", least=1, most=MOST_ACTIONS
        )
        actions = [self.action(one, f"{path}.actions.{i}") for i, one in enumerate(wanted)]
        return Rule(
            name=name,
            active=written.get("active", True) is not False,
            conditions=tuple(conditions),
            actions=tuple(action for action in actions if action is not None),
        )

    # ── Conditions ───────────────────────────────────────────────────────────────────────────────

    def condition(self, written: Mapping[str, Any], path: str) -> cond.Condition | None:
        read = _CONDITIONS.get(str(written.get("type")))
        if read is None or (written.get("type") == "call_analysis" and self.kind is Kind.PRE_CALL):
            possible = ", ".join(condition_types(self.kind))
            self.refuse(f"{path}.type", "RULE_CONDITION_TYPE", possible=possible)
            return None
        condition: cond.Condition | None = read(self, written, path)
        return condition

    def wrap_up_code(self, written: Mapping[str, Any], path: str) -> cond.Condition | None:
        codes = self.ids(written.get("codes"), f"{path}.codes")
        known = self.known.wrap_up_codes
        if known is not None and codes - known:
            self.refuse(f"{path}.codes", "RULE_WRAP_UP_CODE_UNKNOWN")
        return cond.WrapUpCode(codes=codes)

    def system_result(self, written: Mapping[str, Any], path: str) -> cond.Condition | None:
        results = self.words(written.get("results"), f"{path}.results", frozenset(Result))
        return cond.SystemResult(results=results)

    def call_analysis(self, written: Mapping[str, Any], path: str) -> cond.Condition | None:
        results = self.words(written.get("results"), f"{path}.results", ANALYSED)
        return cond.CallAnalysis(results=results)

    def contact_attribute(self, written: Mapping[str, Any], path: str) -> cond.Condition | None:
        column = self.text(written.get("column"), f"{path}.column")
        comparison = self.comparison(written, path, tuple(cond.ValueType))
        if comparison is None:
            return None
        return cond.ContactAttribute(column=column, comparison=comparison)

    def phone_number(self, written: Mapping[str, Any], path: str) -> cond.Condition | None:
        operators = cond.OPERATORS[cond.ValueType.STRING]
        operator = self.operator(written.get("operator"), path, operators)
        value = self.text(written.get("value"), f"{path}.value")
        return None if operator is None else cond.PhoneNumber(operator=operator, value=value)

    def phone_number_type(self, written: Mapping[str, Any], path: str) -> cond.Condition | None:
        labels = written.get("labels")
        if not isinstance(labels, list | tuple) or not 1 <= len(labels) <= 50:
            self.refuse(f"{path}.labels", "RULE_LIST", least=1, most=50)
            return None
        return cond.PhoneNumberType(labels=frozenset(str(label)[:200] for label in labels))

    def contact_property(self, written: Mapping[str, Any], path: str) -> cond.Condition | None:
        name = str(written.get("property"))
        if name not in set(cond.Property):
            self.refuse(f"{path}.property", "RULE_CHOICE", possible=", ".join(cond.Property))
            return None
        kinds = (cond.ValueType.DATETIME, cond.ValueType.PERIOD)
        comparison = self.comparison(written, path, kinds)
        if comparison is None:
            return None
        by_column = written.get("by_column") is True
        return cond.ContactProperty(
            property=cond.Property(name), by_column=by_column, comparison=comparison
        )

    def time_and_date(self, written: Mapping[str, Any], path: str) -> cond.Condition | None:
        time_zone = str(written.get("time_zone") or "")
        if time_zone and zone(time_zone) is None:
            self.refuse(f"{path}.time_zone", "TIME_ZONE")
        given = self.items(written.get("parts"), f"{path}.parts", least=1, most=MOST_PARTS)
        parts = []
        for index, one in enumerate(given):
            part = self.part(one, f"{path}.parts.{index}")
            if part is not None:
                parts.append((part, one.get("inverted") is True))
        return cond.TimeAndDate(time_zone=time_zone, parts=tuple(parts))

    def data_condition(self, written: Mapping[str, Any], path: str) -> cond.Condition | None:
        data_action_id = self.data_action_id(written, path)
        comparison = self.comparison(written, path, tuple(cond.ValueType))
        when_missing = written.get("data_not_found_resolution")
        if not isinstance(when_missing, bool):
            self.refuse(f"{path}.data_not_found_resolution", "RULE_RESOLUTION")
            when_missing = False
        output = self.text(written.get("output"), f"{path}.output")
        if data_action_id is None or comparison is None:
            return None
        if self.known.data_actions is not None:
            settings = self.known.data_actions[data_action_id]
            self.output(settings, output, f"{path}.output")
            late = [name for name in settings.placeholders if name in AFTERWARDS]
            if late:
                names = ", ".join(late)
                self.refuse(f"{path}.data_action_id", "RULE_DATA_ACTION_LATER", names=names)
        return cond.DataAction(
            data_action_id=data_action_id,
            output=output,
            comparison=comparison,
            when_missing=when_missing,
        )

    def data_action_id(self, written: Mapping[str, Any], path: str) -> UUID | None:
        data_action_id = _id(written.get("data_action_id"))
        known = self.known.data_actions
        if data_action_id is None or (known is not None and data_action_id not in known):
            self.refuse(f"{path}.data_action_id", "RULE_DATA_ACTION_UNKNOWN")
            return None
        return data_action_id

    def output(self, settings: DataActionSettings, name: str, path: str) -> None:
        names = [output.name for output in settings.outputs]
        if name not in names:
            self.refuse(path, "RULE_OUTPUT_UNKNOWN", possible=", ".join(names) or "–")

    def part(self, written: Mapping[str, Any], path: str) -> cond.SubCondition | None:
        match written.get("type"):
            case "time_of_day":
                start = read_minute(str(written.get("start")))
                until = read_minute(str(written.get("until")))
                if start is None or until is None or start == until:
                    self.refuse(f"{path}.start", "CLOCK_TIME")
                    return None
                return cond.TimeOfDay(start=start, until=until)
            case "day_of_week":
                days = self.days(written.get("days"), 7, frozenset(), f"{path}.days")
                return cond.DayOfWeek(days=frozenset(d for d in days if isinstance(d, int)))
            case "day_of_month":
                days = self.days(written.get("days"), 31, cond.DAY_WORDS, f"{path}.days")
                return cond.DayOfMonth(days=days)
            case "specific_date":
                first, last = _date(written.get("first")), _date(written.get("last"))
                every_year = written.get("every_year") is True
                last = last or first
                if first is None or last is None or (last < first and not every_year):
                    self.refuse(f"{path}.last", "DATES_ORDER")
                    return None
                return cond.SpecificDate(first=first, last=last, every_year=every_year)
        possible = "time_of_day, day_of_week, day_of_month, specific_date"
        self.refuse(f"{path}.type", "RULE_CHOICE", possible=possible)
        return None

    def days(
        self, given: object, most: int, words: frozenset[str], path: str
    ) -> frozenset[int | str]:
        days = frozenset(given) if isinstance(given, list | tuple) else frozenset()
        numbers = {d for d in days if isinstance(d, int) and not isinstance(d, bool)}
        if not days or not numbers <= set(range(1, most + 1)) or not (days - numbers) <= words:
            self.refuse(path, "RULE_DAYS", most=most)
            return frozenset()
        return days

    def comparison(
        self, written: Mapping[str, Any], path: str, kinds: Sequence[cond.ValueType]
    ) -> cond.Comparison | None:
        kind = str(written.get("value_type"))
        if kind not in set(kinds):
            self.refuse(f"{path}.value_type", "RULE_CHOICE", possible=", ".join(kinds))
            return None
        value_type = cond.ValueType(kind)
        operator = self.operator(written.get("operator"), path, cond.OPERATORS[value_type])
        value = self.text(written.get("value"), f"{path}.value")
        if value and value_type in (cond.ValueType.NUMERIC, cond.ValueType.PERIOD):
            if cond.read_number(value) is None:
                self.refuse(f"{path}.value", "NUMBER_FORMAT")
        elif value_type is cond.ValueType.DATETIME and not cond.read_instant(value or "-", "UTC"):
            self.refuse(f"{path}.value", "RULE_TIME")
        if operator is None:
            return None
        return cond.Comparison(value_type=value_type, operator=operator, value=value)

    def operator(
        self, given: object, path: str, possible: Sequence[cond.Operator]
    ) -> cond.Operator | None:
        if str(given) not in set(possible):
            self.refuse(f"{path}.operator", "RULE_CHOICE", possible=", ".join(possible))
            return None
        return cond.Operator(str(given))

    def words(self, given: object, path: str, possible: frozenset[str]) -> frozenset[str]:
        found = frozenset(map(str, given)) if isinstance(given, list | tuple) else frozenset()
        if not found or not found <= possible:
            self.refuse(path, "RULE_CHOICE", possible=", ".join(sorted(possible)))
        return found

    def ids(self, given: object, path: str) -> frozenset[UUID]:
        found = [_id(one) for one in given] if isinstance(given, list | tuple) else []
        if not found or None in found:
            self.refuse(path, "RULE_LIST", least=1, most=100)
        return frozenset(one for one in found if one is not None)

    def text(self, given: object, path: str, least: int = 1) -> str:
        text = str(given).strip() if isinstance(given, str | int | float) else ""
        if not least <= len(text) <= LONGEST_VALUE or "\0" in text:
            self.refuse(path, "RULE_VALUE", most=LONGEST_VALUE)
        return text

    # ── Actions ──────────────────────────────────────────────────────────────────────────────────

    def action(self, written: Mapping[str, Any], path: str) -> act.Action | None:
        kind = str(written.get("type"))
        if kind not in action_types(self.kind):
            possible = ", ".join(action_types(self.kind))
            self.refuse(f"{path}.type", "RULE_ACTION_TYPE", possible=possible)
            return None
        action: act.Action | None = _ACTIONS[kind](self, written, path)
        return action

    def do_not_dial(self, written: Mapping[str, Any], path: str) -> act.Action | None:
        minutes = self.number(written.get("minutes"), f"{path}.minutes", LONGEST_MINUTES, True)
        return act.DoNotDial(minutes=minutes)

    def modify(self, written: Mapping[str, Any], path: str) -> act.Action | None:
        column = self.text(written.get("column"), f"{path}.column")
        mode = str(written.get("mode"))
        if mode not in set(act.Modification):
            self.refuse(f"{path}.mode", "RULE_CHOICE", possible=", ".join(act.Modification))
            return None
        counts = mode in (act.Modification.INCREMENT, act.Modification.DECREMENT)
        value = self.text(written.get("value", ""), f"{path}.value", least=int(counts))
        if counts and value and cond.read_number(value) is None:
            self.refuse(f"{path}.value", "NUMBER_FORMAT")
        return act.ModifyContactAttribute(column=column, mode=act.Modification(mode), value=value)

    def append_number(self, written: Mapping[str, Any], path: str) -> act.Action | None:
        dnc_list_id = self.dnc_list(written, path)
        known = self.known.dnc_lists
        if dnc_list_id is None:
            return None
        if known is not None and known[dnc_list_id] is not None:
            self.refuse(f"{path}.dnc_list_id", "RULE_DNC_LIST_BY_COLUMN")
        days = self.number(written.get("days"), f"{path}.days", 36_500, True)
        return act.AppendNumberToDncList(dnc_list_id=dnc_list_id, days=days)

    def append_custom(self, written: Mapping[str, Any], path: str) -> act.Action | None:
        dnc_list_id = self.dnc_list(written, path)
        column = self.text(written.get("column"), f"{path}.column")
        known = self.known.dnc_lists
        if dnc_list_id is None:
            return None
        if known is not None and known[dnc_list_id] is None:
            self.refuse(f"{path}.dnc_list_id", "RULE_DNC_LIST_BY_NUMBER")
        days = self.number(written.get("days"), f"{path}.days", 36_500, True)
        return act.AppendCustomEntryToDncList(dnc_list_id=dnc_list_id, column=column, days=days)

    def dnc_list(self, written: Mapping[str, Any], path: str) -> UUID | None:
        dnc_list_id = _id(written.get("dnc_list_id"))
        known = self.known.dnc_lists
        if dnc_list_id is None or (known is not None and dnc_list_id not in known):
            self.refuse(f"{path}.dnc_list_id", "RULE_DNC_LIST_UNKNOWN")
            return None
        return dnc_list_id

    def schedule_callback(self, written: Mapping[str, Any], path: str) -> act.Action | None:
        minutes = self.number(written.get("minutes"), f"{path}.minutes", LONGEST_MINUTES, False)
        return None if minutes is None else act.ScheduleCallback(minutes=minutes)

    def set_caller_id(self, written: Mapping[str, Any], path: str) -> act.Action | None:
        read = read_number(str(written.get("caller_id") or ""), self.known.region)
        known = self.known.caller_ids
        if not isinstance(read, str) or (known is not None and read not in known):
            possible = ", ".join(sorted(known or ())) or "–"
            self.refuse(f"{path}.caller_id", "RULE_CALLER_ID_UNKNOWN", possible=possible)
            return None
        return act.SetCallerId(caller_id=read)

    def set_skills(self, written: Mapping[str, Any], path: str) -> act.Action | None:
        given = written.get("skills") or []
        column = str(written.get("language_column") or "")
        skills = [str(one) for one in given] if isinstance(given, list) else []
        if len(skills) > MOST_SKILLS or not (skills or column):
            self.refuse(f"{path}.skills", "RULE_SKILLS", most=MOST_SKILLS)
        elif not all(map(self.is_skill, skills)):
            self.refuse(f"{path}.skills", "RULE_SKILL_UNKNOWN")
        return act.SetSkills(skills=tuple(dict.fromkeys(skills)), language_column=column)

    def is_skill(self, written: str) -> bool:
        """A skill of the organisation by its id, or a language by its code."""
        language = language_of(Skill(written))
        if language is not None:
            return _LANGUAGE.fullmatch(language) is not None
        return self.known.skills is None or written in self.known.skills

    def data_action(self, written: Mapping[str, Any], path: str) -> act.Action | None:
        data_action_id = self.data_action_id(written, path)
        given = written.get("write") or {}
        if not isinstance(given, Mapping) or len(given) > MOST_OUTPUTS:
            self.refuse(f"{path}.write", "RULE_WRITE", most=MOST_OUTPUTS)
            return None
        write = {
            str(output): self.text(column, f"{path}.write.{output}")
            for output, column in given.items()
        }
        if data_action_id is None:
            return None
        if self.known.data_actions is not None:
            for output in write:
                settings = self.known.data_actions[data_action_id]
                self.output(settings, output, f"{path}.write.{output}")
        return act.DataAction(data_action_id=data_action_id, write=write)

    def number(self, given: object, path: str, most: int, optional: bool) -> int | None:
        if given is None and optional:
            return None
        if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= most:
            self.refuse(path, "RULE_NUMBER", most=most)
            return None
        return given


_Reading = Callable[[_Reader, Mapping[str, Any], str], Any]
_CONDITIONS: Final[Mapping[str, _Reading]] = {
    "wrap_up_code": _Reader.wrap_up_code,
    "system_result": _Reader.system_result,
    "contact_attribute": _Reader.contact_attribute,
    "phone_number": _Reader.phone_number,
    "phone_number_type": _Reader.phone_number_type,
    "call_analysis": _Reader.call_analysis,
    "contact_property": _Reader.contact_property,
    "time_and_date": _Reader.time_and_date,
    "data_action": _Reader.data_condition,
}
_ACTIONS: Final[Mapping[str, _Reading]] = {
    "DO_NOT_DIAL": _Reader.do_not_dial,
    "MODIFY_CONTACT_ATTRIBUTE": _Reader.modify,
    "APPEND_NUMBER_TO_DNC_LIST": _Reader.append_number,
    "APPEND_CUSTOM_ENTRY_TO_DNC_LIST": _Reader.append_custom,
    "SCHEDULE_CALLBACK": _Reader.schedule_callback,
    "CONTACT_UNCALLABLE": lambda reader, written, path: act.ContactUncallable(),
    "NUMBER_UNCALLABLE": lambda reader, written, path: act.NumberUncallable(),
    "SWITCH_TO_PREVIEW": lambda reader, written, path: act.SwitchToPreview(),
    "SET_CALLER_ID": _Reader.set_caller_id,
    "SET_SKILLS": _Reader.set_skills,
    "DATA_ACTION": _Reader.data_action,
}
_ONLY_BEFORE: Final = frozenset({"DO_NOT_DIAL", "SWITCH_TO_PREVIEW", "SET_CALLER_ID", "SET_SKILLS"})


def condition_types(kind: Kind) -> tuple[str, ...]:
    """The conditions that a rule of this kind may have."""
    return tuple(t for t in _CONDITIONS if t != "call_analysis" or kind is Kind.WRAP_UP)


def action_types(kind: Kind) -> tuple[str, ...]:
    """The actions that a rule of this kind may have."""
    return tuple(t for t in _ACTIONS if t not in _ONLY_BEFORE or kind is Kind.PRE_CALL)


def columns_of(rules: Sequence[Rule]) -> frozenset[str]:
    """Columns of contacts that the rules read or change."""
    read = {
        condition.column
        for rule in rules
        for condition, _ in rule.conditions
        if isinstance(condition, cond.ContactAttribute)
    }
    listed = {
        action.column
        for rule in rules
        for action in rule.actions
        if isinstance(action, act.AppendCustomEntryToDncList)
    }
    spoken = {
        action.language_column
        for rule in rules
        for action in rule.actions
        if isinstance(action, act.SetSkills) and action.language_column
    }
    return frozenset(read | listed | spoken | columns_changed(rules))


def skills_named(rules: Sequence[Rule]) -> frozenset[str]:
    """The skills and languages that rules ask agents for."""
    actions = [action for rule in rules for action in rule.actions]
    return frozenset(s for a in actions if isinstance(a, act.SetSkills) for s in a.skills)


def asks_for_skills(rule_sets: Sequence[RuleSet]) -> bool:
    """Whether a rule may ask for an agent with skills."""
    return any(
        isinstance(action, act.SetSkills)
        for rule_set in rule_sets
        for rule in rule_set.rules
        for action in rule.actions
    )


def columns_changed(rules: Sequence[Rule]) -> frozenset[str]:
    """Columns of contacts that the rules change."""
    actions = [action for rule in rules for action in rule.actions]
    changed = {a.column for a in actions if isinstance(a, act.ModifyContactAttribute)}
    written = {c for a in actions if isinstance(a, act.DataAction) for c in a.write.values()}
    return frozenset(changed | written)


def data_actions_asked(rule_sets: Sequence[RuleSet]) -> frozenset[UUID]:
    """The data actions whose answers conditions of active rules compare."""
    return frozenset(
        condition.data_action_id
        for rule_set in rule_sets
        for rule in rule_set.rules
        if rule.active
        for condition, _ in rule.conditions
        if isinstance(condition, cond.DataAction)
    )


def data_actions_named(rules: Sequence[Rule]) -> frozenset[UUID]:
    """Every data action that rules name, in conditions and actions, active or not."""
    asked = {
        c.data_action_id for r in rules for c, _ in r.conditions if isinstance(c, cond.DataAction)
    }
    told = {a.data_action_id for r in rules for a in r.actions if isinstance(a, act.DataAction)}
    return frozenset(asked | told)


def _id(given: object) -> UUID | None:
    try:
        return UUID(str(given))
    except ValueError:
        return None


def _date(given: object) -> date | None:
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        return None
