"""Call analysis response sets: what a campaign does with each call analysis result.

A document names reactions by result; what it leaves out is done as without a response set. Only
what can be done is offered: nothing can be played where nobody answered.

    {"live_person_detection": "medium", "fax_detection": true, "beep_detection": false,
     "reactions": {"callable_machine":
                       {"type": "play_file", "prompt_id": "…", "after_greeting": true}}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from kwabo.domain.call_analysis.results import AnalysisResult


class Sensitivity(StrEnum):
    """How readily an answer is taken for a person's."""

    OFF = "off"  # nobody listens: every answer is a connected line
    LOW = "low"  # only what is short and followed by silence
    MEDIUM = "medium"
    HIGH = "high"  # also longer greetings


class ReactionType(StrEnum):
    """What is done."""

    HANG_UP = "hang_up"  # and nothing more; for a call that nobody answered: nothing
    PLAY_FILE = "play_file"  # a prompt, then hang up
    QUEUE = "queue"  # to an agent, as a person is
    FLOW = "flow"  # to a flow
    NUMBER_UNCALLABLE = "number_uncallable"  # the number is not called again
    RETRY = "retry"  # the number stays callable and is called again after a while


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What is done with one result."""

    type: ReactionType
    prompt_id: UUID | None = None  # play_file
    after_greeting: bool = False  # play_file, flow: wait until the other side is silent
    queue_id: UUID | None = None  # queue; None: the campaign's
    flow_id: UUID | None = None  # flow
    retry_seconds: int = 0  # retry
    media: str = ""  # play_file: what the switch plays; filled in where the set is read for a floor
    media_seconds: float = 0.0  # how long it is


_HANG_UP = Reaction(type=ReactionType.HANG_UP)
_QUEUE = Reaction(type=ReactionType.QUEUE)
_UNCALLABLE = Reaction(type=ReactionType.NUMBER_UNCALLABLE)

WITHOUT: Mapping[AnalysisResult, Reaction] = MappingProxyType(
    {
        AnalysisResult.PERSON: _QUEUE,
        AnalysisResult.LINE_CONNECTED: _QUEUE,
        AnalysisResult.MACHINE: _HANG_UP,
        AnalysisResult.FAX: _HANG_UP,
        AnalysisResult.BUSY: _HANG_UP,
        AnalysisResult.NO_ANSWER: _HANG_UP,
        AnalysisResult.DISCONNECT: _HANG_UP,
        AnalysisResult.SIT: _UNCALLABLE,
        AnalysisResult.UNCALLABLE_SIT: _UNCALLABLE,
        AnalysisResult.NOT_FOUND: _UNCALLABLE,
    }
)
_T = ReactionType
ALLOWED: Mapping[AnalysisResult, tuple[ReactionType, ...]] = MappingProxyType(
    {
        AnalysisResult.PERSON: (_T.QUEUE, _T.FLOW),
        AnalysisResult.LINE_CONNECTED: (_T.QUEUE, _T.FLOW, _T.PLAY_FILE, _T.HANG_UP),
        AnalysisResult.MACHINE: (_T.HANG_UP, _T.PLAY_FILE, _T.FLOW, _T.QUEUE),
        AnalysisResult.FAX: (_T.HANG_UP, _T.NUMBER_UNCALLABLE, _T.QUEUE),
        AnalysisResult.BUSY: (_T.HANG_UP, _T.RETRY),
        AnalysisResult.NO_ANSWER: (_T.HANG_UP, _T.RETRY),
        AnalysisResult.DISCONNECT: (_T.HANG_UP, _T.RETRY, _T.NUMBER_UNCALLABLE),
        AnalysisResult.SIT: (_T.HANG_UP, _T.RETRY, _T.NUMBER_UNCALLABLE),
        AnalysisResult.UNCALLABLE_SIT: (_T.NUMBER_UNCALLABLE, _T.HANG_UP, _T.RETRY),
        AnalysisResult.NOT_FOUND: (_T.NUMBER_UNCALLABLE, _T.HANG_UP, _T.RETRY),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseSet:
    """A response set, read."""

    reactions: Mapping[AnalysisResult, Reaction] = field(default_factory=dict)
    sensitivity: Sensitivity = Sensitivity.MEDIUM
    fax_detection: bool = True
    beep_detection: bool = False  # after a greeting: wait for the beep too

    def reaction(self, result: AnalysisResult) -> Reaction:
        """What is done with this result."""
        return self.reactions.get(result) or WITHOUT[result]


DEFAULT = ResponseSet()  # of a campaign without a response set
