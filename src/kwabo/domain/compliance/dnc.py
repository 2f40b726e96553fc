"""Do-not-call: entries of lists and answers of providers, and the two rules about them.

Which lists apply is the campaign's choice and the organisation's; a list for another channel than
calls is not among them. An entry by column stands against every number of its contact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from kwabo.kernel.verdict import ALLOWED, Denied, Later, Verdict

if TYPE_CHECKING:
    from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateNumber

LOOK_AGAIN = timedelta(seconds=5)  # a number that waits for its provider's answer


@dataclass(frozen=True, slots=True, kw_only=True)
class DncMatch:
    """An entry against one of a contact's numbers, or against the contact."""

    dnc_list_id: UUID
    list_name: str
    number: str | None  # E.164; None: by a column, against every number
    column: str | None = None  # the contact's column whose value is listed
    expires_at: datetime | None = None  # None: for ever

    def speaks_of(self, number: str) -> bool:
        """Whether the entry is against this number."""
        return self.number is None or self.number == number


@dataclass(frozen=True, slots=True, kw_only=True)
class DncCheck:
    """What is known of a provider's answer about one number."""

    dnc_list_id: UUID
    list_name: str
    number: str  # E.164
    max_age: timedelta  # of an answer that still counts
    when_silent: str  # hold | allow: what the organisation has decided
    listed: bool | None = None  # the last answer; None: none yet
    checked_at: datetime | None = None  # when it came
    silences: int = 0  # requests without an answer since
    ask_after: datetime | None = None  # the provider is not asked before

    def fresh(self, now: datetime) -> bool:
        """Whether the last answer still counts."""
        return self.checked_at is not None and self.checked_at + self.max_age > now

    def match(self, now: datetime) -> DncMatch | None:
        """An answer "listed" as an entry, until it must be asked for again."""
        if not self.listed or self.checked_at is None or not self.fresh(now):
            return None
        return DncMatch(
            dnc_list_id=self.dnc_list_id,
            list_name=self.list_name,
            number=self.number,
            expires_at=self.checked_at + self.max_age,
        )

    def awaited(self, now: datetime) -> bool:
        """Whether a call has to wait for an answer.

        A silent provider holds no call where the organisation has decided so; it must have been
        asked, and must not have said "listed" when it last spoke.
        """
        if self.fresh(now):
            return False
        return self.when_silent != "allow" or self.silences == 0 or bool(self.listed)


def matches(candidate: Candidate, number: str, now: datetime) -> list[DncMatch]:
    """The entries and answers against a number that have not run out."""
    if not candidate.dnc and not candidate.dnc_checks:
        return []
    answered = (check.match(now) for check in candidate.dnc_checks if check.number == number)
    return [
        match
        for match in (*candidate.dnc, *answered)
        if match is not None
        and match.speaks_of(number)
        and (match.expires_at is None or match.expires_at > now)
    ]


def unchecked(candidate: Candidate, now: datetime) -> Sequence[DncCheck]:
    """Numbers about which a provider has to be asked, whether a call waits for it or not."""
    return [check for check in candidate.dnc_checks if not check.fresh(now)]


class NotOnDncList:
    """A number on a DNC list is not called until its entry expires (G8)."""

    code = "DNC_LISTED"

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        found = matches(candidate, number.number, now)
        if not found:
            return ALLOWED
        ends = [match.expires_at for match in found if match.expires_at is not None]
        return Denied(self.code) if len(ends) < len(found) else Later(self.code, max(ends))


class DncChecked:
    """A number is not called before every provider of the campaign's lists has been asked."""

    code = "DNC_UNCHECKED"

    def check_number(
        self, candidate: Candidate, number: CandidateNumber, terms: CampaignTerms, now: datetime
    ) -> Verdict:
        awaited = [
            check
            for check in candidate.dnc_checks
            if check.number == number.number and check.awaited(now)
        ]
        if not awaited:
            return ALLOWED
        soonest = now + LOOK_AGAIN
        return Later(self.code, max([soonest, *(c.ask_after for c in awaited if c.ask_after)]))
