"""Every code of the event log: how grave it is, what it is about, a sentence that says what to do.

Most are written by triggers of the database (`0016_webhooks.sql`), which name level and category
themselves; a contract test holds both to this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """How much an event matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Category(StrEnum):
    """What an event is about."""

    AGENT = "AGENT"
    CALLBACK = "CALLBACK"
    CALL_RESTRICTION = "CALL_RESTRICTION"
    CAMPAIGN = "CAMPAIGN"
    CAMPAIGN_RULE = "CAMPAIGN_RULE"
    COMPLIANCE = "COMPLIANCE"
    CONTACT = "CONTACT"
    CONTACT_LIST_FILTER = "CONTACT_LIST_FILTER"
    DNC_LIST = "DNC_LIST"
    ENTITY_LIMIT = "ENTITY_LIMIT"
    IMPORT_ERROR = "IMPORT_ERROR"
    IMPORT_TEMPLATE = "IMPORT_TEMPLATE"
    ORGANIZATION_CONFIGURATION = "ORGANIZATION_CONFIGURATION"
    QUEUE = "QUEUE"
    SCHEDULE = "SCHEDULE"
    SEQUENCE = "SEQUENCE"
    TRUNK = "TRUNK"
    WEBHOOK = "WEBHOOK"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCode:
    """One kind of event. Sentences may name `{subject}` and the event's params."""

    level: Level
    categories: tuple[Category, ...]  # one, but for codes that several subjects share
    french: str
    english: str


def _code(level: Level, *categories: Category, fr: str, en: str) -> EventCode:
    return EventCode(level=level, categories=categories, french=fr, english=en)


_I, _W, _E = Level.INFO, Level.WARNING, Level.ERROR
_C = Category

CODES: Final[Mapping[str, EventCode]] = {
    "CAMPAIGN_STARTED": _code(
        _I,
        _C.CAMPAIGN,
        fr="La campagne « {subject} » est lancée.",
        en="Campaign “{subject}” was started.",
    ),
    "CAMPAIGN_PAUSED": _code(
        _I,
        _C.CAMPAIGN,
        fr="La campagne « {subject} » est en pause. Le journal d’audit dit qui l’a demandé.",
        en="Campaign “{subject}” is paused. The audit log says who asked for it.",
    ),
    "CAMPAIGN_STOPPED": _code(
        _W,
        _C.CAMPAIGN,
        fr="La campagne « {subject} » a été arrêtée d’urgence : les appels sans réponse ont été "
        "raccrochés. Relancez-la quand la cause est levée.",
        en="Campaign “{subject}” was stopped in an emergency: unanswered calls were hung up. "
        "Start it again once the cause is gone.",
    ),
    "CAMPAIGN_COMPLETE": _code(
        _I,
        _C.CAMPAIGN,
        fr="La campagne « {subject} » est terminée : plus personne n’est à appeler. Ajoutez des "
        "contacts ou recyclez la liste.",
        en="Campaign “{subject}” is complete: nobody is left to call. Add contacts or recycle the "
        "list.",
    ),
    "CAMPAIGN_CALLED_NOBODY": _code(
        _W,
        _C.CAMPAIGN,
        fr="La campagne « {subject} » s’est terminée sans un seul appel. Ouvrez son diagnostic : "
        "il dit ce qui écarte chaque contact.",
        en="Campaign “{subject}” ended without a single call. Open its diagnosis: it says what "
        "keeps each contact out.",
    ),
    "CAMPAIGN_WITHOUT_AGENTS": _code(
        _W,
        _C.CAMPAIGN,
        fr="La campagne « {subject} » tourne sans agent au travail dans sa file. Faites connecter "
        "des agents ou mettez-la en pause.",
        en="Campaign “{subject}” runs with no agent of its queue at work. Have agents sign in, or "
        "pause it.",
    ),
    "ABANDON_BUDGET_SPENT": _code(
        _W,
        _C.CAMPAIGN,
        fr="La campagne « {subject} » a atteint son taux d’abandon : elle n’appelle plus que pour "
        "les agents libres jusqu’à ce qu’il baisse. Rien à faire, sauf si cela dure.",
        en="Campaign “{subject}” has reached its abandon rate: it dials only for free agents until "
        "the rate falls. Nothing to do unless it lasts.",
    ),
    "ABANDON_ALARM": _code(
        _W,
        _C.COMPLIANCE,
        fr="La campagne « {subject} » atteint le seuil d’alarme de {limit} % : {abandoned} "
        "abandons pour {live} personnes qui ont répondu. Baissez l’abandon visé ou le nombre "
        "d’appels par agent, ou ajoutez des agents.",
        en="Campaign “{subject}” is at the alarm threshold of {limit} %: {abandoned} abandons of "
        "{live} people who answered. Lower the abandon target or the calls per agent, or add "
        "agents.",
    ),
    "ABANDON_STOP": _code(
        _E,
        _C.COMPLIANCE,
        fr="La campagne « {subject} » atteint le seuil d’arrêt de {limit} % : {abandoned} abandons "
        "pour {live} personnes qui ont répondu. Elle n’appelle plus que pour les agents libres. "
        "Cherchez la cause avant de la laisser continuer.",
        en="Campaign “{subject}” is at the stop threshold of {limit} %: {abandoned} abandons of "
        "{live} people who answered. It dials only for free agents. Look for the cause before you "
        "let it go on.",
    ),
    "ABANDON_ALARM_OVER": _code(
        _I,
        _C.COMPLIANCE,
        fr="Le taux d’abandon de la campagne « {subject} » est de nouveau sous les seuils de la "
        "loi.",
        en="The abandon rate of campaign “{subject}” is below the law's thresholds again.",
    ),
    "QUEUE_SERVICE_LEVEL_LOW": _code(
        _W,
        _C.QUEUE,
        fr="La file « {subject} » est sous son objectif : {level} % des appels de la dernière "
        "demi-heure ont été pris en {seconds} s, pour {share} % voulus. Ajoutez des agents ou "
        "déplacez des appels.",
        en="Queue “{subject}” is below its target: {level} % of the last half-hour's calls were "
        "answered within {seconds} s, {share} % are wanted. Add agents or move callers.",
    ),
    "QUEUE_SERVICE_LEVEL_MET": _code(
        _I,
        _C.QUEUE,
        fr="La file « {subject} » atteint de nouveau son objectif.",
        en="Queue “{subject}” meets its target again.",
    ),
    "QUEUE_WAIT_LONG": _code(
        _W,
        _C.QUEUE,
        fr="Dans la file « {subject} », quelqu’un attend depuis plus de {seconds} s. Ajoutez des "
        "agents, ou voyez sur la page de la file pourquoi personne ne prend cet appel.",
        en="In queue “{subject}” somebody has been waiting for more than {seconds} s. Add agents, "
        "or see on the queue's page why nobody takes the call.",
    ),
    "QUEUE_WAIT_OVER": _code(
        _I,
        _C.QUEUE,
        fr="Dans la file « {subject} », plus personne n’attend plus longtemps que le seuil.",
        en="In queue “{subject}” nobody waits longer than the threshold any more.",
    ),
    "CAMPAIGN_RECYCLED": _code(
        _I,
        _C.CAMPAIGN,
        fr="{number} contacts de la campagne « {subject} » ont été recyclés.",
        en="{number} contacts of campaign “{subject}” were recycled.",
    ),
    "TRUNK_CONGESTED": _code(
        _W,
        _C.TRUNK,
        fr="La ligne « {subject} » a refusé plusieurs appels de suite : elle se repose un moment. "
        "Si cela se répète, baissez ses appels en même temps ou appelez l’opérateur.",
        en="Trunk “{subject}” refused several calls in a row and rests for a moment. If it "
        "repeats, lower its lines or ask the carrier.",
    ),
    "TRUNK_DOWN": _code(
        _E,
        _C.TRUNK,
        fr="La ligne « {subject} » ne passe plus d’appels : elle n’est essayée que de temps en "
        "temps. Vérifiez la connexion, les identifiants et le crédit chez l’opérateur.",
        en="Trunk “{subject}” passes no calls any more: it is tried only now and then. Check the "
        "connection, the credentials and the credit with the carrier.",
    ),
    "TRUNK_RETURNED": _code(
        _I,
        _C.TRUNK,
        fr="La ligne « {subject} » passe de nouveau les appels.",
        en="Trunk “{subject}” passes calls again.",
    ),
    "INBOUND_CALL_REFUSED": _code(
        _W,
        _C.TRUNK,
        fr="Un appel entrant par la ligne « {subject} » a été refusé ({reason}). Vérifiez "
        "Administration → Numéros entrants : le numéro doit y être, actif, avec un flux publié.",
        en="A call that came in by trunk “{subject}” was refused ({reason}). Look at "
        "Administration → Inbound numbers: the number must be there, active, with a published "
        "flow.",
    ),
    "AGENT_NOT_ANSWERED": _code(
        _W,
        _C.AGENT,
        fr="{subject} n’a pas répondu à un appel de sa file et a été mis en pause. L’appelant a "
        "gardé sa place. Vérifiez que la personne est à son poste.",
        en="{subject} did not answer a caller of their queue and was paused. The caller kept the "
        "place. Check that they are at their desk.",
    ),
    "SWITCH_LOST": _code(
        _E,
        _C.TRUNK,
        fr="Le commutateur ne répond plus : la campagne « {subject} » n’appelle personne. "
        "Vérifiez qu’Asterisk tourne.",
        en="The switch does not answer: campaign “{subject}” calls nobody. Check that Asterisk "
        "runs.",
    ),
    "CAMPAIGN_NOT_LAWFUL": _code(
        _E,
        _C.COMPLIANCE,
        fr="La loi choisie interdit d’appeler ainsi : la campagne « {subject} » n’appelle "
        "personne. Ouvrez sa page, elle dit ce qui manque.",
        en="The chosen law forbids to call like this: campaign “{subject}” calls nobody. Open its "
        "page, it says what is missing.",
    ),
    "GUARD_RATE_CAP": _code(
        _W,
        _C.CALL_RESTRICTION,
        fr="Le plafond d’appels de la garde antifraude est atteint : la campagne « {subject} » "
        "attend. Relevez-le dans la conformité s’il est trop bas.",
        en="The fraud guard's cap of calls is reached: campaign “{subject}” waits. Raise it on the "
        "compliance page if it is too low.",
    ),
    "GUARD_SPEND_CAP": _code(
        _W,
        _C.CALL_RESTRICTION,
        fr="Le budget d’appels est épuisé : la campagne « {subject} » attend le jour ou le mois "
        "suivant. Relevez-le dans la conformité s’il est trop bas.",
        en="The budget for calls is spent: campaign “{subject}” waits for the next day or month. "
        "Raise it on the compliance page if it is too low.",
    ),
    "GUARD_PLACE_REFUSED": _code(
        _W,
        _C.CALL_RESTRICTION,
        fr="Des contacts de la campagne « {subject} » ont un numéro que la garde antifraude "
        "interdit ({reason}). Vérifiez la liste, ou les pays permis dans la conformité.",
        en="Contacts of campaign “{subject}” have a number that the fraud guard forbids "
        "({reason}). Check the list, or the countries allowed on the compliance page.",
    ),
    "CALLBACKS_MISSED": _code(
        _W,
        _C.CALLBACK,
        fr="Des rappels promis de la campagne « {subject} » ont été manqués. Donnez-les à "
        "quelqu’un sur la page des rappels.",
        en="Promised callbacks of campaign “{subject}” were missed. Give them to somebody on the "
        "callbacks page.",
    ),
    "CALLBACKS_EXPIRED": _code(
        _W,
        _C.CALLBACK,
        fr="Des rappels promis de la campagne « {subject} » ont expiré sans appel. Replanifiez-les "
        "sur la page des rappels.",
        en="Promised callbacks of campaign “{subject}” expired without a call. Reschedule them on "
        "the callbacks page.",
    ),
    "LIST_FILLED": _code(
        _I,
        _C.CONTACT,
        fr="« {subject} » est importé dans la liste « {list} » : {added} contacts ajoutés, "
        "{updated} modifiés, {rejected} rejetés.",
        en="“{subject}” was imported into list “{list}”: {added} contacts added, {updated} "
        "updated, {rejected} rejected.",
    ),
    "COLUMN_CHANGE_FAILED": _code(
        _W,
        _C.CONTACT,
        fr="Le changement de la colonne « {column} » de la liste « {subject} » a échoué ; il est "
        "retenté. Annulez-le s’il échoue toujours.",
        en="The change of column “{column}” of list “{subject}” failed; it is tried again. Cancel "
        "it if it keeps failing.",
    ),
    "IMPORT_FAILED": _code(
        _E,
        _C.IMPORT_ERROR,
        fr="L’import de « {subject} » a échoué ({error_code}). Ouvrez l’import pour lire la cause, "
        "corrigez le fichier et recommencez.",
        en="The import of “{subject}” failed ({error_code}). Open the import for the cause, mend "
        "the file and try again.",
    ),
    "IMPORT_REJECTIONS": _code(
        _W,
        _C.IMPORT_ERROR,
        fr="{rejected} des {rows} lignes de « {subject} » ont été rejetées. Le rapport de l’import "
        "nomme chaque ligne et ce qu’il faut corriger.",
        en="{rejected} of the {rows} rows of “{subject}” were rejected. The import's report names "
        "each row and its mend.",
    ),
    "IMPORT_SCHEDULE_FAILED": _code(
        _E,
        _C.IMPORT_ERROR,
        fr="L’import planifié « {subject} » a échoué ({error_code}). Vérifiez l’adresse, le mot de "
        "passe et le fichier à la source.",
        en="The scheduled import “{subject}” failed ({error_code}). Check the address, the "
        "password and the file at its source.",
    ),
    "DNC_UPLOADED": _code(
        _I,
        _C.DNC_LIST,
        fr="« {subject} » est chargé dans la liste d’opposition « {list} » : {added} ajoutés, "
        "{rejected} rejetés.",
        en="“{subject}” was uploaded to DNC list “{list}”: {added} added, {rejected} rejected.",
    ),
    "DNC_UPLOAD_FAILED": _code(
        _E,
        _C.DNC_LIST,
        fr="Le chargement de « {subject} » dans la liste d’opposition « {list} » a échoué "
        "({error_code}) : ces personnes peuvent encore être appelées. Corrigez le fichier et "
        "recommencez.",
        en="The upload of “{subject}” to DNC list “{list}” failed ({error_code}): these people may "
        "still be called. Mend the file and try again.",
    ),
    "DNC_REJECTIONS": _code(
        _W,
        _C.DNC_LIST,
        fr="{rejected} des {rows} lignes de « {subject} » n’ont pas pu être mises en opposition. "
        "Corrigez-les : ces personnes peuvent encore être appelées.",
        en="{rejected} of the {rows} rows of “{subject}” could not be listed. Mend them: these "
        "people may still be called.",
    ),
    "DNC_PROVIDER_SILENT": _code(
        _E,
        _C.DNC_LIST,
        fr="Le service d’opposition « {subject} » ne répond pas ({reason}). Selon ses réglages les "
        "appels attendent : essayez-le sur la page de la liste.",
        en="DNC provider “{subject}” does not answer ({reason}). Depending on its settings calls "
        "wait: test it on the list's page.",
    ),
    "FILTER_MATCHED_NOBODY": _code(
        _W,
        _C.CONTACT_LIST_FILTER,
        fr="La campagne « {subject} » s’est terminée sans appel, et elle a des filtres : ils ne "
        "laissent sans doute passer personne. Comptez leurs contacts sur la page des filtres.",
        en="Campaign “{subject}” ended without a call, and it has filters: they probably let "
        "nobody through. Count their contacts on the filters page.",
    ),
    "SCHEDULE_FIRED": _code(
        _I,
        _C.SCHEDULE,
        fr="L’horaire de « {subject} » a agi : {action}.",
        en="The schedule of “{subject}” acted: {action}.",
    ),
    "SCHEDULE_REFUSED": _code(
        _W,
        _C.SCHEDULE,
        fr="L’horaire de « {subject} » n’a pas pu agir ({action} : {reason}). Ouvrez la campagne "
        "ou la séquence et levez la cause.",
        en="The schedule of “{subject}” could not act ({action}: {reason}). Open the campaign or "
        "sequence and remove the cause.",
    ),
    "SEQUENCE_FIRED": _code(
        _I,
        _C.SEQUENCE,
        fr="La séquence « {subject} » a agi : {action}.",
        en="Sequence “{subject}” acted: {action}.",
    ),
    "SEQUENCE_REFUSED": _code(
        _W,
        _C.SEQUENCE,
        fr="La séquence « {subject} » n’a pas pu agir ({action} : {reason}). Levez la cause, elle "
        "réessaie d’elle-même.",
        en="Sequence “{subject}” could not act ({action}: {reason}). Remove the cause, it tries "
        "again by itself.",
    ),
    "CAMPAIGN_RULE_FIRED": _code(
        _I,
        _C.CAMPAIGN_RULE,
        fr="La règle de campagne « {subject} » a agi : {action}.",
        en="Campaign rule “{subject}” acted: {action}.",
    ),
    "CAMPAIGN_RULE_REFUSED": _code(
        _W,
        _C.CAMPAIGN_RULE,
        fr="La règle de campagne « {subject} » n’a pas pu agir ({action} : {reason}). Ouvrez la "
        "règle et levez la cause.",
        en="Campaign rule “{subject}” could not act ({action}: {reason}). Open the rule and remove "
        "the cause.",
    ),
    "CONFIGURATION_CHANGED": _code(
        _I,
        _C.ORGANIZATION_CONFIGURATION,
        _C.IMPORT_TEMPLATE,
        _C.WEBHOOK,
        fr="{person} a changé un réglage de l’organisation ({action}). Le journal "
        "d’audit a les détails.",
        en="{person} changed a setting of the organisation ({action}). The audit log has "
        "the details.",
    ),
    "LIMIT_REACHED": _code(
        _W,
        _C.ENTITY_LIMIT,
        fr="Une demande a été refusée parce qu’une limite est atteinte ({reason}). Supprimez ce "
        "qui ne sert plus.",
        en="A request was refused because a limit is reached ({reason}). Remove what is no longer "
        "used.",
    ),
    "WEBHOOK_FAILING": _code(
        _W,
        _C.WEBHOOK,
        fr="Le webhook vers {subject} échoue ({reason}) : les messages attendent et sont retentés. "
        "Vérifiez le système qui les reçoit.",
        en="The webhook to {subject} fails ({reason}): its messages wait and are tried again. "
        "Check the system that receives them.",
    ),
    "WEBHOOK_PAUSED": _code(
        _E,
        _C.WEBHOOK,
        fr="Le webhook vers {subject} est suspendu ({reason}). Réparez le récepteur puis "
        "réactivez-le : ce qui attend partira.",
        en="The webhook to {subject} is paused ({reason}). Mend the receiver and switch it on "
        "again: what waits will be sent.",
    ),
    "WEBHOOK_RECOVERED": _code(
        _I,
        _C.WEBHOOK,
        fr="Le webhook vers {subject} fonctionne de nouveau ; ce qui attendait est envoyé.",
        en="The webhook to {subject} works again; what waited is being sent.",
    ),
}


class _Named(dict[str, object]):
    """Params of an older program may lack what a newer sentence names."""

    def __missing__(self, key: str) -> str:
        return "?"


def event_sentence(code: str, subject: str, params: Mapping[str, object], language: str) -> str:
    """What happened and what to do; the code itself when a newer program has written it."""
    known = CODES.get(code)
    if known is None:
        return code
    text = known.french if language[:2] == "fr" else known.english
    return text.format_map(_Named({**params, "subject": subject or "?"}))
