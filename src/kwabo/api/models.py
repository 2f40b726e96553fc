"""What requests and answers have in common: strict input, UTC times with a Z."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer

T = TypeVar("T")


def utc_text(instant: datetime) -> str:
    """An instant as `2026-11-23T10:00:00.000Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("give the time with its zone, for example 2026-11-23T10:00:00Z")
    return instant


UtcTime = Annotated[
    datetime, AfterValidator(_aware), PlainSerializer(utc_text, return_type=str, when_used="json")
]
"""A time in requests and answers; one without a zone is refused."""


class RequestBody(BaseModel):
    """The body of a request: unknown fields are an error, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def changes(self, *, nullable: AbstractSet[str] = frozenset()) -> dict[str, Any]:
        """The fields that were sent; null means "stays", but for those that are `nullable`."""
        return {
            name: value
            for name, value in self.model_dump(exclude_unset=True).items()
            if value is not None or name in nullable
        }


class Answer(BaseModel):
    """The body of an answer, made from the attributes of a domain value."""

    model_config = ConfigDict(from_attributes=True)


class ListAnswer(Answer, Generic[T]):
    """One page of a list."""

    items: list[T]
    next_page_token: str | None
    total: int | None
