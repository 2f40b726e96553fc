"""Tables in memory whose changes a transaction can take back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, Protocol, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_MISSING: Any = object()


class Index(Protocol):
    """Follows a table: told of every change, also of those that are taken back."""

    def change(self, key: Any, old: Any, new: Any) -> None:
        """A row takes the place of another; None stands for no row."""
        ...


class Journal:
    """What was there before each change of the transaction under way."""

    __slots__ = ("_before", "_told")

    def __init__(self) -> None:
        self._before: list[tuple[Table[Any, Any], Any, Any]] = []
        self._told: list[tuple[Callable[[Any], None], Any]] = []

    def note(self, table: Table[Any, Any], key: Any, before: Any) -> None:
        """A row has changed."""
        self._before.append((table, key, before))

    def tell(self, watcher: Callable[[Any], None], row: Any) -> None:
        """Have a watcher told of a row once the transaction has ended well."""
        self._told.append((watcher, row))

    def keep(self) -> None:
        """The transaction has ended well."""
        if self._told:
            told, self._told = self._told, []
            for watcher, row in told:
                watcher(row)

    def take_back(self) -> None:
        """Undo every change, the newest first."""
        self._told.clear()
        while self._before:
            table, key, before = self._before.pop()
            table.restore(key, before)


class Table(Generic[K, V]):
    """Rows by key; a row is replaced whole, never changed."""

    __slots__ = ("_index", "_rows", "watcher")

    def __init__(self, index: Index | None = None) -> None:
        self._rows: dict[K, V] = {}
        self._index = index
        self.watcher: Callable[[V], None] | None = None  # told of each row put, once committed

    def put(self, key: K, value: V, journal: Journal | None = None) -> None:
        """Insert or replace."""
        before = self._rows.get(key, _MISSING)
        self._rows[key] = value
        if self._index is not None:
            self._index.change(key, None if before is _MISSING else before, value)
        if journal is not None:
            journal.note(self, key, before)
        if self.watcher is not None:
            if journal is not None:
                journal.tell(self.watcher, value)
            else:
                self.watcher(value)

    def restore(self, key: K, before: Any) -> None:
        """Put back what a journal has noted."""
        now = self._rows.pop(key, _MISSING) if before is _MISSING else self._rows.get(key)
        if before is not _MISSING:
            self._rows[key] = before
        if self._index is not None:
            self._index.change(
                key, None if now is _MISSING else now, None if before is _MISSING else before
            )

    def remove(self, key: K) -> None:
        """Delete; not for transactions."""
        before = self._rows.pop(key, None)
        if before is not None and self._index is not None:
            self._index.change(key, before, None)

    def get(self, key: K) -> V | None:
        """The row, if any."""
        return self._rows.get(key)

    def __getitem__(self, key: K) -> V:
        return self._rows[key]

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[V]:
        return iter(list(self._rows.values()))

    def __len__(self) -> int:
        return len(self._rows)

    def copy(self) -> dict[K, V]:
        """The rows by key, as they are now."""
        return self._rows.copy()

    def items(self) -> list[tuple[K, V]]:
        """Keys and rows."""
        return list(self._rows.items())
