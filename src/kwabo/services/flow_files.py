"""Flows as files, for other organisations and for keeping: things are named, not only numbered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from kwabo.domain.flows.fields import entries
from kwabo.domain.flows.references import references, with_references
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.errors import Invalid
from kwabo.services.flows import CheckedFlow, FlowService, found_flow, found_version
from kwabo.services.unit_of_work import Stores, UnitOfWork

FORMAT: Final = 1  # of the file
NAMED: Final = (
    "queue",
    "skill",
    "schedule",
    "source",
    "dnc_list",
    "flow",
)  # nouns whose ids differ by organisation


class FlowFileService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, flows: FlowService) -> None:
        self._unit_of_work = unit_of_work
        self._flows = flows

    async def export(self, asker: Asker, flow_id: UUID, version: int | None) -> dict[str, Any]:
        """The file of a published version; None: of the draft. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            flow = found_flow(await stores.flows.get(flow_id))
            document, tests = flow.draft, flow.tests
            if version is not None:
                found = found_version(await stores.flows.version(flow_id, version), "version")
                document, tests = found.document, found.tests
            names = await _names(stores)
        used = references(document)
        return {
            "kwabo_flow": FORMAT,
            "name": flow.name,
            "document": document,
            "tests": list(tests),
            "names": {
                noun: {one: names[noun][one] for n, one in sorted(used) if n == noun
                       and one in names[noun]}
                for noun in NAMED
            },
        }  # fmt: skip

    async def take(self, asker: Asker, file: Mapping[str, Any], name: str | None) -> CheckedFlow:
        """A new flow of a file; what it names is found by its name here, else told as missing.

        Raises Invalid `FLOW_FILE`, Conflict `NAME_TAKEN`.
        """
        document, tests, told = file.get("document"), file.get("tests", []), file.get("names", {})
        good = file.get("kwabo_flow") == FORMAT and isinstance(document, Mapping)
        if not good or not isinstance(tests, list) or not isinstance(told, Mapping):
            raise Invalid(
                "FLOW_FILE",
                "This is no file of a flow: it needs kwabo_flow = 1, a name and a document.",
                field="file",
            )
        assert isinstance(document, Mapping)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            ours = {
                noun: {known: one for one, known in by_id.items()}
                for noun, by_id in (await _names(stores)).items()
            }

            def here(noun: str, one: str) -> str:
                """Its id here; as it was when there is none of that name."""
                names = told.get(noun)
                theirs = names.get(one) if isinstance(names, Mapping) else None
                return ours.get(noun, {}).get(str(theirs), one)

            flow = await self._flows.insert(
                stores, asker, name or str(file.get("name") or ""),
                with_references(document, here),
                [_with_data(test, here) for test in entries(tests)],
                "flow.imported",
            )  # fmt: skip
            return await self._flows.checked(stores, flow)


def _with_data(test: Mapping[str, Any], here: Any) -> Mapping[str, Any]:
    """A test whose data name the sources and opening hours of this organisation."""
    data = test.get("data")
    if not isinstance(data, Mapping):
        return test
    renamed = {
        kind: {here(noun, str(one)): answer for one, answer in data[kind].items()}
        for kind, noun in (("sources", "source"), ("hours", "schedule"))
        if isinstance(data.get(kind), Mapping)
    }
    return {**test, "data": {**data, **renamed}}


async def _names(stores: Stores) -> dict[str, dict[str, str]]:
    return {
        "queue": {str(one.queue_id): one.name for one in await stores.queues.all()},
        "skill": {str(one.skill_id): one.name for one in await stores.skills.all()},
        "schedule": {
            str(one.schedule_group_id): one.name for one in await stores.schedule_groups.all()
        },
        "source": {str(one.data_action_id): one.name for one in await stores.data_actions.all()},
        "dnc_list": {str(one.dnc_list_id): one.name for one in await stores.dnc_lists.all()},
        "flow": {str(one.flow_id): one.name for one in await stores.flows.all()},
    }
