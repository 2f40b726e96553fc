"""Messages about webhooks, the event log and limits of requests."""

from __future__ import annotations

from typing import Final

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "TOO_MANY_WEBHOOKS": (
        "Une organisation a au plus {most} webhooks. Supprimez-en un d’abord.",
        "",
    ),
    "WEBHOOK_NOT_ON": (
        "Ce webhook n’envoie rien. Activez-le, puis essayez-le.",
        "",
    ),
    "WEBHOOK_URL": (
        "Donnez une adresse complète, par exemple https://crm.example.com/kwabo.",
        "",
    ),
    "WEBHOOK_URL_PARTS": (
        "Retirez de l’adresse l’utilisateur, le mot de passe et le #.",
        "",
    ),
    "WEBHOOK_URL_HTTPS": ("L’adresse doit commencer par https://.", ""),
    "WEBHOOK_URL_PRIVATE": ("L’adresse doit être sur l’Internet public.", ""),
    "WEBHOOK_KINDS_EMPTY": ("Choisissez au moins un fait à annoncer.", ""),
    "WEBHOOK_KIND_UNKNOWN": (
        "Ces faits n’existent pas : {kinds}. GET /webhook-kinds les nomme tous.",
        "",
    ),
    "WEBHOOK_DESCRIPTION": ("Une description a au plus 500 caractères.", ""),
    "WEBHOOK_KEEP_HOURS": ("Un ancien secret reste valable de 0 à {most} heures.", ""),
    "WEBHOOK_CAMPAIGNS": (
        "Choisissez au plus {most} campagnes, ou aucune pour toutes.",
        "",
    ),
    "PERIOD_EMPTY": ("La fin de la période doit venir après son début.", ""),
    "TOO_MANY_REQUESTS": (
        "Trop de demandes en peu de temps. Réessayez dans {retry_after_seconds} s.",
        "Too many requests in a short time. Try again in {retry_after_seconds} s.",
    ),
}
