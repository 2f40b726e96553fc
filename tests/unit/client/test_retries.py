"""What a client asks again, and when."""

from __future__ import annotations

import random

import httpx
import pytest

from kwabo_client.retries import Retries

DICE = random.Random(1)
REQUEST = httpx.Request("GET", "http://kwabo.test")
BROKEN = httpx.ReadError("gone", request=REQUEST)
NEVER_MADE = httpx.ConnectError("refused", request=REQUEST)


def answer(status: int, code: str = "X", retry_after: str | None = None) -> httpx.Response:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    body = {"error": {"code": code, "message": "m"}}
    return httpx.Response(status, json=body, headers=headers, request=REQUEST)


def wait(outcome: httpx.Response | httpx.TransportError, *, repeatable: bool) -> float | None:
    return Retries().wait(0, outcome, repeatable=repeatable, dice=DICE)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_passes_is_asked_again_where_that_does_no_harm(status: int) -> None:
    again = wait(answer(status), repeatable=True)
    assert again is not None
    assert 0.25 <= again <= 0.5
    assert wait(answer(status), repeatable=False) is None
    assert wait(answer(status, retry_after="1"), repeatable=False) is None


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 500])
def test_refusals_stand(status: int) -> None:
    assert wait(answer(status), repeatable=True) is None


def test_a_first_request_still_at_work_is_waited_for() -> None:
    assert wait(answer(409, "IDEMPOTENCY_IN_PROGRESS"), repeatable=True) is not None
    assert wait(answer(409, "IDEMPOTENCY_IN_PROGRESS"), repeatable=False) is None
    assert wait(httpx.Response(409, text="no JSON", request=REQUEST), repeatable=True) is None


def test_a_connection_that_was_never_made_may_be_tried_for_everything() -> None:
    assert wait(NEVER_MADE, repeatable=False) is not None
    assert wait(BROKEN, repeatable=False) is None
    assert wait(BROKEN, repeatable=True) is not None


def test_the_server_says_when_within_reason() -> None:
    assert wait(answer(429, retry_after="7"), repeatable=True) == 7
    assert wait(answer(429, retry_after="61"), repeatable=True) is None
    assert wait(answer(429, retry_after="soon"), repeatable=True) is not None


def test_waits_grow_up_to_a_limit_and_end() -> None:
    patient = Retries(most=9)
    waits = [patient.wait(n, BROKEN, repeatable=True, dice=DICE) for n in range(10)]
    assert waits[-1] is None
    assert all(0 < one <= 20 for one in waits[:-1] if one is not None)
    assert (waits[5] or 0) > (waits[0] or 0)
    assert Retries(most=0).wait(0, BROKEN, repeatable=True, dice=DICE) is None
