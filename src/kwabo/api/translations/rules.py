"""Messages about schedules, sequences and rules."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "TIME_ZONE": (
        "Choisissez un fuseau horaire par son nom IANA, par exemple Africa/Porto-Novo.",
        "",
    ),
    "CLOCK_TIME": (
        "Donnez une heure de la journée sous la forme HH:MM ; la fin du jour s’écrit 24:00.",
        "",
    ),
    "SPAN_EMPTY": (
        "La fin doit être plus tard que le début, le même jour. Pour des heures qui passent "
        "minuit, faites deux lignes : l’une jusqu’à 24:00, l’autre à partir de 00:00 le lendemain.",
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
        "Arrêtez d’abord la séquence.",
        "Turn the sequence off first.",
    ),
    "SEQUENCE_LENGTH": ("Donnez de 1 à {most} campagnes.", "Give 1 to {most} campaigns."),
    "SEQUENCE_TWICE": (
        "Une campagne n’a qu’une place dans une séquence. Activez « recommencer » pour l’appeler "
        "de nouveau.",
        "",
    ),
    "CAMPAIGN_UNKNOWN": (
        "L’une des campagnes n’existe pas. Rechargez la page.",
        "",
    ),
    "RULE_LIST": ("Donnez une liste de {least} à {most}.", "Give a list of {least} to {most}."),
    "RULE_NAME": ("Donnez à la règle un nom de 1 à 200 caractères.", ""),
    "RULE_CONDITION_TYPE": (
        "Choisissez l’une de ces conditions : {possible}.",
        "Choose one of these conditions: {possible}.",
    ),
    "RULE_ACTION_TYPE": (
        "Choisissez l’une de ces actions : {possible}.",
        "Choose one of these actions: {possible}.",
    ),
    "RULE_CHOICE": ("Choisissez parmi : {possible}.", "Choose from these: {possible}."),
    "RULE_VALUE": (
        "Donnez une valeur d’au plus {most} caractères.",
        "Give a value of at most {most} characters.",
    ),
    "RULE_NUMBER": (
        "Donnez un nombre entier de 1 à {most}.",
        "Give a whole number from 1 to {most}.",
    ),
    "RULE_TIME": (
        "Donnez une date ou une heure, par exemple 2026-11-23 ou 2026-11-23T10:00.",
        "",
    ),
    "RULE_DAYS": ("Choisissez des jours de 1 à {most}.", "Choose days from 1 to {most}."),
    "RULE_WRAP_UP_CODE_UNKNOWN": (
        "L’une des qualifications n’existe pas. Choisissez-en d’autres.",
        "",
    ),
    "RULE_DNC_LIST_UNKNOWN": (
        "Cette liste d’opposition n’existe pas. Choisissez-en une autre.",
        "",
    ),
    "RULE_DNC_LIST_BY_COLUMN": (
        "Cette liste d’opposition contient des valeurs de colonne. Choisissez-en une par numéro.",
        "",
    ),
    "RULE_DNC_LIST_BY_NUMBER": (
        "Cette liste d’opposition contient des numéros. Choisissez-en une par colonne.",
        "",
    ),
    "RULE_SKILLS": (
        "Choisissez de 1 à {most} compétences ou langues, ou la colonne de la langue du contact.",
        "Choose 1 to {most} skills or languages, or the column of the contact's language.",
    ),
    "RULE_SKILL_UNKNOWN": (
        "Une des compétences n’existe pas. Choisissez-en d’autres.",
        "One of the skills does not exist. Choose others.",
    ),
    "RULE_CALLER_ID_UNKNOWN": (
        "Aucun raccordement ne peut afficher ce numéro. Numéros possibles : {possible}.",
        "No trunk may show this number. Those that can be shown: {possible}.",
    ),
    "RULE_RANGE": (
        "Donnez une valeur entre {least} et {most}.",
        "Give a value between {least} and {most}.",
    ),
    "RULE_TARGET_UNKNOWN": (
        "Cette campagne ou séquence n’existe pas. Choisissez-en une autre.",
        "",
    ),
    "RULE_COLUMN_MISSING": (
        "Le jeu de règles « {rule_set} » demande des colonnes que la liste de la campagne "
        "« {campaign} » n’a pas : {columns}.",
        "The rule set '{rule_set}' needs columns that the list of the campaign '{campaign}' has "
        "not: {columns}.",
    ),
    "RULE_COLUMN_FIXED": (
        "Le jeu de règles « {rule_set} » modifie {columns} de la campagne « {campaign} ». Les "
        "numéros, clés, fuseaux horaires et langues se changent dans la fiche du contact.",
        "The rule set '{rule_set}' changes {columns} of the campaign '{campaign}'. Numbers, keys, "
        "time zones and languages are changed in the contact's record.",
    ),
    "RULE_SET_UNKNOWN": ("L’un des jeux de règles n’existe pas. Rechargez la page.", ""),
    "RULE_SET_IN_USE": (
        "Ces campagnes demandent ce jeu de règles : {campaigns}. Retirez-le-leur d’abord.",
        "These campaigns ask the rule set: {campaigns}. Take it away from them first.",
    ),
}
