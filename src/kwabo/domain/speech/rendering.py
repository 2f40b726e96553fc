"""Parts of an utterance as what is played one after the other, or as the text of a message.

For each part, in this order: the recording in the language, text-to-speech in the language where an
engine has it, then the same in each language that stands in for it; words of a document or of an
incident then in any language in which they were written and an engine speaks. What no language of
the chain has is named as missing, and the rest is said all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kwabo.domain.flows.parts import (
    AmountPart,
    DatePart,
    DigitsPart,
    NumberPart,
    Part,
    PromptPart,
    SoundPart,
    TextPart,
    TimePart,
)
from kwabo.domain.speech.book import PromptBook
from kwabo.domain.speech.media import media_of
from kwabo.domain.speech.spoken import ValueKind
from kwabo.domain.speech.values import UnreadableValue, say

_KINDS: Mapping[type, ValueKind] = {
    NumberPart: ValueKind.NUMBER,
    AmountPart: ValueKind.AMOUNT,
    DatePart: ValueKind.DATE,
    TimePart: ValueKind.TIME,
}
_TELEPHONE = re.compile(r"\+[0-9 ]+|01[0-9]{8}")
_PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A recording that is played."""

    media: str
    seconds: float
    language: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesised:
    """Words that an engine says."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSaid:
    """What no language of the chain can say: a prompt's key, or a value's kind or words."""

    what: str
    language: str  # in which it was asked for


Piece = Recorded | Synthesised


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """An utterance on the telephone."""

    pieces: tuple[Piece, ...] = ()
    missing: tuple[NotSaid, ...] = ()


def render(parts: Iterable[Part], language: str, book: PromptBook) -> Rendering:
    """What is played."""
    pieces: list[Piece] = []
    missing: list[NotSaid] = []
    for part in parts:
        wanted = part.language or language
        said = _said(part, wanted, book)
        if said is None:
            missing.append(NotSaid(what=_name(part), language=wanted))
        else:
            pieces += said
    return Rendering(pieces=tuple(pieces), missing=tuple(missing))


def render_text(parts: Iterable[Part], language: str, book: PromptBook) -> str:
    """The same as the text of a message: digits stay digits, which everybody can read."""
    texts = [_text(part, part.language or language, book) for part in parts]
    return " ".join(text for text in texts if text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its {placeholders} filled; one that nobody fills is left out."""
    return " ".join(_PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text).split())


def kind_of(part: Part) -> ValueKind | None:
    """The kind of value; None: the part is none."""
    if isinstance(part, DigitsPart):
        return ValueKind.TELEPHONE if _TELEPHONE.fullmatch(part.value) else ValueKind.DIGITS
    return _KINDS.get(type(part))


def _said(part: Part, language: str, book: PromptBook) -> list[Piece] | None:
    if isinstance(part, PromptPart):
        return _prompt(part, language, book)
    if isinstance(part, TextPart):
        return _words(part, language, book)
    if isinstance(part, SoundPart):
        return [Recorded(media=media_of(part.media), seconds=0.0, language=language, key="")]
    kind = kind_of(part)
    assert kind is not None
    return _value(kind, part.value, language, book)


def _words(part: TextPart, language: str, book: PromptBook) -> list[Piece] | None:
    texts = {**part.instead, language: part.text}
    for one in (*book.chain(language), *texts):
        if one in texts and one in book.engines:
            return [Synthesised(text=texts[one], language=one)]
    return None


def _prompt(part: PromptPart, language: str, book: PromptBook) -> list[Piece] | None:
    for one in book.chain(language):
        voiced = book.of(part.key, one)
        if voiced.media:
            return [
                Recorded(media=voiced.media, seconds=voiced.seconds, language=one, key=part.key)
            ]
        if voiced.sayable and one in book.engines:
            return [Synthesised(text=filled(voiced.sayable, part.values), language=one)]
        if one in part.instead and one in book.engines:
            return [Synthesised(text=part.instead[one], language=one)]
    return None


def _value(kind: ValueKind, value: str, language: str, book: PromptBook) -> list[Piece] | None:
    for one in book.number_chain(language):
        try:
            spoken = say(kind, value, (one,))
        except UnreadableValue:
            return None
        if spoken is None:
            continue
        voiced = [(key, book.of(key, one)) for key in spoken.keys]
        if all(found.media for _, found in voiced):
            return [
                Recorded(media=found.media, seconds=found.seconds, language=one, key=key)
                for key, found in voiced
            ]
        if one in book.engines:
            return [Synthesised(text=spoken.words, language=one)]
    return None


def _text(part: Part, language: str, book: PromptBook) -> str:
    if isinstance(part, PromptPart):
        for one in book.chain(language):
            voiced = book.of(part.key, one)
            if voiced.text or voiced.speech:
                return filled(voiced.text or voiced.speech, part.values)
        return ""
    if isinstance(part, TextPart):
        return part.text
    if isinstance(part, SoundPart):
        return ""
    if isinstance(part, AmountPart):
        return f"{part.value} FCFA"
    return part.value


def _name(part: Part) -> str:
    if isinstance(part, PromptPart):
        return part.key
    kind = kind_of(part)
    return "text" if kind is None else kind.value
