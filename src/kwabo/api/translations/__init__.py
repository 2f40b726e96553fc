"""Messages by error code, in French and English. A code without one keeps the error's own text.

Each noun has a module with `MESSAGES`: code → (French, English); `{names}` are filled in from the
error's details. An empty English message means the error's own, which is English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kwabo.api.translations import (
    access,
    attempts,
    call_analysis,
    callbacks,
    campaigns,
    compliance,
    contacts,
    data_actions,
    desktop,
    dnc,
    flows,
    hours,
    incidents,
    lists,
    routing,
    rules,
    scripts,
    settings_documents,
    speech,
    voicemails,
    webhooks,
)
from kwabo.api.translations.numbers import written

LANGUAGES: Final = ("fr", "en")
_CATALOGUE: Final[dict[str, tuple[str, str]]] = {
    **contacts.MESSAGES,
    **desktop.MESSAGES,
    **access.MESSAGES,
    **campaigns.MESSAGES,
    **routing.MESSAGES,
    **rules.MESSAGES,
    **scripts.MESSAGES,
    **flows.MESSAGES,
    **speech.MESSAGES,
    **data_actions.MESSAGES,
    **dnc.MESSAGES,
    **callbacks.MESSAGES,
    **compliance.MESSAGES,
    **hours.MESSAGES,
    **incidents.MESSAGES,
    **lists.MESSAGES,
    **attempts.MESSAGES,
    **call_analysis.MESSAGES,
    **webhooks.MESSAGES,
    **voicemails.MESSAGES,
    **settings_documents.MESSAGES,
}


def translated(code: str, language: str, details: Mapping[str, Any]) -> str | None:
    """The message in `language`, or None when there is none or `details` lack something."""
    messages = _CATALOGUE.get(code)
    if messages is None or language not in LANGUAGES:
        return None
    inner = details.get("why_code")
    if isinstance(inner, str):  # the reason is another error, which has a message of its own
        rest = {name: value for name, value in details.items() if name != "why_code"}
        details = {**rest, "why": translated(inner, language, rest) or details["why"]}
    try:
        return messages[LANGUAGES.index(language)].format_map(written(details, language)) or None
    except (KeyError, ValueError, IndexError):
        return None


def messages_of(code: str) -> tuple[str, str]:
    """The French and the English message, with their gaps."""
    return _CATALOGUE[code]


def codes() -> frozenset[str]:
    """Every code that has a message."""
    return frozenset(_CATALOGUE)


def chosen_language(accept_language: str | None, person: str | None) -> str:
    """The first language of the header that there is, else the person's, else French."""
    for choice in _by_weight(accept_language or ""):
        if choice in LANGUAGES:
            return choice
    return person if person in LANGUAGES else "fr"


def _by_weight(header: str) -> list[str]:
    weighted: list[tuple[float, str]] = []
    for part in header.split(","):
        tag, _, weight = part.partition(";q=")
        try:
            weighted.append((float(weight or 1), tag.strip().lower()[:2]))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0]
