"""The body of a message. The same message has the same bytes however often it is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kwabo.domain.webhooks.catalogue import SCHEMA_VERSION


def body_of(
    *,
    kind: str,
    message_id: UUID,
    organisation_id: UUID,
    at: datetime,
    data: Mapping[str, Any],
    personal: Mapping[str, Any] | None,
) -> bytes:
    """JSON in UTF-8. Personal data are in `personal` alone; None leaves the field out."""
    told: dict[str, Any] = {
        "type": kind,
        "schema_version": SCHEMA_VERSION,
        "id": str(message_id),
        "organisation_id": str(organisation_id),
        "timestamp": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "data": dict(data),
    }
    if personal is not None:
        told["personal"] = dict(personal)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
