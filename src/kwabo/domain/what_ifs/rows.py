"""Plain dataclasses as JSON lists and back, without loss: instants keep their microseconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final, TypeVar, cast
from uuid import UUID

T = TypeVar("T")

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def microseconds(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def instant(since_1970: int) -> datetime:
    """The instant of `microseconds`."""
    return _EPOCH + since_1970 * _MICROSECOND


def as_row(value: Any) -> list[Any]:
    """The fields' values in their order."""
    return [_plain(getattr(value, field.name)) for field in fields(value)]


def of_row(kind: type[T], row: Sequence[Any]) -> T:
    """The dataclass that `as_row` wrote."""
    readers = _readers(cast("Any", kind))
    values = {
        name: read(value) if read is not None and value is not None else value
        for (name, read), value in zip(readers, row, strict=True)
    }
    return kind(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return microseconds(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


@cache
def _readers(kind: Any) -> list[tuple[str, Callable[[Any], Any] | None]]:
    made: list[tuple[str, Callable[[Any], Any] | None]] = []
    for field in fields(kind):
        named = str(field.type).removesuffix(" | None")
        made.append((field.name, _READERS.get(named)))
    return made


_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "UUID": UUID,
    "datetime": instant,
    "tuple[str, ...]": tuple,
    "tuple[datetime, ...]": lambda row: tuple(instant(one) for one in row),
}
