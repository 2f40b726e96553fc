"""Why a provider gave no answer: stable codes, and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Code → (French, English).
SILENCES: Final[Mapping[str, tuple[str, str]]] = {
    "ADDRESS_UNKNOWN": (
        "Le nom du serveur n’a pas d’adresse : vérifiez l’adresse du service.",
        "The server's name has no address: check the provider's address.",
    ),
    "ADDRESS_REFUSED": (
        "L’adresse est privée, locale ou non chiffrée : l’exploitant de Kwabo doit l’autoriser.",
        "The address is private, local or not encrypted: the operator of Kwabo must allow it.",
    ),
    "UNREACHABLE": (
        "La connexion a échoué : vérifiez que le service fonctionne.",
        "The connection failed: look whether the provider works.",
    ),
    "TOO_SLOW": (
        "Le service n’a pas répondu à temps : patientez, ou donnez-lui plus de temps.",
        "The provider did not answer in time: wait, or give it more time.",
    ),
    "ANSWER_TOO_LONG": (
        "La réponse dépasse 64 ko : vérifiez l’adresse du service.",
        "The answer is larger than 64 kB: check the provider's address.",
    ),
    "HTTP_STATUS": (
        "Le service a répondu par une erreur HTTP : vérifiez l’adresse et la clé.",
        "The provider answered with an HTTP error: check the address and the key.",
    ),
    "ANSWER_UNREADABLE": (
        "La réponse n’est pas du JSON : vérifiez le chemin de la réponse.",
        "The answer is no JSON: check the path of the answer.",
    ),
    "ANSWER_WITHOUT_VALUE": (
        "La réponse n’a pas de valeur à cet endroit : vérifiez le chemin de la réponse.",
        "The answer has no value at this place: check the path of the answer.",
    ),
    "ANSWER_UNKNOWN": (
        "La valeur n’est ni « en opposition » ni « libre » : complétez les valeurs attendues.",
        "The value means neither listed nor not listed: complete the values.",
    ),
    "SECRET_MISSING": (
        "Le secret de ce nom n’existe pas : l’exploitant de Kwabo doit le déposer.",
        "There is no secret of this name: the operator of Kwabo must put it there.",
    ),
}


def silence_message(code: str, language: str) -> str:
    """The sentence, or '' for no silence."""
    french, english = SILENCES.get(code, ("", ""))
    return french if language[:2] == "fr" else english
