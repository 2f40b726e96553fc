"""Call analysis results: what a call came to, in the terms in which response sets react.

`callable_…` numbers may be called again; `uncallable_…` numbers cannot be reached by anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from kwabo.domain.interactions.attempt import Result


class AnalysisResult(StrEnum):
    """See the module."""

    PERSON = "callable_person"
    LINE_CONNECTED = "callable_lineconnected"  # answered; by whom, nobody can tell or has asked
    MACHINE = "callable_machine"
    FAX = "callable_fax"
    BUSY = "callable_busy"
    NO_ANSWER = "callable_noanswer"
    DISCONNECT = "callable_disconnect"  # refused by the called side or by a network
    SIT = "callable_sit"  # the network's three tones; the number may exist
    UNCALLABLE_SIT = "uncallable_sit"  # the same, with a code that says: no such number
    NOT_FOUND = "uncallable_notfound"


ANSWERED = (
    AnalysisResult.PERSON,
    AnalysisResult.LINE_CONNECTED,
    AnalysisResult.MACHINE,
    AnalysisResult.FAX,
)

# What call analysis says (`ChannelAnswered.analysis`); None: it was off.
_OF_VERDICT: Mapping[str | None, AnalysisResult] = {
    "person": AnalysisResult.PERSON,
    "machine": AnalysisResult.MACHINE,
    "fax": AnalysisResult.FAX,
    "unsure": AnalysisResult.LINE_CONNECTED,
    None: AnalysisResult.LINE_CONNECTED,
}
_OF_RESULT: Mapping[Result, AnalysisResult] = {
    Result.BUSY: AnalysisResult.BUSY,
    Result.NO_ANSWER: AnalysisResult.NO_ANSWER,
    Result.REJECTED: AnalysisResult.DISCONNECT,
    Result.CONGESTION: AnalysisResult.DISCONNECT,
    Result.FAILED: AnalysisResult.DISCONNECT,
    Result.INVALID: AnalysisResult.NOT_FOUND,
    Result.MACHINE: AnalysisResult.MACHINE,
    Result.FAX: AnalysisResult.FAX,
    Result.PERSON: AnalysisResult.PERSON,
}
# Codes by which a network says that the number does not exist.
_NO_SUCH_SIP = frozenset({404, 410, 484, 604})
_NO_SUCH_CAUSE = frozenset({1, 3, 22, 28})


def of_answer(verdict: str | None) -> AnalysisResult:
    """The result of an answered call."""
    return _OF_VERDICT.get(verdict, AnalysisResult.LINE_CONNECTED)


def of_end(result: Result, cause: int | None, sip_code: int | None) -> AnalysisResult | None:
    """The result of a call that nobody answered; None: it says nothing of the number."""
    if result is Result.SIT:
        lost = cause in _NO_SUCH_CAUSE or sip_code in _NO_SUCH_SIP
        return AnalysisResult.UNCALLABLE_SIT if lost else AnalysisResult.SIT
    return _OF_RESULT.get(result)
