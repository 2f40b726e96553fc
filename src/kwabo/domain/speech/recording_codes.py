"""Codes by which somebody records prompts by telephone: six digits, good for half an hour.

A code is guessed with a chance of one in 100,000 for each try when ten are good at once; the limits
of tries leave a guesser few. They count for a quarter of an hour, see `services/guessing.py`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol, TypeVar

DIGITS: Final = 6
GOOD_FOR: Final = timedelta(minutes=30)
MOST_LIVING: Final = 10  # codes of an organisation that are good at once
MOST_PROMPTS: Final = 500  # of one code; the fragments of any language are fewer
TRIES_PER_CALLER: Final = 9  # wrong ones: three calls
TRIES_PER_ORGANISATION: Final = 60  # whoever changes the number shown


class End(StrEnum):
    """Why a code is good no more."""

    DONE = "done"  # all is recorded
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class State(StrEnum):
    """How far a recording by telephone is."""

    WAITING = "waiting"  # for a call
    CALLING = "calling"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Placed(Protocol):
    """A prompt in the list of a code."""

    @property
    def position(self) -> int: ...

    @property
    def kept(self) -> bool: ...


def new_code(token: Callable[[], str], living: Collection[str]) -> str:
    """A code that none of the living is; `token` gives values that nobody can guess."""
    while True:
        number = int.from_bytes(hashlib.sha256(token().encode()).digest())
        code = f"{number % 10**DIGITS:0{DIGITS}}"
        if code not in living:
            return code


def is_code(keyed: str) -> bool:
    """Whether it can be one."""
    return len(keyed) == DIGITS and keyed.isascii() and keyed.isdigit()


def same(code: str, keyed: str) -> bool:
    """Compare without telling by the time it takes how far they agree."""
    return hmac.compare_digest(code.encode(), keyed.encode())


def state_of(end: End | None, expires_at: datetime, now: datetime, *, in_call: bool) -> State:
    """As people see it: a call that is under way goes on when its code has run out."""
    if end in (End.DONE, End.CANCELLED):
        return State(end)
    if in_call:
        return State.CALLING
    return State.EXPIRED if end is End.EXPIRED or expires_at <= now else State.WAITING


_Placed = TypeVar("_Placed", bound=Placed)


def following(prompts: Sequence[_Placed], after: int) -> _Placed | None:
    """The first prompt behind this place that is not recorded; None: none is left."""
    left = (one for one in prompts if one.position > after and not one.kept)
    return min(left, key=lambda one: one.position, default=None)
