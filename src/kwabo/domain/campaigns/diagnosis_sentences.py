"""What findings and buckets say to people, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kwabo.domain.campaigns.explanation import sentence

# Code → (French, English): what it means, and what a person can do about it.
FINDINGS: Final[Mapping[str, tuple[str, str]]] = {
    "NOTHING_IN_THE_WAY": (
        "Rien ne retient la campagne : il y a des contacts à appeler, des agents et des lignes.",
        "Nothing holds the campaign back: there are contacts to call, agents and lines.",
    ),
    "LAST_CALLS": (
        "Les derniers appels sont en cours : il n’y a personne d’autre à appeler maintenant.",
        "The last calls are in progress: there is nobody else to call now.",
    ),
    "LIST_EMPTY": (
        "La liste est vide : importez des contacts.",
        "The list is empty: import contacts.",
    ),
    "LIST_FINISHED": (
        "Tous les contacts sont terminés : remettez-en en jeu, ou ajoutez des contacts.",
        "All contacts are finished: recycle some, or add contacts.",
    ),
    "NOBODY_LEFT": (
        "Plus personne n’est à appeler : les contacts qui restent sont laissés de côté, pour les "
        "raisons ci-dessous.",
        "Nobody is left to call: the contacts that remain are kept out, for the reasons below.",
    ),
    "NOBODY_CALLABLE_NOW": (
        "Personne ne peut être appelé en ce moment : tous ceux qui restent attendent.",
        "Nobody can be called at this moment: all who are left wait.",
    ),
    "NEXT_KEPT_OUT": (
        "Les prochains contacts de la liste, examinés à l’instant, ne peuvent pas être appelés "
        "maintenant : leurs raisons sont ci-dessous.",
        "The next contacts of the list, looked at just now, cannot be called now: their reasons "
        "are below.",
    ),
    "CAMPAIGN_NOT_RUNNING": (
        "La campagne n’est pas en cours : démarrez-la.",
        "The campaign is not running: start it.",
    ),
    "CAMPAIGN_COMPLETE": (
        "La campagne s’était terminée et des contacts sont à nouveau là : redémarrez-la.",
        "The campaign had come to its end, and there are contacts again: start it once more.",
    ),
    "CAMPAIGN_NOT_LAWFUL": (
        "Les réglages de la campagne sont plus larges que la loi choisie : corrigez-les.",
        "The campaign's settings are laxer than its preset: correct them.",
    ),
    "SCREENING_OUT_OF_DATE": (
        "La liste d’opposition officielle manque ou est trop ancienne : chargez-en une copie "
        "entière.",
        "The official opt-out list is missing or too old: upload a whole copy of it.",
    ),
    "RATE_CAP": (
        "Le plafond d’appels de l’organisation est atteint : attendez, ou relevez-le.",
        "The organisation's cap on calls is reached: wait, or raise it.",
    ),
    "SPEND_CAP": (
        "Le budget d’appels de l’organisation est épuisé : relevez-le.",
        "The organisation's budget for calls is spent: raise it.",
    ),
    "SWITCH_LOST": (
        "Le commutateur téléphonique est perdu : prévenez l’administrateur si cela dure.",
        "The telephone switch is lost: tell the administrator if it lasts.",
    ),
    "TRUNK_DOWN": (
        "L’opérateur ne répond plus : vérifiez le raccordement, puis appelez l’opérateur.",
        "The carrier does not answer: check the trunk, then call the carrier.",
    ),
    "TRUNK_CONGESTED": (
        "L’opérateur refuse une partie des appels : la campagne ralentit d’elle-même.",
        "The carrier refuses part of the calls: the campaign slows down by itself.",
    ),
    "ORDER_FILLING": (
        "L’ordre d’appel se prépare : la campagne attend de savoir qui vient en premier. Voici "
        "combien de contacts sont classés ; rien à faire.",
        "The calling order is being prepared: the campaign waits to know who comes first. This "
        "many contacts are in order; nothing to do.",
    ),
    "ABANDON_ALARM": (
        "Le taux d’abandon a atteint le seuil d’alarme de la loi choisie : baissez l’abandon visé "
        "ou le nombre d’appels par agent, ou ajoutez des agents.",
        "The abandon rate is at the alarm threshold of the chosen law: lower the abandon target or "
        "the calls per agent, or add agents.",
    ),
    "ABANDON_STOP": (
        "Le taux d’abandon a atteint le seuil d’arrêt de la loi choisie : un seul appel par agent "
        "libre jusqu’à ce qu’il baisse nettement. Cherchez la cause.",
        "The abandon rate is at the stop threshold of the chosen law: one call for each free agent "
        "until it has clearly sunk. Look for the cause.",
    ),
    "ABANDON_BUDGET_SPENT": (
        "Le taux d’abandon a atteint sa cible : un seul appel par agent libre jusqu’à ce qu’il "
        "baisse.",
        "The abandon rate is at its target: one call for each free agent until it has sunk.",
    ),
    "PACING_LEARNS": (
        "La cadence apprend encore : un appel par agent libre.",
        "Pacing is still learning: one call for each free agent.",
    ),
    "QUEUE_WITHOUT_AGENTS": (
        "Aucun agent n’est dans la file de la campagne : ajoutez-en.",
        "There is no agent in the campaign's queue: add some.",
    ),
    "NO_AGENT_AT_WORK": (
        "Aucun agent de la file n’est au travail : demandez-leur de se connecter.",
        "No agent of the queue is at work: ask them to sign in.",
    ),
    "AGENTS_PAUSED": (
        "Aucun agent de la file ne prend d’appel, et il y en a en pause.",
        "No agent of the queue takes calls, and some are paused.",
    ),
    "AGENTS_BUSY": (
        "Tous les agents au travail sont occupés : les appels suivent leur disponibilité.",
        "All agents at work are busy: calls follow as they become free.",
    ),
    "ALL_LINES_CALL": (
        "Toutes les lignes de la campagne appellent : elle va aussi vite que ses lignes le "
        "permettent.",
        "All lines of the campaign are calling: it goes as fast as its lines allow.",
    ),
    "TRUNK_LINES_TOO_FEW": (
        "Le raccordement laisse à la campagne moins de lignes qu’on ne lui en donne : ajoutez des "
        "lignes au raccordement.",
        "The trunk leaves the campaign fewer lines than it was given: add lines to the trunk.",
    ),
    "LINES_IN_USE": (
        "La campagne n’a plus de ligne libre : attendez, ajoutez des lignes, ou revoyez celles "
        "qui sont réservées.",
        "The campaign has no free line left: wait, add lines, or look at those set aside.",
    ),
    "LINES_TOO_FEW": (
        "Il y a moins de lignes que les agents au travail n’en demandent : ajoutez des lignes.",
        "There are fewer lines than the agents at work need: add lines.",
    ),
    "OUTSIDE_HOURS": (
        "Des contacts sont hors de leurs heures d’appel : attendez, ou élargissez les heures.",
        "Contacts are outside their callable hours: wait, or widen the hours.",
    ),
    "FILTERS_LEAVE_OUT": (
        "Les filtres de la campagne laissent des contacts de côté : revoyez-les.",
        "The campaign's filters leave contacts out: look at them.",
    ),
    "ON_DNC_LISTS": (
        "Des contacts n’ont que des numéros en opposition : il faut d’autres contacts.",
        "Contacts have only numbers on DNC lists: other contacts are needed.",
    ),
    "DNC_PROVIDER_SILENT": (
        "Des contacts attendent la réponse d’un service d’opposition : vérifiez-le.",
        "Contacts wait for the answer of a DNC provider: check it.",
    ),
    "DATA_ACTIONS_AWAITED": (
        "Une règle attend la réponse d’une action de données : vérifiez l’autre programme.",
        "A rule waits for a data action's answer: check the other program.",
    ),
    "WITHOUT_CONSENT": (
        "Le consentement de contacts manque, est retiré ou a expiré : recueillez-le.",
        "Consent of contacts is missing, withdrawn or expired: collect it.",
    ),
    "NOT_ALLOWED_NUMBERS": (
        "L’organisation n’appelle pas les numéros de ces contacts : revoyez les destinations "
        "permises.",
        "The organisation does not call these contacts' numbers: look at what it allows.",
    ),
    "NO_GOOD_NUMBERS": (
        "Des contacts n’ont pas de numéro utilisable : corrigez-les.",
        "Contacts have no usable number: correct them.",
    ),
    "TIME_ZONES_UNKNOWN": (
        "Le fuseau horaire de contacts est inconnu : complétez la liste.",
        "The time zone of contacts is unknown: complete the list.",
    ),
    "LIMITS_REACHED": (
        "Des contacts ont été appelés aussi souvent que permis : revoyez les limites.",
        "Contacts have been called as often as allowed: look at the limits.",
    ),
    "LAWFUL_GAPS": (
        "La loi choisie demande d’attendre avant de rappeler des contacts.",
        "The chosen preset asks to wait before contacts are called again.",
    ),
    "CALLBACKS_PROMISED": (
        "Des rappels sont promis pour plus tard : ils attendent leur heure.",
        "Callbacks are promised for later: they wait for their time.",
    ),
    "RULES_LEAVE_OUT": (
        "Des règles avant l’appel laissent des contacts de côté : revoyez l’onglet Règles.",
        "Rules before the call leave contacts alone: look at the Rules tab.",
    ),
    "RECALLS_WAIT": (
        "Des contacts attendent leur prochaine tentative : raccourcissez les délais de rappel, ou "
        "ajoutez des contacts.",
        "Contacts wait for their next attempt: shorten the recall delays, or add contacts.",
    ),
    "SKILLS_AWAITED": (
        "Des contacts attendent un agent qui a les compétences ou la langue qu’une règle demande : "
        "donnez-les à des agents de la file, ou revoyez la règle.",
        "Contacts wait for an agent with the skills or the language that a rule asks for: give "
        "them to agents of the queue, or look at the rule.",
    ),
    "OWNERS_AWAITED": (
        "Des contacts attendent un agent qui leur est propre : voyez qui manque.",
        "Contacts wait for an agent of their own: see who is missing.",
    ),
    "MOST_FINISHED": (
        "La plupart des contacts sont terminés : remettez-en en jeu, ou ajoutez des contacts.",
        "Most contacts are finished: recycle some, or add contacts.",
    ),
}
_BUCKETS: Final[Mapping[str, tuple[str, str]]] = {
    "NOT_LOOKED_AT": (
        "La campagne n’est pas encore arrivée à ces contacts.",
        "The campaign has not come to these contacts yet.",
    ),
    "DUE": (
        "Leur heure est venue : ils sont appelés dès qu’un agent et une ligne sont libres.",
        "Their time has come: they are called as soon as an agent and a line are free.",
    ),
    "IN_PROGRESS": ("Un appel est en cours.", "A call is in progress."),
}


def finding_sentence(code: str, language: str) -> str:
    """What a finding means, in French or English."""
    french, english = FINDINGS[code]
    return french if language == "fr" else english


def bucket_sentence(code: str, language: str) -> str:
    """What a bucket's reason means, in French or English; the code where none is known."""
    if code in _BUCKETS:
        french, english = _BUCKETS[code]
        return french if language == "fr" else english
    return sentence(code, language) or code
