"""Messages about scripts."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "SCRIPT_TOO_LARGE": ("Le script est trop grand : au plus {most} caractères en tout.", ""),
    "SCRIPT_LIST": ("Donnez une liste de {least} à {most}.", ""),
    "SCRIPT_ID": (
        "Donnez un nom de 1 à 60 lettres, chiffres, - ou _, sans espace.",
        "",
    ),
    "SCRIPT_ID_TWICE": ("« {id} » sert deux fois. Choisissez un autre nom.", ""),
    "SCRIPT_LABEL": ("Écrivez de 1 à {most} caractères.", ""),
    "SCRIPT_TEXT_LONG": ("Raccourcissez à {most} caractères.", ""),
    "SCRIPT_TEXT": ("Écrivez un texte.", ""),
    "SCRIPT_BLOCK_TYPE": ("Choisissez un texte, un champ, une section ou un bouton.", ""),
    "SCRIPT_KEY": ("Entrées inconnues : {keys}.", ""),
    "SCRIPT_CHOICE_OF": ("Choisissez parmi : {possible}.", ""),
    "SCRIPT_FLAG": ("Répondez par vrai ou faux.", ""),
    "SCRIPT_TOO_DEEP": ("Au plus {most} niveaux les uns dans les autres.", ""),
    "SCRIPT_TOO_MANY_BLOCKS": (
        "Une page contient au plus {most} blocs. Faites une autre page.",
        "",
    ),
    "SCRIPT_COLUMN_UNKNOWN": ("La liste n’a pas de colonne « {column} ».", ""),
    "SCRIPT_COLUMN_FIXED": (
        "« {column} » ne s’écrit pas depuis un script : numéros, clés, fuseaux et langues se "
        "changent dans la fiche du contact. Mettez le champ en lecture seule.",
        "",
    ),
    "SCRIPT_COLUMN_KIND": (
        "La colonne « {column} » contient des valeurs du type {kind} : choisissez la saisie "
        "{possible}.",
        "",
    ),
    "SCRIPT_COLUMN_NEEDED": ("Un champ en lecture seule a besoin d’une colonne.", ""),
    "SCRIPT_COLUMN_TWICE": (
        "Un autre champ de cette page écrit déjà la colonne « {column} ».",
        "",
    ),
    "SCRIPT_CHOICES": (
        "Donnez de 1 à {most} choix différents, sans point-virgule.",
        "Give 1 to {most} different choices, without semicolons.",
    ),
    "SCRIPT_DEFAULT": ("La valeur par défaut n’est pas une valeur de ce champ.", ""),
    "SCRIPT_REQUIRED_READ_ONLY": (
        "Un champ en lecture seule ne peut pas être obligatoire.",
        "",
    ),
    "SCRIPT_NAME_UNKNOWN": (
        "Il n’y a pas de « {name} » à montrer : colonnes, answer:champ, agent:name, campaign:name.",
        "",
    ),
    "SCRIPT_ANSWER_UNKNOWN": ("Le script n’a pas de champ « {name} ».", ""),
    "SCRIPT_CONDITION": (
        "Une condition est un groupe (toutes, une, aucune) ou une comparaison complète.",
        "A condition is a group (all, any, not) or a complete comparison.",
    ),
    "SCRIPT_CONDITION_EMPTY": ("Un groupe a besoin d’au moins une condition.", ""),
    "SCRIPT_CONDITION_LARGE": ("Au plus {most} conditions ensemble.", ""),
    "SCRIPT_CONDITION_NEVER": ("Ceci ne peut jamais être vrai : {why}.", ""),
    "SCRIPT_VALUE": ("Donnez une valeur de 1 à {most} caractères.", ""),
    "SCRIPT_NUMBER": (
        "Écrivez un nombre : des chiffres, avec au plus une virgule ou un point.",
        "",
    ),
    "SCRIPT_MOMENT": (
        "Écrivez une date ou une heure, comme 2026-11-23 ou 2026-11-23T10:00.",
        "",
    ),
    "SCRIPT_WHOLE": ("Donnez un nombre entier de {least} à {most}.", ""),
    "SCRIPT_PAGE_MISSING": ("Il n’y a pas de page « {page} ».", ""),
    "SCRIPT_PAGE_UNREACHABLE": ("Rien ne mène à la page « {page} ».", ""),
    "SCRIPT_DEAD_END": (
        "La page « {page} » ne mène nulle part : donnez-lui une page suivante, un bouton vers une "
        "autre page, ou marquez-la comme la fin.",
        "",
    ),
    "SCRIPT_ALWAYS_ONE": (
        "Il se peut qu’aucune suite ne convienne ici : laissez la dernière sans condition.",
        "",
    ),
    "SCRIPT_WRAP_UP_CODE": (
        "Cette qualification active n’existe pas. Choisissez-en une autre.",
        "",
    ),
    "SCRIPT_DNC_LIST": (
        "Cette liste d’opposition n’existe pas, ou n’a pas d’entrées à elle. Choisissez-en une "
        "autre.",
        "",
    ),
    "SCRIPT_USER": ("Cet agent actif n’existe pas. Choisissez-en un autre.", ""),
    "SCRIPT_TO": ("Dites à qui : un numéro, un agent, ou personne encore.", ""),
    "SCRIPT_PHONE": (
        "Ce n’est pas un numéro de téléphone : écrivez-le avec + et l’indicatif du pays.",
        "",
    ),
    "SCRIPT_ADDRESS": (
        "Écrivez une adresse qui commence par https:// et dont l’hôte n’a pas d’accolades.",
        "",
    ),
    "SCRIPT_NO_CHANNEL": (
        "Les messages ne peuvent pas encore être envoyés : il n’y a pas de canaux. Retirez le "
        "bouton.",
        "",
    ),
    "SCRIPT_CHOICE": ("Choisissez une des valeurs du champ.", ""),
    "SCRIPT_TIME": ("Écrivez une heure sous la forme HH:MM.", ""),
    "SCRIPT_LIST_UNKNOWN": ("Cette liste de contacts n’existe pas. Choisissez-en une.", ""),
    "SCRIPT_FIELD_NEEDED": (
        "Le script demande « {label} » avant d’enregistrer un succès.",
        "",
    ),
    "SCRIPT_NOT_PUBLISHED": (
        "Ce script n’a jamais été publié. Publiez-le d’abord.",
        "",
    ),
    "SCRIPT_NOT_FOR_LIST": (
        "Le script ne va pas avec la liste de la campagne, {page} : {why}",
        "",
    ),
    "SCRIPT_IN_USE": (
        "Ces campagnes utilisent le script : {campaigns}. Donnez-leur d’abord un autre script.",
        "",
    ),
    "SCRIPT_HAS_ANSWERS": (
        "Des appels ont été faits avec ce script ; leurs réponses sont gardées avec ses versions, "
        "il ne peut donc pas être supprimé.",
        "",
    ),
    "SCRIPT_SAME": ("Le brouillon est déjà la version publiée.", ""),
    "SCRIPT_SET": ("La campagne utilise déjà un script à pages.", ""),
    "SCRIPT_EMPTY": ("La campagne n’a pas de texte dont faire un script.", ""),
    "SCRIPT_CLOSED": (
        "Cet appel est terminé depuis longtemps ; ses réponses ne changent plus.",
        "",
    ),
    "SCRIPT_BUTTON": ("Ce bouton agit sur le poste de l’agent, pas ici.", ""),
}
