"""Messages about flows."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "FLOW_TOO_LARGE": ("Le parcours est trop grand : au plus {most} caractères en tout.", ""),
    "FLOW_ENTRIES": ("Donnez une liste de {least} à {most}.", ""),
    "FLOW_OBJECT": ("Donnez ici un objet avec des entrées nommées.", ""),
    "FLOW_KEY": ("Entrées inconnues : {keys}.", ""),
    "FLOW_ID": ("Donnez un nom de 1 à 60 lettres, chiffres, - ou _, sans espace.", ""),
    "FLOW_ID_TWICE": ("« {id} » sert deux fois. Choisissez un autre nom.", ""),
    "FLOW_NODE_TYPE": (
        "Il n’y a pas d’étape du genre « {type} ». Choisissez parmi : {possible}.",
        "",
    ),
    "FLOW_NEEDED": ("Ceci est nécessaire.", ""),
    "FLOW_LABEL": ("Écrivez au plus {most} caractères.", ""),
    "FLOW_TEXT": ("Écrivez un texte d’au plus {most} caractères.", ""),
    "FLOW_WHOLE": ("Donnez un nombre entier de {least} à {most}.", ""),
    "FLOW_FLAG": ("Répondez par vrai ou faux.", ""),
    "FLOW_CHOICE_OF": ("Choisissez parmi : {possible}.", ""),
    "FLOW_PHONE_KEY": ("Donnez une touche du téléphone : 0 à 9, * ou #.", ""),
    "FLOW_KEY_TWICE": ("La touche {key} sert deux fois ici.", ""),
    "FLOW_LANGUAGES": ("Donnez de 1 à {most} langues par leurs codes, chacune une fois.", ""),
    "FLOW_LANGUAGE_UNKNOWN": (
        "Le parcours n’a pas la langue « {language} ». Ajoutez-la à ses langues.",
        "",
    ),
    "FLOW_LANGUAGE_NOT_USED": ("L’organisation n’utilise pas la langue « {language} ».", ""),
    "FLOW_VARIABLE_TYPE": ("Choisissez l’un de ces types : {possible}.", ""),
    "FLOW_VARIABLE_UNKNOWN": (
        "Le parcours n’a pas de variable « {name} ». Ajoutez-la à ses variables.",
        "",
    ),
    "FLOW_VARIABLE_KIND": ("« {name} » est du type {type} ; il faut ici {possible}.", ""),
    "FLOW_NAME_UNKNOWN": (
        "Il n’y a pas de « {name} » à remplir : variables, call:…, person:…, contact:….",
        "",
    ),
    "FLOW_VALUE_KIND": ("La valeur n’est pas du type {type}.", ""),
    "FLOW_PART": (
        "Un élément est l’un de : prompt, text, number, amount, date, time, digits, ou un groupe "
        "d’éléments (parts).",
        "",
    ),
    "FLOW_TOO_MANY_PARTS": ("Au plus {most} éléments se disent à la fois.", ""),
    "FLOW_TOO_DEEP": ("Au plus {most} niveaux les uns dans les autres.", ""),
    "FLOW_WORDS_MISSING": ("Les mots manquent en {languages}.", ""),
    "FLOW_PROMPT_MISSING": (
        "L’annonce « {key} » manque en {languages}. Enregistrez-la ou écrivez-la.",
        "",
    ),
    "FLOW_FRAGMENT_MISSING": (
        "Pour dire {kind} en {language}, il manque {count} fragments : {examples}.",
        "",
    ),
    "FLOW_CONDITION": (
        "Une condition est all, any, not, ou un énoncé avec of, value_type, operator et value.",
        "",
    ),
    "FLOW_CONDITION_EMPTY": ("Un groupe demande au moins un énoncé.", ""),
    "FLOW_CONDITION_LARGE": ("Une condition contient au plus {most} énoncés.", ""),
    "FLOW_CONDITION_NEVER": ("Ceci ne peut jamais être vrai : {why}.", ""),
    "FLOW_VALUE": ("Donnez une valeur de 1 à {most} caractères.", ""),
    "FLOW_NUMBER": (
        "Écrivez un nombre : des chiffres, avec au plus une virgule ou un point.",
        "",
    ),
    "FLOW_MOMENT": (
        "Écrivez une date ou une heure, comme 2026-11-23 ou 2026-11-23T10:00.",
        "",
    ),
    "FLOW_INSTANT": ("Écrivez un instant avec son fuseau, comme 2026-11-27T09:00:00Z.", ""),
    "FLOW_WAY_UNKNOWN": ("L’étape n’a pas de sortie « {way} ».", ""),
    "FLOW_WAY_NEEDED": ("Dites où mène la sortie « {way} ».", ""),
    "FLOW_WAY_TWICE": ("La sortie « {way} » est ici deux fois.", ""),
    "FLOW_WAY_RESERVED": (
        "« {way} » est déjà une sortie de l’étape. Choisissez un autre nom.",
        "",
    ),
    "FLOW_TIMEOUT_NEEDED": (
        "Dites ce qui se passe quand l’appelant ne fait rien : la sortie « timeout » ne mène "
        "nulle part.",
        "",
    ),
    "FLOW_TARGET_MISSING": ("Il n’y a pas d’étape « {target} ».", ""),
    "FLOW_START_NEEDED": ("Dites par quelle étape le parcours commence.", ""),
    "FLOW_UNREACHABLE": ("Aucun chemin ne mène à l’étape « {target} ».", ""),
    "FLOW_ENDLESS": (
        "Qui arrive ici n’en sort plus : {nodes}. Faites mener l’une des sorties à une fin.",
        "",
    ),
    "FLOW_LOOP": (
        "Ces étapes se suivent sans fin et sans que rien ne change : {nodes}.",
        "",
    ),
    "FLOW_UNKNOWN_QUEUE": ("Il n’y a pas cette file. Choisissez-en une qui existe.", ""),
    "FLOW_UNKNOWN_SKILL": (
        "Cette compétence n’existe pas. Choisissez-en une qui existe.",
        "",
    ),
    "FLOW_UNKNOWN_SCHEDULE": (
        "Il n’y a pas ces heures d’ouverture. Choisissez-en qui existent.",
        "",
    ),
    "FLOW_UNKNOWN_SOURCE": (
        "Il n’y a pas cette source de données. Choisissez-en une qui existe.",
        "",
    ),
    "FLOW_UNKNOWN_OUTPUT": ("La source de données ne donne pas de valeur « {name} ».", ""),
    "FLOW_UNKNOWN_INPUT": ("La source de données ne demande pas de « {name} ».", ""),
    "FLOW_UNKNOWN_DNC_LIST": (
        "Il n’y a pas cette liste d’opposition avec ses propres entrées. Choisissez-en une autre.",
        "",
    ),
    "FLOW_UNKNOWN_FLOW": (
        "Il n’y a pas ce parcours publié. Choisissez-en un qui existe et publiez-le.",
        "",
    ),
    "FLOW_UNKNOWN_PROMPT": ("Il n’y a pas cette annonce. Choisissez-en une qui existe.", ""),
    "FLOW_UNKNOWN_CHANNEL": (
        "Il n’y a pas ce canal. Les messages partent par : {possible}.",
        "",
    ),
    "FLOW_RUNS_ITSELF": ("Le parcours se lancerait lui-même : {flows}.", ""),
    "FLOW_RUNS_DEEP": (
        "Les parcours se lancent sur {most} niveaux au plus ; ce serait plus profond : {flows}.",
        "",
    ),
    "FLOW_BOUNDS": ("Le plus petit nombre vient d’abord.", ""),
    "FLOW_TEST_TRAIL": (
        "Essai « {name} » : le chemin attendu était {wanted}, ce fut {found}.",
        "",
    ),
    "FLOW_TEST_OUTCOME": (
        "Essai « {name} » : la fin attendue était {wanted}, ce fut {found}.",
        "",
    ),
    "FLOW_TEST_SAID": (
        "Essai « {name} » : on devait entendre {wanted}, on a entendu {found}.",
        "",
    ),
    "FLOW_TEST_RESULT": (
        "Essai « {name} » : on attendait {result} = {wanted}, ce fut « {found} ».",
        "",
    ),
    "FLOW_SAME": ("Le brouillon est déjà identique à la version publiée.", ""),
    "FLOW_IN_USE": (
        "Le parcours est utilisé par : {users}. Donnez-leur-en d’abord un autre.",
        "",
    ),
    "FLOW_FILE": (
        "Ce n’est pas le fichier d’un parcours : il faut kwabo_flow = 1, un nom et un document.",
        "",
    ),
    "FLOW_INPUT": (
        "Ce qui arrive est de l’un de ces types, avec ses valeurs : {possible}.",
        "",
    ),
    "FLOW_FACTS": (
        "Ce qui est connu : caller, called, language, medium, person et contact, tous des textes.",
        "",
    ),
    "FLOW_CURSOR": ("Renvoyez le curseur tel que l’étape d’avant l’a donné.", ""),
    "SKILL_IN_FLOW": (
        "Ces parcours demandent la compétence : {flows}. Retirez-l’en d’abord.",
        "",
    ),
    "QUEUE_IN_FLOW": (
        "Ces parcours mènent à la file : {flows}. Donnez-leur d’abord une autre file.",
        "",
    ),
    "PROMPT_IN_FLOW": (
        "Ces parcours la font entendre : {flows}. Retirez-la-en d’abord.",
        "",
    ),
    "DNC_LIST_IN_FLOW": (
        "Ces parcours ajoutent à la liste : {flows}. Donnez-leur d’abord une autre liste.",
        "",
    ),
    "DATA_ACTION_IN_FLOW": (
        "Ces parcours interrogent l’action de données : {flows}. Retirez-la-en d’abord.",
        "",
    ),
}
