"""The fake's channels, bridges and far end, in real time on the running loop."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from audio_files import tone_wav

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeBehaviour:
    """What a number does."""

    rings_after: float | None = 0.02  # None: no ringing
    answers_after: float | None = 0.1  # from the ringing; None: never
    hangs_up_after: float | None = None  # from the answer
    refuses: tuple[int, int] | None = None  # cause, SIP code; instead of answering
    presses: tuple[str, ...] = ()
    rings_patience: float | None = None  # a caller's, until the answer; None: for ever
    amd: str = "HUMAN/HUMAN-800-800"
    fax: str = "0"  # times that its tone is heard
    speaks: float = 0.3  # from when somebody listens to its speech


@dataclass(slots=True, kw_only=True)
class FakeCall:
    """One INVITE, as the far end saw it."""

    number: str
    trunk: str
    caller_id: str
    headers: Mapping[str, str]
    channel_id: str
    digits: str = ""
    rang: bool = False  # a caller heard it ring
    cause: int | None = None  # how a call that came in ended
    identified: bool = False  # heard the message of a call that nobody took


@dataclass(slots=True, kw_only=True, eq=False)
class FakeChannel:
    """A channel that exists."""

    channel_id: str
    name: str
    created: str
    application: str
    args: list[str]
    behaviour: FakeBehaviour
    call: FakeCall | None
    analyse: bool
    variables_shown: bool = False  # Asterisk tells of the channel before it has its variables
    state: str = "Down"
    in_stasis: bool = False
    bridge: str | None = None
    playbacks: dict[str, list[str]] = field(default_factory=dict)
    music: str | None = None  # the class that plays
    music_starts: int = 0
    recordings: dict[str, float] = field(default_factory=dict)  # name → begin, the loop's time
    caller: Json | None = None  # number and name of a call that came in
    talk_detected: bool = False
    listens_for_fax: bool = False

    def json(self) -> Json:
        """As Asterisk describes it."""
        data = ",".join([self.application, *self.args])
        return {
            "id": self.channel_id,
            "name": self.name,
            "state": self.state,
            "creationtime": self.created,
            "caller": self.caller or {"name": "", "number": ""},
            "channelvars": {"KWABO_APP": self.application if self.variables_shown else ""},
            "dialplan": {
                "context": "kwabo-out",
                "exten": "call",
                "priority": 4,
                "app_name": "Stasis" if self.in_stasis else "AppDial2",
                "app_data": data if self.in_stasis else "(Outgoing Line)",
            },
        }


class FakeWorld:
    """Everything that a restart empties."""

    def __init__(
        self,
        behaviour: Callable[[str], FakeBehaviour],
        emit: Callable[[Json], None],
        listed: Callable[[str], bool],
    ) -> None:
        self._behaviour = behaviour
        self._emit = emit
        self._listed = listed  # whether an application is connected
        self._serial = itertools.count()
        self.calls: list[FakeCall] = []
        self.calls_in: list[FakeCall] = []
        self.variables: dict[str, str] = {}  # global ones
        self.stored: dict[str, bytes] = {}  # recordings
        self.channels: dict[str, FakeChannel] = {}
        self.bridges: dict[str, Json] = {}
        self.endpoints: dict[str, str] = {"trunk-lab": "online", "trunk-dead": "offline"}
        self.objects: set[tuple[str, str]] = set()  # dynamic configuration
        self._timers: list[asyncio.TimerHandle] = []

    def clear(self) -> None:
        """Nothing is left but the far end's memory and the trunks."""
        for timer in self._timers:
            timer.cancel()
        self.channels.clear()
        self.bridges.clear()
        self.variables.clear()
        self.objects.clear()
        self.endpoints = {"trunk-lab": "online", "trunk-dead": "offline"}

    # ── Calls ───────────────────────────────────────────────────────────────────────────────────

    def originate(self, body: Json) -> FakeChannel | None:
        """The channel, or None when Asterisk says 'allocation failed'."""
        where = body["endpoint"].removeprefix("PJSIP/")
        number, _, trunk = where.rpartition("@")
        if self.endpoints.get(trunk) != "online":
            return None
        variables = body.get("variables", {})
        headers = {
            name.removeprefix("PJSIP_HEADER(add,").removesuffix(")"): value
            for name, value in variables.items()
            if name.startswith("PJSIP_HEADER(add,")
        }
        call: FakeCall | None = None
        behaviour = FakeBehaviour(rings_after=0.0, answers_after=0.0)
        if number:
            behaviour = self._behaviour(number)
            caller = body.get("callerId", "").rpartition("<")[2].removesuffix(">")
            call = FakeCall(
                number=number,
                trunk=trunk,
                caller_id=caller,
                headers=headers,
                channel_id=body["channelId"],
            )
            self.calls.append(call)
        channel = FakeChannel(
            channel_id=body["channelId"],
            name=f"PJSIP/{trunk}-{next(self._serial):08x}",
            created=_now(),
            application=variables.get("KWABO_APP", ""),
            args=str(variables.get("KWABO_ARGS", "")).split(","),
            behaviour=behaviour,
            call=call,
            analyse=variables.get("KWABO_ANALYSE") == "yes",
            listens_for_fax=variables.get("KWABO_FAX") == "yes",
        )
        self.channels[channel.channel_id] = channel
        self._tell("ChannelCreated", channel)
        channel.variables_shown = True
        self._dial(channel, "")
        self._course(channel, body.get("timeout", 30))
        return channel

    def _course(self, channel: FakeChannel, timeout: float) -> None:
        behaviour = channel.behaviour
        rings_after = behaviour.rings_after
        if rings_after is not None:
            self._later(channel, rings_after, lambda: self._ring(channel))
        decided_after = (rings_after or 0.0) + (behaviour.answers_after or 0.05)
        if behaviour.refuses:
            cause, code = behaviour.refuses
            if decided_after <= 0.05 and rings_after is None:
                self.end(channel, cause, code)  # before the request is answered
                return
            self._later(channel, decided_after, lambda: self.end(channel, cause, code))
        elif behaviour.answers_after is not None:
            self._later(channel, decided_after, lambda: self._answer(channel))
        self._later(channel, timeout, lambda: self._time_out(channel))

    def call_in(
        self, number: str, trunk: str, caller: str, name: str, behaviour: FakeBehaviour
    ) -> None:
        """Somebody calls: as the dialplan of the switch does."""
        application, _, country = self.variables.get(f"KWABO_IN_{trunk}", ":").partition(":")
        serial = next(self._serial)
        call = FakeCall(
            number=number,
            trunk=trunk,
            caller_id=caller,
            headers={},
            channel_id=f"17{serial}.{serial}",
        )
        self.calls_in.append(call)
        shown = "allowed_not_screened" if caller else "prohib_not_screened"
        channel = FakeChannel(
            channel_id=call.channel_id,
            name=f"PJSIP/{trunk}-{serial:08x}",
            created=_now(),
            application=application,
            args=["inbound", number, trunk, shown, country],
            behaviour=behaviour,
            call=call,
            analyse=False,
            state="Ring",
            caller={"number": caller or "anonymous", "name": name},
        )
        self.channels[channel.channel_id] = channel
        self._tell("ChannelCreated", channel)
        if not self._listed(application):
            call.identified = True
            self._later(channel, 0.2, lambda: self.end(channel, 16, None))
            return
        channel.in_stasis = True
        told = {"type": "StasisStart", "args": channel.args, "channel": channel.json()}
        self._emit({**told, "application": application})
        if (patience := behaviour.rings_patience) is not None:
            self._later(channel, patience, lambda: self._given_up(channel))

    def _given_up(self, channel: FakeChannel) -> None:
        if channel.state != "Up":
            self.end(channel, 16, None)

    def answer(self, channel: FakeChannel) -> None:
        """The application takes a call that came in."""
        if channel.state == "Up":
            return
        channel.state = "Up"
        self._tell("ChannelStateChange", channel)
        self._after_answer(channel)

    def record(self, channel: FakeChannel, query: Mapping[str, str]) -> Json:
        """A caller speaks for a moment, then is silent."""
        loop = asyncio.get_running_loop()
        name = query["name"]
        channel.recordings[name] = loop.time()
        lasts = float(query["maxDurationSeconds"])
        if query["maxSilenceSeconds"] != "0":
            lasts = min(lasts, 0.3)
        self._later(channel, lasts, lambda: self.finish_recording(channel, name))
        return {"name": name, "format": "wav", "state": "queued"}

    def finish_recording(self, channel: FakeChannel, name: str) -> None:
        """A recording is over: a file holds what was said."""
        if (began := channel.recordings.pop(name, None)) is None:
            return
        seconds = asyncio.get_running_loop().time() - began
        self.stored[name] = tone_wav(seconds=max(seconds, 0.02))
        recording = {"name": name, "format": "wav", "state": "done"}
        self._emit({"type": "RecordingFinished", "recording": recording})

    def start_music(self, channel: FakeChannel, music: str) -> None:
        """It plays until something else is played, or it is stopped."""
        channel.music = music
        channel.music_starts += 1

    def _ring(self, channel: FakeChannel) -> None:
        channel.state = "Ringing"
        self._tell("ChannelStateChange", channel)
        self._dial(channel, "RINGING")

    def _time_out(self, channel: FakeChannel) -> None:
        if channel.state != "Up":
            self.end(channel, 19, 480)

    def _answer(self, channel: FakeChannel) -> None:
        channel.state = "Up"
        self._tell("ChannelStateChange", channel)
        self._dial(channel, "ANSWER")
        self._later(channel, 0.1 if channel.analyse else 0.0, lambda: self._enter(channel))

    def _enter(self, channel: FakeChannel) -> None:
        if not self._listed(channel.application):
            if channel.call:
                channel.call.identified = True
            self._later(channel, 0.2, lambda: self.end(channel, 16, None))
            return
        channel.in_stasis = True
        if channel.analyse:
            fax = channel.behaviour.fax if channel.listens_for_fax else ""
            channel.args.append(f"amd={channel.behaviour.amd}/{fax}")
        event = {"type": "StasisStart", "args": channel.args, "channel": channel.json()}
        self._emit({**event, "application": channel.application})
        self._after_answer(channel)

    def _after_answer(self, channel: FakeChannel) -> None:
        for nth, key in enumerate(channel.behaviour.presses, start=1):
            self._later(channel, nth * 0.05, lambda key=key: self.press(channel, key))  # type: ignore[misc]
        if channel.behaviour.hangs_up_after is not None:
            self._later(
                channel, channel.behaviour.hangs_up_after, lambda: self.end(channel, 16, None)
            )

    def detect_talk(self, channel: FakeChannel, variable: str, value: str) -> None:
        """A machine speaks a while longer, then the silence is told."""
        channel.talk_detected = variable == "TALK_DETECT(set)"
        if not channel.talk_detected or not channel.behaviour.amd.startswith("MACHINE"):
            return
        told = {"channel": channel.json()}
        self._emit({"type": "ChannelTalkingStarted", **told})
        spoken = channel.behaviour.speaks
        silence = int(value.split(",")[0]) / 1000

        def silent() -> None:
            if channel.talk_detected:
                duration = round(spoken * 1000)
                self._emit({"type": "ChannelTalkingFinished", "duration": duration, **told})

        self._later(channel, spoken + silence, silent)

    def press(self, channel: FakeChannel, key: str) -> None:
        """The far end presses a key."""
        self._emit({"type": "ChannelDtmfReceived", "digit": key, "channel": channel.json()})

    def end(self, channel: FakeChannel, cause: int, code: int | None) -> None:
        """The channel goes, with all that Asterisk says then."""
        if self.channels.get(channel.channel_id) is not channel:
            return
        for playback_id in list(channel.playbacks):
            self.finish_playback(channel, playback_id)
        for name in list(channel.recordings):
            self.finish_recording(channel, name)
        self.unbridge(channel)
        if channel.call:
            channel.call.cause = cause
        del self.channels[channel.channel_id]
        told: Json = {"channel": channel.json(), "cause": cause, "cause_txt": ""}
        if code is not None:
            told["tech_cause"] = code
        if channel.in_stasis:
            self._tell("StasisEnd", channel)
        self._emit({"type": "ChannelHangupRequest", **told})
        self._emit({"type": "ChannelDestroyed", **told})

    # ── Bridges, sounds, phones ─────────────────────────────────────────────────────────────────

    def bridge(self, channel: FakeChannel, bridge_id: str) -> None:
        """Out of its bridge, into this one."""
        self.unbridge(channel)
        self.bridges[bridge_id]["channels"].append(channel.channel_id)
        channel.bridge = bridge_id

    def unbridge(self, channel: FakeChannel) -> None:
        """Out of its bridge, if any."""
        if channel.bridge in self.bridges:
            self.bridges[channel.bridge]["channels"].remove(channel.channel_id)
        channel.bridge = None

    def play(self, channel: FakeChannel, playback_id: str, media: list[str]) -> Json:
        """Sounds end by themselves, one after the other, tones do not; music is over."""
        channel.playbacks[playback_id] = media
        channel.music = None

        def over() -> None:
            if channel.playbacks.get(playback_id) is media:
                self.finish_playback(channel, playback_id)

        if all(one.startswith("sound:/nowhere/") for one in media):
            self._later(channel, 0.0, over)
        elif all(one.startswith("sound:") for one in media):
            self._later(channel, 0.1 * len(media), over)
        return self._playback(channel, playback_id, media[0], "queued")

    def finish_playback(self, channel: FakeChannel, playback_id: str) -> None:
        """A sound is over."""
        if (media := channel.playbacks.pop(playback_id, None)) is not None:
            playback = self._playback(channel, playback_id, media[-1], "done")
            self._emit({"type": "PlaybackFinished", "playback": playback})

    def _playback(self, channel: FakeChannel, playback_id: str, media: str, state: str) -> Json:
        target = f"channel:{channel.channel_id}"
        return {"id": playback_id, "media_uri": media, "target_uri": target, "state": state}

    def register(self, endpoint: str, reachable: bool) -> None:
        """A phone comes or goes: Asterisk says so twice."""
        self.endpoints[endpoint] = "online" if reachable else "offline"
        about = {"technology": "PJSIP", "resource": endpoint, "state": self.endpoints[endpoint]}
        status = "Reachable" if reachable else "Unreachable"
        self._emit({"type": "PeerStatusChange", "endpoint": about, "peer": {"peer_status": status}})
        contact = {"contact_status": status, "aor": endpoint}
        self._emit({"type": "ContactStatusChange", "endpoint": about, "contact_info": contact})

    def _later(self, channel: FakeChannel, seconds: float, do: Callable[[], None]) -> None:
        def unless_gone() -> None:
            if self.channels.get(channel.channel_id) is channel:
                do()

        self._timers.append(asyncio.get_running_loop().call_later(seconds, unless_gone))

    def _tell(self, kind: str, channel: FakeChannel) -> None:
        self._emit({"type": kind, "channel": channel.json()})

    def _dial(self, channel: FakeChannel, status: str) -> None:
        self._emit({"type": "Dial", "peer": channel.json(), "dialstatus": status})


def _now() -> str:
    moment = datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}+0000"
