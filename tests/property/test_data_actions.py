"""Data actions: no value changes what stands around it; answers and the breaker keep their word."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.data_actions import templates
from kwabo.domain.data_actions.answers import (
    FAILURE_COUNTS,
    WAIT_AT_MOST,
    DataAnswer,
    Standing,
)
from kwabo.domain.data_actions.asking import (
    Asked,
    inputs_of,
    key_of,
    read_answer,
    request_of,
)
from kwabo.domain.data_actions.settings import (
    DataActionSettings,
    Header,
    Output,
    as_document,
    objections,
    of_document,
)
from kwabo.domain.outgoing.breaker import Breaker

NOW = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
values = st.text(max_size=60).filter(lambda text: not any(0xD800 <= ord(c) < 0xE000 for c in text))
SETTINGS = DataActionSettings(
    method="POST",
    url="https://crm.example/a/{contact.x}/b?q={contact.x}&n={number}#f",
    body='{"x": "{contact.x}", "list": ["{contact.x}"]}',
    headers=(Header(name="X-About", value="a {contact.x} b"),),
    outputs=(Output(name="status", path="status"),),
)


@given(values)
def test_a_value_stays_a_value_wherever_it_stands(value: str) -> None:
    asked = Asked(contact_id=UUID(int=1), data={"x": value}, number="+22901")
    inputs = inputs_of(SETTINGS, asked)
    if value in (".", ".."):
        with pytest.raises(templates.UnsafeValue):
            request_of(SETTINGS, inputs, "")
        return
    request = request_of(SETTINGS, inputs, "")
    parts = urlsplit(request.url)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("https", "crm.example", "f")
    segments = parts.path.split("/")
    assert [unquote(segment) for segment in segments] == ["", "a", value, "b"]
    query = parse_qs(parts.query, keep_blank_values=True, separator="&")
    assert query == {"q": [value], "n": ["+22901"]}
    assert json.loads(request.body) == {"x": value, "list": [value]}
    header = request.headers["X-About"]
    assert header.isascii()
    assert header.isprintable()
    assert header.startswith("a ")
    form = templates.in_form("x={contact.x}&n={number}", inputs)
    assert parse_qs(form, keep_blank_values=True) == {"x": [value], "n": ["+22901"]}


@given(values, values)
def test_answers_are_kept_apart_by_inputs_and_by_how_they_are_asked(one: str, two: str) -> None:
    def key(settings: DataActionSettings, value: str) -> str:
        asked = Asked(contact_id=UUID(int=1), data={"x": value, "y": two})
        return key_of(settings, inputs_of(settings, asked))

    assert (key(SETTINGS, one) == key(SETTINGS, two)) == (one == two)
    other = of_document(as_document(SETTINGS) | {"method": "PUT"})
    assert key(other, one) != key(SETTINGS, one)
    patient = of_document(as_document(SETTINGS) | {"timeout_seconds": 9, "cache_seconds": 99})
    assert key(patient, one) == key(SETTINGS, one), "how long it counts is not what was asked"


def test_settings_survive_being_kept() -> None:
    kept = json.loads(json.dumps(as_document(SETTINGS)))
    assert of_document(kept) == SETTINGS
    assert objections(SETTINGS) == []


@given(st.binary(max_size=200), st.integers(100, 599))
def test_no_answer_of_another_machine_breaks_the_reading(body: bytes, status: int) -> None:
    reading = read_answer(SETTINGS, status, body)
    assert bool(reading.outputs) != bool(reading.failure)


seconds = st.integers(-200, 200).map(lambda s: NOW + timedelta(seconds=s))


@given(
    st.none() | seconds,
    st.none() | seconds,
    st.none() | seconds,
    st.integers(1, 120),
)
def test_an_answer_counts_for_its_time_and_no_waiting_lasts(
    answered: datetime | None, failed: datetime | None, awaited: datetime | None, cache: int
) -> None:
    answer = DataAnswer(
        data_action_id=UUID(int=1),
        key="k",
        cache=timedelta(seconds=cache),
        answered_at=answered,
        failed_at=failed,
        awaited_at=awaited,
    )
    standing = answer.standing(NOW)
    fresh = answered is not None and answered + timedelta(seconds=cache) > NOW
    assert (standing is Standing.ANSWERED) == fresh
    if awaited is not None and awaited + WAIT_AT_MOST <= NOW:
        assert standing is not Standing.AWAITED
    if standing is Standing.AWAITED:
        assert answer.wanted(NOW), "nobody waits for a question that is not asked"
    if failed is not None and failed + FAILURE_COUNTS > NOW:
        assert not answer.wanted(NOW)


@given(st.lists(st.tuples(st.lists(st.booleans(), max_size=4), st.integers(0, 90))))
def test_a_breaker_opens_after_failures_in_a_row_and_lets_one_try(
    history: list[tuple[list[bool], int]],
) -> None:
    breaker, now, row = Breaker(), NOW, 0
    for told, later in history:
        allowed = breaker.allows(now, 3)
        told = told[:allowed]
        breaker = breaker.after(told, now, failures=3, seconds=30)
        for one in told:
            row = 0 if one else row + 1
        assert breaker.failures == row
        if row >= 3 and told:
            assert breaker.is_open(now)
            assert breaker.allows(now, 3) == 0
            assert breaker.allows(now + timedelta(seconds=30), 3) == 1
        if row == 0:
            assert breaker == Breaker()
        now += timedelta(seconds=later)
