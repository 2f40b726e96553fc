"""What is said to a waiting caller, as parts of an utterance.

Prompts of these keys are played where the organisation has recorded or written them; else
text-to-speech says the words here. Numbers are said by the grammar of the language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kwabo.domain.flows.parts import NumberPart, Part, PromptPart
from kwabo.domain.routing.announcements import Announcement, AnnouncementKind

POSITION: Final = "queue_position"
_MINUTES: Final = "queue_wait_minutes"
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    POSITION: {"fr": "Votre place dans la file :", "en": "Your place in the queue:"},
    "queue_wait_about": {
        "fr": "Votre attente sera d’environ",
        "en": "Your wait will be about",
    },
    "queue_wait_about_one": {
        "fr": "Votre attente sera d’environ une minute.",
        "en": "Your wait will be about one minute.",
    },
    "queue_wait_at_most": {
        "fr": "Votre attente sera d’au plus",
        "en": "Your wait will be at most",
    },
    "queue_wait_at_most_one": {
        "fr": "Votre attente sera d’au plus une minute.",
        "en": "Your wait will be at most one minute.",
    },
    "queue_wait_more_than": {
        "fr": "Votre attente sera de plus de",
        "en": "Your wait will be more than",
    },
    _MINUTES: {"fr": "minutes.", "en": "minutes."},
}


def words_of(announcement: Announcement) -> tuple[Part, ...]:
    """How the announcement is said."""
    value = str(announcement.value)
    number = NumberPart(value=value)
    if announcement.kind is AnnouncementKind.POSITION:
        return (_prompt(POSITION, position=value), number)
    if announcement.more_than:
        return (_prompt("queue_wait_more_than"), number, _prompt(_MINUTES))
    key = f"queue_wait_{announcement.kind}"
    if announcement.value == 1:
        return (_prompt(f"{key}_one"),)
    return (_prompt(key), number, _prompt(_MINUTES))


def _prompt(key: str, **values: str) -> PromptPart:
    return PromptPart(key=key, values=values, instead=WORDS[key])
