"""What receivers of webhooks are sent: the `webhooks` section of the OpenAPI document.

The database writes `data` and `personal` (`0016_webhooks.sql`); a contract test holds what is sent
to these shapes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Generic, Literal, TypeVar
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from kwabo.domain.webhooks.catalogue import KINDS, TEST_KIND

Data = TypeVar("Data")
Personal = TypeVar("Personal")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WebhookMessage(_Part, Generic[Data, Personal]):
    """A message. `personal` is there only for webhooks that ask for personal data."""

    type: str
    schema_version: Literal[1]
    id: UUID
    organisation_id: UUID
    timestamp: datetime
    data: Data
    personal: Personal | None = None


class AttemptEnded(_Part):
    """A call; times are null for what it did not reach."""

    attempt_id: UUID
    campaign_id: UUID
    contact_id: UUID
    attempt_number: int
    mode: str
    trunk_id: UUID
    agent_user_id: UUID | None
    callback_id: UUID | None
    result: str
    sip_code: int | None
    hung_up_by: str | None
    abandoned: bool
    dialling_at: datetime | None
    answered_at: datetime | None
    connected_at: datetime | None
    closed_at: datetime | None


class AttemptPersonal(_Part):
    """Numbers."""

    number: str
    transferred_to: str | None


class WrapUpSaved(_Part):
    """An outcome; `system_code` instead of a wrap-up code when nobody gave one."""

    attempt_id: UUID
    campaign_id: UUID
    contact_id: UUID | None
    wrap_up_code_id: UUID | None
    wrap_up_code_name: str | None
    system_code: str | None
    user_id: UUID | None
    after_call_seconds: float | None


class WrapUpPersonal(_Part):
    """What the agent wrote."""

    number: str | None
    notes: str
    fields: dict[str, Any]


class CallbackTold(_Part):
    """A callback; `reason_code` is empty where a person gave the reason."""

    callback_id: UUID
    campaign_id: UUID
    contact_id: UUID
    attempt_id: UUID | None
    owner_user_id: UUID | None
    state: Literal["open", "done", "missed", "expired", "cancelled"]
    due_at: datetime
    first_due_at: datetime | None
    reason_code: str


class CallbackPersonal(_Part):
    """Whom to call."""

    number: str
    note: str


class CampaignStateChanged(_Part):
    """A campaign."""

    campaign_id: UUID
    name: str
    state: Literal["ready", "running", "pausing", "paused", "stopped", "complete"]
    previous_state: Literal["ready", "running", "pausing", "paused", "stopped", "complete"]
    state_reason: str


class ContactChanged(_Part):
    """A contact."""

    contact_id: UUID
    contact_list_id: UUID
    version: int
    callable: bool
    uncallable_reason: str | None


class ContactPersonal(_Part):
    """Its values."""

    external_key: str | None
    data: dict[str, Any]
    numbers: list[str]


class DncEntryAdded(_Part):
    """An entry of a DNC list."""

    dnc_list_id: UUID
    dnc_list_name: str
    source: str
    user_id: UUID | None
    expires_at: datetime | None


class DncEntryPersonal(_Part):
    """Who is listed."""

    value: str
    reason: str


class ImportEnded(_Part):
    """An import into a list, or an upload to a DNC list."""

    import_id: UUID
    contact_list_id: UUID | None
    dnc_list_id: UUID | None
    file_name: str
    state: Literal["complete", "failed", "cancelled"]
    rows_read: int
    rows_added: int
    rows_updated: int
    rows_rejected: int
    error_code: str | None


class ErrorLogged(_Part):
    """An error of the event log."""

    event_id: int
    code: str
    category: str
    subject_kind: str
    subject_id: str
    subject_name: str
    campaign_id: UUID | None
    contact_list_id: UUID | None
    trunk_id: UUID | None


class WebhookTest(_Part):
    """Somebody pressed the button."""

    webhook_id: UUID
    asked_by: UUID


class NoPersonal(_Part):
    """Nothing."""


SHAPES: Final[dict[str, Any]] = {
    "attempt.ended": WebhookMessage[AttemptEnded, AttemptPersonal],
    "wrap_up.saved": WebhookMessage[WrapUpSaved, WrapUpPersonal],
    "callback.scheduled": WebhookMessage[CallbackTold, CallbackPersonal],
    "callback.done": WebhookMessage[CallbackTold, CallbackPersonal],
    "callback.missed": WebhookMessage[CallbackTold, CallbackPersonal],
    "callback.cancelled": WebhookMessage[CallbackTold, CallbackPersonal],
    "campaign.state_changed": WebhookMessage[CampaignStateChanged, NoPersonal],
    "contact.changed": WebhookMessage[ContactChanged, ContactPersonal],
    "dnc.entry_added": WebhookMessage[DncEntryAdded, DncEntryPersonal],
    "import.ended": WebhookMessage[ImportEnded, NoPersonal],
    "event.error": WebhookMessage[ErrorLogged, NoPersonal],
    TEST_KIND: WebhookMessage[WebhookTest, NoPersonal],
}


def describe(router: APIRouter) -> None:
    """Add every kind to the `webhooks` section."""
    for kind, shape in SHAPES.items():
        router.add_api_route(
            kind,
            _told(shape),
            methods=["POST"],
            name=f"told_{kind.replace('.', '_')}",
            summary=KINDS.get(kind, "Somebody pressed the button that tests a webhook."),
            status_code=204,
            tags=["webhooks"],
        )


def _told(shape: Any) -> Any:
    async def told(body: shape) -> None:
        """Answer 2xx within 15 seconds; anything else is tried again."""

    told.__annotations__["body"] = shape
    return told
