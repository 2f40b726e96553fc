"""What differs between two documents, by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kwabo.domain.settings_documents.references import pointer


class Nothing:
    """What stands where a document has no value: null is a value."""

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = Nothing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place whose value is not the same. NOTHING: there is none on that side."""

    path: str  # JSON Pointer
    old: Any
    new: Any


def differences(old: Any, new: Any, path: str = "") -> Iterator[Difference]:
    """Every place that differs, the smallest that tells it, in the order of the old document.

    Mappings are compared entry by entry, lists of the same length item by item; other lists as a
    whole. Numbers that are equal do not differ (`1` and `1.0`), a number and a truth value do.
    """
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*old, *(one for one in new if one not in old)]:
            yield from differences(
                old.get(key, NOTHING), new.get(key, NOTHING), path + pointer(key)
            )
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from differences(before, after, path + pointer(index))
    elif isinstance(old, bool) is not isinstance(new, bool) or old != new:
        yield Difference(path=path, old=old, new=new)


def same(old: Any, new: Any) -> bool:
    """Whether nothing differs."""
    return next(differences(old, new), None) is None
