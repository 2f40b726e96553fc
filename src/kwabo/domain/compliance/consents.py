"""Consent: what a person agreed to, and whether that stands.

The ledger only grows: a line gives consent, withdraws it, or voids an earlier line. Of the lines
about a number and a purpose the one that speaks of the latest instant decides; what was written
down later wins a tie. So an old consent that is entered after a withdrawal does not undo it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

GIVEN: Final = "given"
WITHDRAWN: Final = "withdrawn"
VOID: Final = "void"
KINDS: Final = (GIVEN, WITHDRAWN, VOID)
CHANNELS: Final = ("voice", "sms", "whatsapp", "email")
ANY: Final = "*"  # purpose or channel: all of them
PROSPECTING: Final = "prospecting"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """One line of the ledger, as far as it decides."""

    consent_id: UUID
    place: int  # in which order it was written down
    kind: str
    number: str  # E.164
    purpose: str
    channel: str
    at: datetime  # when it was given or withdrawn
    valid_until: datetime | None = None
    voids: UUID | None = None  # the line that this one declares wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the ledger says of a number and a purpose at an instant."""

    state: str  # proven | missing | withdrawn | expired
    line: ConsentLine | None  # that decides


def standing(
    lines: Sequence[ConsentLine], purpose: str, now: datetime, channel: str = "voice"
) -> Standing:
    """Whether consent stands; `lines` are those of one number."""
    void = {line.voids for line in lines if line.kind == VOID}
    speaking = [
        line
        for line in lines
        if line.kind != VOID
        and line.consent_id not in void
        and line.purpose in (purpose, ANY)
        and line.channel in (channel, ANY)
        and line.at <= now
    ]
    if not speaking:
        return Standing(state="missing", line=None)
    last = max(speaking, key=lambda line: (line.at, line.place))
    if last.kind == WITHDRAWN:
        return Standing(state="withdrawn", line=last)
    if last.valid_until is not None and last.valid_until <= now:
        return Standing(state="expired", line=last)
    return Standing(state="proven", line=last)
