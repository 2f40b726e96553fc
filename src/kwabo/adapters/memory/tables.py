"""Tables in memory whose changes a transaction can take back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_MISSING: Any = object()


class Journal:
    """What was there before each change of the transaction under way."""

    def __init__(self) -> None:
        self._before: list[tuple[dict[Any, Any], Any, Any]] = []
        self._told: list[tuple[Callable[[Any], None], Any]] = []

    def note(self, rows: dict[Any, Any], key: Any) -> None:
        """A row is about to change."""
        self._before.append((rows, key, rows.get(key, _MISSING)))

    def tell(self, watcher: Callable[[Any], None], row: Any) -> None:
        """Have a watcher told of a row once the transaction has ended well."""
        self._told.append((watcher, row))

    def keep(self) -> None:
        """The transaction has ended well."""
        told, self._told = self._told, []
        for watcher, row in told:
            watcher(row)

    def take_back(self) -> None:
        """Undo every change, the newest first."""
        self._told.clear()
        while self._before:
            rows, key, value = self._before.pop()
            if value is _MISSING:
                rows.pop(key, None)
            else:
                rows[key] = value


class Table(Generic[K, V]):
    """Rows by key; a row is replaced whole, never changed."""

    def __init__(self) -> None:
        self._rows: dict[K, V] = {}
        self.watcher: Callable[[V], None] | None = None  # told of each row put, once committed

    def put(self, key: K, value: V, journal: Journal | None = None) -> None:
        """Insert or replace."""
        if journal is not None:
            journal.note(self._rows, key)
        self._rows[key] = value
        if self.watcher is not None:
            if journal is not None:
                journal.tell(self.watcher, value)
            else:
                self.watcher(value)

    def remove(self, key: K) -> None:
        """Delete; not for transactions."""
        self._rows.pop(key, None)

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

    def items(self) -> list[tuple[K, V]]:
        """Keys and rows."""
        return list(self._rows.items())
