"""What the OpenAPI document says of answers that are files: `responses=WAV_FILE`."""

from __future__ import annotations

from typing import Any, Final

_BYTES: Final = {"schema": {"type": "string", "format": "binary"}}
CSV_FILE: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"text/csv": _BYTES}}}
WAV_FILE: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"audio/wav": _BYTES}}}
