"""Flows: drafts, versions, what differs, files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.api.translations import translated
from kwabo.domain.flows.fields import Field as NodeSetting
from kwabo.domain.flows.fields import Kind, read, read_all
from kwabo.domain.flows.nodes import NODE_TYPES
from kwabo.domain.flows.nodes.node_type import NodeType
from kwabo.domain.flows.problems import Finding
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.flows import FlowVersion, KeptFlow
from kwabo.services.flows import CheckedFlow, FlowChange, ListedFlow

router = APIRouter(tags=["flows"])

Reader = Annotated[Asker, requires("flows.read")]
Writer = Annotated[Asker, requires("flows.write")]
Publisher = Annotated[Asker, requires("flows.publish")]
Document = Annotated[dict[str, Any], Field(max_length=20)]
Tests = Annotated[list[dict[str, Any]], Field(max_length=200)]
Note = Annotated[str, Field(max_length=2000)]
_SAMPLE: Final = "9"  # a key, and a name of a way


class FlowFinding(Answer):
    """One thing wrong with a flow."""

    node: str  # '': of the flow as a whole
    field: str
    code: str
    message: str


class FlowUserAnswer(Answer):
    """Something that needs a flow."""

    kind: str
    name: str


class FlowRow(Answer):
    """A flow in the list."""

    flow_id: UUID
    name: str
    nodes: int
    languages: list[str]
    tests_count: int
    published_version: int | None
    version: int
    updated_at: UtcTime

    @staticmethod
    def values(flow: KeptFlow) -> dict[str, Any]:
        """What a row shows."""
        nodes, languages = flow.draft.get("nodes"), flow.draft.get("languages")
        return {
            "flow_id": flow.flow_id,
            "name": flow.name,
            "nodes": len(nodes) if isinstance(nodes, list) else 0,
            "languages": [str(one) for one in languages] if isinstance(languages, list) else [],
            "tests_count": len(flow.tests),
            "published_version": flow.published_version,
            "version": flow.version,
            "updated_at": flow.updated_at,
        }


class ListedFlowAnswer(FlowRow):
    """A row of the list, with what it takes a look around to tell."""

    draft_changed: bool  # since it was published
    used_by: list[str]

    @classmethod
    def of(cls, listed: ListedFlow) -> ListedFlowAnswer:
        """The answer for a flow."""
        return cls(
            **cls.values(listed.flow),
            draft_changed=listed.draft_changed,
            used_by=[one.name for one in listed.users],
        )


class FlowAnswer(FlowRow):
    """A flow; documents are described in docs/developers/flows.md.

    `notes`: name → types of values that calls note in the published flow and those that it runs;
    in the draft, where none is published.
    """

    draft: dict[str, Any]
    tests: list[dict[str, Any]]
    findings: list[FlowFinding]
    users: list[FlowUserAnswer]
    notes: dict[str, list[str]]

    @classmethod
    def of(cls, checked: CheckedFlow, language: str) -> FlowAnswer:
        """The answer for a flow."""
        return cls(
            **FlowRow.values(checked.flow),
            draft=dict(checked.flow.draft),
            tests=[dict(one) for one in checked.flow.tests],
            findings=findings_answer(checked.findings, language),
            users=[FlowUserAnswer.model_validate(one) for one in checked.users],
            notes={name: sorted(types) for name, types in sorted(checked.notes.items())},
        )


class FlowBody(RequestBody):
    """A flow to be added; the document may be wrong still."""

    name: str
    draft: Document
    tests: Tests = Field(default_factory=list)


class FlowPatch(RequestBody):
    """What to change; a field that is missing stays."""

    version: int
    name: str | None = None
    draft: Document | None = None
    tests: Tests | None = None


class FlowCheckBody(RequestBody):
    """A document to be looked at; `flow_id`: of the flow whose draft it is to become."""

    flow_id: UUID | None = None
    draft: Document
    tests: Tests = Field(default_factory=list)


class FlowCheckAnswer(Answer):
    """Everything wrong with a document."""

    findings: list[FlowFinding]


class FlowPublishBody(RequestBody):
    """Publish the draft of this version."""

    version: int
    note: Note = ""


class FlowRollBackBody(RequestBody):
    """Publish an older version again."""

    version: int
    to_version: Annotated[int, Field(ge=1)]
    note: Note = ""


class FlowFile(RequestBody):
    """A flow as a file; `names` tells what the document's ids are called."""

    kwabo_flow: int  # the file's format
    name: str
    document: Document
    tests: Tests = Field(default_factory=list)
    names: dict[str, dict[str, str]] = Field(default_factory=dict)  # noun → id → name


class FlowVersionAnswer(Answer):
    """A published version."""

    version: int
    note: str
    restored_from: int | None
    user_name: str | None
    published_at: UtcTime
    document: dict[str, Any]
    tests: list[dict[str, Any]]

    @classmethod
    def of(cls, version: FlowVersion) -> FlowVersionAnswer:
        """The answer for a version."""
        return cls(
            version=version.version,
            note=version.note,
            restored_from=version.restored_from,
            user_name=version.user_name,
            published_at=version.published_at,
            document=dict(version.document),
            tests=[dict(one) for one in version.tests],
        )


class FlowDifference(Answer):
    """A node, or an entry of the flow as a whole, that is not the same."""

    node: str
    change: str
    fields: list[str]


class NodeField(Answer):
    """A setting of a node."""

    name: str
    kind: str
    required: bool
    default: Any
    least: int
    most: int
    choices: list[str]
    noun: str
    types: list[str]
    fields: list[NodeField]

    @classmethod
    def of(cls, field: NodeSetting) -> NodeField:
        """The answer for a field; `default` is what counts when nothing is set."""
        return cls(
            name=field.name,
            kind=field.kind,
            required=field.required,
            default=read(field, None),
            least=field.least,
            most=field.most or (50 if field.kind in ("list", "map", "names") else 0),
            choices=list(field.choices),
            noun=field.noun,
            types=list(field.types),
            fields=[cls.of(one) for one in field.fields],
        )


class NodeTypeAnswer(Answer):
    """A kind of node. Its ways are those without settings, and those that a list's entries name."""

    type: str
    fields: list[NodeField]
    needed_ways: list[str]
    possible_ways: list[str]
    ways_from: str  # such as `options.key`: every entry's `key` is a way; '': no list adds ways
    instead: dict[str, str]
    asks: bool
    ends: bool

    @classmethod
    def of(cls, kind: NodeType) -> NodeTypeAnswer:
        """The answer for a kind of node."""
        ways = kind.ways(read_all(kind.fields, {}))
        return cls(
            type=kind.name,
            fields=[NodeField.of(one) for one in kind.fields],
            needed_ways=list(ways.needed),
            possible_ways=list(ways.possible),
            ways_from=_ways_from(kind),
            instead=dict(kind.instead),
            asks=kind.asks,
            ends=kind.ends,
        )


def _ways_from(kind: NodeType) -> str:
    """The list field, and the field of its entries, that adds ways to a node of this kind."""
    for field in kind.fields:
        for inner in field.fields if field.kind == Kind.LIST else ():
            settings = read_all(kind.fields, {field.name: [{inner.name: _SAMPLE}]})
            if _SAMPLE in kind.ways(settings).needed:
                return f"{field.name}.{inner.name}"
    return ""


def findings_answer(found: Sequence[Finding], language: str) -> list[FlowFinding]:
    """Findings in the asker's language."""
    return [
        FlowFinding(
            node=one.node,
            field=one.field,
            code=one.code,
            message=translated(one.code, language, one.details) or one.message,
        )
        for one in found
    ]


@router.get("/flow-node-types")
async def list_flow_node_types(asker: Reader) -> ListAnswer[NodeTypeAnswer]:
    """Every kind of node with its settings and ways, for editors."""
    items = [NodeTypeAnswer.of(kind) for kind in NODE_TYPES.values()]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get("/flows")
async def list_flows(asker: Reader, services: TheServices) -> ListAnswer[ListedFlowAnswer]:
    """Every flow, by name."""
    items = [ListedFlowAnswer.of(one) for one in await services.flows.listed(asker)]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/flows", status_code=201)
async def add_flow(
    body: FlowBody, asker: Writer, services: TheServices, request: Request
) -> FlowAnswer:
    """Add a flow; no call goes through it before it is published."""
    made = await services.flows.add(asker, body.name, body.draft, body.tests)
    return FlowAnswer.of(made, language_of(request))


@router.post("/flows/check")
async def check_flow(
    body: FlowCheckBody, asker: Reader, services: TheServices, request: Request
) -> FlowCheckAnswer:
    """Everything wrong with a document; nothing is kept."""
    found = await services.flows.check(asker, body.flow_id, body.draft, body.tests)
    return FlowCheckAnswer(findings=findings_answer(found, language_of(request)))


@router.post("/flows/import", status_code=201)
async def import_flow(
    body: FlowFile,
    asker: Writer,
    services: TheServices,
    request: Request,
    name: str | None = None,
) -> FlowAnswer:
    """Add a flow of a file; queues, data actions, lists and flows are found by their names.

    `name`: another one than the file's.
    """
    made = await services.flow_files.take(asker, body.model_dump(), name)
    return FlowAnswer.of(made, language_of(request))


@router.get("/flows/{flow_id}")
async def get_flow(
    flow_id: UUID, asker: Reader, services: TheServices, request: Request
) -> FlowAnswer:
    """One flow with its draft, everything wrong with it, and all that needs it."""
    return FlowAnswer.of(await services.flows.get(asker, flow_id), language_of(request))


@router.patch("/flows/{flow_id}")
async def change_flow(
    flow_id: UUID, body: FlowPatch, asker: Writer, services: TheServices, request: Request
) -> FlowAnswer:
    """Change a flow's draft, tests or name; calls notice nothing."""
    change = FlowChange(name=body.name, draft=body.draft, tests=body.tests)
    changed = await services.flows.change(asker, flow_id, body.version, change)
    return FlowAnswer.of(changed, language_of(request))


@router.delete("/flows/{flow_id}", status_code=204)
async def delete_flow(flow_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a flow that nothing needs."""
    await services.flows.delete(asker, flow_id)


@router.get("/flows/{flow_id}/versions")
async def list_flow_versions(
    flow_id: UUID, asker: Reader, services: TheServices
) -> ListAnswer[FlowVersionAnswer]:
    """What was published, the newest first."""
    items = [FlowVersionAnswer.of(one) for one in await services.flows.versions(asker, flow_id)]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get("/flows/{flow_id}/differences")
async def list_flow_differences(
    flow_id: UUID,
    asker: Reader,
    services: TheServices,
    old: Annotated[int | None, Query(ge=1)] = None,
    new: Annotated[int | None, Query(ge=1)] = None,
) -> ListAnswer[FlowDifference]:
    """What differs between two versions; without a number it is the draft."""
    found = await services.flows.compare(asker, flow_id, old, new)
    items = [
        FlowDifference(node=one.node, change=one.change, fields=list(one.fields)) for one in found
    ]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get("/flows/{flow_id}/file")
async def export_flow(
    flow_id: UUID,
    asker: Reader,
    services: TheServices,
    version: Annotated[int | None, Query(ge=1)] = None,
) -> FlowFile:
    """The flow as a file: the draft, or a published version."""
    return FlowFile(**await services.flow_files.export(asker, flow_id, version))


@router.post("/flows/{flow_id}/publish")
async def publish_flow(
    flow_id: UUID,
    body: FlowPublishBody,
    asker: Publisher,
    services: TheServices,
    request: Request,
) -> FlowAnswer:
    """Publish the draft: calls that begin from now on use it.

    422 names every wrong place and every test that the draft does not pass.
    """
    published = await services.flows.publish(asker, flow_id, body.version, body.note)
    return FlowAnswer.of(published, language_of(request))


@router.post("/flows/{flow_id}/roll-back")
async def roll_back_flow(
    flow_id: UUID,
    body: FlowRollBackBody,
    asker: Publisher,
    services: TheServices,
    request: Request,
) -> FlowAnswer:
    """Publish an older version's document again; the draft stays."""
    rolled = await services.flows.roll_back(
        asker, flow_id, body.version, body.to_version, body.note
    )
    return FlowAnswer.of(rolled, language_of(request))
