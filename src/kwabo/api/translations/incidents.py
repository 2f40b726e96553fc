"""Messages about opening hours, incidents and messages."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "SCHEDULE_GROUP_IN_USE": (
        "Ces parcours interrogent ces horaires : {flows}. Donnez-leur-en d’abord d’autres.",
        "",
    ),
    "SCHEDULE_GROUP_IN_QUEUES": (
        "Ces files ont ces horaires : {queues}. Donnez-leur-en d’abord d’autres.",
        "",
    ),
    "CALLABLE_TIME_SET_IN_SCHEDULE_GROUPS": (
        "Ces horaires d’ouverture s’y tiennent : {schedule_groups}. "
        "Donnez-leur d’abord d’autres heures.",
        "",
    ),
    "SCHEDULE_GROUP_NO_WINDOW": (
        "Ces heures n’ont pas de plage pour ce fuseau. Ajoutez-en une, ou choisissez-en d’autres.",
        "",
    ),
    "EMERGENCY_REASON": (
        "Dites pourquoi en 3 à {most} caractères ; c’est affiché et conservé.",
        "",
    ),
    "EMERGENCY_UNTIL": ("Donnez une fin à venir, dans les {days} jours.", ""),
    "INCIDENT_MESSAGE": (
        "Donnez soit le nom d’un message enregistré, soit un texte dans au moins une langue.",
        "",
    ),
    "INCIDENT_END": ("La fin prévue doit suivre le début, dans l’année.", ""),
    "INCIDENT_PLACES": ("Donnez-en au plus {most} ; sans aucun, c’est partout.", ""),
    "INCIDENT_TEXT": ("Écrivez de 1 à {most} caractères.", ""),
    "INCIDENT_COLUMNS": (
        "Donnez au plus {most} noms de colonnes, chacun de 1 à 100 caractères.",
        "",
    ),
    "INCIDENT_PROMPT": (
        "Il n’y a pas de message enregistré de ce nom. Choisissez-en un autre ou écrivez.",
        "",
    ),
    "MESSAGE_NOT_FAILED": (
        "Seul un message échoué est renvoyé. Rechargez la page.",
        "",
    ),
    "INCIDENT_OVER": ("L’incident est terminé. Déclarez-en un nouveau.", ""),
}
