"""Applying a document: all of it in one transaction, or nothing.

Things that are there are changed where the document says something else, others are made; what the
document does not tell stays (with `remove`: things of its kinds go that it does not name). Then all
is read again: it has to be what the document says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request

from kwabo.api.errors import language_of
from kwabo.api.settings_documents.calls import Calls, body_of, route_of
from kwabo.api.settings_documents.checking import Checker, Wanted
from kwabo.api.settings_documents.kinds import KIND_OF, KINDS, Kind
from kwabo.api.settings_documents.problems import (
    Problem,
    of_refusal,
    of_validation,
    problem,
    refusal,
)
from kwabo.api.settings_documents.reading import Seen, place_of, read
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.settings_documents.differences import NOTHING, Difference, differences, same
from kwabo.domain.settings_documents.ordering import Change, Thing, ordered
from kwabo.domain.settings_documents.references import (
    identified,
    pointer,
    read_owned_key,
    references_in,
)
from kwabo.kernel.errors import KwaboError
from kwabo.services.catalogue import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How to apply."""

    dry_run: bool = False
    publish: bool = True  # flows, scripts and words of prompts; else they are drafts
    remove: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What changed, and what the document could not say."""

    differences: list[Difference]
    missing: list[tuple[str, str]]


class _Undone(Exception):
    """Leaves the transaction of a dry run."""


async def apply(
    asker: Asker,
    services: Services,
    request: Request,
    document: Mapping[str, Any],
    choices: Choices,
) -> Applied:
    """Make the settings what the document says, or only find out what would change.

    Raises Invalid `SETTINGS_REFUSED` with every place, and as `read`.
    """
    applied: Applied | None = None
    try:
        async with services.settings_documents.joined(asker) as joined:
            inner = services.over(joined)
            work = _Work(Calls(asker, inner, request), choices, language_of(request))
            applied = await work.apply(document)
            if choices.dry_run:
                raise _Undone
            if applied.differences:
                told = {"changes": len(applied.differences)}
                kinds = sorted({one.path.split("/")[1] for one in applied.differences})
                await inner.settings_documents.applied(asker, told | {"kinds": kinds})
    except _Undone:
        pass
    assert applied is not None
    return applied


@dataclass(slots=True)
class _Work:
    """One application of a document."""

    calls: Calls
    choices: Choices
    language: str
    seen: Seen = field(default_factory=Seen)
    wanted: Wanted = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    ids: dict[Thing, dict[str, str]] = field(default_factory=dict)  # of what is there by now
    failed: set[Thing] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    async def apply(self, document: Mapping[str, Any]) -> Applied:
        """See the module."""
        self.seen = await read(self.calls)
        self.before = self.seen.document()
        self.ids = {thing: dict(one.ids) for thing, one in self.seen.things.items()}
        checker = Checker(self.seen, self.language)
        self.wanted = checker.wanted(document)
        self._refuse(checker.problems)
        gone = list(self._gone(document)) if self.choices.remove else []
        found = [*self._differences(), *self._removals(gone)]
        changes, stuck = ordered(list(self._changes()))
        for change in stuck:
            self._stuck(change)
        for change in changes:
            await self._make(change)
        await self._remove(gone)
        self._refuse(self.problems)
        after = await read(self.calls)
        self._verify(after.document())
        return Applied(differences=found, missing=after.missing())

    # ── What is to be done ───────────────────────────────────────────────────────────────────────

    def _differences(self) -> Iterator[Difference]:
        for thing, fields in self.wanted.items():
            kind, place, old = KIND_OF[thing[0]], place_of(thing), self._old(thing)
            hidden = {name: "…" for name in kind.secret if fields.get(name) is not None}
            if old is None:
                yield Difference(path=place, old=NOTHING, new=fields | hidden)
                continue
            for name, value in fields.items():
                at = place + pointer(name)
                if name in hidden:
                    yield Difference(path=at, old="…", new="…")
                elif name not in kind.secret:
                    now = _compared(kind, name, old.get(name), value)
                    yield from differences(now, self._reachable(name, value, old), at)

    def _reachable(self, name: str, value: Any, old: Mapping[str, Any]) -> Any:
        """What this application makes of a value: nothing is published where that is not asked."""
        if self.choices.publish or name not in _PUBLISHED:
            return value
        return old.get(name) if name == "words" else _as_draft(old.get(name), value)

    def _changes(self) -> Iterator[Change]:
        order = {kind.name: index for index, kind in enumerate(KINDS)}
        for thing in sorted(self.wanted, key=lambda one: order[one[0]]):
            kind, old = KIND_OF[thing[0]], self._old(thing)
            fields = self._fields(thing)
            if old is None or self._differing(thing, old):
                needs = set(references_in(fields))
                owned = read_owned_key(thing[1]) if kind.owner else None
                if owned is not None:
                    needs.add((kind.owner, owned[0]))
                yield Change(thing=thing, part="", creates=old is None, needs=frozenset(needs))
            for part in kind.parts:
                value = self.wanted[thing].get(part.name)
                now = None if old is None else old.get(part.name)
                if part.name not in self.wanted[thing] or same(now, value):
                    continue
                if old is None and not value:
                    continue
                of_part = frozenset(references_in(value))
                yield Change(thing=thing, part=part.name, creates=old is None, needs=of_part)

    def _fields(self, thing: Thing) -> dict[str, Any]:
        parts = {part.name for part in KIND_OF[thing[0]].parts}
        return {name: one for name, one in self.wanted[thing].items() if name not in parts}

    def _differing(self, thing: Thing, old: Mapping[str, Any]) -> dict[str, Any]:
        kind = KIND_OF[thing[0]]
        return {
            name: value
            for name, value in self._fields(thing).items()
            if (name in kind.secret and value is not None)
            or (
                name not in kind.secret
                and not same(_compared(kind, name, old.get(name), value), value)
            )
        }

    def _old(self, thing: Thing) -> Mapping[str, Any] | None:
        kind, key = thing
        found: Any = self.before[kind] if KIND_OF[kind].single else self.before[kind].get(key)
        return found  # type: ignore[no-any-return]

    # ── Doing it ─────────────────────────────────────────────────────────────────────────────────

    async def _make(self, change: Change) -> None:
        thing, kind = change.thing, KIND_OF[change.thing[0]]
        if thing in self.failed or any(need in self.failed for need in change.needs):
            self.failed.add(thing)  # what is wrong with the other is told already
            return
        at = place_of(thing) + (pointer(change.part) if change.part else "")
        try:
            if change.part:
                written = kind.part(change.part)
                assert written is not None
                value = self._with_ids(self.wanted[thing][change.part])
                publish = self.choices.publish
                await written.write(self.calls, self.ids[thing], value, publish=publish)
            elif change.creates:
                await self._create(thing, kind)
            else:
                await self._change(thing, kind)
        except ValidationError as error:
            self._failed(thing, of_validation(at, error, self.language))
        except KwaboError as error:
            if error.status >= 500:
                raise
            part = kind.part(change.part)
            at += part.inside if part and error.details.get("fields") else ""
            self._failed(thing, of_refusal(at, error, self.language))

    def _failed(self, thing: Thing, problems: Iterator[Problem]) -> None:
        self.failed.add(thing)
        self.problems += problems

    async def _create(self, thing: Thing, kind: Kind) -> None:
        owned = read_owned_key(thing[1]) if kind.owner else None
        owner = self.ids[kind.owner, owned[0]] if owned else {}
        name = owned[1] if owned else thing[1]
        body = {kind.key: name, **kind.first, **self._with_ids(self._fields(thing))}
        answer = await self.calls.ask("POST", kind.add or kind.path, owner, body)
        self.ids[thing] = {**owner, kind.id: answer[kind.id]}

    async def _change(self, thing: Thing, kind: Kind) -> None:
        old = self._old(thing)
        assert old is not None
        seen, ids = self.seen.things[thing], self.ids[thing]
        body = self._with_ids(self._differing(thing, old))
        for name in kind.removes & body.keys():
            body[name] = dict.fromkeys(seen.content[name]) | body[name]
        if kind.whole or kind.change == "PUT":
            kept = {n: v for n, v in seen.content.items() if kind.part(n) is None}
            body = {**kept, **body}
            if not kind.single:
                body[kind.key] = thing[1]
        model = body_of(route_of(kind.change, kind.place))
        assert model is not None
        fixed = sorted(body.keys() - model.model_fields)
        if fixed:
            for name in fixed:
                self._fixed(thing, name)
            return
        if "version" in model.model_fields:
            body["version"] = (await self._fresh(kind, ids, seen.raw))["version"]
        await self.calls.ask(kind.change, kind.place, ids, body)

    async def _fresh(
        self, kind: Kind, ids: Mapping[str, str], raw: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """The thing as it is by now: changes of others may have changed it too."""
        try:
            route_of("GET", kind.place)
        except KeyError:
            return raw
        found: Mapping[str, Any] = await self.calls.ask("GET", kind.place, ids)
        return found

    def _with_ids(self, value: Any) -> Any:
        found, lost = identified(value, self._id_of)
        assert not lost, lost  # the order saw to it
        return found

    def _id_of(self, kind: str, key: str) -> str | None:
        ids = self.ids.get((kind, key))
        return None if ids is None else ids[KIND_OF[kind].id]

    def _fixed(self, thing: Thing, name: str) -> None:
        self.failed.add(thing)
        self.problems.append(
            problem(
                place_of(thing) + pointer(name),
                "SETTINGS_FIXED",
                "This cannot be changed any more once it is made. Leave it as it is, or give the "
                "thing another name, so that a new one is made.",
                self.language,
            )
        )

    # ── Removing ─────────────────────────────────────────────────────────────────────────────────

    def _gone(self, document: Mapping[str, Any]) -> Iterator[Thing]:
        """Things of kinds that the document tells, and that it does not name."""
        for kind in reversed(KINDS):
            for thing in self.seen.things:
                mine = thing[0] == kind.name and kind.name in document
                if mine and kind.removable and thing not in self.wanted:
                    yield thing

    def _removals(self, gone: list[Thing]) -> Iterator[Difference]:
        for thing in gone:
            yield Difference(path=place_of(thing), old=self._old(thing), new=NOTHING)

    async def _remove(self, gone: list[Thing]) -> None:
        """One after the other; what another one of them needs goes after it."""
        left = list(gone)
        while left:
            refused: dict[Thing, KwaboError] = {}
            for thing in left:
                try:
                    await self.calls.ask("DELETE", KIND_OF[thing[0]].item, self.ids[thing])
                except KwaboError as error:
                    if error.status >= 500:
                        raise
                    refused[thing] = error
            if len(refused) == len(left):
                for thing, why in refused.items():
                    self.problems += of_refusal(place_of(thing), why, self.language)
                return
            left = list(refused)

    # ── What is wrong ────────────────────────────────────────────────────────────────────────────

    def _stuck(self, change: Change) -> None:
        self.problems.append(
            problem(
                place_of(change.thing),
                "SETTINGS_CIRCLE",
                "This and what it refers to refer to each other, so that none can be made first. "
                "Leave one of the references out, apply, and apply again with it.",
                self.language,
            )
        )

    def _verify(self, after: Mapping[str, Any]) -> None:
        """Everything is as the document says, else it would be changed again each time."""
        problems = []
        for thing, fields in self.wanted.items():
            kind = KIND_OF[thing[0]]
            now = after[kind.name] if kind.single else after[kind.name].get(thing[1])
            if now is None:
                problems.append(self._not_taken(place_of(thing), "another name"))
                continue
            for name, value in fields.items():
                if name in kind.secret or (name in _PUBLISHED and not self.choices.publish):
                    continue
                at = place_of(thing) + pointer(name)
                found = differences(value, _compared(kind, name, now.get(name), value), at)
                problems += [self._not_taken(one.path, one.new) for one in found]
        self._refuse(problems)

    def _not_taken(self, path: str, kept: Any) -> Problem:
        text = "nothing" if kept is NOTHING else repr(kept)
        return problem(
            path,
            "SETTINGS_NOT_TAKEN",
            f"Kwabo keeps {text} here. Write it so, or leave it out.",
            self.language,
            kept=text,
        )

    def _refuse(self, problems: list[Problem]) -> None:
        if problems:
            raise refusal(problems)


_PUBLISHED = {"versions", "words"}


def _compared(kind: Kind, name: str, old: Any, wanted: Any) -> Any:
    """What a value is compared with: of entries that stay, only those that are told."""
    if name in kind.merges and isinstance(old, Mapping) and isinstance(wanted, Mapping):
        return {key: one for key, one in old.items() if key in wanted}
    return old


def _as_draft(old: Any, wanted: Any) -> Any:
    """What versions become when nothing is published."""
    published = (old or {}).get("published")
    draft = wanted.get("draft") or wanted.get("published")
    return {"published": published, "draft": None if draft == published else draft}
