"""Messages about data actions and about what outcomes mean."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "DATA_ACTION_KIND": ("Choisissez http ou sql.", ""),
    "DATA_ACTION_ENGINE": ("Choisissez postgresql ou mysql.", ""),
    "DATA_ACTION_HOST": (
        "Donnez le nom ou l’adresse de la machine de la base de données, sans port.",
        "",
    ),
    "DATA_ACTION_SQL_NAME": (
        "Donnez un nom de 63 caractères au plus, sans caractère de contrôle.",
        "",
    ),
    "DATA_ACTION_STATEMENT": (
        "Écrivez une instruction qui commence par SELECT ou WITH.",
        "",
    ),
    "DATA_ACTION_STATEMENT_LONG": ("Raccourcissez l’instruction à 5 000 caractères.", ""),
    "DATA_ACTION_STATEMENT_ONE": (
        "Écrivez une seule instruction : pas de point-virgule à l’intérieur.",
        "",
    ),
    "DATA_ACTION_STATEMENT_SIGN": (
        "Retirez commentaires, barres obliques inverses, les signes $ et, pour MySQL, ? et #, et "
        "fermez chaque guillemet.",
        "",
    ),
    "DATA_ACTION_STATEMENT_WRITES": (
        "L’instruction ne peut que lire : retirez INTO.",
        "",
    ),
    "DATA_ACTION_STATEMENT_QUOTED": (
        "Sortez le repère des guillemets : écrivez numero = {{number}}.",
        "",
    ),
    "DATA_ACTION_METHOD": ("Choisissez GET, POST, PUT ou PATCH.", ""),
    "DATA_ACTION_BODY_FORMAT": ("Choisissez json ou form.", ""),
    "DATA_ACTION_URL": (
        "Donnez une adresse qui commence par https:// (ou http://), avec un hôte fixe et sans nom "
        "d’utilisateur.",
        "",
    ),
    "DATA_ACTION_SECRET_PLACE": (
        "Le secret ne va que dans un en-tête : une adresse ou un corps est noté à bien des "
        "endroits.",
        "",
    ),
    "DATA_ACTION_PLACEHOLDER": (
        "Il n’y a pas de repère {unknown}. Écrivez {{contact.colonne}}, {{number}} ou un autre de "
        "la liste.",
        "",
    ),
    "DATA_ACTION_BODY_LONG": ("Raccourcissez le corps à 5 000 caractères.", ""),
    "DATA_ACTION_BODY_JSON": (
        "Le corps n’est pas du JSON. Les repères sont entre guillemets : "
        '{{"numero": "{{number}}"}}.',
        "",
    ),
    "DATA_ACTION_HEADERS": ("Donnez au plus 20 en-têtes.", ""),
    "DATA_ACTION_HEADER": (
        "Donnez à l’en-tête un nom de lettres, chiffres et -, que Kwabo ne pose pas lui-même, et "
        "une valeur d’une ligne.",
        "",
    ),
    "DATA_ACTION_TWICE": ("Ce nom y est déjà. Donnez à chacun le sien.", ""),
    "DATA_ACTION_SECRET_NAME": (
        "Nommez le secret avec de petites lettres, des chiffres, - et _.",
        "",
    ),
    "DATA_ACTION_SECRET": ("Nommez le secret que {{secret}} représente.", ""),
    "DATA_ACTION_OUTPUTS": ("Donnez au plus 20 valeurs de la réponse.", ""),
    "DATA_ACTION_OUTPUT": (
        "Nommez la valeur avec des lettres, des chiffres et _, en commençant par une lettre.",
        "",
    ),
    "DATA_ACTION_PATH": (
        "Écrivez le chemin comme des noms séparés par des points, tel data.results[0].status ; "
        "@status pour le statut HTTP ; rien pour le texte entier.",
        "",
    ),
    "DATA_ACTION_RANGE": ("Donnez une valeur entre {least} et {most}.", ""),
    "DATA_ACTION_IN_USE": (
        "Ces jeux de règles utilisent l’action de données : {rule_sets}. Retirez-la d’abord de "
        "ceux-ci.",
        "",
    ),
    "DATA_ACTION_OWES": (
        "L’action de données a encore {waiting} envois à faire. Attendez qu’ils soient faits ou "
        "abandonnés.",
        "",
    ),
    "DATA_ACTION_OUTPUT_USED": (
        "Le jeu de règles « {rule_set} » utilise {outputs}. Gardez-les, ou changez d’abord les "
        "règles.",
        "",
    ),
    "RULE_DATA_ACTION_UNKNOWN": (
        "Cette action de données n’existe pas. Choisissez-en une qui existe.",
        "",
    ),
    "RULE_OUTPUT_UNKNOWN": (
        "L’action de données ne lit pas cette valeur de sa réponse. Elle lit : {possible}.",
        "The data action reads no such value of its answer. It reads: {possible}.",
    ),
    "RULE_RESOLUTION": ("Dites ce qui vaut quand la réponse manque : vrai ou faux.", ""),
    "RULE_DATA_ACTION_LATER": (
        "Avant un appel il n’y a pas encore {names}. Choisissez une action de données sans cela.",
        "Before a call there is no {names} yet. Choose a data action without it.",
    ),
    "RULE_NO_MESSAGES": (
        "Aucun canal n’envoie encore de messages : ceci concerne les campagnes de messages et doit "
        "les attendre.",
        "",
    ),
    "OUTCOME_UNKNOWN": ("Cette issue n’existe pas. Rechargez la page.", ""),
    "RULE_WRITE": (
        "Donnez à chaque valeur une colonne de la liste, au plus {most}.",
        "Give each value a column of the list, at most {most}.",
    ),
}
