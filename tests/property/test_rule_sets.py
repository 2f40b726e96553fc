"""Rule sets: what fires is what the document says, asked again in the plainest way."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.campaigns.rule_sets.document import Kind, Known, RuleSet, read_rules
from kwabo.domain.campaigns.rule_sets.evaluate import rule_on
from kwabo.domain.campaigns.rule_sets.facts import CallFacts, ContactFacts, LastCall

CODES = [UUID(int=1), UUID(int=2)]
ZONES = ["", "Africa/Porto-Novo", "America/New_York"]
VALUES = ["", "abc", "Abcd", "10", "-3,5", "2026-03-01", "2026-03-01T12:00:00", "x"]
NUMBERS = ["+2290197000001", "+2290197000002"]
RESULTS = ["person", "busy", "machine"]
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=UTC)
)
TEXT = ["EQUALS", "CONTAINS", "BEGINS_WITH", "ENDS_WITH"]
ORDER = ["LESS_THAN", "LESS_THAN_EQUALS", "GREATER_THAN", "GREATER_THAN_EQUALS"]

inverted = st.booleans()
days = st.integers(1, 366).map(lambda n: (date(2025, 12, 31) + timedelta(days=n)).isoformat())
comparisons = st.one_of(
    st.fixed_dictionaries(
        {
            "value_type": st.just("STRING"),
            "operator": st.sampled_from(TEXT),
            "value": st.sampled_from(["a", "ABC", "10", "d"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "value_type": st.just("NUMERIC"),
            "operator": st.sampled_from(["EQUALS", *ORDER]),
            "value": st.sampled_from(["10", "-3.5", "0"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "value_type": st.just("DATETIME"),
            "operator": st.sampled_from(["BEFORE", "AFTER", "EQUALS"]),
            "value": days,
        }
    ),
    st.fixed_dictionaries(
        {
            "value_type": st.just("PERIOD"),
            "operator": st.sampled_from(ORDER),
            "value": st.sampled_from(["60", "1440", "100000"]),
        }
    ),
)
times = comparisons.filter(lambda one: one["value_type"] in ("DATETIME", "PERIOD"))
parts = st.one_of(
    st.fixed_dictionaries(
        {
            "type": st.just("time_of_day"),
            "start": st.sampled_from(["08:00", "22:00"]),
            "until": st.sampled_from(["12:30", "02:00", "24:00"]),
            "inverted": inverted,
        }
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("day_of_week"),
            "days": st.lists(st.integers(1, 7), min_size=1),
            "inverted": inverted,
        }
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("day_of_month"),
            "days": st.lists(
                st.integers(1, 31) | st.sampled_from(["LAST_DAY", "ODD_DAY", "EVEN_DAY"]),
                min_size=1,
            ),
            "inverted": inverted,
        }
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("specific_date"),
            "first": days,
            "last": days,
            "every_year": st.just(True),
            "inverted": inverted,
        }
    ),
)


def having(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"type": st.just(kind), "inverted": inverted, **fields})


def joined(
    one: st.SearchStrategy[dict[str, Any]], other: st.SearchStrategy[dict[str, Any]]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda a, b: {**a, **b}, one, other)


conditions = st.one_of(
    having("wrap_up_code", codes=st.lists(st.sampled_from([str(c) for c in CODES]), min_size=1)),
    having("system_result", results=st.lists(st.sampled_from(RESULTS), min_size=1)),
    having("call_analysis", results=st.lists(st.sampled_from(RESULTS), min_size=1)),
    joined(having("contact_attribute", column=st.sampled_from(["a", "b"])), comparisons),
    having("phone_number", operator=st.sampled_from(TEXT), value=st.sampled_from(NUMBERS)),
    having("phone_number_type", labels=st.lists(st.sampled_from(["Mobile", "work"]), min_size=1)),
    joined(
        having(
            "contact_property",
            property=st.sampled_from(["LAST_ATTEMPT", "LAST_WRAP_UP"]),
            by_column=st.booleans(),
        ),
        times,
    ),
    having(
        "time_and_date",
        time_zone=st.sampled_from(ZONES),
        parts=st.lists(parts, min_size=1, max_size=3),
    ),
)
documents = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.just("rule"),
            "active": st.booleans(),
            "conditions": st.lists(conditions, max_size=3),
            "actions": st.sampled_from(
                [
                    [{"type": "CONTACT_UNCALLABLE"}],
                    [
                        {
                            "type": "MODIFY_CONTACT_ATTRIBUTE",
                            "column": "a",
                            "mode": "SET",
                            "value": "10",
                        }
                    ],
                    [
                        {
                            "type": "MODIFY_CONTACT_ATTRIBUTE",
                            "column": "b",
                            "mode": "INCREMENT",
                            "value": "2",
                        }
                    ],
                ]
            ),
        }
    ),
    min_size=1,
    max_size=4,
)
calls = st.builds(
    lambda at, result, code, gap: LastCall(
        at=at,
        result=result,
        wrap_up_code_id=code,
        wrap_up_at=at + timedelta(minutes=gap) if code else None,
    ),
    INSTANTS,
    st.sampled_from(RESULTS),
    st.none() | st.sampled_from(CODES),
    st.integers(0, 90),
)


@st.composite
def contacts(draw: st.DrawFn) -> ContactFacts:
    by_number = draw(st.dictionaries(st.sampled_from(NUMBERS), calls))
    return ContactFacts(
        contact_id=UUID(int=9),
        data=draw(st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(VALUES))),
        time_zone=draw(st.sampled_from(ZONES[1:])),
        overall=draw(calls) if by_number else LastCall(),
        by_number=by_number,
    )


ended = st.builds(
    CallFacts,
    number=st.sampled_from(NUMBERS),
    label=st.sampled_from(["mobile", "WORK", ""]),
    result=st.sampled_from(RESULTS),
    wrap_up_code_id=st.none() | st.sampled_from(CODES),
    answer_analysed=st.booleans(),
)


# ── The plainest way ─────────────────────────────────────────────────────────────────────────────


def number_of(written: str) -> float | None:
    try:
        return float(written.replace(",", "."))
    except ValueError:
        return None


def instant_of(value: Any, time_zone: str) -> datetime | None:
    if isinstance(value, datetime):
        return value
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at.replace(tzinfo=ZoneInfo(time_zone))


def text_is(operator: str, left: str, right: str) -> bool:
    return {
        "EQUALS": left == right,
        "CONTAINS": right in left,
        "BEGINS_WITH": left[: len(right)] == right,
        "ENDS_WITH": left[len(left) - len(right) :] == right if len(right) <= len(left) else False,
    }[operator]


def order_is(operator: str, left: float, right: float) -> bool:
    return {
        "EQUALS": left == right,
        "LESS_THAN": left < right,
        "LESS_THAN_EQUALS": left <= right,
        "GREATER_THAN": left > right,
        "GREATER_THAN_EQUALS": left >= right,
    }[operator]


def compared(one: dict[str, Any], value: Any, contact: ContactFacts, now: datetime) -> bool:
    if not value:
        return False
    kind = one["value_type"]
    if kind == "STRING":
        return text_is(one["operator"], str(value).lower(), one["value"].lower())
    if kind == "NUMERIC":
        number = number_of(str(value))
        return number is not None and order_is(one["operator"], number, float(one["value"]))
    at = instant_of(value, contact.time_zone)
    if at is None:
        return False
    if kind == "PERIOD":
        return order_is(one["operator"], (now - at).total_seconds() / 60, float(one["value"]))
    zone = ZoneInfo(contact.time_zone)
    begin = datetime.fromisoformat(one["value"]).replace(tzinfo=zone)
    if one["operator"] == "EQUALS":
        return at.astimezone(zone).date() == begin.date()
    return at < begin if one["operator"] == "BEFORE" else at > begin


def part_fits(part: dict[str, Any], local: datetime) -> bool:
    match part["type"]:
        case "time_of_day":
            clock = f"{local:%H:%M}"
            if part["start"] < part["until"]:
                return part["start"] <= clock < part["until"]
            return clock >= part["start"] or clock < part["until"]
        case "day_of_week":
            return local.weekday() + 1 in part["days"]
        case "day_of_month":
            last = calendar.monthrange(local.year, local.month)[1]
            words: set[Any] = {"ODD_DAY" if local.day % 2 else "EVEN_DAY", local.day}
            words |= {"LAST_DAY"} if local.day == last else set()
            return bool(words & set(part["days"]))
    first, last, today = part["first"][5:], part["last"][5:], f"{local:%m-%d}"
    if first <= last:
        return first <= today <= last
    return today >= first or today <= last


def holds(one: dict[str, Any], contact: ContactFacts, call: CallFacts, now: datetime) -> bool:
    match one["type"]:
        case "wrap_up_code":
            return str(call.wrap_up_code_id) in one["codes"]
        case "system_result":
            return call.result in one["results"]
        case "call_analysis":
            return call.answer_analysed and call.result in one["results"]
        case "contact_attribute":
            return compared(one, contact.data.get(one["column"]), contact, now)
        case "phone_number":
            return text_is(one["operator"], call.number, one["value"])
        case "phone_number_type":
            return call.label.lower() in [label.lower() for label in one["labels"]]
        case "contact_property":
            known = contact.overall
            if one["by_column"]:
                known = contact.by_number.get(call.number, LastCall())
            at = known.at if one["property"] == "LAST_ATTEMPT" else known.wrap_up_at
            return compared(one, at, contact, now)
    local = now.astimezone(ZoneInfo(one["time_zone"] or contact.time_zone))
    return all(part_fits(part, local) != part["inverted"] for part in one["parts"])


def expected(
    rules: list[dict[str, Any]], contact: ContactFacts, call: CallFacts, now: datetime
) -> tuple[list[int], dict[str, str]]:
    data, fired = dict(contact.data), []
    changed: dict[str, str] = {}
    for place, rule in enumerate(rules, start=1):
        known = ContactFacts(
            contact_id=contact.contact_id,
            data=data,
            time_zone=contact.time_zone,
            overall=contact.overall,
            by_number=contact.by_number,
        )
        told = [holds(one, known, call, now) != one["inverted"] for one in rule["conditions"]]
        if not rule["active"] or not all(told):
            continue
        fired.append(place)
        for action in rule["actions"]:
            if action.get("mode") == "SET":
                changed["a"] = data["a"] = "10"
            elif action.get("mode") == "INCREMENT":
                before = number_of(data.get("b") or "0")
                if before is not None:
                    changed["b"] = data["b"] = f"{before + 2:g}"
    return fired, changed


@given(documents, contacts(), ended, INSTANTS)
def test_what_fires_is_what_the_document_says(
    document: list[dict[str, Any]], contact: ContactFacts, call: CallFacts, now: datetime
) -> None:
    rules, objections = read_rules({"rules": document}, Kind.WRAP_UP, Known())
    assert objections == []
    kept = RuleSet(rule_set_id=UUID(int=7), name="set", kind=Kind.WRAP_UP, rules=rules)
    ruling = rule_on((kept,), contact, call, now, before_call=False)
    fired, changed = expected(document, contact, call, now)
    assert [one.rule for one in ruling.fired] == fired
    assert ruling.data == changed


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(RESULTS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "rules", "conditions", "actions", "name", "value", "parts"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.just("rules"), JSON), st.sampled_from(list(Kind)))
def test_whatever_is_written_is_read_or_refused_with_paths(
    document: dict[str, Any], kind: Kind
) -> None:
    _, objections = read_rules(document, kind, Known())
    for objection in objections:
        assert objection.field.startswith("rules")
        assert "{" not in objection.message
