"""What an organisation has chosen of law and guard, and by which law a call was allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from kwabo.domain.compliance.abandon_message import (
    DEFAULT_CONFIRMATION,
    DEFAULT_KEY,
    MessageSettings,
)
from kwabo.domain.compliance.fraud_guard import DEFAULT_KINDS, DEFAULT_RESERVED_MINUTES, Cap
from kwabo.domain.compliance.law import OrganisationLaw


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceSettings:
    """What people set; the defaults are those of an organisation that has set nothing."""

    preset: str = "none"  # for campaigns that name none
    countries: tuple[str, ...] | None = None  # ISO 3166; None: the organisation's region
    number_kinds: tuple[str, ...] = tuple(sorted(DEFAULT_KINDS))
    denied_prefixes: tuple[str, ...] = ()  # beyond those of the program
    caps: tuple[Cap, ...] = ()
    tariffs: Mapping[str, Decimal] = field(default_factory=dict)  # prefix → price of a minute
    spend_per_day: Decimal | None = None
    spend_per_month: Decimal | None = None
    reserved_minutes: int = DEFAULT_RESERVED_MINUTES
    opt_out: bool = False  # by a key during the message, also where no law demands it
    opt_out_key: str = DEFAULT_KEY
    message_media: str = ""  # to people whom no agent can take; '': the program's own
    confirmation_media: str = DEFAULT_CONFIRMATION
    version: int = 0
    updated_at: datetime | None = None

    @property
    def message(self) -> MessageSettings:
        """What concerns the message alone."""
        return MessageSettings(
            opt_out=self.opt_out,
            opt_out_key=self.opt_out_key,
            message_media=self.message_media,
            confirmation_media=self.confirmation_media,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLaw:
    """By which law a call was allowed."""

    preset_id: str
    preset_version: str
    consent_id: UUID | None
    because: Sequence[str]  # codes of the rules that were asked
    dnc_list_names: Sequence[str]  # that stand against the campaign's calls, as they are now


class ComplianceStore(Protocol):
    """The law and guard of the transaction's organisation."""

    async def get(self) -> ComplianceSettings: ...

    async def get_for_change(self) -> ComplianceSettings:
        """Nobody dials under a cap, and nobody else changes them, until the transaction ends."""
        ...

    async def put(self, settings: ComplianceSettings) -> None:
        """Insert or replace; the version is the next one."""
        ...

    async def law(self, now: datetime | None) -> OrganisationLaw:
        """For reading: nothing is locked. `now`: as of when usage is told; None: it is not."""
        ...

    async def begin_counting(self, now: datetime) -> None:
        """Fill the counters of the present periods from the attempts, where there are none."""
        ...

    async def reopen(self, now: datetime, *, numbers: Sequence[str] | None) -> Mapping[UUID, int]:
        """Let campaigns look again at contacts that law or guard has finished: how many of each.

        `numbers`: only contacts with one of these; None: all.
        """
        ...

    async def call_law(self, attempt_id: UUID) -> CallLaw | None: ...
