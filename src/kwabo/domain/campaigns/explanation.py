"""Why a contact is not being called, and when it will be: the rules' answer for people.

The rules are those of the claim (`compliance.rules`); nothing is decided here. A campaign that does
not run stands before them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kwabo.domain.callbacks import ownership
from kwabo.domain.campaigns import dnc_explanation
from kwabo.domain.campaigns.callback_settings import callback_terms, record_terms
from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.campaigns.time_sentences import (
    ExplainedZones,
    explained_zones,
    hours_sentence,
)
from kwabo.domain.compliance.attempt_limits import AttemptLimit, LimitUse
from kwabo.domain.compliance.callable_hours import HOURS_CODES
from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.callable_time_set import CallableTimeSet
from kwabo.domain.compliance.candidate import CampaignTerms, Candidate
from kwabo.domain.compliance.filter_rules import FILTERED, filter_sentence
from kwabo.domain.compliance.law import OrganisationLaw, law_of
from kwabo.domain.compliance.law_sentences import LAW_SENTENCES
from kwabo.domain.compliance.limit_rules import uses
from kwabo.domain.compliance.rules import Assessment, assess
from kwabo.domain.contacts.filters.in_use import EVERYBODY, Choice
from kwabo.kernel.verdict import Allowed, Denied, Later, Verdict

NOT_RUNNING = "CAMPAIGN_NOT_RUNNING"
CALLABLE = "CALLABLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedCheck:
    """One rule's answer."""

    code: str
    verdict: str  # allowed | denied | later
    retry_at: datetime | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedRule:
    """A rule before the call that would fire."""

    rule_set_id: UUID
    rule_set_name: str
    rule: int  # its place in the set, from 1
    name: str
    number: str  # for which it is asked
    actions: tuple[str, ...]  # types, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedRules:
    """What the campaign's rules before a call would do now. Nothing of it is done."""

    fired: tuple[ExplainedRule, ...]
    code: str  # why no number would be called; '' : one would
    message: str
    number: str | None  # that would be called
    again_at: datetime | None  # when the contact would be looked at again
    data: Mapping[str, str]  # columns that would change
    preview: bool
    caller_id: str | None
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What all rules say together."""

    callable: bool
    code: str  # of the first rule that objects, or CALLABLE
    reason: str | None  # the course's own reason, where the rule only says that there is one
    message: str
    next_attempt_at: datetime | None  # the earliest instant at which no rule objects
    checks: tuple[ExplainedCheck, ...]
    number: str | None  # that would be called
    owner: str | None = None  # the agent for whom alone it waits, as people know them
    zones: tuple[ExplainedZones, ...] = ()  # of each number, in the contact's order
    limits: tuple[LimitUse, ...] = ()  # how much of each attempt limit is used
    rules: ExplainedRules | None = None  # None: the campaign has no rules before calls


def terms_of(
    settings: CampaignSettings,
    campaign_id: UUID,
    organisation: OrganisationLaw,
    callable_time_set: CallableTimeSet | None = None,
    *,
    choice: Choice = EVERYBODY,
    list_time_zone: str = "UTC",
    limits: Sequence[AttemptLimit] = (),
) -> CampaignTerms:
    """What the rules know of a campaign with these settings, under these attempt limits."""
    return CampaignTerms(
        campaign_id=campaign_id,
        callable_time=CallableTime(
            weekdays=frozenset(settings.callable_weekdays),
            start=settings.callable_from,
            until=settings.callable_until,
        ),
        max_attempts=settings.max_attempts,
        minimum_gap_seconds=settings.minimum_gap_seconds,
        callbacks=callback_terms(settings),
        records=record_terms(settings),
        law=law_of(settings, organisation),
        choice=choice,
        list_time_zone=list_time_zone,
        callable_time_set=callable_time_set,
        attempt_limits=tuple(limits),
        number_order=settings.number_order,
        number_labels=settings.number_label_order,
    )


def explain(
    candidate: Candidate, terms: CampaignTerms, *, running: bool, now: datetime, language: str
) -> Explanation:
    """The rules' answer about a contact, in French or English."""
    assessment = assess(candidate, terms, now)
    reason = candidate.course.reason if candidate.course else ""
    closed = _closed_hours(candidate, terms, assessment, now, language)
    checks = [
        ExplainedCheck(
            code=check.code,
            verdict=_kind(check.verdict),
            retry_at=check.verdict.retry_at if isinstance(check.verdict, Later) else None,
            message=closed.get(check.code)
            or (
                _said(check.code, candidate, now, language)
                if not isinstance(check.verdict, Allowed)
                else sentence(check.code, language, allowed=True)
            ),
        )
        for check in assessment.checks
    ]
    code = CALLABLE if isinstance(assessment.verdict, Allowed) else assessment.verdict.code
    if code == FILTERED:
        checks[-1] = replace(checks[-1], message=filter_sentence(candidate, terms, now, language))
    told = reason if code in ("FINISHED", "RECALL_DELAY") and reason else None
    bound = ownership.bound(candidate, terms, now) if code == CALLABLE else None
    if bound is not None:
        code = bound.code
        checks.append(
            ExplainedCheck(
                code=code,
                verdict="later",
                retry_at=bound.free_at,
                message=sentence(code, language),
            )
        )
    if not running:
        stopped = Denied(NOT_RUNNING)
        checks.insert(
            0,
            ExplainedCheck(
                code=NOT_RUNNING,
                verdict=_kind(stopped),
                retry_at=None,
                message=sentence(NOT_RUNNING, language),
            ),
        )
        code = code if code == "FINISHED" else NOT_RUNNING
    callable_now = code == CALLABLE
    message = closed.get(code) or _said(code, candidate, now, language)
    if told is not None:
        message = _message(code, _said(told, candidate, now, language), language, told)
    if code == FILTERED:
        message = f"{message} {checks[-1].message}"
    next_attempt_at = assessment.next_attempt_at if bound is None else bound.free_at
    return Explanation(
        callable=callable_now,
        code=code,
        reason=told,
        message=f"{message} {_owner(bound.owner, language)}".strip()
        if bound is not None and code == bound.code
        else message,
        next_attempt_at=next_attempt_at,
        checks=tuple(checks),
        number=assessment.number if callable_now else None,
        owner=None if bound is None else bound.owner,
        zones=explained_zones(candidate, terms, now, language),
        limits=tuple(uses(candidate, terms, now)),
    )


def with_rules(explanation: Explanation, rules: ExplainedRules) -> Explanation:
    """What follows when the rules before the call are asked too; they come last."""
    if not explanation.callable or rules.number is not None:
        number = rules.number if explanation.callable else explanation.number
        return replace(explanation, rules=rules, number=number)
    check = ExplainedCheck(
        code=rules.code,
        verdict="denied" if rules.again_at is None else "later",
        retry_at=rules.again_at,
        message=rules.message,
    )
    return replace(
        explanation,
        callable=False,
        code=rules.code,
        message=rules.message,
        next_attempt_at=rules.again_at,
        checks=(*explanation.checks, check),
        number=None,
        rules=rules,
    )


def _owner(name: str, language: str) -> str:
    if not name:
        return ""
    return f"Agent : {name}." if language == "fr" else f"Agent: {name}."


def _closed_hours(
    candidate: Candidate,
    terms: CampaignTerms,
    assessment: Assessment,
    now: datetime,
    language: str,
) -> dict[str, str]:
    """Code of the hours that objects → its sentence about the numbers that it took out."""
    objecting = [c.code for c in assessment.checks if not isinstance(c.verdict, Allowed)]
    return {
        code: hours_sentence(
            candidate,
            terms,
            code,
            [n.number for n in assessment.numbers if getattr(n.verdict, "code", "") == code],
            now,
            language,
        )
        for code in objecting
        if code in HOURS_CODES
    }


def _kind(verdict: Verdict) -> str:
    if isinstance(verdict, Allowed):
        return "allowed"
    return "later" if isinstance(verdict, Later) else "denied"


def _said(code: str, candidate: Candidate, now: datetime, language: str) -> str:
    """The sentence about this very contact where there is one, else that of the code."""
    told = dnc_explanation.told(code, candidate, now, language)
    return told or sentence(code, language)


def _message(code: str, why: str, language: str, reason: str) -> str:
    text = sentence(code, language)
    return text if reason == code else f"{text} {why}".strip()


def sentence(code: str, language: str, *, allowed: bool = False) -> str:
    """What a reason code means, in French or English; '' for one that has no sentence."""
    if allowed:
        return "Pas d’objection." if language == "fr" else "No objection."
    french, english = SENTENCES.get(code, ("", ""))
    return french if language == "fr" else english


# Code → (French, English): what it means, and what a person can do about it.
SENTENCES: Mapping[str, tuple[str, str]] = {
    CALLABLE: (
        "Ce contact peut être appelé maintenant : il attend son tour.",
        "This contact can be called now: it waits for its turn.",
    ),
    NOT_RUNNING: (
        "La campagne n’est pas en cours : démarrez-la.",
        "The campaign is not running: start it.",
    ),
    "RULE_DO_NOT_DIAL": (
        "Une règle avant l’appel le laisse de côté : voyez l’onglet Règles de la campagne.",
        "A rule before the call leaves it alone: see the campaign's Rules tab.",
    ),
    "DATA_ACTION_WAITS": (
        "Une règle attend la réponse d’un autre programme : l’appel est décidé dès qu’elle est là.",
        "A rule waits for another program's answer: the call is decided as soon as it is there.",
    ),
    "IN_PROGRESS": (
        "Un appel vers cette personne est en cours, dans cette liste ou une autre.",
        "A call to this person is in progress, of this list or another.",
    ),
    "FINISHED": (
        "Ce contact est terminé dans cette campagne.",
        "This contact is finished in this campaign.",
    ),
    FILTERED: (
        "Les filtres de la campagne ne retiennent pas ce contact ; il est revu quand ses données "
        "ou les filtres changent.",
        "The campaign's filters keep this contact out; it is looked at again when its data or the "
        "filters change.",
    ),
    "CONTACT_UNCALLABLE": (
        "Le contact est marqué comme à ne pas appeler : rendez-le appelable dans sa fiche.",
        "The contact is marked uncallable: make it callable in its record.",
    ),
    "NO_CALLABLE_NUMBER": (
        "Aucun numéro de ce contact ne peut être appelé : corrigez ses numéros.",
        "None of the contact's numbers can be called: correct its numbers.",
    ),
    "DNC_LISTED": (
        "Tous ses numéros sont en opposition dans les listes de la campagne ou de l’organisation.",
        "All its numbers are on DNC lists of the campaign or the organisation.",
    ),
    "DNC_UNCHECKED": (
        "Un service d’opposition doit d’abord répondre : l’appel attend.",
        "A DNC provider has to answer first: the call waits.",
    ),
    "ATTEMPT_LIMIT": (
        "Le nombre maximal de tentatives est atteint.",
        "The maximum number of attempts is reached.",
    ),
    "NUMBER_LIMIT": (
        "Ses numéros ont été appelés aussi souvent qu’une limite le permet.",
        "Its numbers have been called as often as a limit allows.",
    ),
    "PERSON_LIMIT": (
        "La personne a été appelée aussi souvent qu’une limite le permet, tous numéros, listes et "
        "campagnes confondus.",
        "The person has been called as often as a limit allows, over all numbers, lists and "
        "campaigns.",
    ),
    "NEXT_NUMBER": (
        "Son numéro suivant sera appelé tout de suite.",
        "Its next number will be called at once.",
    ),
    "RECYCLED": (
        "Il a été remis en jeu dans la campagne.",
        "It was recycled in the campaign.",
    ),
    "RECALL_DELAY": (
        "Le délai avant la prochaine tentative n’est pas écoulé.",
        "The delay before the next attempt has not passed.",
    ),
    "MINIMUM_GAP": (
        "Le contact a été appelé il y a trop peu de temps, dans cette campagne ou une autre.",
        "The contact was called too short a time ago, in this or another campaign.",
    ),
    "CALLBACK_SCHEDULED": (
        "Un rappel lui a été promis pour plus tard.",
        "A callback was promised for a later time.",
    ),
    "CALLBACK_OWNED": (
        "Le rappel est dû, et réservé à l’agent qui l’a promis.",
        "The callback is due, and reserved for the agent who promised it.",
    ),
    "CALLBACK_MISSED": (
        "Le rappel promis a été manqué : son agent n’est pas venu à temps. Reprogrammez-le à la "
        "page « Rappels ».",
        "The promised callback was missed: its agent did not come in time. Reschedule it on the "
        "page Callbacks.",
    ),
    "CALLBACK_EXPIRED": (
        "L’heure limite du rappel est passée. Reprogrammez-le à la page « Rappels ».",
        "The callback's latest time has passed. Reschedule it on the page Callbacks.",
    ),
    "CALLBACK_TRIED_AGAIN": (
        "L’appelant n’a pas été joint ; sa place est gardée et il sera rappelé.",
        "The caller was not reached; the place is kept, and they will be called again.",
    ),
    "CALLBACK_CANCELLED": (
        "Le rappel promis a été annulé.",
        "The promised callback was cancelled.",
    ),
    "CALLBACK_REPLACED": (
        "Un rappel plus récent a été promis.",
        "A newer callback was promised.",
    ),
    "PREVIEW_WAITS": (
        "Cette fiche est montrée à un agent avant l’appel : elle attend un agent libre.",
        "An agent looks at this record before the call: it waits for a free agent.",
    ),
    "SKILLS_WAIT": (
        "Une règle demande un agent avec des compétences ou une langue ; aucun n’était libre.",
        "A rule asks for an agent with skills or a language; none was free.",
    ),
    "OWNED_BY_OTHER": (
        "Cette fiche est réservée à son agent et l’attend.",
        "This record belongs to its agent and waits for them.",
    ),
    "OWNER_UNKNOWN": (
        "La liste réserve cette fiche à un agent qui n’existe pas : corrigez la valeur, ou créez "
        "cet utilisateur.",
        "The list gives this record to an agent who does not exist: correct the value, or add "
        "the user.",
    ),
    "TIME_ZONE_UNKNOWN": (
        "Son fuseau horaire est inconnu : corrigez celui du contact ou de la liste.",
        "Its time zone is unknown: correct the contact's or the list's.",
    ),
    "OUTSIDE_CALLABLE_TIME": (
        "Il est hors des heures d’appel de la campagne, à l’heure du contact.",
        "It is outside the campaign's callable hours, in the contact's time.",
    ),
    **LAW_SENTENCES,
    "HOLIDAY": (
        "C’est un jour férié chez le contact, que le jeu d’heures d’appel ferme.",
        "It is a public holiday where the contact is, which the callable time set closes.",
    ),
    "DATE_EXCEPTION": (
        "C’est une date à part du jeu d’heures d’appel : fermée, ou à d’autres heures.",
        "It is a date that the callable time set sets apart: closed, or with other hours.",
    ),
    **{
        f"RESULT_{result}": (f"Dernier résultat : {french}.", f"Last result: {english}.")
        for result, french, english in (
            ("PERSON", "une personne a répondu", "a person answered"),
            ("MACHINE", "répondeur", "answering machine"),
            ("BUSY", "occupé", "busy"),
            ("NO_ANSWER", "pas de réponse", "no answer"),
            ("INVALID", "numéro non attribué", "number not in use"),
            ("CONGESTION", "réseau saturé", "congestion"),
            ("REJECTED", "appel refusé", "call rejected"),
            ("FAILED", "échec technique", "technical failure"),
            ("FAX", "télécopieur", "fax"),
            ("SIT", "annonce du réseau", "network announcement"),
            ("CANCELLED", "appel annulé", "call cancelled"),
            ("SKIPPED", "fiche passée par l’agent", "skipped by the agent"),
            ("UNKNOWN", "issue inconnue", "outcome unknown"),
        )
    },
}
