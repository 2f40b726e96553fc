"""The rows of a floor in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.kernel.records import quickly_made
from kwabo.ports.floor_changes import AttemptWritten, CallbackWritten
from kwabo.ports.floor_rows import AttemptRow
from kwabo.services.claims import ClaimedCourse


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryContact:
    """A contact."""

    contact_id: UUID
    contact_list_id: UUID
    numbers: tuple[str, ...]
    labels: tuple[str, ...] = ()
    uncallable_numbers: frozenset[str] = frozenset()
    uncallable_number_reasons: Mapping[str, str] = field(default_factory=dict)
    callable: bool = True
    uncallable_reason: str | None = None
    time_zone: str | None = None  # None: the number's or the list's
    number_zones: Mapping[str, str] = field(default_factory=dict)  # number → its column's
    data: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryLook:
    """A contact that campaigns of its list look at out of turn."""

    contact_list_id: UUID
    contact_id: UUID
    front: bool


class MemoryAttempt:
    """An attempt: the row that was claimed, and what the owner has written of it since.

    The two are put together when somebody reads `row`.
    """

    __slots__ = (
        "_claimed",
        "_row",
        "agent_user_id",
        "because",
        "fencing",
        "number",
        "result",
        "state",
        "transferred_to",
        "written",
    )

    def __init__(
        self,
        *,
        row: AttemptRow,
        fencing: int,
        because: tuple[str, ...] = (),
        written: AttemptWritten | None = None,
    ) -> None:
        self._claimed = row
        self._row = row if written is None else None
        self.fencing = fencing
        self.because = because
        self.written = written
        latest = row if written is None else written
        # What constraints and indexes ask for at every change.
        self.number = latest.number
        self.state: str = latest.state
        self.result: str | None = latest.result
        self.agent_user_id = latest.agent_user_id
        self.transferred_to = latest.transferred_to

    def rewritten(self, written: AttemptWritten, fencing: int) -> MemoryAttempt:
        """The attempt with newer values."""
        return MemoryAttempt(
            row=self._claimed, fencing=fencing, because=self.because, written=written
        )

    @property
    def row(self) -> AttemptRow:
        """All but what the owner never reads again."""
        if self._row is None:
            assert self.written is not None
            values = {name: getattr(self.written, name) for name in _OF_ROWS}
            values["state"] = str(values["state"])
            if values["result"] is not None:
                values["result"] = str(values["result"])
            self._row = replace(self._claimed, **values)
        return self._row

    @property
    def latest(self) -> AttemptRow | AttemptWritten:
        """What was written last, without making a row of it."""
        return self._claimed if self.written is None else self.written

    @property
    def channel_id(self) -> str | None:
        """Of a call from outside; it stays what it was."""
        return self._claimed.channel_id

    @property
    def attempt_id(self) -> UUID:
        return self._claimed.attempt_id

    @property
    def campaign_id(self) -> UUID:
        return self._claimed.campaign_id

    @property
    def contact_id(self) -> UUID:
        return self._claimed.contact_id

    @property
    def attempt_number(self) -> int:
        return self._claimed.attempt_number

    @property
    def dialling_at(self) -> datetime | None:
        of = self._claimed if self.written is None else self.written
        return of.dialling_at

    @property
    def mode(self) -> str:
        return self._claimed.mode

    @property
    def ringing_at(self) -> datetime | None:
        return self._claimed.ringing_at if self.written is None else self.written.ringing_at

    @property
    def answered_at(self) -> datetime | None:
        return self._claimed.answered_at if self.written is None else self.written.answered_at

    @property
    def sip_code(self) -> int | None:
        return None if self.written is None else self.written.sip_code

    @property
    def cause(self) -> int | None:
        return None if self.written is None else self.written.cause

    @property
    def hung_up_by(self) -> str | None:
        return None if self.written is None else self.written.hung_up_by


_OF_ROWS = tuple(
    f.name for f in fields(AttemptWritten) if f.name in {g.name for g in fields(AttemptRow)}
)


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCourse:
    """A contact's standing in a campaign."""

    course: ClaimedCourse
    last_result: str | None = None
    result_counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCallback:
    """A promise to call back."""

    written: CallbackWritten  # `due_at` is the present one
    state: str = "open"  # open | done | missed | expired | cancelled
    reason: str = ""
    first_due_at: datetime | None = None  # when `due_at` has moved
    changed_at: datetime | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryDncProvider:
    """Whom to ask about the numbers of a list, as far as rules know of it."""

    max_age_seconds: int = 28 * 24 * 3600
    when_silent: str = "hold"  # hold | allow


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryDncList:
    """A DNC list, without its entries."""

    name: str = ""
    key_column: str | None = None  # None: by number
    channel: str = "any"
    organisation_wide: bool = False
    screening_authority: str | None = None  # set: never written to by calls
    screening_days: int | None = None
    screened_at: datetime | None = None
    provider: MemoryDncProvider | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryDncCheck:
    """What a provider answered about a number."""

    listed: bool | None = None
    checked_at: datetime | None = None
    silences: int = 0
    wanted_at: datetime | None = None
    ask_after: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryFlowRecording:
    """What a flow records of a call."""

    attempt_id: UUID
    recording: str
    variable: str
    path: str = ""  # '': it goes on
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryInboundNumber:
    """A number of the organisation's, and what answers it."""

    flow_id: UUID
    campaign_id: UUID
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryUser:
    """A person who can be an agent."""

    user_id: UUID
    display_name: str
    queue_ids: frozenset[UUID]
    login: str = ""
    active: bool = True


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCommand:
    """A command and what became of it."""

    command_id: UUID
    user_id: UUID | None
    kind: str
    payload: Mapping[str, Any]
    withdrawn: bool = False
    answer: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryLease:
    """Who owns the floor."""

    owner: str | None = None
    fencing: int = 0
    until: float | None = None  # steady clock
    position: int = 0  # of the newest event
