"""What is said, as values: the layer that renders speech and text decides how each is uttered.

Values are canonical: numbers and amounts as decimal digits with a point, dates as 2026-11-27, times
as 18:30, digits as they were typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptPart:
    """A prompt of the library, with the values that its variants may hold."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    language: str = ""  # '': the language of the utterance
    # Language → words for text-to-speech where the library has none in that language.
    instead: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """Words: synthesised in a call, written in a message."""

    text: str
    language: str = ""
    # Language → the same in other words, where no engine speaks the part's language.
    instead: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPart:
    """A number."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountPart:
    """An amount of money, in the organisation's currency."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePart:
    """A day."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePart:
    """A time of the day."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitsPart:
    """Digits one by one, or a telephone number."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPart:
    """What was recorded in this call. No document names one."""

    media: str  # as `Recorded` told it
    language: str = ""


ValuePart = NumberPart | AmountPart | DatePart | TimePart | DigitsPart
Part = PromptPart | TextPart | SoundPart | ValuePart
VALUE_PARTS: Mapping[str, type[ValuePart]] = {
    "number": NumberPart,
    "amount": AmountPart,
    "date": DatePart,
    "time": TimePart,
    "digits": DigitsPart,
}  # the entry of a part in the document → what becomes of it
