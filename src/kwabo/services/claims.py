"""What a claim makes of the contacts it looks at: the decisions that every floor store shares.

A store finds contacts in the order of the claim and hands each to `Claiming.take`; what is to be
written lies in `attempts` and `courses` afterwards. Nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from kwabo.domain.callbacks import ownership
from kwabo.domain.callbacks.lifecycle import CallbackState
from kwabo.domain.campaigns.agentless import AGENTLESS
from kwabo.domain.campaigns.rule_sets.document import Kind
from kwabo.domain.campaigns.rule_sets.facts import ContactFacts as RuleFacts
from kwabo.domain.compliance.attempt_limits import AttemptLimit
from kwabo.domain.compliance.callable_hours import HOURS_CODES
from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate, CandidateCallback
from kwabo.domain.compliance.consents import standing
from kwabo.domain.compliance.contact_rules import owed, promised
from kwabo.domain.compliance.dnc import unchecked
from kwabo.domain.compliance.filter_rules import FILTERED, filter_verdict
from kwabo.domain.compliance.fraud_guard import everywhere_full
from kwabo.domain.compliance.law import Law, OrganisationLaw, law_of
from kwabo.domain.compliance.number_order import left_after
from kwabo.domain.compliance.rules import Assessment, assess
from kwabo.domain.contacts.filters.facts import ContactFacts
from kwabo.domain.data_actions.answers import DataAnswer
from kwabo.kernel.records import quickly_made
from kwabo.kernel.verdict import Allowed, Denied, Later
from kwabo.ports.floor_changes import CallbackChanged, Change
from kwabo.ports.floor_claims import CallProof, ClaimRequest
from kwabo.ports.floor_rows import AttemptRow, CampaignRow
from kwabo.services.rulings import (
    BeforeCall,
    asked_at_wrap_up,
    before_call,
    in_turn,
    of_kind,
    with_attempt,
)

UPCOMING_AT_MOST = 8  # numbers that are told of contacts not looked at yet
LOOK_AT_MOST = 300  # contacts in one claim
INBOUND = "inbound"  # mode of campaigns whose contacts call themselves
PREVIEW_WAITS = "PREVIEW_WAITS"  # waits for an agent who looks at the record first
SKILLS_WAIT = "SKILLS_WAIT"  # waits for an agent with the skills that a rule asks for
LOOK_AT_SKILLS = timedelta(minutes=10)  # what such a contact needs may have changed after this …
LOOK_AT_SKILLS_MOST = 3  # … and so many of them are looked at again in one claim
OWNED = (ownership.OWNED_BY_OTHER, ownership.OWNER_UNKNOWN)  # waits for the agent it belongs to
# A callback that waits for these keeps its time.
NOT_MOVED = (
    "IN_PROGRESS",
    "CALLBACK_SCHEDULED",
    "DNC_UNCHECKED",
    "CAMPAIGN_NOT_LAWFUL",
    "SCREENING_OUT_OF_DATE",
    "RATE_CAP",
)
STOP_AFTER_CLOSED_HOURS = 50  # new contacts outside callable time, one after the other
# What stands against a new contact and most likely against those behind it too.
_LASTING = frozenset(
    {*HOURS_CODES, "DNC_UNCHECKED", "OUTSIDE_LAWFUL_HOURS", "RATE_CAP", "SPEND_CAP"}
)


# A rule that puts every contact of the campaign off alike: the claim looks at no other.
STOPS_THE_CLAIM = frozenset({"CAMPAIGN_NOT_LAWFUL", "SCREENING_OUT_OF_DATE"})
NO_ORGANISATION_LAW = OrganisationLaw()


def terms_of(
    campaign: CampaignRow,
    organisation: OrganisationLaw = NO_ORGANISATION_LAW,
    limits: Sequence[AttemptLimit] = (),
) -> CampaignTerms:
    """What the rules know of the campaign, and of the attempt limits it is under."""
    return CampaignTerms(
        campaign_id=campaign.campaign_id,
        callable_time=CallableTime(
            weekdays=frozenset(campaign.callable_weekdays),
            start=campaign.callable_from,
            until=campaign.callable_until,
        ),
        max_attempts=campaign.max_attempts,
        minimum_gap_seconds=campaign.minimum_gap_seconds,
        callbacks=campaign.callbacks,
        records=campaign.records,
        law=law_of(campaign, organisation),
        choice=campaign.choice,
        list_time_zone=campaign.list_time_zone,
        callable_time_set=campaign.callable_time_set,
        attempt_limits=tuple(limits),
        number_order=campaign.number_order,
        number_labels=campaign.number_label_order,
    )


class KnownTerms:
    """The terms of campaigns, good as long as what they are made of is the very same."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[
            UUID, tuple[CampaignRow, OrganisationLaw, Sequence[AttemptLimit], CampaignTerms]
        ] = {}

    def of(
        self, campaign: CampaignRow, organisation: OrganisationLaw, limits: Sequence[AttemptLimit]
    ) -> CampaignTerms:
        """See `terms_of`."""
        known = self._known.get(campaign.campaign_id)
        if (
            known is not None
            and known[0] is campaign
            and known[1] is organisation
            and known[2] == limits
        ):
            return known[3]
        terms = terms_of(campaign, organisation, limits)
        self._known[campaign.campaign_id] = (campaign, organisation, limits, terms)
        return terms


def proof_of(candidate: Candidate, law: Law, number: str, now: datetime) -> CallProof:
    """By which law a call to this number is allowed now."""
    line = None
    if law.consent_purpose is not None:
        line = standing(candidate.consents.get(number, ()), law.consent_purpose, now).line
    return CallProof(
        preset_id=law.preset.preset_id,
        preset_version=law.preset.version,
        consent_id=None if line is None else line.consent_id,
    )


def wants_calls(campaign: CampaignRow, limits: Sequence[AttemptLimit]) -> bool:
    """Whether a decision needs the calls that were made before."""
    return bool(limits) or campaign.number_order in ("last_reached", "round")


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCandidate:
    """A candidate and the number of its last attempt in the campaign."""

    candidate: Candidate
    highest_attempt_number: int
    rule_facts: RuleFacts | None = None  # where `rulings.needs_facts`


@quickly_made
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
    needs: tuple[str, ...] = ()  # skills that the agent must have, of `SKILLS_WAIT`


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedAttempt:
    """An attempt to be written, and the codes of the rules that agreed to it."""

    row: AttemptRow
    because: tuple[str, ...]
    proof: CallProof
    person_id: UUID | None = None  # to whom the number belongs
    changes: tuple[Change, ...] = ()  # by rules before the call


@dataclass(slots=True)
class Claiming:
    """A claim under way."""

    request: ClaimRequest
    organisation: OrganisationLaw = NO_ORGANISATION_LAW
    put_off_until: datetime | None = None  # the whole claim, by a rule …
    put_off_by: str = ""  # … with this code
    agents: list[UUID] = field(default_factory=list)  # without a contact so far
    others: list[UUID] = field(default_factory=list)
    spare: list[UUID] = field(default_factory=list)  # to be held for calls for nobody
    for_nobody: int = 0  # contacts still wanted for whoever is free at the answer
    attempts: list[ClaimedAttempt] = field(default_factory=list)
    courses: list[ClaimedCourse] = field(default_factory=list)
    callbacks: list[CallbackChanged] = field(default_factory=list)
    previews_waiting: bool = False  # contacts were left for an agent to look at first
    put_off_for: str = ""  # why the last contact was put off
    not_called: list[Change] = field(default_factory=list)  # by rules before contacts not called
    closed_hours: int = 0  # contacts outside callable time, one after the other
    to_check: set[tuple[UUID, str]] = field(default_factory=set)  # DNC list and number to ask about
    data_wanted: list[DataAnswer] = field(default_factory=list)  # of data actions, to be asked
    upcoming: list[str] = field(default_factory=list)  # first numbers of contacts that come next
    limits: Sequence[AttemptLimit] = ()  # the organisation's and those that the campaign names
    known: KnownTerms = field(default_factory=KnownTerms)  # of earlier claims
    terms: CampaignTerms = field(init=False)
    _called: set[UUID | str] = field(default_factory=set)  # persons and numbers of this claim

    def __post_init__(self) -> None:
        self.agents = list(self.request.agent_user_ids)
        self.for_nobody = self.request.for_nobody
        self.others = list(self.request.others)
        self.spare = list(self.request.spare)
        self.terms = self.known.of(self.request.campaign, self.organisation, self.limits)

    @property
    def law(self) -> Law:
        """What is demanded of the campaign's calls."""
        return self.terms.law

    @property
    def owners(self) -> list[UUID]:
        """Agents who can be given callbacks of their own."""
        return [*self.agents, *self.others]

    @property
    def abilities(self) -> list[list[str]]:
        """What the agents of this claim can do, each combination once."""
        free = [*self.agents, *self.spare]
        combinations = {tuple(sorted(self._skills(one))) for one in free}
        return [list(one) for one in sorted(combinations)]

    def _skills(self, user_id: UUID) -> frozenset[str]:
        return self.request.skills.get(user_id, frozenset()) | self.request.common

    def _able(self, needs: Sequence[str], wanted: UUID | None) -> UUID | None:
        """An agent who has the skills: the one who is wanted, or another of the claim."""
        among = self.agents if self.agents else self.spare
        able = [one for one in among if self._skills(one).issuperset(needs)]
        if wanted in able:
            return wanted
        # Whoever can do least besides: the others are kept for those who need more.
        return min(able, key=lambda one: len(self._skills(one)), default=None)

    @property
    def promises_only(self) -> bool:
        """Whether nobody is called but those who were promised it: the list is of callers."""
        return self.request.campaign.mode == INBOUND

    @property
    def wanted(self) -> int:
        """How many contacts are still wanted."""
        return 0 if self.put_off_by else len(self.agents) + self.for_nobody

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

    @property
    def bound_until(self) -> datetime:
        """Callbacks due after this instant are for their owners alone, as far as time decides."""
        terms = self.request.campaign.callbacks
        waits = [terms.owned, terms.latest]
        if self.takes_over:
            waits.append(terms.takeover_after)
        return self.request.now - min(waits)

    @property
    def takes_over(self) -> bool:
        """Whether an agent of this claim may take over callbacks of owners who are away."""
        terms = self.request.campaign.callbacks
        return terms.takeover == "anyone" or (
            terms.takeover == "deputy" and terms.deputy_user_id in self.owners
        )

    @property
    def looks(self) -> bool:
        """Whether the claim has an agent for contacts that wait for one to look at them."""
        return bool(self.agents) or not self.request.campaign.has_previews

    @property
    def given_up(self) -> datetime | None:
        """Owned records that have waited since this instant are anyone's; None: they wait on."""
        terms = self.request.campaign.records
        if terms.absent != "anyone":
            return None
        return self.request.now - timedelta(hours=terms.absent_hours)

    def take(self, found: FoundCandidate) -> None:
        """Ask the rules: an attempt, or why there is none."""
        request, candidate = self.request, found.candidate
        callback = candidate.callback
        ended = callback and ownership.over(callback, request.campaign.callbacks, request.now)
        attempts = candidate.course.attempts if candidate.course else 0
        if callback and ended:
            reason = f"CALLBACK_{ended.upper()}"
            self._change(callback, ended, reason)
            self._course(candidate, "finished", attempts, reason=reason)
            return
        self.to_check |= {(c.dnc_list_id, c.number) for c in unchecked(candidate, request.now)}
        if self._called and not self._called.isdisjoint(whom(candidate)):
            candidate = replace(candidate, live_elsewhere=True)  # called by this very claim
        assessment = assess(candidate, self.terms, request.now)
        verdict = assessment.verdict
        if isinstance(verdict, Later):
            self.closed_hours += verdict.code in _LASTING
            self._stop_at(verdict)
            self.put_off_for = verdict.code
            if callback and promised(candidate, request.now) and verdict.code not in NOT_MOVED:
                self._put_off(candidate, callback, attempts, verdict)
                return
            self._course(candidate, "open", attempts, at=verdict.retry_at, reason=verdict.code)
        elif isinstance(verdict, Denied) and verdict.code == FILTERED:
            self._course(candidate, "open", attempts, reason=FILTERED)  # until something changes
        elif not isinstance(verdict, Allowed) or assessment.number is None:
            code = "" if isinstance(verdict, Allowed) else verdict.code
            if callback:
                self._change(callback, CallbackState.CANCELLED, code)
            self._course(candidate, "finished", attempts, reason=code)
        else:
            self._give(found, assessment, attempts)

    def _give(self, found: FoundCandidate, assessment: Assessment, attempts: int) -> None:
        """An attempt for whoever may have the contact, or the contact waits for them."""
        request, candidate = self.request, found.candidate
        callback = candidate.callback if owed(candidate) else None
        terms = request.campaign.callbacks
        own = False
        agent: UUID | None = None
        if callback is not None:
            agent = self._first(callback.owner_user_id, self.owners)
            own = agent is not None
            may = ownership.takers(callback, terms, request.now)
            if may is not None and agent is None:
                agent = next((one for one in self.owners if one in may), None)
                if agent is None:  # those it is for were given other contacts meanwhile
                    reason = "CALLBACK_SCHEDULED"
                    self._course(candidate, "open", attempts, at=callback.due_at, reason=reason)
                    return
            delivery = terms.own_delivery if own else terms.anyone_delivery
        else:
            delivery = "dial"
            records = request.campaign.records
            may = ownership.record_takers(candidate, records, request.now)
            owner = candidate.owner.user_id if candidate.owner else None
            agent = self._first(owner, self.agents)
            if may is not None and agent is None:
                self._leave(candidate, attempts, ownership.record_code(candidate))
                return
        before = self._ask_rules(found, assessment)
        if before.waits_for is not None:
            self.data_wanted.append(before.waits_for)
        if before.number is None:
            self.not_called += with_attempt(before, None)
            state = "finished" if before.again_at is None else "open"
            self._course(candidate, state, attempts, at=before.again_at, reason=before.reason)
            return
        # A promise is kept, and an agent's own record given, whatever else the agent can do; a flow
        # needs nobody.
        anyones = callback is None and may is None and request.campaign.mode != AGENTLESS
        if anyones and not self.request.common.issuperset(before.skills):
            agent = self._able(before.skills, agent)
            if agent is None:
                self._wait_for_skills(candidate, attempts, before.skills)
                return
        previewed = request.offer or candidate.previewed or before.preview or delivery == "preview"
        if previewed and agent is None and not self.agents:
            self.previews_waiting = True
            self._leave(candidate, attempts, PREVIEW_WAITS)
            return
        self._attempt(found, before, attempts, assessment, agent, offered=previewed)

    def _ask_rules(self, found: FoundCandidate, assessment: Assessment) -> BeforeCall:
        """What the campaign's rules before the call say, from the chosen number on."""
        assert assessment.number is not None
        request, candidate = self.request, found.candidate
        rule_sets = of_kind(request.campaign.rule_sets, Kind.PRE_CALL)
        if not rule_sets or found.rule_facts is None:
            return BeforeCall(number=assessment.number)
        return before_call(
            rule_sets,
            found.rule_facts,
            in_turn(candidate, assessment),
            campaign_id=request.campaign.campaign_id,
            promised=promised(candidate, request.now),
            now=request.now,
        )

    @property
    def ruled(self) -> list[Change]:
        """What rules before the calls have changed."""
        return [*self.not_called, *(c for one in self.attempts for c in one.changes)]

    @staticmethod
    def _first(wanted: UUID | None, among: Sequence[UUID]) -> UUID | None:
        return wanted if wanted is not None and wanted in among else None

    def _stop_at(self, verdict: Later) -> None:
        """Look at no further contact where none of them can be called."""
        full = None
        guard = self.law.guard
        if verdict.code == "RATE_CAP" and guard is not None:
            full = everywhere_full(guard, self.law.usage, self.request.now)
        if verdict.code in STOPS_THE_CLAIM or full is not None:
            self.put_off_until, self.put_off_by = full or verdict.retry_at, verdict.code

    def keep_out(self, contact_id: UUID, facts: ContactFacts) -> None:
        """A contact never looked at that a filter keeps out; written only if time may change that.

        One without a course is found again when it or the filters change.
        """
        request = self.request
        verdict = filter_verdict(self.terms, facts, request.now)
        if isinstance(verdict, Later):
            self.courses.append(
                ClaimedCourse(
                    campaign_id=request.campaign.campaign_id,
                    contact_id=contact_id,
                    state="open",
                    attempts=0,
                    next_attempt_at=verdict.retry_at,
                    reason=FILTERED,
                )
            )

    def _attempt(
        self,
        found: FoundCandidate,
        before: BeforeCall,
        attempts: int,
        assessment: Assessment,
        for_agent: UUID | None,
        *,
        offered: bool,
    ) -> None:
        number = before.number
        assert number is not None
        request, candidate = self.request, found.candidate
        callback = candidate.callback
        campaign = request.campaign
        left = [n for n in candidate.numbers if n.number in assessment.callable_numbers]
        other_numbers, round_left = left_after(candidate, left, number, self.terms)
        person_id = candidate.persons.get(number)
        if found.rule_facts is not None:
            self.data_wanted += asked_at_wrap_up(
                campaign.rule_sets, found.rule_facts, number, request.now
            )
        self._called |= whom(candidate)
        self.closed_hours = 0
        dialled_at = None if offered else request.now
        row = AttemptRow(
            attempt_id=request.attempt_ids[len(self.attempts)],
            campaign_id=campaign.campaign_id,
            contact_id=found.candidate.contact_id,
            attempt_number=found.highest_attempt_number + 1,
            number=number,
            mode=_mode(campaign, offered=offered),
            caller_id=self._shown(before.caller_id),
            trunk_id=campaign.trunk_id,
            agent_user_id=self._agent(for_agent),
            callback_id=callback.callback_id if callback else None,
            state="offered" if offered else "dialling",
            result=None,
            transferred_to=None,
            abandoned=False,
            offered_at=request.now if offered else None,
            dialling_at=dialled_at,
            ringing_at=None,
            answered_at=None,
            connected_at=None,
            closed_at=None,
            course_attempts=attempts if offered else attempts + 1,
            time_zone=candidate.time_zone or campaign.list_time_zone,
            result_counts=candidate.course.result_counts if candidate.course else {},
            other_numbers=other_numbers,
            round_left=round_left,
            skills=before.skills,
        )
        proof = proof_of(found.candidate, self.law, number, request.now)
        codes = tuple(check.code for check in assessment.checks)
        because = (*codes, f"PRESET {proof.preset_id} {proof.preset_version}")
        self.attempts.append(
            ClaimedAttempt(
                row=row,
                because=because,
                proof=proof,
                person_id=person_id,
                changes=tuple(with_attempt(before, row.attempt_id)),
            )
        )
        if self.law.guard is not None and self.law.guard.counts and not offered:
            self.law.usage.take(self.law.guard, number, request.now)
        self.courses.append(
            ClaimedCourse(
                campaign_id=row.campaign_id,
                contact_id=row.contact_id,
                state="in_progress",
                attempts=row.course_attempts,
                last_attempt_at=dialled_at,
            )
        )

    def _shown(self, wanted: str | None) -> str:
        """The caller id that a rule wants where the law allows it, else the campaign's."""
        campaign = self.request.campaign
        if wanted is None or wanted == campaign.caller_id:
            return campaign.caller_id
        law = law_of(replace(campaign, caller_id=wanted), self.organisation)
        refused = any(objection.field == "caller_id" for objection in law.objections)
        return campaign.caller_id if refused else wanted

    def _agent(self, wanted: UUID | None) -> UUID | None:
        """Who the attempt is for; one of `others` takes a place of the claim."""
        spare = wanted is not None and wanted in self.spare
        if wanted is not None and spare:
            self.spare.remove(wanted)  # may be among `others` too
        if wanted is not None and wanted in self.others:
            self.others.remove(wanted)
            if self.agents:
                self.others.append(self.agents.pop())
            else:
                self.for_nobody -= 1
            return wanted
        if spare:
            self.for_nobody -= 1
            return wanted
        if not self.agents:
            self.for_nobody -= 1
            return None
        agent = wanted if wanted in self.agents else self.agents[0]
        self.agents.remove(agent)
        return agent

    def _put_off(
        self, candidate: Candidate, callback: CandidateCallback, attempts: int, verdict: Later
    ) -> None:
        """The promise cannot be kept at its time: the next instant that the rules allow."""
        if callback.latest_at is not None and verdict.retry_at >= callback.latest_at:
            self._change(callback, CallbackState.EXPIRED, verdict.code)
            self._course(candidate, "finished", attempts, reason="CALLBACK_EXPIRED")
            return
        self._change(callback, CallbackState.OPEN, verdict.code, due_at=verdict.retry_at)
        self._course(candidate, "open", attempts, at=verdict.retry_at, reason=verdict.code)

    def _change(
        self,
        callback: CandidateCallback,
        state: CallbackState,
        reason: str,
        *,
        due_at: datetime | None = None,
    ) -> None:
        self.callbacks.append(
            CallbackChanged(
                callback_id=callback.callback_id,
                state=str(state),
                due_at=due_at or callback.due_at,
                reason=reason,
                at=self.request.now,
            )
        )

    def _wait_for_skills(self, candidate: Candidate, attempts: int, needs: tuple[str, ...]) -> None:
        """Until an agent who has them is in a claim; looked at again from time to time."""
        self._course(
            candidate, "open", attempts, at=self.request.now, reason=SKILLS_WAIT, needs=needs
        )

    def _leave(self, candidate: Candidate, attempts: int, reason: str) -> None:
        """The contact could be called, by somebody who is not in this claim."""
        since = ownership.waiting_since(candidate, self.request.now)
        self._course(candidate, "open", attempts, at=since, reason=reason)

    def _course(
        self,
        candidate: Candidate,
        state: str,
        attempts: int,
        *,
        at: datetime | None = None,
        reason: str,
        needs: tuple[str, ...] = (),
    ) -> None:
        self.courses.append(
            ClaimedCourse(
                campaign_id=self.request.campaign.campaign_id,
                contact_id=candidate.contact_id,
                state=state,
                attempts=attempts,
                next_attempt_at=at,
                reason=reason,
                needs=needs,
            )
        )


def _mode(campaign: CampaignRow, *, offered: bool) -> str:
    """How the call is made; callers are called back one by one."""
    if offered:
        return "preview"
    return "progressive" if campaign.mode == INBOUND else campaign.mode


def whom(candidate: Candidate) -> set[UUID | str]:
    """Persons and numbers, of whom there is one call at a time."""
    return {*candidate.persons.values(), *(number.number for number in candidate.numbers)}
