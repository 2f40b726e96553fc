"""Import templates: made, changed, removed, and the one that fits a file.

A template fits a file when all of its columns stand in the file's header; of several the one with
most columns is taken. One by positions has no header to be known by: it is chosen by a person.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal
from uuid import UUID

from kwabo.domain.contacts.columns import folded
from kwabo.domain.contacts.import_plan import Mapping, check_columns
from kwabo.domain.contacts.import_reading import Reading, check_reading
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.import_templates import ImportTemplate
from kwabo.services.consent_imports import refuse_consent_columns
from kwabo.services.contact_lists import COLUMN_MESSAGES
from kwabo.services.names import checked_name
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

MOST_TEMPLATES: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateValues:
    """What a person says of a template."""

    name: str
    reading: AnyMapping[str, Any]
    mapping: AnyMapping[str, Any]
    on_duplicate: Literal["update", "skip"] = "update"


class ImportTemplateService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[ImportTemplate]:
        """Every template, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.import_templates.all()

    async def get(self, asker: Asker, import_template_id: UUID) -> ImportTemplate:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return found_template(await stores.import_templates.get(import_template_id))

    async def add(self, asker: Asker, values: TemplateValues) -> ImportTemplate:
        """Raises Invalid, Conflict `NAME_TAKEN`, `TOO_MANY_TEMPLATES`."""
        now = self._clock.now()
        template = ImportTemplate(
            import_template_id=self._ids.new(),
            organisation_id=asker.organisation_id,
            version=1,
            created_at=now,
            updated_at=now,
            **_checked(values),
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if len(await stores.import_templates.all()) >= MOST_TEMPLATES:
                raise Conflict(
                    "TOO_MANY_TEMPLATES",
                    f"There are {MOST_TEMPLATES} templates. Remove one that is not needed.",
                )
            await stores.import_templates.add(template)
            await self._note(stores, asker, "import_template.created", template)
        return template

    async def change(
        self, asker: Asker, import_template_id: UUID, version: int, values: TemplateValues
    ) -> ImportTemplate:
        """Raises NotFound, Invalid, Conflict `NAME_TAKEN`, `STALE_VERSION`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_template(await stores.import_templates.get_for_change(import_template_id))
            check_version(version, old.version)
            new = replace(old, updated_at=self._clock.now(), **_checked(values))
            await stores.import_templates.change(new)
            await self._note(stores, asker, "import_template.changed", new)
            return found_template(await stores.import_templates.get(import_template_id))

    async def remove(self, asker: Asker, import_template_id: UUID) -> None:
        """Raises NotFound, Conflict `TEMPLATE_IN_USE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_template(await stores.import_templates.get_for_change(import_template_id))
            if not await stores.import_templates.remove(import_template_id):
                raise Conflict(
                    "TEMPLATE_IN_USE",
                    "A scheduled import uses this template. Give it another template first.",
                )
            await self._note(stores, asker, "import_template.removed", old)

    async def _note(
        self, stores: Stores, asker: Asker, action: str, template: ImportTemplate
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="import_template",
            subject_id=template.import_template_id,
            at=self._clock.now(),
            details={"name": template.name},
        )


def found_template(template: ImportTemplate | None) -> ImportTemplate:
    """The template, or NotFound."""
    if template is None:
        raise NotFound("NOT_FOUND", "There is no such import template.")
    return template


def fits(template: ImportTemplate, header: Sequence[str]) -> bool:
    """Whether every column that the template takes stands in the header."""
    there = {folded(name) for name in header}
    mapping = template.mapping
    wanted = [folded(m.source) for m in mapping.columns if m.column is not None]
    if wanted and mapping.consent is not None:
        wanted += [folded(source) for source in mapping.consent.columns.values()]
    return bool(wanted) and all(name in there for name in wanted)


def by_fit(templates: Sequence[ImportTemplate]) -> list[ImportTemplate]:
    """Those that a header can choose, the most particular first."""
    usable = [t for t in templates if not t.reading.fixed_fields]
    return sorted(usable, key=lambda t: (-len(t.mapping.columns), t.name))


def _checked(values: TemplateValues) -> dict[str, Any]:
    """The template's fields. Raises Invalid, with every fault of the reading in its details."""
    try:
        reading = Reading.from_json(values.reading)
        mapping = Mapping.from_json(dict(values.mapping))
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(
            "MAPPING_INVALID",
            "Each column of the mapping has a source and a kind, or is ignored.",
            field="mapping",
        ) from error
    for problem in check_reading(reading):
        message = READING_MESSAGES.get(problem.code) or COLUMN_MESSAGES[problem.code]
        raise Invalid(
            problem.code,
            message,
            field=f"reading.{problem.field}",
            details={"value": problem.value},
        )
    sources = [folded(m.source) for m in mapping.columns]
    if len(set(sources)) < len(sources):
        raise Invalid("COLUMN_TWICE", COLUMN_MESSAGES["COLUMN_TWICE"], field="mapping")
    code = check_columns([m.column for m in mapping.columns if m.column is not None])
    if code:
        raise Invalid(code, COLUMN_MESSAGES[code], field="mapping")
    known = set(sources)
    if mapping.consent is not None:
        taken = list(mapping.consent.columns.values())
        refuse_consent_columns(mapping.consent, taken)
        known |= {folded(source) for source in taken}
    for source in reading.replacements:
        if folded(source) not in known:
            raise Invalid(
                "REPLACEMENT_COLUMN",
                "A replacement is for a column that the template does not have. Take it out.",
                field=f"reading.replacements.{source}",
                details={"value": source},
            )
    return {
        "name": checked_name(values.name),
        "reading": reading,
        "mapping": mapping,
        "on_duplicate": values.on_duplicate,
    }


READING_MESSAGES: Final = {
    "ENCODING_UNKNOWN": "There is no such encoding. Choose one of those offered.",
    "DELIMITER_UNKNOWN": "The delimiters are ; , | and the tabulator.",
    "TOO_MANY_LINES": "At most 1,000 lines can be skipped. Give a smaller number.",
    "TOO_MANY_REPLACEMENTS": "A column has at most 10 replacements. Leave some out.",
    "POSITIONS_INVALID": "Positions begin at 1, and the last is not before the first.",
    "PATTERN_LENGTH": "A pattern needs 1 to 500 characters, what replaces it at most 500.",
    "PATTERN_INVALID": "The pattern cannot be read. It has RE2's syntax: no look-ahead, no back "
    "references inside it.",
    "PATTERN_GROUP": "The replacement refers to a group that the pattern does not have.",
}
