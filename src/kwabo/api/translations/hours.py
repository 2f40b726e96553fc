"""Messages about callable time sets and the time zones of numbers."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "NO_WINDOW": (
        "Donnez au moins une plage, par exemple du lundi au vendredi au fuseau du numéro.",
        "",
    ),
    "TOO_MANY": ("Donnez-en au plus {most}.", "Give at most {most}."),
    "WINDOW_KIND": ("Choisissez le genre mapped, zone ou unmapped.", ""),
    "WINDOW_HAS_ZONE": (
        "La plage « au fuseau du numéro » n’a pas de fuseau à elle : ne l’indiquez pas.",
        "",
    ),
    "WINDOW_TWICE": (
        "Ce fuseau a déjà ses heures. Mettez tous ses créneaux ensemble.",
        "",
    ),
    "WEEKDAY": ("Un jour de la semaine va de 1 (lundi) à 7 (dimanche).", ""),
    "SLOT_OVER_MIDNIGHT": (
        "Un créneau finit le même jour, plus tard qu’il ne commence. Coupez en deux celui qui "
        "passe minuit : jusqu’à 24:00, puis à partir de 00:00 le lendemain.",
        "",
    ),
    "SLOTS_OVERLAP": (
        "Ce créneau chevauche {with} le même jour. N’en faites qu’un.",
        "This slot overlaps {with} on the same day. Make one of the two.",
    ),
    "EXCEPTION_DATE": (
        "Cette date n’existe pas. Donnez un mois de 1 à 12 et l’un de ses jours.",
        "",
    ),
    "EXCEPTION_NAME": (
        "Donnez un nom d’au plus 100 caractères imprimables, ou aucun.",
        "",
    ),
    "EXCEPTION_TWICE": ("Cette date y est déjà. Retirez l’une des deux.", ""),
    "HOLIDAY_COUNTRY": (
        "Les jours fériés de ce pays ne sont pas connus. Saisissez ses dates comme exceptions.",
        "",
    ),
    "HOLIDAY_SUBDIVISION": (
        "Ce pays n’a pas de partie de ce nom. Choisissez-en une, ou le pays entier.",
        "",
    ),
    "HOLIDAY_APPLIES_TO": ("Choisissez everyone ou own_numbers.", ""),
    "HOLIDAYS_TWICE": ("Ces jours fériés y sont déjà. Retirez l’un des deux.", ""),
    "CALLABLE_TIME_SET_IN_USE": (
        "Ces campagnes suivent ce jeu d’heures : {campaigns}. Donnez-leur d’abord d’autres heures.",
        "These campaigns keep to the set: {campaigns}. Give them other hours first.",
    ),
    "ZONE_SOURCE": ("Choisissez number, number_then_list ou list.", ""),
    "PHONE_COLUMN": (
        "Colonne {column} : seule une colonne de fuseau horaire peut concerner une colonne de "
        "téléphone, qui doit être de la liste.",
        "Column {column}: only a column of kind time_zone can be about a phone column, and it must "
        "be one of the list's.",
    ),
    "PHONE_COLUMN_TWICE": (
        "La colonne de téléphone {column} doit avoir un libellé à elle, et une seule colonne de "
        "fuseau, pour que chaque numéro ait un fuseau.",
        "Phone column {column} needs a label of its own, and one time zone column at most, so that "
        "each number has one zone.",
    ),
}
