"""What the rules would say of the contacts that a campaign has not come to yet.

The waterfall knows them as not looked at. The first of them stand for the rest: when a law, the
hours or a list keeps most of them out, a person wants to read it before the campaign finds out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kwabo.domain.compliance.rules import Assessment
from kwabo.kernel.verdict import Allowed

LOOKED_AT: Final = 50  # contacts; each is put before every rule


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonAhead:
    """Contacts to whom the same rule objects first."""

    code: str
    contacts: int
    next_attempt_at: datetime | None  # the earliest of theirs; None: none is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The next contacts that have not been looked at, as the rules see them now."""

    looked_at: int = 0
    reasons: tuple[ReasonAhead, ...] = ()  # the largest first

    @property
    def kept_out(self) -> int:
        """How many of them could not be called now."""
        return sum(reason.contacts for reason in self.reasons)


def ahead(assessments: Iterable[Assessment]) -> Ahead:
    """Counted by the first rule that objects; those who may be called are only looked at."""
    looked_at = 0
    found: dict[str, ReasonAhead] = {}
    for one in assessments:
        looked_at += 1
        if isinstance(one.verdict, Allowed):
            continue
        code = one.verdict.code
        known = found.get(code) or ReasonAhead(code=code, contacts=0, next_attempt_at=None)
        times = [at for at in (known.next_attempt_at, one.next_attempt_at) if at is not None]
        found[code] = ReasonAhead(
            code=code, contacts=known.contacts + 1, next_attempt_at=min(times, default=None)
        )
    reasons = sorted(found.values(), key=lambda reason: (-reason.contacts, reason.code))
    return Ahead(looked_at=looked_at, reasons=tuple(reasons))
