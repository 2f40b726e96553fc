"""Webhooks: whether a message is Kwabo's own, by the Standard Webhooks scheme.

Headers `webhook-id`, `webhook-timestamp` (seconds since 1970) and `webhook-signature`: a list of
`v1,<base64>` with blanks between, each the HMAC-SHA256 over `id.timestamp.body`. The secret is
`whsec_` and base64. Take the body as the bytes that came, before anything parses it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Mapping

from kwabo_client.errors import KwaboError

TOLERANCE = 300.0  # seconds by which the sender's clock may differ


class WebhookRejected(KwaboError):
    """The message is not Kwabo's, was changed, or is too old: answer 400 and do nothing."""


def verify_webhook(
    secret: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    tolerance: float = TOLERANCE,
    now: float | None = None,
) -> str:
    """The message's id, by which one that comes twice is known. Raises WebhookRejected."""
    found = {name.lower(): value for name, value in headers.items()}
    try:
        message_id, sent_at = found["webhook-id"], found["webhook-timestamp"]
        signatures = found["webhook-signature"].split()
        age = (time.time() if now is None else now) - int(sent_at)
    except (KeyError, ValueError):
        raise WebhookRejected("The headers of the signature are missing or damaged.") from None
    if abs(age) > tolerance:
        raise WebhookRejected("The message is too old, or the clocks differ.")
    wanted = signature(secret, message_id, sent_at, body)
    if not any(hmac.compare_digest(one.encode(), wanted.encode()) for one in signatures):
        raise WebhookRejected("The signature is wrong.")
    return message_id


def signature(secret: str, message_id: str, sent_at: str, body: bytes) -> str:
    """What must stand in `webhook-signature`. Raises ValueError for a damaged secret."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error as error:
        raise ValueError("The secret is 'whsec_' and base64.") from error
    content = f"{message_id}.{sent_at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
