"""What a contract test needs of any switch: numbers with known behaviours, and the far end's word.

The times are short but real; tests wait for conditions, never for durations.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kwabo.ports.switch import (
    CallNumber,
    ChannelAnswered,
    ChannelArrived,
    ChannelEnded,
    InboundTrunk,
    Originate,
    Switch,
    SwitchConnected,
    SwitchEvent,
    SwitchSnapshot,
)

WAIT_SECONDS = 15.0
CALLER_ID = "+2290197000099"
TRUNK = "trunk-lab"

# What a number does, by its last two digits, on every bench.
ENDINGS = {
    "person": "00",  # answers soon, stays for minutes
    "short": "01",  # answers soon, hangs up soon
    "silent": "02",  # rings for minutes
    "busy": "03",
    "invalid": "04",
    "congestion": "05",
    "rejected": "06",  # rings, then refuses
    "keys": "08",  # answers and presses 1 and 2
    "machine": "10",  # a long greeting
    "fax": "11",
}

# What callers do, on every bench.
CALLERS = (
    "stays",  # for minutes; says something to whoever records
    "keys",  # presses 1 and 2 after the answer
    "gives_up",  # soon, before any answer
    "leaves",  # soon after the answer
    "withheld",  # as "stays", with no number shown
)
CALLED = "+2290121000000"  # a number of ours, as `number` of ChannelArrived
CALLED_SENT = "0121000000"  # as the trunk sends it
COUNTRY = "BJ"

E = TypeVar("E", bound=SwitchEvent)


@dataclass(frozen=True, slots=True, kw_only=True)
class FarCall:
    """An INVITE that the far end saw."""

    number: str
    caller_id: str
    attempt_id: str  # header X-Kwabo-Attempt-Id


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerSaw:
    """A call that came in, from the caller's side."""

    rang: bool | None  # None where the far end cannot tell
    answered: bool | None
    cause: int | None  # once it is over


class Inbox:
    """Reads a switch's events and lets tests wait for them."""

    def __init__(self, switch: Switch) -> None:
        self.events: list[SwitchEvent] = []
        self.ended = False
        self._arrived = asyncio.Condition()
        self._task = asyncio.get_running_loop().create_task(self._read(switch))

    async def _read(self, switch: Switch) -> None:
        async for event in switch.events():
            async with self._arrived:
                self.events.append(event)
                self._arrived.notify_all()
        async with self._arrived:
            self.ended = True
            self._arrived.notify_all()

    async def until(self, met: Callable[[], bool], seconds: float = WAIT_SECONDS) -> None:
        """Return once `met()`, looked at whenever an event has arrived and a few times a second."""
        try:
            async with asyncio.timeout(seconds):
                while not met():
                    async with self._arrived:
                        try:
                            await asyncio.wait_for(self._arrived.wait(), 0.05)
                        except TimeoutError:
                            continue
        except TimeoutError:
            raise AssertionError(f"It did not come to that. Events: {self.events}") from None

    def about(self, channel_id: str) -> list[SwitchEvent]:
        """What was told of a channel, in order."""
        return [event for event in self.events if getattr(event, "channel_id", "") == channel_id]

    def of(self, kind: type[E], channel_id: str | None = None) -> list[E]:
        """The events of one kind."""
        return [
            event
            for event in self.events
            if isinstance(event, kind)
            and (channel_id is None or getattr(event, "channel_id", "") == channel_id)
        ]

    async def first(
        self, kind: type[E], channel_id: str | None = None, seconds: float = WAIT_SECONDS
    ) -> E:
        """The first event of a kind, waited for."""
        await self.until(lambda: bool(self.of(kind, channel_id)), seconds)
        return self.of(kind, channel_id)[0]

    async def nth(self, kind: type[E], n: int, channel_id: str | None = None) -> E:
        """The n-th (from 1) event of a kind, waited for."""
        await self.until(lambda: len(self.of(kind, channel_id)) >= n)
        return self.of(kind, channel_id)[n - 1]


class Bench(Protocol):
    """One switch under test."""

    application: str

    def another(self, application: str | None = None) -> Switch:
        """A further connection, not started: to this application, or to another one."""
        ...

    async def far_calls(self) -> list[FarCall]:
        """What the far end has seen in this test."""
        ...

    async def call_in(self, kind: str, caller: str) -> None:
        """One of `CALLERS` calls CALLED_SENT through TRUNK."""
        ...

    async def caller(self, caller: str) -> CallerSaw:
        """What the newest call of this caller has come to, so far."""
        ...

    async def sounds(self, channel_id: str) -> frozenset[str] | None:
        """What plays over and over as music; None where nobody can tell."""
        ...

    async def music(self, channel_id: str) -> bool | None:
        """Whether the channel hears music; None where nobody can tell."""
        ...

    async def register(self, endpoint: str, password: str) -> None:
        """An agent's phone registers."""
        ...

    async def unregister(self, endpoint: str) -> None:
        """It goes away."""
        ...

    async def digits_received(self, number: str) -> str | None:
        """Keys that the called number heard; None where the far end cannot tell."""
        ...

    async def close(self) -> None:
        """End what this test left behind."""
        ...


@dataclass(slots=True)
class Under:
    """The switch under test, connected, with its bench."""

    bench: Bench
    switch: Switch
    inbox: Inbox
    prefix: str  # makes ids and numbers of this test its own
    made: int = 0

    def number(self, behaviour: str) -> str:
        """A fresh number that behaves so."""
        self.made += 1
        return f"+22901{self.prefix}{self.made:02d}{ENDINGS[behaviour]}"

    def call(self, behaviour: str, channel_id: str, **more: object) -> Originate:
        """A call to a fresh number."""
        values: dict[str, object] = {
            "channel_id": f"{self.prefix}-{channel_id}",
            "to": CallNumber(number=self.number(behaviour), trunk_endpoint=TRUNK),
            "caller_id": CALLER_ID,
            "headers": {"X-Kwabo-Attempt-Id": f"{self.prefix}-{channel_id}"},
            **more,
        }
        return Originate(**values)  # type: ignore[arg-type]

    async def answered(self, behaviour: str, channel_id: str, **more: object) -> str:
        """A call that has been answered; its channel id."""
        call = self.call(behaviour, channel_id, **more)
        await self.switch.originate(call)
        await self.inbox.first(ChannelAnswered, call.channel_id)
        return call.channel_id

    async def without(self, bridge_id: str) -> SwitchSnapshot:
        """A snapshot that no longer lists this bridge; it may still do so for a moment."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                while bridge_id in (alive := await self.switch.snapshot()).bridges:
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"{bridge_id} is still listed: {alive.bridges}") from None
        return alive

    async def arrives(self, kind: str = "stays") -> ChannelArrived:
        """A call of one of `CALLERS` that has come in."""
        await self.switch.take_calls([InboundTrunk(endpoint=TRUNK, country=COUNTRY)])
        self.made += 1
        before = len(self.inbox.of(ChannelArrived))
        await self.bench.call_in(kind, self.caller())
        return await self.inbox.nth(ChannelArrived, before + 1)

    def caller(self) -> str:
        """The number of the newest caller."""
        return f"+2290197{self.prefix[-3:]}{self.made:02d}7"

    async def taken(self, kind: str = "stays") -> str:
        """A call that came in and was answered; its channel id."""
        arrived = await self.arrives(kind)
        await self.switch.answer(arrived.channel_id)
        await self.inbox.first(ChannelAnswered, arrived.channel_id)
        return arrived.channel_id

    async def ended(self, call: Originate) -> ChannelEnded:
        """Start a call and wait for its end."""
        await self.switch.originate(call)
        return await self.inbox.first(ChannelEnded, call.channel_id)


async def connect(bench: Bench, switch: Switch, prefix: str) -> Under:
    """Start a switch and wait until it may dial."""
    await switch.start()
    inbox = Inbox(switch)
    await inbox.first(SwitchConnected)
    assert isinstance(inbox.events[0], SwitchConnected)
    await inbox.until(lambda: switch.ready)
    return Under(bench, switch, inbox, prefix)
