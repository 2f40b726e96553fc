"""What a campaign says of its callbacks, and of records that belong to an agent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

AFTER_OWNED = ("anyone", "missed")
TAKEOVERS = ("anyone", "deputy", "by_hand")
DELIVERIES = ("dial", "preview")
OWNER_ABSENT = ("wait", "anyone")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackTerms:
    """Whose a callback is as time goes by; all counted from its due time."""

    owned_hours: int = 24  # its owner's for so long at most
    after_owned: str = "anyone"  # anyone: it is everybody's then; missed: it ends
    takeover: str = "anyone"  # who takes it when its owner has not: anyone | deputy | by_hand
    takeover_minutes: int = 15  # and how long after the due time
    deputy_user_id: UUID | None = None
    latest_hours: int = 168  # not made any more after so long, unless it has a time of its own
    own_delivery: str = "dial"  # to its owner, in modes that dial by themselves: dial | preview
    anyone_delivery: str = "dial"  # to anyone

    @property
    def owned(self) -> timedelta:
        return timedelta(hours=self.owned_hours)

    @property
    def takeover_after(self) -> timedelta:
        return timedelta(minutes=self.takeover_minutes)

    @property
    def latest(self) -> timedelta:
        return timedelta(hours=self.latest_hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTerms:
    """Records that belong to the agent whom a column of the list names."""

    column: str = ""  # '': records belong to nobody
    absent: str = "wait"  # nobody takes it for its owner: wait | anyone
    absent_hours: int = 24  # for anyone: how long after it could have been called


DEFAULT_CALLBACKS = CallbackTerms()
DEFAULT_RECORDS = RecordTerms()
