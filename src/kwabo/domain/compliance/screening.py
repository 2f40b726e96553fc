"""Screening: lists of an authority (TPS, CTPS …) with a greatest age of their content.

Where the law wants lists screened, nobody is called while the newest whole copy of such a list is
older than allowed, or while there is none. A list may be stricter than the law, never laxer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal
from uuid import UUID

from kwabo.kernel.verdict import ALLOWED, Later, Verdict

if TYPE_CHECKING:
    from kwabo.domain.compliance.candidate import CampaignTerms, Candidate

LOOK_AGAIN: Final = timedelta(seconds=60)
Standing = Literal["never", "out_of_date", "soon", "current"]
WARN: Final = timedelta(days=5)  # before the content is too old


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """A list of an authority, and how old its content is."""

    dnc_list_id: UUID
    list_name: str
    organisation_wide: bool
    days: int | None  # how old its content may be; None: as the law says
    screened_at: datetime | None  # when its last whole copy was complete; None: never

    def due_at(self, law_days: int | None) -> datetime | None:
        """Until when its content counts; None: it has none, or nothing limits its age."""
        limits = [days for days in (self.days, law_days) if days is not None]
        if self.screened_at is None or not limits:
            return None
        return self.screened_at + timedelta(days=min(limits))

    def standing(self, law_days: int | None, now: datetime) -> Standing:
        """How its content stands to its greatest age."""
        if self.screened_at is None:
            return "never"
        due_at = self.due_at(law_days)
        if due_at is not None and due_at <= now:
            return "out_of_date"
        return "soon" if due_at is not None and due_at - WARN <= now else "current"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningDemand:
    """What is demanded of a campaign, and the lists that it keeps to."""

    days: int
    lists: Sequence[Screening]

    def current(self, now: datetime) -> bool:
        """Whether it may call: it keeps to a list, and none of its lists is too old."""
        return bool(self.lists) and all(
            one.standing(self.days, now) in ("soon", "current") for one in self.lists
        )


class ScreeningCurrent:
    """Nobody is called while the authority's list is older than the law allows (PECR reg. 21)."""

    code = "SCREENING_OUT_OF_DATE"

    def silent(self, terms: CampaignTerms) -> bool:
        return terms.law.screening is None

    def check(self, candidate: Candidate, terms: CampaignTerms, now: datetime) -> Verdict:
        demand = terms.law.screening
        if demand is None or demand.current(now):
            return ALLOWED
        return Later(self.code, now + LOOK_AGAIN)
