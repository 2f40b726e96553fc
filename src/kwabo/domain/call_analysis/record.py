"""What an attempt keeps of its call analysis: a flat document, without what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any
from uuid import UUID

from kwabo.kernel.records import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisRecord:
    """See the module. Seconds are of this call."""

    result: str | None = None  # person | machine | fax | unsure: the engine's word
    engine: str | None = None
    terms: str | None = None  # the engine's parameters
    cause: str | None = None  # the engine's reason
    seconds: float | None = None  # from the answer to its word
    reaction: str | None = None
    queue_id: UUID | None = None  # whose agents got the call, when not the campaign's
    prompt_id: UUID | None = None
    message_seconds: float | None = None  # how long the prompt is
    message_whole: bool | None = None  # played to its end; None: it never began
    early_media: bool | None = None  # the network sent sound before any answer (183)
    early_seconds: float | None = None  # from there to the end
    tone: str | None = None  # sit | busy | congestion | ringback | voice | silence
    announcement: str | None = None  # what the network meant, by the trunk's table
    network_answer: int | None = None  # the line of that table, from 1
    recording: bool | None = None  # the early media was kept

    def document(self) -> dict[str, Any]:
        """As it is kept."""
        if self is NOTHING:
            return {}
        told = {
            name: value
            for name, value in zip(_NAMES, _VALUES(self), strict=True)
            if value is not None
        }
        for name in _IDS:
            if name in told:
                told[name] = str(told[name])
        return told

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> AnalysisRecord:
        """From what was kept."""
        if not document:
            return NOTHING
        values = {name: value for name, value in document.items() if name in _NAMES}
        for name in _IDS:
            if name in values:
                values[name] = UUID(values[name])
        return cls(**values)


NOTHING = AnalysisRecord()
_NAMES = tuple(one.name for one in fields(AnalysisRecord))
_VALUES = attrgetter(*_NAMES)
_IDS = ("queue_id", "prompt_id")
