"""Every router of the API; a new noun adds its own here."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from kwabo.api import (
    agent,
    api_tokens,
    attempts,
    audit,
    callable_time_sets,
    callbacks,
    campaigns,
    column_changes,
    compliance,
    consents,
    contact_list_filters,
    contact_lists,
    contacts,
    dnc_entries,
    dnc_lists,
    explanations,
    import_schedules,
    import_templates,
    imports,
    live,
    pause_reasons,
    queues,
    schedules,
    sequences,
    session,
    sip_proxy,
    trunks,
    users,
    what_ifs,
    wrap_up_codes,
)

V1_ROUTERS: Final[tuple[APIRouter, ...]] = (  # under /api/v1
    session.router,
    users.router,
    api_tokens.router,
    audit.router,
    contact_lists.router,
    contact_list_filters.router,
    column_changes.router,
    contacts.router,
    imports.router,
    import_templates.router,
    import_schedules.router,
    queues.router,
    trunks.router,
    wrap_up_codes.router,
    pause_reasons.router,
    dnc_lists.router,
    dnc_entries.router,
    callable_time_sets.router,
    compliance.router,
    consents.router,
    campaigns.router,
    schedules.router,
    sequences.router,
    what_ifs.router,
    explanations.router,
    attempts.router,
    callbacks.router,
    agent.router,
    live.router,
)

SOCKET_ROUTERS: Final[tuple[APIRouter, ...]] = (sip_proxy.router,)  # WebSockets outside /api/v1
