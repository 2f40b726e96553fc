"""Sequences: campaigns that run one after the other. What to do next, as a value.

The campaign at `position` is started; when it is complete the next one follows. Who has nothing to
call is passed over. With `repeats` the first follows the last, as long as anything was called in
the round; an empty round rests before the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kwabo.domain.campaigns.lifecycle import CampaignState

LOOK_AGAIN = timedelta(seconds=2)
REST = timedelta(seconds=60)  # before what was refused is tried again
MOST_CAMPAIGNS = 100
# Refusals of a start that mean: nobody is left to be called here.
NOTHING_LEFT = frozenset({"LIST_EMPTY", "NOTHING_TO_CALL"})


class SequenceState(StrEnum):
    """What a sequence does."""

    OFF = "off"
    RUNNING = "running"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a running sequence stands."""

    length: int  # how many campaigns it has
    repeats: bool
    position: int  # from 0
    round: int  # from 1
    begun: bool  # the campaign at `position` was started by the sequence
    called: bool  # some campaign was started in this round


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """Start the campaign at this position."""

    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Look again later; the code says for what."""

    standing: Standing
    code: str
    after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """Every campaign has had its turn."""

    standing: Standing


Step = Begin | Wait | Finish


def next_step(standing: Standing, state: str | None, *, pending: bool) -> Step:
    """What follows while the campaign at the position is in `state` (None: it is gone).

    `pending`: the floor has not yet taken the command that starts it, so its state is an older one.
    """
    if not standing.begun:
        return Begin(standing=standing)
    if pending:
        return Wait(standing=standing, code="STARTING", after=LOOK_AGAIN)
    if state is None or state == CampaignState.COMPLETE:
        return advance(standing)
    if state == CampaignState.RUNNING:
        return Wait(standing=standing, code="", after=LOOK_AGAIN)
    if state == CampaignState.READY:  # the start came to nothing
        return Wait(standing=_at(standing, standing.position), code="START_REFUSED", after=REST)
    return Wait(standing=standing, code="CAMPAIGN_HALTED", after=LOOK_AGAIN)


def begun(standing: Standing) -> Standing:
    """The campaign at the position has been started."""
    return _at(standing, standing.position, begun=True, called=True)


def advance(standing: Standing) -> Step:
    """The campaign at the position is done, or has nothing to call."""
    if standing.length == 0:
        return Finish(standing=standing)
    if standing.position + 1 < standing.length:
        return Begin(standing=_at(standing, standing.position + 1))
    if not standing.repeats:
        return Finish(standing=standing)
    again = Standing(
        length=standing.length,
        repeats=True,
        position=0,
        round=standing.round + 1,
        begun=False,
        called=False,
    )
    if standing.called:
        return Begin(standing=again)
    return Wait(standing=again, code="NOTHING_TO_CALL", after=REST)


def _at(
    standing: Standing, position: int, *, begun: bool = False, called: bool | None = None
) -> Standing:
    return Standing(
        length=standing.length,
        repeats=standing.repeats,
        position=position,
        round=standing.round,
        begun=begun,
        called=standing.called if called is None else called,
    )
