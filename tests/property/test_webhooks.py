"""Signatures, waits and bodies of webhooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.webhooks.message import body_of
from kwabo.domain.webhooks.retries import (
    FAILURES_BEFORE_REST,
    FIRST_WAIT,
    GIVE_UP_AFTER,
    LONGEST_REST,
    LONGEST_WAIT,
    PAUSE_AFTER,
    WebhookHealth,
    is_given_up,
    wait_after,
)
from kwabo.domain.webhooks.signing import headers_of, is_genuine, secret_of, signature
from kwabo.domain.webhooks.subscription import objections

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
SECRETS = st.text(min_size=1).map(secret_of)
BODIES = st.binary(max_size=500)
IDS = st.uuids().map(str)
SECONDS = st.integers(1_000_000_000, 4_000_000_000)


def test_the_signature_is_that_of_the_standards_example() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(SECRETS, SECRETS, IDS, SECONDS, BODIES)
def test_both_secrets_of_a_rotation_verify_and_no_other_does(
    new: str, old: str, message_id: str, at: int, body: bytes
) -> None:
    headers = headers_of([new, old], message_id, at, body)
    assert is_genuine(headers, body, new, at)
    assert is_genuine(headers, body, old, at)
    if "other" not in (new, old):
        assert not is_genuine(headers, body, secret_of(new + old), at)


@given(SECRETS, IDS, SECONDS, BODIES, st.data())
def test_one_changed_byte_is_noticed(
    secret: str, message_id: str, at: int, body: bytes, data: st.DataObject
) -> None:
    headers = headers_of([secret], message_id, at, body)
    place = data.draw(st.integers(0, len(body)))
    changed = body[:place] + bytes([(body[place] + 1) % 256 if place < len(body) else 65])
    changed += body[place + 1 :]
    assert not is_genuine(headers, changed, secret, at)
    assert not is_genuine({**headers, "webhook-id": message_id + "x"}, body, secret, at)
    assert not is_genuine({**headers, "webhook-timestamp": str(at + 1)}, body, secret, at)
    assert not is_genuine({**headers, "webhook-timestamp": "now"}, body, secret, at)
    assert not is_genuine({}, body, secret, at)


@given(SECRETS, IDS, SECONDS, BODIES, st.integers(-900, 900))
def test_old_and_future_timestamps_are_refused(
    secret: str, message_id: str, at: int, body: bytes, late: int
) -> None:
    headers = headers_of([secret], message_id, at, body)
    assert is_genuine(headers, body, secret, at + late) == (abs(late) <= 300)


@given(SECRETS, IDS, SECONDS, BODIES)
def test_a_receiver_needs_nothing_but_the_standard(
    secret: str, message_id: str, at: int, body: bytes
) -> None:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    assert len(key) == 32
    signed = message_id.encode() + b"." + str(at).encode() + b"." + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers_of([secret], message_id, at, body)["webhook-signature"] == f"v1,{expected}"


@given(st.integers(1, 200), st.floats(0, 1))
def test_waits_grow_to_their_bound_and_chance_spreads_them(tries: int, chance: float) -> None:
    wait = wait_after(tries, chance)
    assert FIRST_WAIT * 0.8 <= wait <= LONGEST_WAIT * 1.2
    assert wait_after(tries, 0.5) <= wait_after(tries + 1, 0.5)
    assert wait_after(tries, 0) < wait_after(tries, 1)


@given(st.lists(st.booleans(), max_size=60), st.floats(0, 1))
def test_health_rests_after_failures_in_a_row_and_forgets_them_with_a_success(
    outcomes: list[bool], chance: float
) -> None:
    health, now, in_a_row = WebhookHealth(), NOW, 0
    for taken in outcomes:
        now += timedelta(seconds=1)
        health = health.after_success() if taken else health.after_failure(now, chance)
        in_a_row = 0 if taken else in_a_row + 1
        assert health.failures == in_a_row
        assert (health.rests_until is not None) == (in_a_row >= FAILURES_BEFORE_REST)
        if health.rests_until is not None:
            assert now < health.rests_until <= now + LONGEST_REST
        if health.failing_since is not None:
            assert not health.is_hopeless(health.failing_since + PAUSE_AFTER / 2)
            assert health.is_hopeless(health.failing_since + PAUSE_AFTER)


@given(st.floats(0, 1e6))
def test_a_receivers_wish_to_be_left_alone_counts_up_to_an_hour(seconds: float) -> None:
    health = WebhookHealth().after_failure(NOW, 0.5, timedelta(seconds=seconds))
    wished = min(timedelta(seconds=seconds), timedelta(hours=1))
    assert (health.rests_until or NOW) - NOW == wished


def test_a_message_is_tried_for_days() -> None:
    waited, tries = timedelta(0), 0
    while not is_given_up(NOW, NOW + waited):
        tries += 1
        waited += wait_after(tries, 0.5)
    assert 20 <= tries <= 40
    assert waited >= GIVE_UP_AFTER


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES, max_size=5), st.uuids(), st.booleans())
def test_bodies_are_stable_json_with_personal_data_apart(
    data: dict[str, object], message_id: UUID, personal: bool
) -> None:
    told = {"number": "+2290161000001"} if personal else None
    bodies = {
        body_of(
            kind="attempt.ended",
            message_id=message_id,
            organisation_id=message_id,
            at=NOW,
            data=one,
            personal=told,
        )
        for one in (data, dict(reversed(list(data.items()))))
    }
    assert len(bodies) == 1
    message = json.loads(bodies.pop())
    assert message["data"] == json.loads(json.dumps(data))
    assert message.get("personal") == told
    assert message["timestamp"] == "2026-11-26T10:00:00.000Z"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://crm.example.com/hook?x=1", None),
        ("http://crm.example.com/hook", "WEBHOOK_URL_HTTPS"),
        ("ftp://crm.example.com", "WEBHOOK_URL_HTTPS"),
        ("https://user:secret@crm.example.com", "WEBHOOK_URL_PARTS"),
        ("https://crm.example.com/#x", "WEBHOOK_URL_PARTS"),
        ("https://127.0.0.1/hook", "WEBHOOK_URL_PRIVATE"),
        ("https://[::ffff:10.0.0.1]/hook", "WEBHOOK_URL_PRIVATE"),
        ("https://169.254.169.254/latest", "WEBHOOK_URL_PRIVATE"),
        ("https://localhost/hook", "WEBHOOK_URL_PRIVATE"),
        ("https:///hook", "WEBHOOK_URL"),
        ("https://crm.example.com:port/", "WEBHOOK_URL"),
        ("https://crm example.com/", "WEBHOOK_URL"),
        ("crm.example.com", "WEBHOOK_URL"),
    ],
)
def test_addresses_are_judged(url: str, code: str | None) -> None:
    found = objections(url=url, kinds=["event.error"], description="", private_allowed=False)
    assert [one.code for one in found] == ([] if code is None else [code])
