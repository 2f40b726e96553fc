"""An operation of the API as data, and how a request for it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import quote
from uuid import UUID

PREFIX = "/api/v1"
Kind = Literal["object", "pages", "nothing", "download", "upload"]


@dataclass(frozen=True, slots=True)
class Query:
    """A parameter behind the question mark."""

    name: str
    kind: str  # its type, in words of Python
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path."""

    name: str
    method: str
    path: str  # under /api/v1, with {parameters}
    group: str
    summary: str
    permissions: tuple[str, ...]  # any one of them
    query: tuple[Query, ...]
    body: str | None  # the model's name
    kind: Kind
    keyed: bool  # takes an Idempotency-Key

    @property
    def repeatable(self) -> bool:
        """Whether asking twice does no more than asking once (given a key, where it takes one)."""
        return self.method == "GET" or (self.keyed and self.kind != "upload")

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in the path, in their order."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))

    def address(self, path: Mapping[str, object]) -> str:
        """The path with these values. Raises KeyError for one that is missing."""
        parts = [
            quote(text(path[part[1:-1]]), safe="") if part.startswith("{") else part
            for part in self.path.split("/")
        ]
        return PREFIX + "/".join(parts)


def text(value: object) -> str:
    """A value as it stands in an address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return str(value)


def query_of(values: Mapping[str, object] | None) -> dict[str, str]:
    """The values that were given, as texts."""
    return {name: text(one) for name, one in (values or {}).items() if one is not None}


def plain(value: Any) -> Any:
    """A body that JSON can hold: ids and times as texts."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return text(value) if isinstance(value, UUID | datetime) else value
