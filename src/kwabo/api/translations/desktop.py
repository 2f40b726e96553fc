"""Messages of the floor to the agent's desktop and to those who run campaigns."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "AGENT_BUSY": (
        "Cet agent ne peut pas prendre d’appel maintenant. Choisissez-en un autre, ou un numéro.",
        "",
    ),
    "AGENT_STATE": ("Votre état actuel ne le permet pas.", ""),
    "ALERT_OVER": (
        "Cet appelant n’attend plus votre réponse.",
        "This caller is no longer waiting for your answer.",
    ),
    "REFUSAL_REASON": (
        "Choisissez un motif de la liste, ou aucun.",
        "Choose a reason from the list, or none.",
    ),
    "ATTEMPT_STATE": ("L’état actuel de l’appel ne le permet pas.", ""),
    "CALLBACK_TIME": ("Dites quand rappeler.", ""),
    "CAMPAIGN_STATE": (
        "L’état actuel de la campagne ne le permet pas. Actualisez la page.",
        "",
    ),
    "DIGITS": ("Les touches sont 0 à 9, *, # et A à D ; 32 au plus.", ""),
    "FLOOR_FAILED": (
        "Le plateau n’a pas pu le faire. Prévenez votre administrateur.",
        "",
    ),
    "LEG_ADDRESS": ("Donnez un numéro de la forme +229….", ""),
    "LEG_KIND": ("Choisissez le navigateur ou un numéro pour vos appels.", ""),
    "NO_LINES": ("Toutes les lignes sont occupées. Réessayez dans un instant.", ""),
    "NUMBER": ("Donnez un numéro de la forme +229….", ""),
    "SIP_SESSION": ("Ouvrez le téléphone depuis le poste d’agent de Kwabo.", ""),
    "SWITCH_LOST": ("Le commutateur ne répond pas. Réessayez dans un instant.", ""),
    "TOO_MANY_CALLER_IDS": ("Trop de numéros d’appelant pour ce raccordement.", ""),
    "TOO_MANY_FIELDS": ("Trop de champs obligatoires.", ""),
    "UNKNOWN_COMMAND": ("Le plateau ne connaît pas cette commande.", ""),
}
