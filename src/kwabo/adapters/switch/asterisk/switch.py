"""The port `Switch` on one Asterisk node, through ARI, for one Stasis application."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog

from kwabo.adapters.switch.asterisk.amd import check_analysis
from kwabo.adapters.switch.asterisk.calls import CallBook
from kwabo.adapters.switch.asterisk.client import (
    AriAddress,
    AriAnswer,
    AriClient,
    AriNoAnswer,
    AriNotSent,
)
from kwabo.adapters.switch.asterisk.configuration import webrtc_agent
from kwabo.adapters.switch.asterisk.early_media import EarlyMediaEar
from kwabo.adapters.switch.asterisk.link import AriLink
from kwabo.adapters.switch.asterisk.listing import read_snapshot
from kwabo.adapters.switch.asterisk.music import MusicKeeper
from kwabo.adapters.switch.asterisk.originate import originate_request
from kwabo.adapters.switch.asterisk.recordings import Recorder
from kwabo.adapters.switch.asterisk.refusals import not_sent, refusal, why_not_started
from kwabo.adapters.switch.asterisk.routes import InboundRoutes
from kwabo.adapters.switch.dial_string import (
    check_call,
    check_cause,
    check_digits,
    check_endpoint,
    check_id,
    check_inbound_trunk,
    check_media_list,
    check_recording,
)
from kwabo.kernel.clock import Clock
from kwabo.ports.switch import (
    AgentEndpoint,
    BridgeKind,
    ChannelEnded,
    InboundTrunk,
    Originate,
    PlaybackEnded,
    SwitchConnected,
    SwitchError,
    SwitchEvent,
    SwitchLost,
    SwitchRefused,
    SwitchSnapshot,
    SwitchTakenOver,
    SwitchUncertain,
)

log = structlog.get_logger(__name__)


class AsteriskSwitch:
    """Implements `kwabo.ports.switch.Switch`."""

    immediate = False

    def __init__(
        self,
        address: AriAddress,
        application: str,
        clock: Clock,
        *,
        source: random.Random | None = None,
        reconcile_seconds: float = 10.0,  # how often the switch's own list is compared
        tidy_seconds: float = 600.0,  # how often left-over recordings are looked for
        early_media_folder: Path | None = None,  # None: what is heard before answers is not kept
        early_media_bytes: int = 500_000_000,  # the most that folder may hold
        recordings_folder: Path | None = None,  # None: recordings are made, and not kept
        recordings_bytes: int = 5_000_000_000,  # the most that folder may hold
    ) -> None:
        self._application = check_endpoint(application)
        self._clock = clock
        self._reconcile_seconds = reconcile_seconds
        self._tidy_seconds = tidy_seconds
        self._client = AriClient(address, clock)
        self._book = CallBook(application)
        self._ear = EarlyMediaEar(self._client, application, early_media_folder, early_media_bytes)
        self._routes = InboundRoutes(self._client, application)
        self._music = MusicKeeper(self._do, self._book.plays, self._book.found, clock)
        self._recorder = Recorder(
            self._client, application, clock, self._tell, recordings_folder, recordings_bytes
        )
        self._events: asyncio.Queue[SwitchEvent | None] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._closed = False
        self._asking: dict[str, asyncio.Event] = {}  # originates that have no answer yet
        self._link = AriLink(
            self._client,
            application,
            clock,
            source or random.Random(),  # noqa: S311 (jitter)
            connected=self._connected,
            lost=lambda reason: self._tell(SwitchLost(at=clock.now(), reason=reason)),
            event=self._heard,
        )

    # ── Connection ──────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        await self._client.open()
        loop = asyncio.get_running_loop()
        self._tasks = [
            loop.create_task(self._link.run(), name="ari-link"),
            loop.create_task(self._reconcile(), name="ari-reconcile"),
            loop.create_task(self._tidy(), name="ari-tidy"),
            loop.create_task(self._routes.keep(), name="ari-routes"),
        ]

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._ear.close()
        self._music.close()
        self._recorder.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.close()
        self._events.put_nowait(None)

    @property
    def ready(self) -> bool:
        return self._link.ready and not self._closed

    async def events(self) -> AsyncIterator[SwitchEvent]:
        while (event := await self._events.get()) is not None:
            yield event

    def _connected(self) -> None:
        self._routes.connected()
        self._music.connected()
        self._tell(SwitchConnected(at=self._clock.now()))

    def _tell(self, *events: SwitchEvent) -> None:
        for event in events:
            self._events.put_nowait(event)

    def _heard(self, event: Mapping[str, Any]) -> None:
        if event.get("type") == "ApplicationReplaced":
            self._tell(SwitchTakenOver(at=self._clock.now()))
            return
        if event.get("type") == "PlaybackFinished" and self._music.finished(event["playback"]):
            return
        self._listen(event)
        self._say(self._book.apply(event, self._clock.now()))

    def _listen(self, event: Mapping[str, Any]) -> None:
        """What concerns the sound before answers."""
        kind = event.get("type")
        if kind == "Dial":
            channel_id = str((event.get("peer") or {}).get("id", ""))
            if event.get("dialstatus") == "PROGRESS":
                self._ear.progress(channel_id)
            elif event.get("dialstatus") == "ANSWER":
                self._ear.answered(channel_id)
        elif kind == "StasisStart":
            channel_id = str((event.get("channel") or {}).get("id", ""))
            self._ear.entered(channel_id)
            self._ear.answered(channel_id)
        elif kind in ("RecordingFinished", "RecordingFailed"):
            name = str((event.get("recording") or {}).get("name", ""))
            self._ear.recorded(name)
            self._recorder.recorded(name)

    def _say(self, told: Sequence[SwitchEvent]) -> None:
        """Tell, but for ends whose early media is still to be classified."""
        for event in told:
            if isinstance(event, PlaybackEnded):
                self._music.played(event.channel_id)
            if isinstance(event, ChannelEnded):
                self._music.forget(event.channel_id)
            if not (isinstance(event, ChannelEnded) and self._ear.ended(event, self._tell)):
                self._tell(event)

    async def _reconcile(self) -> None:
        """Find channels that ended without a word (their last event was lost)."""
        while not self._link.taken_over:
            await self._clock.sleep(self._reconcile_seconds)
            if not self.ready or not self._book.alive():
                continue
            with contextlib.suppress(AriNotSent, AriNoAnswer):
                answer = await self._client.ask("GET", "channels")
                if answer.ok and isinstance(answer.body, list):
                    alive = {str(channel.get("id")): channel for channel in answer.body}
                    self._say(self._book.listed(alive, self._clock.now()))

    async def _tidy(self) -> None:
        """Remove what engines that died have left at the switch."""
        while not self._link.taken_over:
            await self._clock.sleep(self._tidy_seconds)
            if not self.ready:
                continue
            with contextlib.suppress(AriNotSent, AriNoAnswer):
                removed = await self._ear.remove_left_over(self._clock.now())
                if removed:
                    log.info("early media of lost engines removed", recordings=removed)

    # ── Calls ───────────────────────────────────────────────────────────────────────────────────

    async def originate(self, call: Originate) -> None:
        check_call(call)
        if call.call_analysis is not None:
            check_analysis(call.call_analysis)
        self._may_act()
        if not self.ready:
            raise SwitchRefused(
                "SWITCH_NOT_READY", "Events do not flow; nothing is dialled.", retryable=True
            )
        channel_id = call.channel_id
        if channel_id in self._asking:
            raise SwitchRefused(
                "CHANNEL_EXISTS", "A call of this id is being started.", retryable=False
            )
        self._asking[channel_id] = asyncio.Event()
        try:
            await self._originate(call)
        finally:
            self._asking.pop(channel_id).set()

    async def _originate(self, call: Originate) -> None:
        channel_id = call.channel_id
        self._book.ask(channel_id, analysed=call.call_analysis)
        self._ear.ask(call)
        try:
            answer = await self._client.ask(
                "POST", "channels", body=originate_request(call, self._application)
            )
        except AriNotSent as error:
            self._book.refused(channel_id)
            self._ear.forget(channel_id)
            raise not_sent(str(error)) from error
        except AriNoAnswer as error:
            self._say(self._book.unanswered(channel_id, self._clock.now()))
            raise SwitchUncertain("NO_ANSWER", str(error), retryable=False) from error
        except BaseException:
            self._say(self._book.unanswered(channel_id, self._clock.now()))
            raise
        if answer.ok:
            self._say(self._book.accepted(channel_id, answer.body or {}, self._clock.now()))
            return
        self._book.refused(channel_id)
        self._ear.forget(channel_id)
        raise await why_not_started(self._client, call, answer)

    async def hang_up(self, channel_id: str) -> None:
        if (asking := self._asking.get(channel_id)) is not None:
            await asking.wait()  # else it would be "gone" now and ring a moment later
        await self._do("DELETE", f"channels/{check_id(channel_id)}", what="CHANNEL", gone=(404,))

    # ── Calls that come in ──────────────────────────────────────────────────────────────────────

    async def take_calls(self, trunks: Sequence[InboundTrunk]) -> None:
        for trunk in trunks:
            check_inbound_trunk(trunk)
        self._may_act()
        try:
            await self._routes.take(trunks)
        except AriNotSent as error:
            raise not_sent(str(error)) from error
        except AriNoAnswer as error:
            raise SwitchUncertain("NO_ANSWER", str(error), retryable=True) from error

    async def ring(self, channel_id: str) -> None:
        await self._do("POST", f"channels/{check_id(channel_id)}/ring", what="CHANNEL")

    async def answer(self, channel_id: str) -> None:
        await self._do("POST", f"channels/{check_id(channel_id)}/answer", what="CHANNEL")

    async def reject(self, channel_id: str, cause: int) -> None:
        path, query = f"channels/{check_id(channel_id)}", {"reason_code": str(check_cause(cause))}
        if self._book.is_answered(channel_id):
            raise SwitchRefused(
                "CHANNEL_ANSWERED", "The call has been answered; hang it up.", retryable=False
            )
        await self._do("DELETE", path, what="CHANNEL", query=query, gone=(404,))

    # ── Sounds and recordings ───────────────────────────────────────────────────────────────────

    async def play(self, channel_id: str, media: str | Sequence[str], playback_id: str) -> None:
        path = f"channels/{check_id(channel_id)}/play/{check_id(playback_id)}"
        wanted = check_media_list(media)
        self._book.play(playback_id, channel_id)
        asked = False
        try:
            await self._music.interrupt(channel_id)
            asked = True
            await self._do("POST", path, what="CHANNEL", body={"media": wanted}, again=False)
        except SwitchError as error:
            if isinstance(error, SwitchRefused) or not asked:
                self._book.not_played(playback_id)
                self._music.played(channel_id)
            raise

    async def stop_playing(self, playback_id: str) -> None:
        await self._do("DELETE", f"playbacks/{check_id(playback_id)}", what="PLAYBACK", gone=(404,))

    async def record(
        self,
        channel_id: str,
        recording_name: str,
        *,
        max_seconds: int,
        silence_seconds: int = 0,
        beep: bool = False,
    ) -> None:
        path = f"channels/{check_id(channel_id)}/record"
        check_recording(recording_name, max_seconds, silence_seconds)
        stored = self._recorder.begin(channel_id, recording_name)
        query = {
            "name": stored,
            "format": "wav",
            "maxDurationSeconds": str(max_seconds),
            "maxSilenceSeconds": str(silence_seconds),
            "ifExists": "fail",
            "beep": "true" if beep else "false",
            "terminateOn": "none",
        }
        try:
            await self._do("POST", path, what="CHANNEL", query=query, again=False)
        except SwitchRefused:
            self._recorder.refused(stored)
            raise

    async def stop_recording(self, recording_name: str) -> None:
        stored = self._recorder.stored_name(check_id(recording_name))
        if stored is not None:
            path = f"recordings/live/{stored}/stop"
            await self._do("POST", path, what="RECORDING", gone=(404, 409))

    async def detect_speech(self, channel_id: str, silence_seconds: float) -> None:
        await self._talk_detect(channel_id, "set", f"{round(silence_seconds * 1000)},256")

    async def ignore_speech(self, channel_id: str) -> None:
        await self._talk_detect(channel_id, "remove", "", gone=(404, 409))

    async def _talk_detect(
        self, channel_id: str, action: str, value: str, gone: tuple[int, ...] = ()
    ) -> None:
        path = f"channels/{check_id(channel_id)}/variable"
        query = {"variable": f"TALK_DETECT({action})", "value": value}
        await self._do("POST", path, what="CHANNEL", query=query, gone=gone)

    async def start_music(self, channel_id: str, media: Sequence[str] = ()) -> None:
        check_id(channel_id)
        await self._music.start(channel_id, check_media_list(media) if media else ())

    async def stop_music(self, channel_id: str) -> None:
        await self._music.stop(check_id(channel_id))

    async def mute(self, channel_id: str) -> None:
        path = f"channels/{check_id(channel_id)}/mute"
        await self._do("POST", path, what="CHANNEL", query={"direction": "in"})

    async def unmute(self, channel_id: str) -> None:
        path = f"channels/{check_id(channel_id)}/mute"
        await self._do("DELETE", path, what="CHANNEL", query={"direction": "in"})

    async def send_digits(self, channel_id: str, digits: str) -> None:
        path = f"channels/{check_id(channel_id)}/dtmf"
        query = {"dtmf": check_digits(digits)}
        await self._do("POST", path, what="CHANNEL", query=query, again=False)

    # ── Bridges ─────────────────────────────────────────────────────────────────────────────────

    async def create_bridge(self, bridge_id: str, kind: BridgeKind) -> None:
        # The name is how a snapshot knows this application's bridges. 409: it exists already.
        path = f"bridges/{check_id(bridge_id)}"
        query = {"type": _BRIDGE_TYPES[kind], "name": self._application}
        await self._do("POST", path, what="BRIDGE", query=query, gone=(409,))

    async def destroy_bridge(self, bridge_id: str) -> None:
        # 409: "not in Stasis application", what a bridge is for a moment after its end.
        await self._do("DELETE", f"bridges/{check_id(bridge_id)}", what="BRIDGE", gone=(404, 409))

    async def join(self, bridge_id: str, channel_id: str) -> None:
        path = f"bridges/{check_id(bridge_id)}/addChannel"
        query = {"channel": check_id(channel_id)}
        answer = await self._ask("POST", path, query=query, again=True)
        if answer.status == 400:
            raise SwitchRefused("CHANNEL_UNKNOWN", "There is no such channel.", retryable=False)
        if answer.status == 404 or (answer.status == 409 and "Bridge" in answer.reason):
            raise SwitchRefused("BRIDGE_UNKNOWN", "There is no such bridge.", retryable=False)
        if not answer.ok:
            raise refusal(answer, what="CHANNEL")

    async def leave(self, bridge_id: str, channel_id: str) -> None:
        path = f"bridges/{check_id(bridge_id)}/removeChannel"
        query = {"channel": check_id(channel_id)}
        gone = (400, 404, 409, 412, 422)  # no such channel, no such bridge, or not (any more) in it
        await self._do("POST", path, what="BRIDGE", query=query, gone=gone)

    # ── Agent endpoints and snapshot ────────────────────────────────────────────────────────────

    async def put_agent_endpoint(self, endpoint: AgentEndpoint) -> None:
        check_endpoint(endpoint.endpoint)
        for kind, name, fields in webrtc_agent(
            endpoint=endpoint.endpoint, password=endpoint.password
        ):
            body = {"fields": [{"attribute": k, "value": v} for k, v in fields.items()]}
            await self._do("PUT", _dynamic(kind, name), what="ENDPOINT", body=body)

    async def remove_agent_endpoint(self, endpoint: str) -> None:
        check_endpoint(endpoint)
        for kind in ("endpoint", "aor", "auth"):
            await self._do("DELETE", _dynamic(kind, endpoint), what="ENDPOINT", gone=(404,))
        self._tell(*self._book.reachability(endpoint, False, self._clock.now()))

    async def snapshot(self) -> SwitchSnapshot:
        wanted = (
            ("channels", "CHANNEL"),
            ("bridges", "BRIDGE"),
            ("endpoints/PJSIP", "ENDPOINT"),
        )
        bodies = []
        for path, what in wanted:
            answer = await self._ask("GET", path, again=True)
            if not answer.ok:
                raise refusal(answer, what=what)
            bodies.append(answer.body)
        listing = read_snapshot(self._application, *bodies)
        for channel, answered in listing.channels:
            inbound = listing.snapshot.channels[str(channel["id"])].inbound
            self._book.note_alive(channel, answered=answered, inbound=inbound)
        for endpoint in listing.snapshot.reachable_endpoints:
            self._book.note_reachable(endpoint)
        return replace(listing.snapshot, recordings=await self._recorder.look())

    # ── Requests ────────────────────────────────────────────────────────────────────────────────

    def _may_act(self) -> None:
        if self._link.taken_over:
            raise SwitchRefused(
                "TAKEN_OVER", "Another process uses this application now.", retryable=False
            )
        if self._closed:
            raise SwitchRefused("CLOSED", "The connection was closed.", retryable=False)

    async def _do(
        self,
        method: str,
        path: str,
        *,
        what: str,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        gone: tuple[int, ...] = (),
        again: bool = True,
    ) -> None:
        """Ask; raise unless the answer is yes or one of `gone`: the thing is not there any more."""
        answer = await self._ask(method, path, query=query, body=body, again=again)
        if not answer.ok and answer.status not in gone:
            raise refusal(answer, what=what)

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        again: bool,
    ) -> AriAnswer:
        """Ask once, or once more when no answer came and doing it twice is doing it once."""
        self._may_act()
        try:
            try:
                return await self._client.ask(method, path, query=query, body=body)
            except AriNoAnswer:
                if not again:
                    raise
                self._may_act()
                return await self._client.ask(method, path, query=query, body=body)
        except AriNoAnswer as error:
            raise SwitchUncertain("NO_ANSWER", str(error), retryable=again) from error
        except AriNotSent as error:
            raise not_sent(str(error)) from error


# An answered person is bridged through Asterisk itself, so that it can still play and record.
_BRIDGE_TYPES = {BridgeKind.MIXING: "mixing,proxy_media", BridgeKind.HOLDING: "holding"}


def _dynamic(kind: str, name: str) -> str:
    return f"asterisk/config/dynamic/res_pjsip/{kind}/{name}"
