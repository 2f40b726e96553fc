"""The floor's store of a day that is played again: claims give the recorded calls.

What the floor writes of attempts is kept, for the comparison; everything else is let go.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

from kwabo.domain.interactions.arrivals import Refusal
from kwabo.domain.reporting.queue_figures import QueueTarget
from kwabo.domain.what_ifs.history import PastCall
from kwabo.ports.floor_arrivals import Arrival, ArrivalAnswer, ArrivalRefused, CalledContact
from kwabo.ports.floor_changes import AttemptWritten, Change, CommandAnswered, EventWritten
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest, RecheckAnswer
from kwabo.ports.floor_pacing import PacingHistory
from kwabo.ports.floor_rows import (
    AgentRow,
    AttemptRow,
    CallbackTallies,
    CampaignRow,
    FloorContents,
    FlowRow,
    KeptPlace,
    RoutingRows,
    TrunkRow,
    WrapUpCodeRow,
)
from kwabo.ports.floor_store import Command, FloorName, Lease
from kwabo.ports.queue_figures import QueueReading


class RecordedStore:
    """See `kwabo.ports.floor_store.FloorStore`; its own only transaction at a time."""

    keeps_events = False

    def __init__(
        self,
        *,
        name: FloorName,
        campaign: CampaignRow,
        trunk: TrunkRow,
        codes: Sequence[WrapUpCodeRow],
        calls: Mapping[UUID, PastCall],
        asked: Callable[[], Sequence[Command]],
    ) -> None:
        """`asked`: what people ask for in this step, told once the step took in all the rest."""
        self.written: dict[UUID, AttemptWritten] = {}  # the newest values of each attempt
        self._name = name
        self._campaign = campaign
        self._trunk = trunk
        self._codes = codes
        self._calls = calls
        self._asked = asked
        self._waiting: dict[UUID, Command] = {}
        self._given = asyncio.Event()

    def give(self, command: Command) -> None:
        """Somebody asks the floor for something."""
        self._waiting[command.command_id] = command
        self._given.set()

    def wake(self) -> None:
        """Have the floor make a step."""
        self._given.set()

    async def floors(self) -> Sequence[FloorName]:
        """See `FloorStore`."""
        return [self._name]

    async def acquire(self, floor: FloorName, owner: str, seconds: float) -> Lease | None:
        """See `FloorStore`."""
        return self.lease(owner, seconds)

    def lease(self, owner: str, seconds: float) -> Lease:
        """The only lease there is."""
        return Lease(
            floor_id=self._name.floor_id,
            organisation_id=self._name.organisation_id,
            owner=owner,
            fencing=1,
            seconds=seconds,
        )

    async def renew(self, lease: Lease) -> None:
        """See `FloorStore`."""

    async def release(self, lease: Lease) -> None:
        """See `FloorStore`."""

    async def load(self, lease: Lease) -> FloorContents:
        """See `FloorStore`."""
        return FloorContents(
            campaigns=[self._campaign],
            trunks=[self._trunk],
            wrap_up_codes=self._codes,
            agents=[],
            attempts=[],
            wrap_ups_owed={},
        )

    async def load_campaign(self, lease: Lease, campaign_id: UUID) -> CampaignRow | None:
        """See `FloorStore`."""
        return self._campaign

    async def load_pacing(
        self, lease: Lease, campaign_id: UUID, since: datetime, at_most: int
    ) -> PacingHistory:
        """See `FloorStore`."""
        return PacingHistory(attempts=[], hours=[])

    async def count_callbacks(
        self, lease: Lease, now: datetime, missed_since: datetime
    ) -> CallbackTallies:
        """See `FloorStore`."""
        return CallbackTallies()

    async def load_agent(self, lease: Lease, user_id: UUID) -> AgentRow | None:
        """See `FloorStore`."""
        return AgentRow(
            user_id=user_id,
            display_name="",
            queue_ids=frozenset({self._campaign.queue_id}),
            status="signed_out",
            pause_reason_id=None,
            since=datetime.min.replace(tzinfo=UTC),
            leg_kind="address",
            leg_address=None,
            leg_channel_id=None,
            legs=0,
            sign_ins=0,
            attempt_id=None,
            after_call_until=None,
            pause_after=False,
        )

    async def load_flows(self, lease: Lease) -> Sequence[FlowRow]:
        """See `FloorStore`: a recorded day has none."""
        return ()

    async def load_places(self, lease: Lease) -> Sequence[KeptPlace]:
        """Nobody calls in."""
        return ()

    async def load_routing(self, lease: Lease) -> RoutingRows:
        """See `FloorStore`."""
        return RoutingRows()

    async def read_queues(
        self, lease: Lease, targets: Mapping[UUID, QueueTarget], now: datetime
    ) -> Mapping[UUID, QueueReading]:
        """See `FloorStore`: nobody calls in."""
        return {}

    async def load_settings(
        self, lease: Lease
    ) -> tuple[Sequence[TrunkRow], Sequence[WrapUpCodeRow], Mapping[UUID, frozenset[UUID]]]:
        """See `FloorStore`."""
        return [self._trunk], self._codes, {}

    async def commands(self, lease: Lease, limit: int) -> Sequence[Command]:
        """See `FloorStore`."""
        for command in self._asked():
            self._waiting[command.command_id] = command
        return list(self._waiting.values())[:limit]

    async def wait_for_commands(self, lease: Lease, seconds: float) -> bool:
        """See `FloorStore`; nothing else than `give` and `wake` ends the wait."""
        await self._given.wait()
        self._given.clear()
        return True

    @asynccontextmanager
    async def transaction(self, lease: Lease) -> AsyncIterator[RecordedTransaction]:
        """See `FloorStore`."""
        yield RecordedTransaction(self)

    # ── What its transactions do ────────────────────────────────────────────────────────────────

    def taken(self, command_ids: Sequence[UUID]) -> frozenset[UUID]:
        """Those that wait."""
        return frozenset(command_ids) & frozenset(self._waiting)

    def claimed(self, request: ClaimRequest) -> list[AttemptRow]:
        """The recorded calls that the request names by their ids."""
        agents: list[UUID | None] = [*request.agent_user_ids]
        agents += [None] * request.for_nobody
        return [
            self._attempt(request, self._calls[attempt_id], user_id)
            for attempt_id, user_id in zip(request.attempt_ids, agents, strict=True)
        ]

    def _attempt(self, request: ClaimRequest, call: PastCall, user_id: UUID | None) -> AttemptRow:
        return AttemptRow(
            attempt_id=call.attempt_id,
            campaign_id=self._campaign.campaign_id,
            contact_id=call.contact_id,
            attempt_number=1,
            number=call.number,
            mode=call.mode,
            caller_id="",
            trunk_id=self._trunk.trunk_id,
            agent_user_id=user_id,
            callback_id=None,
            state="dialling",
            result=None,
            transferred_to=None,
            abandoned=False,
            offered_at=None,
            dialling_at=request.now,
            ringing_at=None,
            answered_at=None,
            connected_at=None,
            closed_at=None,
            course_attempts=1,
        )

    def write(self, changes: Sequence[Change]) -> None:
        """Keep what is said of attempts, and take done commands away."""
        for change in changes:
            if isinstance(change, AttemptWritten):
                self.written[change.attempt_id] = change
            elif isinstance(change, CommandAnswered):
                self._waiting.pop(change.command_id, None)


class RecordedTransaction:
    """See `kwabo.ports.floor_store.FloorTransaction`."""

    def __init__(self, store: RecordedStore) -> None:
        self._store = store

    async def take(self, command_ids: Sequence[UUID]) -> frozenset[UUID]:
        """See `FloorTransaction`."""
        return self._store.taken(command_ids)

    async def arrive(self, arrival: Arrival) -> ArrivalAnswer:
        """See `FloorTransaction`: nobody calls in on a recorded day."""
        return ArrivalRefused(code=Refusal.NUMBER_UNKNOWN)

    async def called_contact(self, contact_id: UUID, number: str) -> CalledContact:
        """See `FloorTransaction`: no flow speaks on a recorded day."""
        return CalledContact()

    async def claim(self, request: ClaimRequest) -> ClaimAnswer:
        """See `FloorTransaction`. No rule is asked: all agreed on the day."""
        return ClaimAnswer(
            attempts=self._store.claimed(request),
            next_attempt_at=None,
            next_reason="",
            exhausted=False,
        )

    async def recheck(
        self, campaign: CampaignRow, attempt_id: UUID, number: str | None, now: datetime
    ) -> RecheckAnswer:
        """See `FloorTransaction`. Previews are not played again."""
        return RecheckAnswer(allowed=False, code="RECORDED", retry_at=None, number=None)

    async def dnc_listed(self, attempt_ids: Sequence[UUID], now: datetime) -> frozenset[UUID]:
        """See `FloorTransaction`. What was taken back on the day is in the record."""
        return frozenset()

    async def guard(self, number: str, now: datetime, *, attempt_id: UUID | None) -> RecheckAnswer:
        """See `FloorTransaction`. What the guard said on the day is part of the recording."""
        return RecheckAnswer(allowed=True, code="CALLABLE", retry_at=None, number=number)

    async def apply(self, changes: Sequence[Change], events: Sequence[EventWritten]) -> int:
        """See `FloorTransaction`."""
        self._store.write(changes)
        return 0
