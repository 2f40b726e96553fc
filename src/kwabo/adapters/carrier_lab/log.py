"""Reading the carrier lab's log: what the far end really saw.

Lines are blank-separated: time, event (`invite`, `answered`, `heard`, `ended`), number, caller id,
attempt id, behaviour, try, cause, Call-ID; `-` where there is nothing. Of calls that the lab makes
(`calls`, `taken`, `pressed`, `met`, `left`), the fifth is their id, the sixth who ended them
(`caller`, `switch`), the eighth of `pressed` the keys, the last the file of what was heard. The lab
appends whole lines only, so that a last line without its end is one still being written and is left
for the next reading.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class LabCall:
    """One INVITE that reached the lab, and what became of it. Retransmissions do not count."""

    invited_at: datetime  # UTC
    number: str  # E.164
    caller_id: str  # '' when there was none
    attempt_id: str  # SIP header X-Kwabo-Attempt-Id; '' when there was none
    call_id: str  # SIP Call-ID
    behaviour: str
    attempt: int  # how often this number was called so far, this call included
    answered_at: datetime | None = None
    heard_at: datetime | None = None  # a listening person heard something: agent or message
    ended_at: datetime | None = None  # None while the call goes on, or when the lab was killed
    cause: int | None = None  # Q.850, at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class LabCaller:
    """A call that the lab made to the switch, from the caller's side."""

    call_id: str  # of the `CallIn`
    number: str  # called, as sent
    caller: str  # '' when withheld
    called_at: datetime  # UTC
    heard: Path  # WAV of all that the caller heard, whole once the call is over; if it is recorded
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    cause: int | None = None  # Q.850, at the end
    ended_by: str = ""  # `caller` or `switch`, once it is over
    pressed: tuple[tuple[datetime, str], ...] = ()  # when each step of keys began, and the keys
    met_at: datetime | None = None  # when the caller heard an agent's telephone (step `Meet`)


def read_log(path: Path) -> list[LabCall]:
    """All calls in the order of their INVITEs; an absent file is an empty log.

    Raises ValueError with the line's number when the file is not a lab's log.
    """
    calls: dict[tuple[str, int], LabCall] = {}
    latest: dict[str, tuple[str, int]] = {}
    for position, fields in _lines(path):
        moment, event, number, caller, attempt_id, behaviour, attempt, cause, call_id = fields
        at = datetime.fromisoformat(moment)
        if event == "invite":
            key = latest[call_id] = (call_id, position)
            calls[key] = LabCall(
                invited_at=at,
                number=number,
                caller_id=_value(caller),
                attempt_id=_value(attempt_id),
                call_id=call_id,
                behaviour=behaviour,
                attempt=int(attempt),
            )
        elif call_id in latest:
            key = latest[call_id]
            if event == "answered":
                calls[key] = replace(calls[key], answered_at=at)
            elif event == "heard":
                calls[key] = replace(calls[key], heard_at=at)
            elif event == "ended":
                ended = int(cause) if cause.isdigit() else None
                calls[key] = replace(calls[key], ended_at=at, cause=ended)
    return list(calls.values())


def read_callers(path: Path) -> list[LabCaller]:
    """The calls that the lab made, in their order. Raises ValueError as `read_log`."""
    callers: dict[str, LabCaller] = {}
    for _, (moment, event, number, caller, call_id, by, _, cause, heard) in _lines(path):
        at = datetime.fromisoformat(moment)
        if event == "calls":
            callers[call_id] = LabCaller(
                call_id=call_id,
                number=number,
                caller=_value(caller),
                called_at=at,
                heard=Path(heard),
            )
        elif event == "taken":
            callers[call_id] = replace(callers[call_id], answered_at=at)
        elif event == "pressed":
            keys = (*callers[call_id].pressed, (at, cause))
            callers[call_id] = replace(callers[call_id], pressed=keys)
        elif event == "met":
            callers[call_id] = replace(callers[call_id], met_at=at)
        elif event == "left" and callers[call_id].ended_at is None:
            ended = int(cause) if cause.isdigit() else None
            callers[call_id] = replace(
                callers[call_id], ended_at=at, cause=ended, ended_by=_value(by)
            )
    return list(callers.values())


def wait_for_caller(path: Path, call_id: str, *, within_seconds: float) -> LabCaller | None:
    """A call that the lab made, once it is over and its recording is whole; None when that takes
    too long.
    """
    until = time.monotonic() + within_seconds
    while time.monotonic() < until:
        for one in read_callers(path):
            if one.call_id == call_id and one.ended_at is not None:
                return one
        time.sleep(0.1)  # the lab appends to a file, and nothing tells of it
    return None


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The complete lines with their numbers, in nine fields each."""
    try:
        text = path.read_text()
    except FileNotFoundError:
        return
    complete = text[: text.rfind("\n") + 1]
    for position, line in enumerate(complete.splitlines(), start=1):
        fields = line.split(" ", 8)
        if len(fields) != 9:
            raise ValueError(f"{path}, line {position}: not a line of the carrier lab: {line!r}")
        yield position, fields


def _value(field: str) -> str:
    return "" if field == "-" else field
