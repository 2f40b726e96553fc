"""The course of one call with a contact, and what its end means.

States only go forward; the database refuses anything else. `offered` is a preview record in front
of an agent; a call that comes in begins with `arrived`; every other attempt begins with `dialling`,
written before the switch is asked.
"""

from __future__ import annotations

from enum import StrEnum

from kwabo.kernel.machine import Machine


class AttemptState(StrEnum):
    """How far an attempt is."""

    OFFERED = "offered"  # an agent sees the record and has not called yet
    RESERVED = "reserved"  # will be dialled as soon as a line is free
    DIALLING = "dialling"  # the switch is, or is about to be, asked
    RINGING = "ringing"
    ARRIVED = "arrived"  # a call from outside that nobody has answered yet
    ANSWERED = "answered"  # by whoever or whatever
    CONNECTED = "connected"  # speaking with an agent
    CLOSED = "closed"


# Calls of ours that nobody has answered.
UNANSWERED = frozenset(
    {AttemptState.OFFERED, AttemptState.RESERVED, AttemptState.DIALLING, AttemptState.RINGING}
)
ON_A_LINE = frozenset(
    {
        AttemptState.DIALLING,
        AttemptState.RINGING,
        AttemptState.ARRIVED,
        AttemptState.ANSWERED,
        AttemptState.CONNECTED,
    }
)


class Result(StrEnum):
    """How an attempt ended; exactly one for each."""

    PERSON = "person"
    MACHINE = "machine"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    INVALID = "invalid"
    CONGESTION = "congestion"
    REJECTED = "rejected"
    FAILED = "failed"
    FAX = "fax"
    SIT = "sit"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


NOT_DIALLED = frozenset({Result.SKIPPED})

MACHINE = Machine(
    name="attempt",
    initial=AttemptState.OFFERED,
    transitions={
        (AttemptState.OFFERED, "dialled"): AttemptState.DIALLING,
        (AttemptState.OFFERED, "closed"): AttemptState.CLOSED,
        (AttemptState.RESERVED, "dialled"): AttemptState.DIALLING,
        (AttemptState.RESERVED, "closed"): AttemptState.CLOSED,
        (AttemptState.DIALLING, "ringing"): AttemptState.RINGING,
        (AttemptState.DIALLING, "answered"): AttemptState.ANSWERED,
        (AttemptState.DIALLING, "closed"): AttemptState.CLOSED,
        (AttemptState.RINGING, "answered"): AttemptState.ANSWERED,
        (AttemptState.RINGING, "closed"): AttemptState.CLOSED,
        (AttemptState.ARRIVED, "answered"): AttemptState.ANSWERED,
        (AttemptState.ARRIVED, "closed"): AttemptState.CLOSED,
        (AttemptState.ANSWERED, "connected"): AttemptState.CONNECTED,
        (AttemptState.ANSWERED, "closed"): AttemptState.CLOSED,
        (AttemptState.CONNECTED, "closed"): AttemptState.CLOSED,
    },
    final=frozenset({AttemptState.CLOSED}),
)

# Q.850 causes (ITU-T Q.850 table 1) as Asterisk gives them for unanswered calls.
_BY_CAUSE: dict[int, Result] = {
    1: Result.INVALID,  # unallocated number
    2: Result.FAILED,  # no route to transit network
    3: Result.INVALID,  # no route to destination
    17: Result.BUSY,
    18: Result.NO_ANSWER,  # no user responding
    19: Result.NO_ANSWER,  # alerting, no answer
    20: Result.NO_ANSWER,  # subscriber absent
    21: Result.REJECTED,
    22: Result.INVALID,  # number changed
    27: Result.FAILED,  # destination out of order
    28: Result.INVALID,  # invalid number format
    34: Result.CONGESTION,  # no circuit available
    38: Result.CONGESTION,  # network out of order
    41: Result.CONGESTION,  # temporary failure
    42: Result.CONGESTION,  # switching equipment congestion
    44: Result.CONGESTION,
    47: Result.CONGESTION,
}

# Final SIP answers (RFC 3261 section 21); they are more exact than a cause made from them.
_BY_SIP: dict[int, Result] = {
    403: Result.REJECTED,
    404: Result.INVALID,
    408: Result.NO_ANSWER,
    410: Result.INVALID,
    480: Result.NO_ANSWER,
    484: Result.INVALID,
    486: Result.BUSY,
    487: Result.NO_ANSWER,
    488: Result.FAILED,
    500: Result.FAILED,
    502: Result.CONGESTION,
    503: Result.CONGESTION,
    504: Result.CONGESTION,
    600: Result.BUSY,
    603: Result.REJECTED,
    604: Result.INVALID,
}


def result_of_unanswered(cause: int | None, sip_code: int | None) -> Result:
    """What the end of a call that nobody answered means.

    The SIP code decides where it is known, else the Q.850 cause; a normal clearing (16) without an
    answer is a call that rang until the time-out; anything else has failed.
    """
    if sip_code is not None and sip_code in _BY_SIP:
        return _BY_SIP[sip_code]
    if cause in (16, 0, None):
        return Result.NO_ANSWER
    return _BY_CAUSE.get(cause, Result.FAILED)


TRUNK_TROUBLE = frozenset({Result.CONGESTION, Result.FAILED})
