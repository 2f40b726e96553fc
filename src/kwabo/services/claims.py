"""What a claim makes of the contacts it looks at: the decisions that every floor store shares.

A store finds contacts in the order of the claim and hands each to `Claiming.take`; what is to be
written lies in `attempts` and `courses` afterwards. Nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate
from kwabo.domain.compliance.dnc import matches, unchecked
from kwabo.domain.compliance.rules import assess
from kwabo.kernel.verdict import Allowed, Later
from kwabo.ports.floor_store import AttemptRow, CampaignRow, ClaimRequest, RecheckAnswer

UPCOMING_AT_MOST = 8  # numbers that are told of contacts not looked at yet
LOOK_AT_MOST = 300  # contacts in one claim
STOP_AFTER_CLOSED_HOURS = 50  # new contacts outside callable time, one after the other
# What stands against a new contact and most likely against those behind it too.
_LASTING = frozenset({"OUTSIDE_CALLABLE_TIME", "DNC_UNCHECKED"})


def terms_of(campaign: CampaignRow) -> CampaignTerms:
    """What the rules know of the campaign."""
    return CampaignTerms(
        campaign_id=campaign.campaign_id,
        callable_time=CallableTime(
            weekdays=frozenset(campaign.callable_weekdays),
            start=campaign.callable_from,
            until=campaign.callable_until,
        ),
        max_attempts=campaign.max_attempts,
        minimum_gap_seconds=campaign.minimum_gap_seconds,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCandidate:
    """A candidate and the number of its last attempt in the campaign."""

    candidate: Candidate
    highest_attempt_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedCourse:
    """A contact's standing after the claim looked at it."""

    campaign_id: UUID
    contact_id: UUID
    state: str
    attempts: int
    last_attempt_at: datetime | None = None
    next_attempt_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedAttempt:
    """An attempt to be written, and the codes of the rules that agreed to it."""

    row: AttemptRow
    because: tuple[str, ...]


@dataclass(slots=True)
class Claiming:
    """A claim under way."""

    request: ClaimRequest
    agents: list[UUID] = field(default_factory=list)  # without a contact so far
    others: list[UUID] = field(default_factory=list)
    for_nobody: int = 0  # contacts still wanted for whoever is free at the answer
    attempts: list[ClaimedAttempt] = field(default_factory=list)
    courses: list[ClaimedCourse] = field(default_factory=list)
    closed_hours: int = 0  # contacts outside callable time, one after the other
    to_check: set[tuple[UUID, str]] = field(default_factory=set)  # DNC list and number to ask about
    upcoming: list[str] = field(default_factory=list)  # first numbers of contacts that come next

    def __post_init__(self) -> None:
        self.agents = list(self.request.agent_user_ids)
        self.for_nobody = self.request.for_nobody
        self.others = list(self.request.others)

    @property
    def owners(self) -> list[UUID]:
        """Agents who can be given callbacks of their own."""
        return [*self.agents, *self.others]

    @property
    def wanted(self) -> int:
        """How many contacts are still wanted."""
        return len(self.agents) + self.for_nobody

    @property
    def finished(self) -> int:
        """How many contacts a rule has finished."""
        return sum(1 for course in self.courses if course.state == "finished")

    @property
    def look_at(self) -> int:
        """How many new contacts to read at once."""
        return min(LOOK_AT_MOST, max(50, 2 * self.wanted))

    def see(self, numbers: Sequence[str]) -> None:
        """The numbers of a contact that comes next: pacing may want to know of it."""
        if numbers and len(self.upcoming) < UPCOMING_AT_MOST:
            self.upcoming.append(numbers[0])

    def take(self, found: FoundCandidate) -> None:
        """Ask the rules: an attempt, or why there is none."""
        request, candidate = self.request, found.candidate
        assessment = assess(candidate, terms_of(request.campaign), request.now)
        attempts = candidate.course.attempts if candidate.course else 0
        verdict = assessment.verdict
        callback = candidate.callback
        self.to_check |= {(c.dnc_list_id, c.number) for c in unchecked(candidate, request.now)}
        if isinstance(verdict, Later):
            self.closed_hours += verdict.code in _LASTING
            self._course(candidate, "open", attempts, at=verdict.retry_at, reason=verdict.code)
        elif not isinstance(verdict, Allowed) or assessment.number is None:
            code = "" if isinstance(verdict, Allowed) else verdict.code
            self._course(candidate, "finished", attempts, reason=code)
        elif callback and callback.owner_user_id and callback.owner_user_id not in self.owners:
            reason = "CALLBACK_SCHEDULED"  # its owner was given another contact meanwhile
            self._course(candidate, "open", attempts, at=callback.due_at, reason=reason)
        else:
            codes = tuple(check.code for check in assessment.checks)
            self._attempt(found, assessment.number, attempts, codes)

    def _attempt(
        self, found: FoundCandidate, number: str, attempts: int, codes: tuple[str, ...]
    ) -> None:
        request, callback = self.request, found.candidate.callback
        campaign = request.campaign
        self.closed_hours = 0
        dialled_at = None if request.offer else request.now
        row = AttemptRow(
            attempt_id=request.attempt_ids[len(self.attempts)],
            campaign_id=campaign.campaign_id,
            contact_id=found.candidate.contact_id,
            attempt_number=found.highest_attempt_number + 1,
            number=number,
            mode=campaign.mode,
            caller_id=campaign.caller_id,
            trunk_id=campaign.trunk_id,
            agent_user_id=self._agent(callback.owner_user_id if callback else None),
            callback_id=callback.callback_id if callback else None,
            state="offered" if request.offer else "dialling",
            result=None,
            transferred_to=None,
            abandoned=False,
            offered_at=request.now if request.offer else None,
            dialling_at=dialled_at,
            ringing_at=None,
            answered_at=None,
            connected_at=None,
            closed_at=None,
            course_attempts=attempts if request.offer else attempts + 1,
        )
        self.attempts.append(ClaimedAttempt(row=row, because=codes))
        self.courses.append(
            ClaimedCourse(
                campaign_id=row.campaign_id,
                contact_id=row.contact_id,
                state="in_progress",
                attempts=row.course_attempts,
                last_attempt_at=dialled_at,
            )
        )

    def _agent(self, owner: UUID | None) -> UUID | None:
        """Who the attempt is for; a callback of somebody's own is always for its owner."""
        if owner is not None and owner in self.others:
            self.others.remove(owner)
            if self.agents:
                self.others.append(self.agents.pop())
            else:
                self.for_nobody -= 1
            return owner
        if not self.agents:
            self.for_nobody -= 1
            return None
        agent = owner if owner in self.agents else self.agents[0]
        self.agents.remove(agent)
        return agent

    def _course(
        self,
        candidate: Candidate,
        state: str,
        attempts: int,
        *,
        at: datetime | None = None,
        reason: str,
    ) -> None:
        self.courses.append(
            ClaimedCourse(
                campaign_id=self.request.campaign.campaign_id,
                contact_id=candidate.contact_id,
                state=state,
                attempts=attempts,
                next_attempt_at=at,
                reason=reason,
            )
        )


def check_again(
    candidate: Candidate, campaign: CampaignRow, number: str, now: datetime
) -> RecheckAnswer:
    """Ask all rules about an offered contact, on this one of its numbers."""
    numbers = tuple(n for n in candidate.numbers if n.number == number)
    if not numbers:
        return RecheckAnswer(allowed=False, code="NUMBER_UNKNOWN", retry_at=None, number=None)
    assessment = assess(replace(candidate, numbers=numbers), terms_of(campaign), now)
    verdict = assessment.verdict
    if isinstance(verdict, Allowed):
        return RecheckAnswer(allowed=True, code="CALLABLE", retry_at=None, number=number)
    retry_at = verdict.retry_at if isinstance(verdict, Later) else None
    return RecheckAnswer(allowed=False, code=verdict.code, retry_at=retry_at, number=None)


def is_listed(candidate: Candidate, number: str, now: datetime) -> bool:
    """Whether a DNC list or a provider stands against calling this number now."""
    return bool(matches(candidate, number, now))
