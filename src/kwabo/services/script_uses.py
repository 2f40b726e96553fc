"""What scripts name, looked up: columns of lists, wrap-up codes, DNC lists, agents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from kwabo.domain.campaigns.settings import CampaignSettings, Objection
from kwabo.domain.scripts.check import Known, check_script
from kwabo.domain.scripts.document import blocks_of
from kwabo.services.unit_of_work import Stores


async def known_to(
    stores: Stores, contact_list_id: UUID | None, document: Mapping[str, Any]
) -> Known:
    """What a script on this list may name; without a list, any column."""
    organisation = await stores.organisations.get()
    contact_list = (
        None if contact_list_id is None else await stores.contact_lists.get(contact_list_id)
    )
    codes = await stores.wrap_up_codes.all()
    return Known(
        columns=None if contact_list is None else {c.name: c.kind for c in contact_list.columns},
        key_columns=frozenset(contact_list.key_columns if contact_list else ()),
        wrap_up_codes=frozenset(code.wrap_up_code_id for code in codes if code.active),
        dnc_lists=frozenset(
            one.dnc_list_id for one in await stores.dnc_lists.all() if one.provider is None
        ),
        users=await _active_users(stores, document),
        region=organisation.region if organisation else "BJ",
    )


async def _active_users(stores: Stores, document: Mapping[str, Any]) -> frozenset[UUID]:
    """Those of the agents whom the script's transfers name that there are."""
    found = set()
    for placed in blocks_of(document):
        action = placed.block.get("action")
        named = action.get("user_id") if isinstance(action, Mapping) else None
        try:
            user_id = UUID(str(named))
        except ValueError:
            continue
        user = await stores.users.get(user_id)
        if user is not None and user.active:
            found.add(user_id)
    return frozenset(found)


async def problems_of(
    stores: Stores, contact_list_id: UUID | None, document: Mapping[str, Any]
) -> list[Objection]:
    """Everything wrong with a document, on a list or on none."""
    return check_script(document, await known_to(stores, contact_list_id, document))


async def script_objections(stores: Stores, settings: CampaignSettings) -> tuple[Objection, ...]:
    """What stands against a campaign's script: it is missing, not published, not for its list."""
    if settings.script_id is None:
        return ()
    published = await stores.scripts.published(settings.script_id)
    if published is None:
        known = await stores.scripts.get(settings.script_id)
        if known is None:
            code, message = "UNKNOWN", "There is no such script: choose an existing one."
        else:
            code = "SCRIPT_NOT_PUBLISHED"
            message = "This script has never been published. Publish it first."
        return (Objection(field="script_id", code=code, message=message),)
    wrong = await problems_of(stores, settings.contact_list_id, published.document)
    about_list = [one for one in wrong if one.code in _OF_LIST]
    return tuple(
        replace(
            one,
            field="script_id",
            code="SCRIPT_NOT_FOR_LIST",
            message="The script does not fit the campaign's list, "
            f"{_place(one.field)}: {one.message}",
            details={
                **one.details,
                "place": one.field,
                "page": _place(one.field),
                "why": one.message,
                "why_code": one.code,
            },
        )
        for one in about_list[:1]
    )


def _place(field: str) -> str:
    """`pages.1.blocks.0.text` as the script's editor counts: "page 2", in English and French."""
    parts = field.split(".")
    return f"page {int(parts[1]) + 1}" if parts[0] == "pages" and parts[1].isdigit() else field


_OF_LIST = frozenset(
    {
        "SCRIPT_COLUMN_UNKNOWN",
        "SCRIPT_COLUMN_FIXED",
        "SCRIPT_COLUMN_KIND",
        "SCRIPT_NAME_UNKNOWN",
    }
)
