"""Pages of long lists: items, and a token with which to ask for those that follow."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from kwabo.kernel.errors import Invalid

MAX_LIMIT = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A part of a list."""

    items: Sequence[T]
    next_page_token: str | None  # None: nothing follows
    total: int | None  # of the whole list, where counting is cheap


def page_token(*position: Any) -> str:
    """A token for a position in the list's order (JSON values; give ids and times as text)."""
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def position_of(token: str | None, *kinds: type) -> list[Any] | None:
    """The position behind a token; None without one.

    Raises Invalid `PAGE_TOKEN` unless it holds values of these kinds.
    """
    if token is None:
        return None
    try:
        position = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, binascii.Error):
        position = None
    if (
        not isinstance(position, list)
        or len(position) != len(kinds)
        or not all(type(value) is kind for value, kind in zip(position, kinds, strict=True))
    ):
        raise _not_of_this_list()
    return position


def moment_behind(token: str | None) -> tuple[datetime, UUID] | None:
    """The instant and the id behind the token of a list in the order of both.

    Raises Invalid `PAGE_TOKEN`.
    """
    position = position_of(token, str, str)
    if position is None:
        return None
    try:
        at = datetime.fromisoformat(position[0])
        return at.astimezone(UTC), UUID(position[1])
    except ValueError:
        raise _not_of_this_list() from None


def id_behind(token: str | None) -> UUID | None:
    """The id behind the token of a list in the order of ids. Raises Invalid `PAGE_TOKEN`."""
    position = position_of(token, str)
    if position is None:
        return None
    try:
        return UUID(position[0])
    except ValueError:
        raise _not_of_this_list() from None


def _not_of_this_list() -> Invalid:
    return Invalid(
        "PAGE_TOKEN",
        "This page token is not one of this list. Ask for the first page again.",
        field="page_token",
    )
