"""What a step of the floor may take, and what each kind is a reason for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from kwabo.domain.interactions.attempt import AttemptState
from kwabo.engine.floor import switching
from kwabo.engine.floor.closing import GroupHours
from kwabo.engine.floor.effects import Dial, EffectDone, EffectFailed, Join
from kwabo.engine.floor.flow_run import FlowTold, MediaReady
from kwabo.engine.floor.state import LEG_PREFIX, Floor
from kwabo.ports.floor_rows import CallbackTallies
from kwabo.ports.queue_figures import QueueReading
from kwabo.ports.switch import (
    ChannelAnswered,
    ChannelPickedUp,
    ChannelRinging,
    SwitchEvent,
    SwitchSnapshot,
)


@dataclass(frozen=True, slots=True)
class Look:
    """Commands may be waiting."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A snapshot of the switch came, or did not."""

    snapshot: SwitchSnapshot | None
    taken: float


@dataclass(frozen=True, slots=True)
class CallbacksCounted:
    """How many callbacks stand how, for live views."""

    tallies: CallbackTallies


@dataclass(frozen=True, slots=True)
class QueuesRead:
    """The figures of queues, for live views."""

    readings: Mapping[UUID, QueueReading]


Item = (
    CallbacksCounted
    | QueuesRead
    | Look
    | Tick
    | Compared
    | EffectDone
    | EffectFailed
    | FlowTold
    | GroupHours
    | MediaReady
    | SwitchEvent
)

NOTED = frozenset({ChannelRinging, ChannelPickedUp})  # nothing is to be done for them
_TAKES_ONE = frozenset({"predictive", "progressive"})  # of their plans an answer takes an agent
_ANSWERED = AttemptState.ANSWERED
_NO_NEWS = NOTED | {Tick, Look, CallbacksCounted, QueuesRead}


def no_news(floor: Floor, item: Item) -> bool:
    """Whether it left the plan as it was.

    A call that is dialled, rings or is listened to is in the air as before; who is joined has an
    agent already. Commands that are found at a look are news.
    """
    kind = type(item)
    if kind in _NO_NEWS:
        return True
    if kind is EffectDone:
        return type(cast("EffectDone", item).effect) in (Dial, Join)
    return kind is ChannelAnswered and _only_joined(floor, cast("ChannelAnswered", item))


def _only_joined(floor: Floor, item: ChannelAnswered) -> bool:
    """Whether an agent got the call, and nobody was let go for it: nothing more may start."""
    call = switching.call_by_channel(floor, item.channel_id)
    return (
        call is not None
        and call.mode in _TAKES_ONE
        and call.state is _ANSWERED
        and call.bridged
        and call.analysis.queue_id is None
    )


def allows_no_more(floor: Floor, item: Item) -> bool:
    """Whether it was no reason to start more calls: an answer only takes an agent away.

    Unless it was a machine's, and the call has been ended for it.
    """
    if type(item) is ChannelAnswered:
        call = switching.call_by_channel(floor, item.channel_id)
        return not (item.channel_id.startswith(LEG_PREFIX) or (call is not None and call.closed))
    return no_news(floor, item)
