"""States of a callback.

`open`, `done`, `missed`, `expired` and `cancelled` are stored; an open one is seen as `due`,
`offered` or `dialled` by the clock and by the call that keeps it (`phase_of`).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from kwabo.kernel.machine import Machine


class CallbackState(StrEnum):
    """How a promise stands."""

    OPEN = "open"  # its time has not come
    DUE = "due"  # its time has come, and nobody is calling
    OFFERED = "offered"  # in front of an agent, as a record
    DIALLED = "dialled"  # the call is out, or under way
    DONE = "done"  # the call was made, whatever came of it
    MISSED = "missed"  # its owner did not come, and it goes to nobody else
    EXPIRED = "expired"  # its latest time has passed
    CANCELLED = "cancelled"  # by a person, by a newer promise, or because it may not be made


_S = CallbackState
_WAITING = (_S.OPEN, _S.DUE)
_ENDED_UNKEPT = (_S.MISSED, _S.EXPIRED)

MACHINE = Machine(
    name="callback",
    initial=_S.OPEN,
    transitions={
        (_S.OPEN, "fell_due"): _S.DUE,
        (_S.DUE, "offered"): _S.OFFERED,
        (_S.DUE, "dialled"): _S.DIALLED,
        (_S.OFFERED, "dialled"): _S.DIALLED,
        (_S.OFFERED, "taken_back"): _S.DUE,
        (_S.DIALLED, "taken_back"): _S.DUE,
        (_S.DIALLED, "called"): _S.DONE,
        (_S.DUE, "put_off"): _S.OPEN,
        (_S.DUE, "missed"): _S.MISSED,
        **{(state, "expired"): _S.EXPIRED for state in _WAITING},
        **{(state, "cancelled"): _S.CANCELLED for state in (*_WAITING, *_ENDED_UNKEPT)},
        **{(state, "rescheduled"): _S.OPEN for state in (*_WAITING, *_ENDED_UNKEPT)},
        **{(state, "reassigned"): state for state in _WAITING},
        **{(state, "replaced"): _S.CANCELLED for state in (*_WAITING, _S.OFFERED, _S.DIALLED)},
    },
    final=frozenset({_S.DONE, _S.CANCELLED}),
)

STORED = frozenset({_S.OPEN, _S.DONE, _S.MISSED, _S.EXPIRED, _S.CANCELLED})


def stored(state: str) -> CallbackState:
    """What is written of a state: the clock and the call tell the rest."""
    return CallbackState(state) if state in STORED else _S.OPEN


def phase_of(
    written: str, *, due_at: datetime, attempt_state: str | None, now: datetime
) -> CallbackState:
    """The state as people see it. `attempt_state`: of the live attempt that keeps it, if any."""
    if written != _S.OPEN:
        return CallbackState(written)
    if attempt_state == "offered":
        return _S.OFFERED
    if attempt_state is not None:
        return _S.DIALLED
    return _S.DUE if due_at <= now else _S.OPEN
