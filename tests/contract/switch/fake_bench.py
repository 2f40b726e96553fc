"""The contract's bench on the scripted fake of ARI."""

from __future__ import annotations

from contract.switch.bench import CALLED_SENT, ENDINGS, TRUNK, CallerSaw, FarCall
from fake_ari import FakeAri, FakeBehaviour
from kwabo.adapters.switch.asterisk.client import AriAddress
from kwabo.adapters.switch.asterisk.switch import AsteriskSwitch
from kwabo.adapters.system import SystemClock

BEHAVIOURS = {
    "person": FakeBehaviour(),
    "short": FakeBehaviour(hangs_up_after=0.2),
    "silent": FakeBehaviour(answers_after=None),
    "busy": FakeBehaviour(rings_after=None, refuses=(17, 486)),
    "invalid": FakeBehaviour(rings_after=None, answers_after=0.01, refuses=(1, 404)),
    "congestion": FakeBehaviour(rings_after=None, refuses=(34, 503)),
    "rejected": FakeBehaviour(refuses=(21, 603)),
    "keys": FakeBehaviour(presses=("1", "2")),
    "machine": FakeBehaviour(amd="MACHINE/LONGGREETING-2000-2000"),
    "fax": FakeBehaviour(amd="MACHINE/LONGGREETING-1500-1500", fax="1"),
}
CALLERS = {
    "stays": FakeBehaviour(),
    "keys": FakeBehaviour(presses=("1", "2")),
    "gives_up": FakeBehaviour(rings_patience=0.2),
    "leaves": FakeBehaviour(hangs_up_after=0.2),
    "withheld": FakeBehaviour(),
}
_ENDINGS = {digits: name for name, digits in ENDINGS.items()}


def behaviour_of(number: str) -> FakeBehaviour:
    """By the number's last two digits."""
    return BEHAVIOURS[_ENDINGS[number[-2:]]]


class FakeBench:
    """See `Bench`."""

    def __init__(self, application: str, fake: FakeAri) -> None:
        self.application = application
        self.fake = fake

    @property
    def address(self) -> AriAddress:
        """Where the fake's ARI is."""
        return AriAddress(url=self.fake.url, user=self.fake.user, password=self.fake.password)

    def another(self, application: str | None = None) -> AsteriskSwitch:
        return AsteriskSwitch(
            self.address,
            application or self.application,
            SystemClock(),
            reconcile_seconds=0.3,
        )

    async def far_calls(self) -> list[FarCall]:
        return [
            FarCall(
                number=call.number,
                caller_id=call.caller_id,
                attempt_id=call.headers.get("X-Kwabo-Attempt-Id", ""),
            )
            for call in self.fake.world.calls
        ]

    async def call_in(self, kind: str, caller: str) -> None:
        shown = "" if kind == "withheld" else caller
        self.fake.world.call_in(CALLED_SENT, TRUNK, shown, "", CALLERS[kind])

    async def caller(self, caller: str) -> CallerSaw:
        call = next(c for c in reversed(self.fake.world.calls_in) if c.caller_id in (caller, ""))
        channel = self.fake.world.channels.get(call.channel_id)
        answered = None if channel is None else channel.state == "Up"
        return CallerSaw(rang=call.rang, answered=answered, cause=call.cause)

    async def music(self, channel_id: str) -> bool | None:
        return self.fake.world.channels[channel_id].music is not None

    async def sounds(self, channel_id: str) -> frozenset[str] | None:
        playing = self.fake.world.channels[channel_id].playbacks
        music = [media for one, media in playing.items() if one.startswith("music-")]
        assert len(music) <= 1, "one after the other, not together"
        return frozenset(one for media in music for one in media)

    async def register(self, endpoint: str, password: str) -> None:
        self.fake.world.register(endpoint, True)

    async def unregister(self, endpoint: str) -> None:
        self.fake.world.register(endpoint, False)

    async def digits_received(self, number: str) -> str | None:
        return next((call.digits for call in self.fake.world.calls if call.number == number), "")

    async def close(self) -> None:
        await self.fake.stop()
