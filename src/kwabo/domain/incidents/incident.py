"""An incident, what is wrong with one, and what the notice of its end says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kwabo.domain.campaigns.settings import Objection

DECLARED, OVER = "declared", "over"
STATES: Final = (DECLARED, OVER)
MOST_PLACES: Final = 500  # communes, and as many cells
LONGEST_PLACE: Final = 100
LONGEST_TEXT: Final = 600  # characters that are said or sent
FURTHEST: Final = timedelta(days=366)  # between begin and expected end

_OVER_WORDS: Final = {
    "fr": "Bonne nouvelle : l’incident « {name} » est terminé. Merci de votre patience.",
    "en": "Good news: the incident “{name}” is over. Thank you for your patience.",
}
_OTHERWISE: Final = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that is out of order."""

    incident_id: UUID
    name: str
    service: str = ""  # '': any
    communes: tuple[str, ...] = ()  # no commune and no cell: everywhere
    cells: tuple[str, ...] = ()
    prompt: str = ""  # key of a prompt; '': it has words
    texts: Mapping[str, str] = field(default_factory=dict)  # language → words
    over_texts: Mapping[str, str] = field(default_factory=dict)  # of the notice
    starts_at: datetime
    expected_end: datetime | None = None
    state: str = DECLARED
    over_at: datetime | None = None
    heard: int = 0  # calls to which it was given
    version: int = 1
    created_at: datetime
    updated_at: datetime


def objections(one: Incident) -> list[Objection]:
    """Everything that is wrong with it."""
    found = [*_places(one.communes, "communes"), *_places(one.cells, "cells")]
    if len(one.service) > LONGEST_PLACE:
        found.append(_too_long("service", LONGEST_PLACE))
    if bool(one.prompt) == bool(one.texts):
        message = "Give either the key of a prompt or words for at least one language."
        found.append(Objection(field="texts", code="INCIDENT_MESSAGE", message=message))
    for name, texts in (("texts", one.texts), ("over_texts", one.over_texts)):
        found += _texts(texts, name)
    if one.expected_end is not None and not (
        one.starts_at < one.expected_end <= one.starts_at + FURTHEST
    ):
        message = "The expected end must come after the begin, within a year."
        found.append(Objection(field="expected_end", code="INCIDENT_END", message=message))
    return found


def notice_text(one: Incident, language: str) -> tuple[str, str]:
    """The language and the words of the notice of its end.

    In the language asked for if there are words in it, else in French, else in any.
    """
    for choice in (language, _OTHERWISE):
        if one.over_texts.get(choice):
            return choice, one.over_texts[choice]
        if choice in _OVER_WORDS and (choice == language or not one.over_texts):
            return choice, _OVER_WORDS[choice].format(name=one.name)
    choice = min(one.over_texts)
    return choice, one.over_texts[choice]


def _places(places: Sequence[str], name: str) -> Iterator[Objection]:
    if len(places) > MOST_PLACES:
        message = f"Give at most {MOST_PLACES}; without any it is everywhere."
        yield Objection(
            field=name, code="INCIDENT_PLACES", message=message, details={"most": str(MOST_PLACES)}
        )
        return
    for index, place in enumerate(places):
        if not 1 <= len(place) <= LONGEST_PLACE:
            yield _too_long(f"{name}.{index}", LONGEST_PLACE)


def _texts(texts: Mapping[str, str], name: str) -> Iterator[Objection]:
    for language, words in texts.items():
        if not words.strip() or len(words) > LONGEST_TEXT:
            yield _too_long(f"{name}.{language}", LONGEST_TEXT)


def _too_long(name: str, most: int) -> Objection:
    message = f"Write 1 to {most} characters."
    return Objection(field=name, code="INCIDENT_TEXT", message=message, details={"most": str(most)})
