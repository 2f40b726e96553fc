"""Import templates: how files of one kind are read."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.imports import MappingAnswer, MappingBody
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.domain.contacts.import_reading import LONGEST_PATTERN
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.import_templates import ImportTemplate
from kwabo.services.import_templates import TemplateValues

router = APIRouter(tags=["contacts"])

Reader = Annotated[Asker, requires("contacts.read")]
Writer = Annotated[Asker, requires("lists.write")]


class ReplacementPart(RequestBody):
    """What is found in a cell (RE2 syntax) and what takes its place."""

    find: Annotated[str, Field(max_length=LONGEST_PATTERN)]
    replace: Annotated[str, Field(max_length=LONGEST_PATTERN)] = ""


class FixedFieldPart(RequestBody):
    """A column by its places in the line: first and last character, from 1."""

    name: Annotated[str, Field(max_length=128)]
    start: int
    end: int


class ReadingPart(RequestBody):
    """How the file is read; null: as detected."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: Annotated[str | None, Field(max_length=200)] = None
    has_header: bool | None = None
    skip_lines: int = 0
    trailer_lines: int = 0
    trim: bool = True
    fixed_fields: list[FixedFieldPart] = Field(default_factory=list, max_length=300)
    replacements: dict[str, list[ReplacementPart]] = Field(default_factory=dict, max_length=300)


class ImportTemplateBody(RequestBody):
    """A template; columns of a file that the mapping does not name are left out."""

    name: Annotated[str, Field(max_length=200)]
    reading: ReadingPart = ReadingPart()
    mapping: MappingBody
    on_duplicate: Literal["update", "skip"] = "update"

    def values(self) -> TemplateValues:
        return TemplateValues(
            name=self.name,
            reading=self.reading.model_dump(mode="json"),
            mapping=self.mapping.model_dump(exclude_none=True, mode="json"),
            on_duplicate=self.on_duplicate,
        )


class ImportTemplatePatch(ImportTemplateBody):
    """The whole template as it is to be."""

    version: int


class ImportTemplateAnswer(Answer):
    """A template."""

    import_template_id: UUID
    name: str
    reading: dict[str, Any]
    mapping: MappingAnswer
    on_duplicate: str
    version: int
    created_at: UtcTime
    updated_at: UtcTime


@router.get("/import-templates")
async def list_import_templates(
    asker: Reader, services: TheServices
) -> ListAnswer[ImportTemplateAnswer]:
    """The organisation's templates, by name."""
    found = await services.import_templates.all(asker)
    return ListAnswer[ImportTemplateAnswer](
        items=[_answer(template) for template in found], next_page_token=None, total=len(found)
    )


@router.post("/import-templates", status_code=201)
async def add_import_template(
    body: ImportTemplateBody, asker: Writer, services: TheServices
) -> ImportTemplateAnswer:
    """Make a template."""
    return _answer(await services.import_templates.add(asker, body.values()))


@router.get("/import-templates/{import_template_id}")
async def get_import_template(
    import_template_id: UUID, asker: Reader, services: TheServices
) -> ImportTemplateAnswer:
    """One template."""
    return _answer(await services.import_templates.get(asker, import_template_id))


@router.patch("/import-templates/{import_template_id}")
async def change_import_template(
    import_template_id: UUID, body: ImportTemplatePatch, asker: Writer, services: TheServices
) -> ImportTemplateAnswer:
    """Change a template; imports that have been prepared with it stay as they were."""
    return _answer(
        await services.import_templates.change(
            asker, import_template_id, body.version, body.values()
        )
    )


@router.delete("/import-templates/{import_template_id}", status_code=204)
async def remove_import_template(
    import_template_id: UUID, asker: Writer, services: TheServices
) -> None:
    """Remove a template that no scheduled import uses."""
    await services.import_templates.remove(asker, import_template_id)


def _answer(template: ImportTemplate) -> ImportTemplateAnswer:
    return ImportTemplateAnswer(
        import_template_id=template.import_template_id,
        name=template.name,
        reading=template.reading.as_json(),
        mapping=MappingAnswer.model_validate(template.mapping.as_json()),
        on_duplicate=template.on_duplicate,
        version=template.version,
        created_at=template.created_at,
        updated_at=template.updated_at,
    )
