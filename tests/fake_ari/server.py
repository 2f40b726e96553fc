"""HTTP and WebSocket of the fake."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import BasicAuth, WSMsgType, web

from fake_ari.faults import Faults
from fake_ari.world import FakeBehaviour, FakeChannel, FakeWorld, Json

Answer = tuple[int, Any]
NO_CONTENT: Answer = (204, None)


def _no(status: int, message: str) -> Answer:
    return status, {"message": message}


class FakeAri:
    """`await start()`, then `url`, `user`, `password`; `faults` and the methods make trouble."""

    user, password = "kwabo", "not a secret"

    def __init__(self, behaviour: Callable[[str], FakeBehaviour]) -> None:
        self.faults = Faults()
        self.world = FakeWorld(behaviour, self._emit, lambda name: name in self._applications)
        self.requests: list[tuple[str, str]] = []
        self._applications: dict[str, web.WebSocketResponse] = {}
        self._sockets: set[web.WebSocketResponse] = set()
        self._filters: dict[str, set[str]] = {}
        self._runner: web.AppRunner | None = None
        self._port = 0
        self._sending: set[asyncio.Task[None]] = set()

    # ── Life ────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Listen; the first time on a free port, then on the same."""
        application = web.Application()
        application.router.add_get("/ari/events", self._events)
        application.router.add_route("*", "/ari/{path:.*}", self._request)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening; every connection ends."""
        for socket in list(self._sockets):
            _cut(socket)
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self.world.clear()
        for task in self._sending:
            task.cancel()

    async def restart(self) -> None:
        """Everything is forgotten, connections too."""
        await self.stop()
        self._applications.clear()
        self._filters.clear()
        await self.start()

    @property
    def url(self) -> str:
        """Where ARI is."""
        return f"http://127.0.0.1:{self._port}/ari"

    def drop_sockets(self) -> None:
        """Every WebSocket is cut; calls go on."""
        self._applications.clear()
        for socket in list(self._sockets):
            _cut(socket)

    def connected(self, application: str) -> bool:
        """Whether the application is registered."""
        return application in self._applications

    # ── Events ──────────────────────────────────────────────────────────────────────────────────

    async def _events(self, request: web.Request) -> web.StreamResponse:
        if not self._known(request):
            return web.json_response({"message": "Authentication required"}, status=401)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        name = request.query["app"]
        before = self._applications.get(name)
        self._applications[name] = socket
        self._sockets.add(socket)
        if before is not None:
            await _send(before, {"type": "ApplicationReplaced", "application": name})
        try:
            async for message in socket:
                if message.type is WSMsgType.PING and not self.faults.silent:
                    await socket.pong(message.data)
        finally:
            self._sockets.discard(socket)
            if self._applications.get(name) is socket:
                del self._applications[name]
        return socket

    def _emit(self, event: Json) -> None:
        """To every application, as with subscribeAll, after the mangle."""
        loop = asyncio.get_running_loop()
        for delay, mangled in self.faults.mangle(event):
            for name in list(self._applications):
                whole = {"application": name, **mangled}
                if delay:
                    loop.call_later(delay, self._hand_over, name, whole)
                else:
                    self._hand_over(name, whole)

    def _hand_over(self, name: str, event: Json) -> None:
        socket = self._applications.get(name)
        allowed = self._filters.get(name)
        if socket is None or self.faults.silent or (allowed and event["type"] not in allowed):
            return
        if event["type"] == "StasisStart" and event["application"] != name:
            return
        task = asyncio.get_running_loop().create_task(_send(socket, event))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    # ── Requests ────────────────────────────────────────────────────────────────────────────────

    async def _request(self, request: web.Request) -> web.StreamResponse:
        if not self._known(request):
            return web.json_response({"message": "Authentication required"}, status=401)
        path = request.match_info["path"]
        self.requests.append((request.method, path))
        body = await request.json() if request.can_read_body else {}
        fault = self.faults.for_request(request.method, path)
        status, answer = 500, None
        if fault is None or (fault.do and (fault.status is None or fault.done_first)):
            query = {**request.query, **body} if path != "channels" else dict(request.query)
            status, answer = self._route(request.method, path, query, body)
        if fault is not None and fault.status is not None:
            status, answer = fault.status, {"message": "scripted"}
        if fault is not None:
            if fault.hang:
                await asyncio.Event().wait()
            if fault.drop and request.transport is not None:
                request.transport.abort()
                return web.Response()
            await asyncio.sleep(fault.late_seconds)
        if answer is None or isinstance(answer, bytes):
            return web.Response(status=status, body=answer)
        return web.json_response(answer, status=status)

    def _known(self, request: web.Request) -> bool:
        given = request.headers.get("Authorization", "")
        try:
            login = BasicAuth.decode(given, "utf-8")
        except ValueError:
            return False
        return (login.login, login.password) == (self.user, self.password)

    def _route(self, method: str, path: str, query: Json, body: Json) -> Answer:
        match (method, *path.split("/")):
            case ("GET", "applications"):
                names = [] if self.faults.hide_applications else list(self._applications)
                return 200, [{"name": name, "channel_ids": []} for name in names]
            case ("GET", "applications", name):
                known = name in self._applications
                return (200, {"name": name}) if known else _no(404, "Application not found")
            case ("PUT", "applications", name, "eventFilter"):
                self._filters[name] = {one["type"] for one in body["allowed"]}
                return 200, {"name": name}
            case ("POST", "channels"):
                return self._originate(body)
            case ("GET", "channels"):
                return 200, [channel.json() for channel in self.world.channels.values()]
            case (_, "channels", channel_id, *rest):
                return self._channel(method, channel_id, rest, query)
            case ("GET", "bridges"):
                return 200, list(self.world.bridges.values())
            case (_, "bridges", bridge_id, *rest):
                return self._bridge(method, bridge_id, rest, query)
            case ("DELETE", "playbacks", playback_id):
                return self._stop_playing(playback_id)
            case (_, "recordings", where, *rest):
                return self._recording(method, where, rest)
            case (_, "asterisk", "variable"):
                return self._variable(method, query)
            case ("GET", "endpoints", "PJSIP"):
                return 200, [self._endpoint(name) for name in self.world.endpoints]
            case ("GET", "endpoints", "PJSIP", name):
                known = name in self.world.endpoints
                return (200, self._endpoint(name)) if known else _no(404, "Endpoint not found")
            case (_, "asterisk", "config", "dynamic", "res_pjsip", kind, name):
                return self._object(method, kind, name)
        return _no(404, "Resource not found")

    def _originate(self, body: Json) -> Answer:
        # As Asterisk 22: also when the id is only the beginning of a live one.
        if any(one.lower().startswith(body["channelId"].lower()) for one in self.world.channels):
            return _no(409, "Channel with given unique ID already exists")
        channel = self.world.originate(body)
        if channel is None:
            return 500, {"error": "Allocation failed"}
        return 200, channel.json()

    def _channel(self, method: str, channel_id: str, rest: list[str], query: Json) -> Answer:
        channel = self.world.channels.get(channel_id)
        if channel is None:
            return _no(404, "Channel not found")
        if not rest:
            if method == "DELETE":
                self.world.end(channel, int(query.get("reason_code", 16)), None)
                return NO_CONTENT
            return 200, channel.json()
        if not channel.in_stasis:
            return _no(409, "Channel not in Stasis application")
        return self._held_channel(method, channel, rest, query)

    def _held_channel(
        self, method: str, channel: FakeChannel, rest: list[str], query: Json
    ) -> Answer:
        match (method, *rest):
            case ("POST", "play", playback_id):
                return 201, self.world.play(channel, playback_id, query["media"])
            case ("POST", "ring"):
                assert channel.call is not None
                channel.call.rang = True
                return NO_CONTENT
            case ("POST", "answer"):
                self.world.answer(channel)
                return NO_CONTENT
            case ("POST", "record"):
                return 201, self.world.record(channel, query)
            case ("POST", "moh"):
                self.world.start_music(channel, query.get("mohClass", ""))
                return NO_CONTENT
            case ("DELETE", "moh"):
                channel.music = None
                return NO_CONTENT
            case ("POST", "dtmf"):
                if channel.call:
                    channel.call.digits += query["dtmf"]
                return NO_CONTENT
            case ("POST", "variable"):
                self.world.detect_talk(channel, query["variable"], query["value"])
                return NO_CONTENT
            case (_, "mute"):
                return NO_CONTENT
        return _no(404, "Resource not found")

    def _recording(self, method: str, where: str, rest: list[str]) -> Answer:
        stored = self.world.stored
        live = {
            name: channel for channel in self.world.channels.values() for name in channel.recordings
        }
        match (method, where, *rest):
            case ("GET", "stored"):
                return 200, [{"name": name, "format": "wav"} for name in {**stored, **live}]
            case ("GET", "stored", name, "file") if name in stored:
                return 200, stored[name]
            case ("DELETE", "stored", name) if name in stored:
                del stored[name]
                return NO_CONTENT
            case ("GET", "live", name) if name in live:
                return 200, {"name": name, "format": "wav", "state": "recording"}
            case ("POST", "live", name, "stop") if name in live:
                self.world.finish_recording(live[name], name)
                return NO_CONTENT
        return _no(404, "Recording not found")

    def _variable(self, method: str, query: Json) -> Answer:
        name = query["variable"]
        if method == "GET":
            return 200, {"value": self.world.variables.get(name, "")}
        self.world.variables[name] = query["value"]
        return NO_CONTENT

    def _bridge(self, method: str, bridge_id: str, rest: list[str], query: Json) -> Answer:
        bridge = self.world.bridges.get(bridge_id)
        if method == "POST" and not rest:
            if bridge is not None:
                return _no(409, f"Bridge with id '{bridge_id}' already exists")
            made = {"id": bridge_id, "name": query.get("name", ""), "channels": []}
            self.world.bridges[bridge_id] = made
            return 200, made
        if bridge is None:
            return _no(404, "Bridge not found")
        if not rest:
            if method == "DELETE":
                for channel_id in list(bridge["channels"]):
                    self.world.unbridge(self.world.channels[channel_id])
                del self.world.bridges[bridge_id]
                return NO_CONTENT
            return 200, bridge
        channel = self.world.channels.get(query["channel"])
        if channel is None:
            return _no(400, "Channel not found")
        if not channel.in_stasis:
            return _no(422, "Channel not in Stasis application")
        if rest == ["addChannel"]:
            self.world.bridge(channel, bridge_id)
            return NO_CONTENT
        if channel.bridge != bridge_id:
            return _no(422, "Channel not in this bridge")
        self.world.unbridge(channel)
        return NO_CONTENT

    def _stop_playing(self, playback_id: str) -> Answer:
        for channel in self.world.channels.values():
            if playback_id in channel.playbacks:
                self.world.finish_playback(channel, playback_id)
                return NO_CONTENT
        return _no(404, "Playback not found")

    def _endpoint(self, name: str) -> Json:
        return {"technology": "PJSIP", "resource": name, "state": self.world.endpoints[name]}

    def _object(self, method: str, kind: str, name: str) -> Answer:
        if method == "PUT":
            self.world.objects.add((kind, name))
            if kind == "endpoint":
                self.world.endpoints.setdefault(name, "offline")
            return 200, []
        if (kind, name) not in self.world.objects:
            return _no(404, f"Object with id '{name}' not found")
        self.world.objects.discard((kind, name))
        if kind == "endpoint":
            self.world.endpoints.pop(name, None)
        return NO_CONTENT


def _cut(socket: web.WebSocketResponse) -> None:
    """The TCP connection ends without a closing frame."""
    transport = socket._req.transport if socket._req is not None else None
    if transport is not None:
        transport.abort()


async def _send(socket: web.WebSocketResponse, event: Json) -> None:
    try:
        await socket.send_str(json.dumps(event))
    except (ConnectionError, RuntimeError):
        return
