"""Messages about schedules, sequences and rules."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "TIME_ZONE": (
        "Choisissez un fuseau horaire par son nom IANA, par exemple Africa/Porto-Novo.",
        "",
    ),
    "CLOCK_TIME": (
        "Donnez une heure de la journée sous la forme HH:MM ; la fin du jour s'écrit 24:00.",
        "",
    ),
    "SPAN_EMPTY": (
        "La fin doit être plus tard que le début, le même jour. Pour des heures qui passent "
        "minuit, faites deux lignes : l'une jusqu'à 24:00, l'autre à partir de 00:00 le lendemain.",
        "",
    ),
    "DATES_ORDER": (
        "La dernière date ne peut pas précéder la première.",
        "",
    ),
    "SCHEDULE_EMPTY": (
        "Donnez au moins une plage : sans heures, la campagne ne tournerait jamais.",
        "",
    ),
    "TOO_MANY": ("Donnez-en au plus {most}.", "Give at most {most} of them."),
    "SEQUENCE_RUNS": (
        "Arrêtez d'abord la séquence.",
        "Turn the sequence off first.",
    ),
    "SEQUENCE_LENGTH": ("Donnez de 1 à {most} campagnes.", "Give 1 to {most} campaigns."),
    "SEQUENCE_TWICE": (
        "Une campagne n'a qu'une place dans une séquence. Activez « recommencer » pour l'appeler "
        "de nouveau.",
        "",
    ),
    "CAMPAIGN_UNKNOWN": (
        "L'une des campagnes n'existe pas. Rechargez la page.",
        "",
    ),
}
