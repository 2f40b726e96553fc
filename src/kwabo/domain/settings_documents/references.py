"""References by name in place of ids, so that a document fits another organisation.

A reference is a text `@queues/Ventes`: the kind, then the name of the thing in that kind. A text of
somebody's own that begins with @ has a second one before it. Names of things that belong to another
are both names, each written as in a JSON Pointer (RFC 6901): `@filters/Abonnés/Un sur mille`.
Places in documents are JSON Pointers throughout.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

_MARK: Final = "@"
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def reference(kind: str, key: str) -> str:
    """The text that stands for a thing."""
    return f"{_MARK}{kind}/{key}"


def read_reference(text: str) -> tuple[str, str] | None:
    """The kind and the name, or None for a text that is none."""
    if not text.startswith(_MARK) or text.startswith(_MARK * 2) or "/" not in text:
        return None
    kind, _, key = text[1:].partition("/")
    return kind, key


def step(name: str) -> str:
    """A name as a step of a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def unstep(written: str) -> str:
    """The name of a step."""
    return written.replace("~1", "/").replace("~0", "~")


def pointer(*names: str | int) -> str:
    """The place to which these steps lead."""
    return "".join(f"/{step(str(name))}" for name in names)


def owned_key(owner: str, name: str) -> str:
    """The name of a thing that belongs to another."""
    return f"{step(owner)}/{step(name)}"


def read_owned_key(key: str) -> tuple[str, str] | None:
    """The owner's name and the own one, or None where it is no such name."""
    parts = key.split("/")
    return (unstep(parts[0]), unstep(parts[1])) if len(parts) == 2 else None


def named(value: Any, names: Mapping[str, tuple[str, str]]) -> Any:
    """The value with a reference in place of each id of `names` (id → kind, name)."""

    def change(text: str) -> str:
        if text in names:
            return reference(*names[text])
        return _MARK + text if text.startswith(_MARK) else text

    return _changed(value, change)


def identified(
    value: Any, id_of: Callable[[str, str], str | None], at: str = ""
) -> tuple[Any, list[tuple[str, str]]]:
    """The value with ids in place of references, and those that lead nowhere: place, reference."""
    lost: list[tuple[str, str]] = []

    def change(text: str, place: str) -> str:
        found = read_reference(text)
        if found is not None:
            known = id_of(*found)
            if known is None:
                lost.append((place, text))
                return text
            return known
        return text[1:] if text.startswith(_MARK * 2) else text

    def walk(one: Any, place: str) -> Any:
        if isinstance(one, str):
            return change(one, place)
        if isinstance(one, Mapping):
            return {change(k, place): walk(v, place + pointer(k)) for k, v in one.items()}
        if isinstance(one, list | tuple):
            return [walk(each, place + pointer(index)) for index, each in enumerate(one)]
        return one

    return walk(value, at), lost


def references_in(value: Any) -> Iterator[tuple[str, str]]:
    """Every reference in the value: kind and name."""
    for text, _ in _texts(value):
        found = read_reference(text)
        if found is not None:
            yield found


def ids_in(value: Any) -> Iterator[tuple[str, str]]:
    """Every text that is an id, with its place: nothing of the document has that id."""
    for text, place in _texts(value):
        if _ID.fullmatch(text):
            yield text, place


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {change(key): _changed(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_changed(one, change) for one in value]
    return value


def _texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield value, place
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield key, place
            yield from _texts(one, place + pointer(key))
    elif isinstance(value, list | tuple):
        for index, one in enumerate(value):
            yield from _texts(one, place + pointer(index))
