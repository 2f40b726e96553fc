"""The contract's bench on a real Asterisk, with the carrier lab as the far end."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from audio_files import tone_wav
from contract.switch.bench import CALLED_SENT, ENDINGS, TRUNK, CallerSaw, FarCall
from contract.switch.sip_phone import SipPhone
from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.adapters.carrier_lab.callers import CallIn, Press, Say, Step, Wait
from kwabo.adapters.carrier_lab.configuration import LAB_HOST
from kwabo.adapters.switch.asterisk.client import AriAddress
from kwabo.adapters.switch.asterisk.configuration import Trunk
from kwabo.adapters.switch.asterisk.install import install
from kwabo.adapters.switch.asterisk.switch import AsteriskSwitch
from kwabo.adapters.system import SystemClock
from kwabo.ports.switch import Switch
from kwabo.stack.parts import LabPart, SwitchPart
from kwabo.stack.ports import free_tcp_port, free_udp_port

_BEHAVIOURS = {
    "person": Behaviour(kind=Kind.PERSON, ring_seconds=0.2, talk_seconds=600),
    "short": Behaviour(kind=Kind.HANG_UP, ring_seconds=0.2, talk_seconds=0.3),
    "silent": Behaviour(kind=Kind.NO_ANSWER, ring_seconds=300),
    "busy": Behaviour(kind=Kind.BUSY, ring_seconds=0.1),
    "invalid": Behaviour(kind=Kind.UNALLOCATED, ring_seconds=0.1),
    "congestion": Behaviour(kind=Kind.CONGESTION, ring_seconds=0.1),
    "rejected": Behaviour(kind=Kind.REJECTED, ring_seconds=0.2),
    "keys": Behaviour(kind=Kind.KEYS, ring_seconds=0.2, talk_seconds=600, keys="12"),
    "machine": Behaviour(kind=Kind.VOICEMAIL, ring_seconds=0.2, talk_seconds=600),
    "fax": Behaviour(kind=Kind.FAX, ring_seconds=0.2, talk_seconds=600),
    "agent": Behaviour(kind=Kind.AGENT, ring_seconds=0, talk_seconds=3600),
}
_TABLE = BehaviourTable(
    behaviours=_BEHAVIOURS,
    shares={"person": 1},
    suffixes={ending: (name,) for name, ending in ENDINGS.items()},
    spread=0.0,
)


class RealSwitch:
    """An Asterisk and a lab, for the whole run."""

    def __init__(self, folder: Path) -> None:
        """Raises `AsteriskUnavailable` when there is none to be had."""
        home = os.environ.get("KWABO_HOME") or Path(__file__).parents[3] / ".kwabo"
        installation = install(Path(home).resolve())
        switch_sip, lab_sip = free_udp_port(), free_udp_port(LAB_HOST)
        self.lab = LabPart(
            installation,
            folder / "lab",
            http_port=free_tcp_port(),
            sip_port=lab_sip,
            switch_sip_port=switch_sip,
            table=_TABLE,
        )
        self.switch = SwitchPart(
            installation,
            folder / "switch",
            http_port=free_tcp_port(),
            sip_port=switch_sip,
            trunks=(
                Trunk(name=TRUNK, host=LAB_HOST, port=lab_sip),
                Trunk(name="trunk-dead", host="127.0.0.1", port=free_udp_port()),
            ),
        )
        self.sentence = folder / "sentence.wav"
        self.sentence.write_bytes(tone_wav(seconds=0.6))
        self.lab.start()
        self.switch.start()

    def stop(self) -> None:
        self.switch.stop()
        self.lab.stop()

    @property
    def address(self) -> AriAddress:
        """Where its ARI is."""
        ari = self.switch.ari
        return AriAddress(url=ari.url, user=ari.user, password=ari.password)


class AsteriskBench:
    """See `Bench`."""

    def __init__(self, real: RealSwitch, application: str) -> None:
        self.application = application
        self._real = real
        self._before = len(real.lab.calls())
        self._phones: dict[str, SipPhone] = {}

    def another(self, application: str | None = None) -> Switch:
        return AsteriskSwitch(self._real.address, application or self.application, SystemClock())

    async def far_calls(self) -> list[FarCall]:
        return [
            FarCall(number=call.number, caller_id=call.caller_id, attempt_id=call.attempt_id)
            for call in self._real.lab.calls()[self._before :]
        ]

    async def call_in(self, kind: str, caller: str) -> None:
        steps: dict[str, tuple[Step, ...]] = {
            "stays": (Wait(seconds=0.5), Say(path=self._real.sentence)),
            "keys": (Wait(seconds=0.3), Press(keys="12")),
        }
        call = CallIn(
            number=CALLED_SENT,
            caller="" if kind == "withheld" else caller,
            steps=steps.get(kind, ()),
            rings_seconds=1 if kind == "gives_up" else 60,
            stays_seconds=1 if kind == "leaves" else 600,
        )
        await asyncio.to_thread(self._real.lab.call_in, call)

    async def caller(self, caller: str) -> CallerSaw:
        call = next(c for c in reversed(self._real.lab.callers()) if c.caller in (caller, ""))
        return CallerSaw(rang=None, answered=call.answered_at is not None, cause=call.cause)

    async def music(self, channel_id: str) -> bool | None:
        return None  # heard in tests/asterisk

    async def sounds(self, channel_id: str) -> frozenset[str] | None:
        return None  # heard in tests/asterisk

    async def register(self, endpoint: str, password: str) -> None:
        url = self._real.switch.ari.url.removesuffix("/ari").replace("http", "ws", 1) + "/ws"
        phone = self._phones[endpoint] = SipPhone(url, endpoint, password)
        await phone.register()

    async def unregister(self, endpoint: str) -> None:
        await self._phones.pop(endpoint).close()

    async def digits_received(self, number: str) -> str | None:
        return None  # the lab's people do not write down what they hear

    async def close(self) -> None:
        for phone in self._phones.values():
            await phone.close()
        for line in self._real.lab.console("core show channels concise").splitlines():
            if "!" in line and line.startswith(("Local/", "PJSIP/kwabo")):
                self._real.lab.console(f"channel request hangup {line.split('!')[0]}")
        for line in self._real.switch.console("core show channels concise").splitlines():
            if "!" in line:
                self._real.switch.console(f"channel request hangup {line.split('!')[0]}")
