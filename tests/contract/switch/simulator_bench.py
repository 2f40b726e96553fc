"""The contract's bench on the simulator, in real time."""

from __future__ import annotations

from typing import Any

from contract.switch.bench import CALLED_SENT, ENDINGS, TRUNK, CallerSaw, FarCall
from kwabo.adapters.switch.simulator import (
    Behaviour,
    BehaviourKind,
    Caller,
    SimulatedNode,
    SimulatedSwitch,
)
from kwabo.adapters.system import SystemClock
from kwabo.ports.switch import Switch

_RINGS = {"rings_after_seconds": 0.02, "answers_after_seconds": 0.1}
_BEHAVIOURS = {
    "person": Behaviour(talks_seconds=None, patience_seconds=None, **_RINGS),
    "short": Behaviour(talks_seconds=None, patience_seconds=0.3, **_RINGS),
    "silent": Behaviour(kind=BehaviourKind.NO_ANSWER, rings_after_seconds=0.02),
    "busy": Behaviour(kind=BehaviourKind.BUSY, rings_after_seconds=0.05),
    "invalid": Behaviour(kind=BehaviourKind.INVALID, rings_after_seconds=0.05),
    "congestion": Behaviour(kind=BehaviourKind.CONGESTION, rings_after_seconds=0.05),
    "rejected": Behaviour(kind=BehaviourKind.REJECTED, rings_after_seconds=0.05),
    "keys": Behaviour(patience_seconds=None, presses=((0.1, "1"), (0.2, "2")), **_RINGS),
    "machine": Behaviour(
        kind=BehaviourKind.MACHINE,
        patience_seconds=None,
        analysis_seconds=0.1,
        greeting_seconds=0.5,
        **_RINGS,
    ),
    "fax": Behaviour(kind=BehaviourKind.FAX, patience_seconds=None, analysis_seconds=0.1, **_RINGS),
}


_CALLERS: dict[str, dict[str, Any]] = {
    "stays": {"patience_seconds": None, "speaks_seconds": 0.2},
    "keys": {"patience_seconds": None, "presses": ((0.1, "1"), (0.2, "2"))},
    "gives_up": {"rings_seconds": 0.2},
    "leaves": {"stays_seconds": 0.2},
    "withheld": {"patience_seconds": None},
}


class _ByEnding:
    def behaviour(self, number: str) -> Behaviour:
        endings = {digits: name for name, digits in ENDINGS.items()}
        return _BEHAVIOURS[endings[number[-2:]]]


class SimulatorBench:
    """See `Bench`."""

    def __init__(self, application: str) -> None:
        self.application = application
        self.node = SimulatedNode(
            SystemClock(), far_end=_ByEnding(), agents_register=False, sound_seconds=0.2
        )

    def another(self, application: str | None = None) -> Switch:
        return SimulatedSwitch(self.node, application or self.application)

    async def far_calls(self) -> list[FarCall]:
        return [
            FarCall(
                number=call.number,
                caller_id=call.caller_id,
                attempt_id=call.headers.get("X-Kwabo-Attempt-Id", ""),
            )
            for call in self.node.calls
        ]

    async def call_in(self, kind: str, caller: str) -> None:
        self.node.call_in(
            Caller(
                number=CALLED_SENT,
                caller="" if kind == "withheld" else caller,
                trunk_endpoint=TRUNK,
                **_CALLERS[kind],
            )
        )

    async def caller(self, caller: str) -> CallerSaw:
        call = next(c for c in reversed(self.node.calls_in) if c.caller_id in (caller, ""))
        return CallerSaw(
            rang=call.rang_at is not None,
            answered=call.answered_at is not None,
            cause=call.cause,
        )

    async def music(self, channel_id: str) -> bool | None:
        return self.node.channels[channel_id].hears_music

    async def sounds(self, channel_id: str) -> frozenset[str] | None:
        channel = self.node.channels[channel_id]
        return frozenset(channel.music_media) if channel.hears_music else frozenset()

    async def register(self, endpoint: str, password: str) -> None:
        self.node.set_reachable(endpoint, True)

    async def unregister(self, endpoint: str) -> None:
        self.node.set_reachable(endpoint, False)

    async def digits_received(self, number: str) -> str | None:
        return next((call.digits for call in self.node.calls if call.number == number), "")

    async def close(self) -> None:
        self.node.close()
