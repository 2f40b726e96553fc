"""What is wrong with a value's shape, by the kind that the reader of requests gives it.

Kinds that are not here keep the reader's own English sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kwabo.api.translations.numbers import written

_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "missing": ("Ce champ est nécessaire.", "This field is needed."),
    "extra_forbidden": (
        "Ce champ n’existe pas ici : retirez-le.",
        "No such field here: leave it out.",
    ),
    "string_type": ("Donnez un texte.", "Give a text."),
    "string_too_short": (
        "Donnez au moins {min_length} caractère(s).",
        "Give at least {min_length} character(s).",
    ),
    "string_too_long": (
        "Donnez au plus {max_length} caractère(s).",
        "Give at most {max_length} character(s).",
    ),
    "string_pattern_mismatch": (
        "Ce texte n’a pas la forme attendue : {pattern}.",
        "This text does not have the form that is expected: {pattern}.",
    ),
    "bool_type": ("Donnez true ou false.", "Give true or false."),
    "bool_parsing": ("Donnez true ou false.", "Give true or false."),
    "int_type": ("Donnez un nombre entier.", "Give a whole number."),
    "int_parsing": ("Donnez un nombre entier.", "Give a whole number."),
    "int_from_float": ("Donnez un nombre entier.", "Give a whole number."),
    "float_type": ("Donnez un nombre.", "Give a number."),
    "float_parsing": ("Donnez un nombre.", "Give a number."),
    "finite_number": ("Donnez un nombre fini.", "Give a finite number."),
    "greater_than": ("Donnez plus de {gt}.", "Give more than {gt}."),
    "greater_than_equal": ("Donnez au moins {ge}.", "Give at least {ge}."),
    "less_than": ("Donnez moins de {lt}.", "Give less than {lt}."),
    "less_than_equal": ("Donnez au plus {le}.", "Give at most {le}."),
    "literal_error": ("Choisissez parmi : {expected}.", "Choose from: {expected}."),
    "enum": ("Choisissez parmi : {expected}.", "Choose from: {expected}."),
    "list_type": ("Donnez une liste.", "Give a list."),
    "dict_type": ("Donnez un objet.", "Give an object."),
    "model_attributes_type": ("Donnez un objet.", "Give an object."),
    "too_short": (
        "Donnez au moins {min_length} élément(s).",
        "Give at least {min_length} item(s).",
    ),
    "too_long": ("Donnez au plus {max_length} élément(s).", "Give at most {max_length} item(s)."),
    "uuid_type": ("Donnez un identifiant (UUID).", "Give an id (a UUID)."),
    "uuid_parsing": ("Donnez un identifiant (UUID).", "Give an id (a UUID)."),
    "date_type": ("Donnez une date : 2026-11-27.", "Give a date: 2026-11-27."),
    "date_parsing": ("Donnez une date : 2026-11-27.", "Give a date: 2026-11-27."),
    "date_from_datetime_parsing": ("Donnez une date : 2026-11-27.", "Give a date: 2026-11-27."),
    "time_parsing": ("Donnez une heure : 08:30.", "Give a time: 08:30."),
    "datetime_type": (
        "Donnez une date et une heure avec fuseau : 2026-11-27T10:00:00Z.",
        "Give a date and time with its zone: 2026-11-27T10:00:00Z.",
    ),
    "datetime_parsing": (
        "Donnez une date et une heure avec fuseau : 2026-11-27T10:00:00Z.",
        "Give a date and time with its zone: 2026-11-27T10:00:00Z.",
    ),
    "datetime_from_date_parsing": (
        "Donnez une date et une heure avec fuseau : 2026-11-27T10:00:00Z.",
        "Give a date and time with its zone: 2026-11-27T10:00:00Z.",
    ),
    "timezone_aware": (
        "Donnez aussi le fuseau de cette heure : 2026-11-27T10:00:00Z.",
        "Give this time's zone too: 2026-11-27T10:00:00Z.",
    ),
    "json_invalid": ("Ceci n’est pas du JSON lisible.", "This is no readable JSON."),
}


def shape_message(kind: str, language: str, context: Mapping[str, Any]) -> str | None:
    """The sentence in `language` (`fr`, else English); None: there is none for this kind."""
    messages = _MESSAGES.get(kind)
    if messages is None:
        return None
    try:
        if language != "fr":
            return messages[1].format_map(context)
        told = dict(written(context, language))
        if isinstance(expected := told.get("expected"), str):  # 'a', 'b' or 'c'
            told["expected"] = expected.replace("' or '", "' ou '")
        return messages[0].format_map(told)
    except KeyError:
        return None
