"""Signatures of messages as Standard Webhooks 1.0 has them.

`webhook-id` names the message and stays the same however often it is sent; `webhook-timestamp` is
the second of this sending; `webhook-signature` holds one `v1,` signature for each valid secret:
base64 of HMAC-SHA256 over `id.timestamp.body`. A receiver refuses old timestamps.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Final

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - what secrets begin with
TOLERANCE_SECONDS: Final = 300


def secret_of(token: str) -> str:
    """A secret of 256 bits from an unguessable text."""
    return SECRET_PREFIX + base64.b64encode(hashlib.sha256(token.encode()).digest()).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature, with its version. Raises ValueError for what is no secret."""
    if not secret.startswith(SECRET_PREFIX):
        raise ValueError("a secret begins with whsec_")
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers_of(
    secrets: Sequence[str], message_id: str, timestamp: int, body: bytes
) -> dict[str, str]:
    """The headers of a request, signed with each secret."""
    signatures = [signature(secret, message_id, timestamp, body) for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def is_genuine(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> bool:
    """What a receiver checks; names of headers in lower case."""
    try:
        timestamp = int(headers["webhook-timestamp"])
        expected = signature(secret, headers["webhook-id"], timestamp, body)
    except (KeyError, ValueError):
        return False
    if abs(now - timestamp) > TOLERANCE_SECONDS:
        return False
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(one.encode(), expected.encode()) for one in given)
