"""What campaigns do with what flows note, checked against those flows and the campaign's list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from kwabo.domain.campaigns.flow_notes import FlowNote, note_objections
from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.flows.flow import ReadDocument
from kwabo.domain.flows.noted import noted
from kwabo.kernel.errors import Conflict
from kwabo.ports.campaigns import Campaign
from kwabo.services.flow_bundles import newest_flow
from kwabo.services.unit_of_work import Stores


async def flow_note_objections(
    stores: Stores, settings: CampaignSettings, campaign_id: UUID | None = None
) -> tuple[Objection, ...]:
    """What stands against a campaign's `flow_notes`; `campaign_id`: of one that there is."""
    if not settings.flow_notes:
        return ()
    contact_list = await stores.contact_lists.get(settings.contact_list_id)
    documents = await _documents(stores, settings, campaign_id)
    return tuple(
        note_objections(
            [FlowNote.of_document(one) for one in settings.flow_notes],
            columns={c.name: c.kind for c in contact_list.columns} if contact_list else None,
            key_columns=contact_list.key_columns if contact_list else (),
            noted=noted(documents.values()),
        )
    )


async def check_campaigns_of(stores: Stores, flow_id: UUID) -> None:
    """After a flow was published: campaigns that write what it notes still can.

    Raises Conflict `FLOW_NOTES_OF_CAMPAIGN`.
    """
    for campaign in await stores.campaigns.with_flow_notes():
        if flow_id in await _flows(stores, campaign.settings, campaign.campaign_id):
            await _check(stores, campaign)


async def check_campaigns(stores: Stores, campaign_ids: Collection[UUID]) -> None:
    """After these campaigns got other flows by a number or a response set: they still can write
    what they write. One that has no flow any more is left as it is.

    Raises Conflict `FLOW_NOTES_OF_CAMPAIGN`.
    """
    for campaign in await stores.campaigns.with_flow_notes():
        if campaign.campaign_id in campaign_ids and await _flows(
            stores, campaign.settings, campaign.campaign_id
        ):
            await _check(stores, campaign)


async def _check(stores: Stores, campaign: Campaign) -> None:
    wrong = await flow_note_objections(stores, campaign.settings, campaign.campaign_id)
    if wrong:
        name, why = campaign.settings.name, wrong[0].message
        raise Conflict(
            "FLOW_NOTES_OF_CAMPAIGN",
            f"The campaign {name} uses what its flows note: {why} Change the campaign first.",
            details={"campaign": name, "why": why},
        )


async def _documents(
    stores: Stores, settings: CampaignSettings, campaign_id: UUID | None
) -> Mapping[str, ReadDocument]:
    """The documents that calls of the campaign may go through, drafts where none is published."""
    found: dict[str, ReadDocument] = {}
    for flow_id in await _flows(stores, settings, campaign_id):
        flow = await newest_flow(stores, flow_id)
        if flow is not None:
            found.update(flow.documents)
    return found


async def _flows(
    stores: Stores, settings: CampaignSettings, campaign_id: UUID | None
) -> frozenset[UUID]:
    wanted = {settings.flow_id, settings.abandon_flow_id}
    if settings.response_set_id is not None:
        kept = await stores.response_sets.get(settings.response_set_id)
        if kept is not None:
            reactions = (kept.document.get("reactions") or {}).values()
            wanted |= {UUID(one["flow_id"]) for one in reactions if one.get("flow_id")}
    if settings.mode == "inbound":
        numbers = await stores.inbound_numbers.all()
        wanted |= {one.flow_id for one in numbers if one.campaign_id == campaign_id}
    return frozenset(one for one in wanted if one is not None)
