"""The settings as they are: every thing by its name, and the document that tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kwabo.api.settings_documents.calls import NO_IDS, Calls, Ids
from kwabo.api.settings_documents.fitting import canonical, fitted
from kwabo.api.settings_documents.kinds import KIND_OF, KINDS, Kind
from kwabo.domain.settings_documents.ordering import Thing
from kwabo.domain.settings_documents.references import (
    ids_in,
    named,
    owned_key,
    pointer,
    step,
)
from kwabo.kernel.errors import Conflict

FORMAT: Final = 1
FORMAT_FIELD: Final = "kwabo_settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenThing:
    """A thing that is there."""

    kind: Kind
    key: str  # "" of which there is one only
    ids: Ids  # of its own place
    raw: Mapping[str, Any]  # its answer
    content: Mapping[str, Any]  # what a document says of it, with ids


@dataclass(slots=True)
class Seen:
    """All settings of an organisation."""

    things: dict[Thing, SeenThing] = field(default_factory=dict)

    def names(self) -> dict[str, tuple[str, str]]:
        """Id → kind and name."""
        return {
            one.ids[one.kind.id]: (one.kind.name, one.key)
            for one in self.things.values()
            if not one.kind.single
        }

    def document(self) -> dict[str, Any]:
        """The document: kind → name → fields; of which there is one only: kind → fields."""
        names = self.names()
        found: dict[str, Any] = {FORMAT_FIELD: FORMAT}
        for kind in KINDS:
            mine = [one for one in self.things.values() if one.kind is kind]
            contents = {one.key: named(one.content, names) for one in mine}
            found[kind.name] = contents[""] if kind.single else dict(sorted(contents.items()))
        return found

    def missing(self) -> list[tuple[str, str]]:
        """Places whose values no document holds, and why."""
        names = self.names()
        found = []
        for one in self.things.values():
            place = pointer(one.kind.name) if one.kind.single else pointer(one.kind.name, one.key)
            found += [(place + inner, why) for inner, why in one.kind.missing(one.raw)]
            strange = ids_in(named(one.content, names))
            found += [(place + inner, "ELSEWHERE") for _, inner in strange]
        return sorted(found)


async def read(calls: Calls) -> Seen:
    """Everything. Raises Forbidden where the person may not see it all, Conflict `SAME_NAME`."""
    seen = Seen()
    for kind in KINDS:
        if kind.single:
            await _keep(seen, calls, kind, NO_IDS, await calls.ask("GET", kind.path))
        elif kind.owner:
            owners = [one for one in seen.things.values() if one.kind.name == kind.owner]
            for owner in owners:
                for raw in await calls.items(kind.path, owner.ids):
                    await _keep(seen, calls, kind, owner.ids, raw)
        else:
            for raw in await calls.items(kind.path):
                await _keep(seen, calls, kind, NO_IDS, raw)
    return seen


async def _keep(seen: Seen, calls: Calls, kind: Kind, owner: Ids, raw: Mapping[str, Any]) -> None:
    ids = dict(owner)
    if not kind.single:
        ids[kind.id] = raw[kind.id]
    if kind.each:
        raw = await calls.ask("GET", kind.item, ids)
    key = ""
    if not kind.single:
        key = raw[kind.key]
    if kind.owner:
        names = {one.ids[KIND_OF[kind.owner].id]: one.key for one in seen.things.values()
                 if one.kind.name == kind.owner}  # fmt: skip
        key = owned_key(names[owner[KIND_OF[kind.owner].id]], key)
    if (kind.name, key) in seen.things:
        raise Conflict(
            "SAME_NAME",
            f"Two things are called {key!r} ({kind.name}). Give one of them another name, or "
            "delete it: the document tells things by their names.",
            details={"name": key, "kind": kind.name},
        )
    content = await _content(calls, kind, ids, raw)
    seen.things[kind.name, key] = SeenThing(kind=kind, key=key, ids=ids, raw=raw, content=content)


async def _content(calls: Calls, kind: Kind, ids: Ids, raw: Mapping[str, Any]) -> dict[str, Any]:
    shaped = kind.shape(raw)
    found = {
        name: canonical(fitted(shaped[name], form), form)
        for name, form in kind.fields().items()
        if name not in kind.secret and name in shaped
    }
    for part in kind.parts:
        value = fitted(await part.read(calls, ids, raw), part.form)
        found[part.name] = canonical(value, part.form)
    return kind.settle(found)


def place_of(thing: Thing) -> str:
    """Where a document tells the thing."""
    kind, key = thing
    return f"/{step(kind)}" if KIND_OF[kind].single else pointer(kind, key)
