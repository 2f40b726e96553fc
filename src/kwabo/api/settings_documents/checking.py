"""A document that somebody wrote, checked and in the form in which documents are compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from pydantic import ValidationError

from kwabo.api.settings_documents.fitting import canonical
from kwabo.api.settings_documents.kinds import KIND_OF, Kind
from kwabo.api.settings_documents.problems import Problem, of_validation, problem
from kwabo.api.settings_documents.reading import FORMAT, FORMAT_FIELD, Seen, place_of
from kwabo.domain.settings_documents.ordering import Thing
from kwabo.domain.settings_documents.references import (
    identified,
    named,
    pointer,
    read_owned_key,
    reference,
)

Wanted = dict[Thing, dict[str, Any]]  # fields of things, with references
_OF_NOTHING_YET: Final = UUID("6f1b1c9e-52c3-4a27-9a0e-2f6f0a3f5d11")


class Checker:
    """Collects everything wrong with a document."""

    def __init__(self, seen: Seen, language: str) -> None:
        self._seen = seen
        self._language = language
        self._ids: dict[Thing, str] = {
            one: there.ids[there.kind.id]
            for one, there in seen.things.items()
            if not there.kind.single
        }
        self.problems: list[Problem] = []

    def wanted(self, document: Mapping[str, Any]) -> Wanted:
        """What the document says, by thing, as far as it is not wrong."""
        if document.get(FORMAT_FIELD) != FORMAT:
            self._wrong(
                pointer(FORMAT_FIELD),
                "SETTINGS_FORMAT",
                f"This is no document of settings of a kind that this version reads: "
                f"{FORMAT_FIELD!r} has to be {FORMAT}.",
            )
            return {}
        found = dict(self._things(document))
        for kind, key in found:  # what is to be made can be referred to
            if not KIND_OF[kind].single:
                made = str(uuid5(_OF_NOTHING_YET, reference(kind, key)))
                self._ids.setdefault((kind, key), made)
        names = {id_: thing for thing, id_ in self._ids.items()}
        return {thing: named(self._fields(thing, fields), names) for thing, fields in found.items()}

    def _things(self, document: Mapping[str, Any]) -> Iterator[tuple[Thing, Mapping[str, Any]]]:
        for name, value in document.items():
            kind = KIND_OF.get(name)
            if name == FORMAT_FIELD:
                continue
            if kind is None:
                self._wrong(
                    pointer(name),
                    "SETTINGS_KIND_UNKNOWN",
                    f"There is no kind of settings {name!r}. Known are: {', '.join(KIND_OF)}.",
                    known=", ".join(KIND_OF),
                )
            elif not isinstance(value, Mapping):
                self._no_object(pointer(name))
            elif kind.single:
                yield (name, ""), value
            else:
                for key, fields in value.items():
                    if isinstance(fields, Mapping):
                        if self._owned(kind, key, document):
                            yield (name, key), fields
                    else:
                        self._no_object(pointer(name, key))

    def _owned(self, kind: Kind, key: str, document: Mapping[str, Any]) -> bool:
        if not kind.owner:
            return True
        parts = read_owned_key(key)
        owners = document.get(kind.owner)
        if parts is not None and (
            (kind.owner, parts[0]) in self._seen.things
            or (isinstance(owners, Mapping) and parts[0] in owners)
        ):
            return True
        self._wrong(
            pointer(kind.name, key),
            "SETTINGS_OWNER_UNKNOWN",
            f"The name has to be that of one of {kind.owner}, a / and the own name. Write a / "
            "within a name as ~1.",
            owners=kind.owner,
        )
        return False

    def _fields(self, thing: Thing, fields: Mapping[str, Any]) -> dict[str, Any]:
        kind, place = KIND_OF[thing[0]], place_of(thing)
        forms = {**kind.fields(), **{part.name: part.form for part in kind.parts}}
        found: dict[str, Any] = {}
        for name, written in fields.items():
            at = place + pointer(name)
            if name not in forms:
                self._wrong(
                    at,
                    "SETTINGS_FIELD_UNKNOWN",
                    f"{kind.name} have no such setting. Known are: {', '.join(forms)}.",
                    known=", ".join(forms),
                )
                continue
            value, lost = identified(written, self._id_of, at)
            for where, text in lost:
                self._wrong(
                    where,
                    "SETTINGS_REFERENCE_UNKNOWN",
                    f"{text} is neither in the document nor there. Add it, or write another one.",
                    reference=text,
                )
            if lost:
                continue
            try:
                found[name] = canonical(value, forms[name])
            except ValidationError as error:
                self.problems += of_validation(at, error, self._language)
        return kind.settle(found)

    def _id_of(self, kind: str, key: str) -> str | None:
        return self._ids.get((kind, key))

    def _no_object(self, path: str) -> None:
        self._wrong(path, "SETTINGS_OBJECT", "Here stands an object with names: { … }.")

    def _wrong(self, path: str, code: str, message: str, **details: Any) -> None:
        self.problems.append(problem(path, code, message, self._language, **details))
