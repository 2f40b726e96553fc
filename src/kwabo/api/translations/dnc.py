"""Messages about DNC lists and their providers."""

from __future__ import annotations

from typing import Final

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "DNC_LIST_HAS_ENTRIES": (
        "Une liste avec des entrées n’a pas de service externe. Créez une liste pour le service.",
        "",
    ),
    "DNC_LIST_HAS_PROVIDER": (
        "Cette liste n’a pas d’entrées : son service externe est interrogé. Choisissez une autre "
        "liste.",
        "",
    ),
    "DNC_UPLOAD_STATE": (
        "Cet envoi est « {state} » : cela n’est plus possible. Rechargez la page.",
        "An upload that is {state} cannot do this. Load the page again.",
    ),
    "DNC_UPLOAD_COLUMN": (
        "Le fichier n’a pas cette colonne : choisissez l’une des {columns} premières.",
        "The file has no such column: choose one of its {columns}.",
    ),
    "DNC_UPLOAD_EXPIRED": (
        "Cette date est passée : donnez une date à venir, ou aucune.",
        "This time has passed: give one in the future, or none.",
    ),
    "DNC_CHANNEL": ("Choisissez l’un des canaux proposés.", ""),
    "DNC_PROVIDER_KEY": (
        "Un service externe est interrogé sur des numéros : laissez la colonne vide.",
        "",
    ),
    "PROVIDER_URL": (
        "Donnez une adresse qui commence par https:// (ou http://), avec un serveur fixe et sans "
        "nom d’utilisateur.",
        "",
    ),
    "PROVIDER_NUMBER_MISSING": (
        "Dites où va le numéro : {{number}} ou {{digits}} dans l’adresse ou le corps.",
        "Say where the number goes: {{number}} or {{digits}} in the address or the body.",
    ),
    "PROVIDER_METHOD": ("Choisissez GET ou POST.", ""),
    "PROVIDER_BODY": ("Raccourcissez le corps à 5 000 caractères.", ""),
    "PROVIDER_HEADER": (
        "Donnez à l’en-tête un nom fait de lettres, chiffres et -, que Kwabo n’emploie pas "
        "lui-même, et une valeur d’une ligne.",
        "",
    ),
    "PROVIDER_SECRET_NAME": (
        "Nommez le secret avec des minuscules, des chiffres, - et _.",
        "",
    ),
    "PROVIDER_SECRET_MISSING": (
        "Donnez le nom du secret que {{secret}} remplace.",
        "Name the secret that {{secret}} stands for.",
    ),
    "PROVIDER_PATH": (
        "Écrivez le chemin avec des noms séparés par des points, par exemple "
        "data.results[0].status ; @status pour le code HTTP ; rien pour le texte entier.",
        "",
    ),
    "PROVIDER_VALUES": (
        "Donnez les valeurs (1 à 50) auxquelles la réponse se reconnaît.",
        "",
    ),
    "PROVIDER_VALUES_TWICE": (
        "Une valeur ne peut pas vouloir dire les deux : retirez-la d’un côté.",
        "",
    ),
    "PROVIDER_WHEN_SILENT": ("Choisissez « attendre » ou « appeler ».", ""),
}
