"""A flow with all that it runs, read for the interpreter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kwabo.domain.flows.check import flows_run
from kwabo.domain.flows.flow import Flow, flow_of
from kwabo.services.unit_of_work import Stores


async def published_flow(
    stores: Stores, flow_id: UUID, versions: Mapping[str, int] | None = None
) -> Flow | None:
    """The flow as it is published now, with those that it runs; None: it never was.

    `versions`, of a cursor: the versions with which that call began, for going on with it.
    """
    kept = await stores.flows.get(flow_id)
    number = (versions or {}).get(str(flow_id)) or (kept.published_version if kept else None)
    version = None if number is None else await stores.flows.version(flow_id, number)
    if version is None:
        return None
    own = {str(flow_id): (version.document, version.version)}
    return await _with_others(stores, str(flow_id), own, versions or {})


async def drafted_flow(stores: Stores, flow_id: UUID, document: Mapping[str, Any]) -> Flow:
    """A document that is not published, with the published ones that it runs."""
    return await _with_others(stores, str(flow_id), {str(flow_id): (document, 0)}, {})


async def newest_flow(stores: Stores, flow_id: UUID) -> Flow | None:
    """The published flow; the draft where none is; None: there is no such flow."""
    published = await published_flow(stores, flow_id)
    if published is not None:
        return published
    kept = await stores.flows.get(flow_id)
    return None if kept is None else await drafted_flow(stores, flow_id, kept.draft)


async def _with_others(
    stores: Stores,
    flow_id: str,
    found: dict[str, tuple[Mapping[str, Any], int]],
    versions: Mapping[str, int],
) -> Flow:
    todo = set(flows_run(found[flow_id][0]))
    while todo:
        name = todo.pop()
        if name in found:
            continue
        try:
            other_id = UUID(name)
        except ValueError:
            continue
        kept = await stores.flows.get(other_id)
        number = versions.get(name) or (kept.published_version if kept else None)
        version = None if number is None else await stores.flows.version(other_id, number)
        if version is not None:
            found[name] = (version.document, version.version)
            todo |= flows_run(version.document)
    return flow_of(
        flow_id,
        {name: document for name, (document, _) in found.items()},
        {name: number for name, (_, number) in found.items()},
    )
