"""Signatures of webhooks, by the scheme's own example."""

from __future__ import annotations

import pytest

from kwabo_client import WebhookRejected, verify_webhook
from kwabo_client.webhooks import signature

# From the specification of Standard Webhooks.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, AT = "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330"
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def headers(**changed: str) -> dict[str, str]:
    found = {"Webhook-Id": ID, "Webhook-Timestamp": AT, "Webhook-Signature": SIGNATURE}
    return found | {name.replace("_", "-"): value for name, value in changed.items()}


def test_the_example_of_the_specification() -> None:
    assert signature(SECRET, ID, AT, BODY) == SIGNATURE
    assert verify_webhook(SECRET, headers(), BODY, now=float(AT)) == ID


def test_one_of_several_signatures_is_enough() -> None:
    told = headers(Webhook_Signature=f"v1a,x v1,AAAA {SIGNATURE}")
    assert verify_webhook(SECRET, told, BODY, now=float(AT) + 299) == ID


@pytest.mark.parametrize(
    ("changed", "body", "now"),
    [
        ({"Webhook_Id": "msg_other"}, BODY, 0.0),
        ({"Webhook_Signature": "v1,AAAA"}, BODY, 0.0),
        ({"Webhook_Signature": "v1,é"}, BODY, 0.0),
        ({"Webhook_Timestamp": "never"}, BODY, 0.0),
        ({}, BODY + b" ", 0.0),
        ({}, BODY, 301.0),
        ({}, BODY, -301.0),
    ],
)
def test_anything_else_is_refused(changed: dict[str, str], body: bytes, now: float) -> None:
    with pytest.raises(WebhookRejected):
        verify_webhook(SECRET, headers(**changed), body, now=float(AT) + now)


def test_missing_headers_and_a_damaged_secret() -> None:
    with pytest.raises(WebhookRejected):
        verify_webhook(SECRET, {}, BODY)
    with pytest.raises(ValueError, match="whsec_"):
        verify_webhook("whsec_!", headers(), BODY, now=float(AT))
