"""What the contract needs beside the store: a way to put rows there and to look at them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.compliance.attempt_limits import AttemptLimit
from kwabo.domain.data_actions.settings import DataActionSettings
from kwabo.ports.floor_changes import AttemptWritten, CourseWritten, PresenceWritten
from kwabo.ports.floor_claims import ClaimRequest
from kwabo.ports.floor_rows import CampaignRow, plain_campaign
from kwabo.ports.floor_store import FloorName, FloorStore, Lease

NOW = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)  # a Monday, 11:00 in Porto-Novo
GAP = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The ids that everything hangs on."""

    floor: FloorName
    queue_id: UUID
    trunk_id: UUID
    contact_list_id: UUID
    dnc_list_id: UUID
    code_id: UUID
    agents: tuple[UUID, ...]  # members of the queue


class Bench(Protocol):
    """One store with its surroundings."""

    store: FloorStore
    place: Place

    def new_id(self) -> UUID: ...

    async def lapse(self) -> None:
        """The lease's time has passed."""
        ...

    async def add_campaign(self, row: CampaignRow) -> None: ...

    async def add_inbound_number(self, number: str, campaign_id: UUID, flow_id: UUID) -> None: ...

    async def play_in_queue(self, key: str) -> None:
        """Callers who wait in the queue hear a prompt of this key."""
        ...

    async def choose(self, row: CampaignRow) -> None:
        """Somebody gives the campaign other filters or another order."""
        ...

    async def add_contact(
        self,
        *numbers: str,
        time_zone: str | None = None,
        data: Mapping[str, str] | None = None,
    ) -> UUID: ...

    async def change_contact(self, contact_id: UUID, data: Mapping[str, str]) -> None: ...

    async def login_of(self, user_id: UUID) -> str: ...

    async def add_agent(self, login: str) -> UUID:
        """A new agent, member of the queue."""
        ...

    async def close_account(self, user_id: UUID) -> None: ...

    async def callback(self, callback_id: UUID) -> tuple[str, datetime, str]:
        """State, due time and reason."""
        ...

    async def put_in_front(self, contact_id: UUID) -> None: ...

    async def change_contact_unseen(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        """Change a contact without anybody's being told."""
        ...

    async def add_zoned_contact(self, zones: Mapping[str, str], time_zone: str | None) -> UUID:
        """A contact whose numbers have each a column of their zone, and that has a zone itself."""
        ...

    async def add_limit(self, limit: AttemptLimit) -> None: ...

    async def find_head(self, campaign_id: UUID) -> None:
        """What the filler of orders does first for a campaign that runs."""
        ...

    def adding(self, contact_id: UUID, number: str) -> AbstractAsyncContextManager[None]:
        """Another process adds a contact; nobody sees it before the block ends."""
        ...

    async def list_number(self, number: str, expires_at: datetime | None = None) -> None: ...

    async def make_dnc_list(self, **values: Any) -> UUID:
        """A DNC list: `key_column`, `channel`, `organisation_wide`; with `when_silent` and
        `max_age_seconds` one with a provider."""
        ...

    async def dnc_lists(self) -> set[UUID]:
        """Every DNC list that is there."""
        ...

    async def list_value(self, dnc_list_id: UUID, value: str) -> None:
        """A value on a list, for ever."""
        ...

    async def give_data(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        """Set a contact's columns."""
        ...

    async def provider_said(
        self, dnc_list_id: UUID, number: str, listed: bool | None, at: datetime | None
    ) -> None:
        """An answer that came at this instant; `listed` None: the provider was silent."""
        ...

    async def wanted(self) -> set[tuple[UUID, str]]:
        """Lists and numbers about which providers are to be asked."""
        ...

    async def add_data_action(self, settings: DataActionSettings) -> UUID: ...

    async def data_said(
        self, data_action_id: UUID, key: str, outputs: Mapping[str, str] | None, at: datetime
    ) -> None:
        """What another program answered at this instant; None: it failed."""
        ...

    async def data_awaited(self) -> set[tuple[UUID, str]]:
        """Data actions and keys of questions for which contacts wait."""
        ...

    async def told(self, contact_id: UUID) -> list[tuple[UUID, UUID | None, str, str]]:
        """What rules have to tell: data action, attempt, result and rule, in order."""
        ...

    async def uncallable_reason(self, contact_id: UUID) -> str | None: ...

    async def command(self, kind: str, payload: Mapping[str, Any]) -> UUID: ...

    async def withdraw(self, command_id: UUID) -> bool:
        """The sender waits no longer; False when it was done already."""
        ...

    async def answer_of(self, command_id: UUID) -> Mapping[str, Any] | None: ...

    async def events(self) -> list[tuple[int, str]]:
        """Positions and kinds, in order."""
        ...

    async def course(self, campaign_id: UUID, contact_id: UUID) -> tuple[str, int, str] | None:
        """State, attempts and reason."""
        ...

    async def flow_recordings(self, attempt_id: UUID) -> list[tuple[str, str, str, float]]:
        """What flows record of it: name, variable, path, seconds."""
        ...

    async def wrap_ups(self, attempt_id: UUID) -> list[str]:
        """System codes, or 'given' for a person's."""
        ...

    async def is_listed(self, number: str) -> bool: ...

    async def data_of(self, contact_id: UUID) -> tuple[dict[str, str], bool]:
        """The contact's values, and whether it may be called."""
        ...

    async def fired(self, contact_id: UUID) -> list[tuple[str, UUID | None]]:
        """Names of the rules that fired, in order, and the attempt of each."""
        ...

    async def callback_of(self, campaign_id: UUID, contact_id: UUID) -> datetime | None:
        """When the open callback is due."""
        ...


def campaign(bench: Bench, **changes: Any) -> CampaignRow:
    """A running campaign over the bench's list."""
    place = bench.place
    values: dict[str, Any] = {
        "campaign_id": bench.new_id(),
        "name": f"Campaign {bench.new_id().hex[-6:]}",
        "contact_list_id": place.contact_list_id,
        "queue_id": place.queue_id,
        "trunk_id": place.trunk_id,
        "caller_id": "+2290121000000",
        "callable_from": time(8),
        "callable_until": time(20),
        "list_time_zone": "Africa/Porto-Novo",
        "dnc_list_ids": (place.dnc_list_id,),
        "max_attempts": 2,
        "minimum_gap_seconds": GAP,
        "state": "running",
    }
    return plain_campaign(**{**values, **changes})


def request(
    bench: Bench, row: CampaignRow, *agents: UUID, at: datetime = NOW, **changes: Any
) -> ClaimRequest:
    """A claim of one contact for each agent."""
    values: dict[str, Any] = {
        "campaign": row,
        "attempt_ids": [bench.new_id() for _ in agents],
        "agent_user_ids": list(agents),
        "offer": row.mode == "preview",
        "now": at,
    }
    return ClaimRequest(**{**values, **changes})


async def lease_of(bench: Bench, owner: str = "engine-1") -> Lease:
    """The floor, taken by `owner`."""
    lease = await bench.store.acquire(bench.place.floor, owner, 10.0)
    assert lease is not None
    return lease


def written(row: Any, **changes: Any) -> AttemptWritten:
    """An attempt's values as the floor writes them."""
    values = {
        name: getattr(row, name)
        for name in [
            "attempt_id",
            "number",
            "agent_user_id",
            "state",
            "result",
            "abandoned",
            "transferred_to",
            "dialling_at",
            "ringing_at",
            "answered_at",
            "connected_at",
            "closed_at",
        ]
    }
    return AttemptWritten(
        **{**values, "sip_code": None, "cause": None, "hung_up_by": None, **changes}
    )


def closed(row: Any, result: str = "no_answer", at: datetime = NOW) -> AttemptWritten:
    """The attempt, ended."""
    return written(row, state="closed", result=result, closed_at=at)


def course(row: Any, state: str = "open", **changes: Any) -> CourseWritten:
    """The contact's standing after the attempt."""
    values: dict[str, Any] = {
        "campaign_id": row.campaign_id,
        "contact_id": row.contact_id,
        "state": state,
        "attempts": row.course_attempts,
        "last_attempt_at": row.dialling_at,
        "last_result": "no_answer",
        "next_attempt_at": None if state == "finished" else NOW + timedelta(hours=1),
        "reason": "RECALL_DELAY",
    }
    return CourseWritten(**{**values, **changes})


def presence(user_id: UUID, **changes: Any) -> PresenceWritten:
    """An agent who is ready."""
    values: dict[str, Any] = {
        "user_id": user_id,
        "status": "ready",
        "pause_reason_id": None,
        "since": NOW,
        "leg_kind": "webrtc",
        "leg_address": None,
        "leg_channel_id": f"leg-{user_id}-1",
        "legs": 1,
        "sign_ins": 1,
        "attempt_id": None,
        "after_call_until": None,
        "pause_after": False,
    }
    return PresenceWritten(**{**values, **changes})
