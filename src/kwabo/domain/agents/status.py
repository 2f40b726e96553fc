"""What an agent does at present, and what may follow."""

from __future__ import annotations

from enum import StrEnum

from kwabo.kernel.machine import Machine


class AgentStatus(StrEnum):
    """The agent's status; the pause reason is kept beside it."""

    SIGNED_OUT = "signed_out"
    CONNECTING = "connecting"  # signed in, no leg yet
    PAUSED = "paused"
    READY = "ready"
    RESERVED = "reserved"  # held for a call that is being dialled, or hears the queue's whisper
    PREVIEWING = "previewing"
    ALERTING = "alerting"  # asked whether they take a caller who waits, or has kept the place
    ON_CALL = "on_call"
    AFTER_CALL = "after_call"
    LOST = "lost"  # browser or leg gone: nothing is offered


_S = AgentStatus

AT_WORK = frozenset({_S.READY, _S.RESERVED, _S.PREVIEWING, _S.ALERTING, _S.ON_CALL, _S.AFTER_CALL})
SERVING = AT_WORK | {_S.LOST}  # a queue's staff: whoever is lost may be back in seconds

MACHINE = Machine(
    name="agent",
    initial=_S.SIGNED_OUT,
    transitions={
        (_S.SIGNED_OUT, "signed_in"): _S.CONNECTING,
        (_S.CONNECTING, "leg_up"): _S.PAUSED,
        (_S.CONNECTING, "signed_out"): _S.SIGNED_OUT,
        (_S.PAUSED, "ready"): _S.READY,
        (_S.PAUSED, "paused"): _S.PAUSED,
        (_S.PAUSED, "joined_call"): _S.ON_CALL,
        (_S.READY, "paused"): _S.PAUSED,
        (_S.READY, "reserved"): _S.RESERVED,
        (_S.READY, "offered"): _S.PREVIEWING,
        (_S.READY, "alerted"): _S.ALERTING,
        (_S.READY, "joined_call"): _S.ON_CALL,
        (_S.READY, "after_call_asked"): _S.AFTER_CALL,
        (_S.RESERVED, "joined_call"): _S.ON_CALL,
        (_S.RESERVED, "released"): _S.READY,
        (_S.PREVIEWING, "reserved"): _S.RESERVED,
        (_S.PREVIEWING, "released"): _S.READY,
        (_S.ALERTING, "joined_call"): _S.ON_CALL,
        (_S.ALERTING, "offered"): _S.PREVIEWING,
        (_S.ALERTING, "reserved"): _S.RESERVED,
        (_S.ALERTING, "released"): _S.READY,
        (_S.ALERTING, "not_answered"): _S.PAUSED,
        (_S.ON_CALL, "call_ended"): _S.AFTER_CALL,
        (_S.ON_CALL, "released"): _S.READY,
        (_S.AFTER_CALL, "wrapped_up"): _S.READY,
        (_S.AFTER_CALL, "joined_call"): _S.ON_CALL,
        (_S.LOST, "found_free"): _S.READY,
        (_S.LOST, "found_paused"): _S.PAUSED,
        (_S.LOST, "joined_call"): _S.ON_CALL,
        (_S.LOST, "found_after_call"): _S.AFTER_CALL,
        **{
            (status, "lost"): _S.LOST
            for status in (
                _S.CONNECTING,
                _S.PAUSED,
                _S.READY,
                _S.RESERVED,
                _S.PREVIEWING,
                _S.ALERTING,
                _S.ON_CALL,
                _S.AFTER_CALL,
            )
        },
        **{
            (status, "signed_out"): _S.SIGNED_OUT
            for status in (_S.PAUSED, _S.READY, _S.AFTER_CALL, _S.LOST)
        },
    },
)
