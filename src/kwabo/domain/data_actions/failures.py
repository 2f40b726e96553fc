"""Why a data action gave no answer: stable codes, and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kwabo.domain.dnc_lists.silences import silence_message

# Code → (French, English). The codes of requests in general: `domain.dnc_lists.silences`.
FAILURES: Final[Mapping[str, tuple[str, str]]] = {
    "CIRCUIT_OPEN": (
        "Après plusieurs échecs de suite, le programme est laissé tranquille un moment.",
        "After several failures in a row the other program is left alone for a while.",
    ),
    "LOGIN_REFUSED": (
        "La base de données refuse le compte, ou n’existe pas : vérifiez base, compte et secret.",
        "The database refuses the account, or there is none of this name: check database, account "
        "and secret.",
    ),
    "STATEMENT_REFUSED": (
        "La base de données refuse l’instruction : lisez sa réponse, corrigez l’instruction ou les "
        "droits du compte.",
        "The database refuses the statement: read its answer, mend the statement or the account's "
        "rights.",
    ),
    "ERASED": (
        "La personne a été effacée : rien n’est plus envoyé d’elle.",
        "The person was erased: nothing more is sent about them.",
    ),
    "VALUE_UNSAFE": (
        "Une valeur est « . » ou « .. » : elle mènerait ailleurs dans l’adresse.",
        'A value is "." or "..": it would lead elsewhere in the address.',
    ),
    "VALUE_TOO_LONG": (
        "Une valeur de la réponse dépasse 2 000 caractères.",
        "A value of the answer is longer than 2,000 characters.",
    ),
}


def failure_message(code: str, language: str) -> str:
    """The sentence, or '' for no failure."""
    if code not in FAILURES:
        return silence_message(code, language)
    french, english = FAILURES[code]
    return french if language[:2] == "fr" else english
