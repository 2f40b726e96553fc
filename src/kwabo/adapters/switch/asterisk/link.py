"""The connection to one node: kept up, watched, and given up for good when taken over.

Connected means: the WebSocket is open and the switch lists the application. A peer that sends
nothing, not even an answer to a ping, for four seconds is lost (it may be half open). Each check is
counted in rounds of this process's own loop, so a process that was frozen does not throw away what
arrived meanwhile, for instance the news that another one has taken over.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from kwabo.adapters.switch.asterisk.client import (
    AriClient,
    AriEventSocket,
    AriNoAnswer,
    AriNotSent,
    AriSocketLost,
)
from kwabo.kernel.clock import Clock

_log = structlog.get_logger(__name__)

PING_SECONDS = 0.5
SILENT_ROUNDS = 8  # of PING_SECONDS each
LISTING_SECONDS = 2.0
HEARD_SECONDS = 5.0
FIRST_SIGN_SECONDS = 3.0
FIRST_BACKOFF_SECONDS = 0.2
LAST_BACKOFF_SECONDS = 5.0

# What the switch is asked to send; the rest of its events is of no use here.
EVENT_TYPES = (
    "ApplicationReplaced",
    "ChannelCreated",
    "ChannelDestroyed",
    "ChannelDtmfReceived",
    "ChannelTalkingStarted",
    "ChannelTalkingFinished",
    "RecordingFinished",
    "RecordingFailed",
    "ChannelStateChange",
    "ContactStatusChange",
    "Dial",
    "PeerStatusChange",
    "PlaybackFinished",
    "StasisStart",
)


class AriLink:
    """See the module. The three callbacks are called in the order of what happened."""

    def __init__(
        self,
        client: AriClient,
        application: str,
        clock: Clock,
        source: random.Random,
        *,
        connected: Callable[[], None],
        lost: Callable[[str], None],
        event: Callable[[Mapping[str, Any]], None],
    ) -> None:
        self._client = client
        self._application = application
        self._clock = clock
        self._random = source
        self._on_connected = connected
        self._on_lost = lost
        self._on_event = event
        self._up = False
        self._heard_at = float("-inf")
        self._listed_at = float("-inf")
        self._silent_rounds = 0
        self._last_reason = ""  # told in the log once, however often connecting fails with it
        self.taken_over = False

    @property
    def ready(self) -> bool:
        """Whether events flow and the switch was seen, lately, to list the application."""
        now = self._clock.monotonic()
        return (
            self._up
            and not self.taken_over
            and now - self._heard_at < HEARD_SECONDS
            and now - self._listed_at < HEARD_SECONDS
            and self._client.breaker.closed
        )

    async def run(self) -> None:
        """Stay connected until cancelled or taken over."""
        backoff = FIRST_BACKOFF_SECONDS
        while not self.taken_over:
            began = self._clock.monotonic()
            reason = await self._once()
            was_up, self._up = self._up, False
            if self.taken_over:
                _log.warning("switch application taken over", application=self._application)
                return
            if was_up:
                self._on_lost(reason)
            if was_up or reason != self._last_reason:
                _log.warning("switch lost", application=self._application, reason=reason)
            self._last_reason = reason
            if was_up and self._clock.monotonic() - began > LAST_BACKOFF_SECONDS:
                backoff = FIRST_BACKOFF_SECONDS
            await self._clock.sleep(backoff * self._random.uniform(0.5, 1.0))
            backoff = min(backoff * 2, LAST_BACKOFF_SECONDS)

    async def _once(self) -> str:
        """One connection, from its making to its end; why it ended."""
        try:
            socket = await self._client.connect_events(self._application)
        except AriSocketLost as error:
            return str(error)
        try:
            return await self._serve(socket)
        finally:
            with contextlib.suppress(Exception):
                await socket.close()

    async def _serve(self, socket: AriEventSocket) -> str:
        try:
            await self._choose_events()
            await self._check_listing()
            early = await self._first_sign(socket)
        except AriSocketLost as error:
            return str(error)
        self._silent_rounds = 0
        self._up = True
        self._last_reason = ""
        _log.info("switch connected", application=self._application)
        self._on_connected()
        for event in early:
            if self._take(event):
                return "taken over"
        loop = asyncio.get_running_loop()
        tasks = [
            loop.create_task(self._read(socket)),
            loop.create_task(self._watch(socket)),
            loop.create_task(self._keep_checking()),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            ended_by = task.exception()
            if ended_by is not None and not isinstance(ended_by, AriSocketLost):
                raise ended_by
        return str(next(iter(done)).exception() or "taken over")

    async def _first_sign(self, socket: AriEventSocket) -> list[Mapping[str, Any]]:
        """Wait for the answer to a ping; the events that came before it."""
        await socket.ping()
        early: list[Mapping[str, Any]] = []
        try:
            async with asyncio.timeout(FIRST_SIGN_SECONDS):
                while (event := await socket.receive()) is not None:
                    early.append(event)
        except TimeoutError as error:
            raise AriSocketLost("the switch is silent") from error
        self._heard_at = self._clock.monotonic()
        return early

    async def _choose_events(self) -> None:
        try:
            answer = await self._client.ask(
                "PUT",
                f"applications/{self._application}/eventFilter",
                body={"allowed": [{"type": kind} for kind in EVENT_TYPES]},
            )
        except (AriNotSent, AriNoAnswer) as error:
            raise AriSocketLost(str(error)) from error
        if not answer.ok:
            raise AriSocketLost(f"the switch refused the choice of events ({answer.status})")

    async def _check_listing(self) -> None:
        """Raise `AriSocketLost` when the switch does not list the application."""
        try:
            answer = await self._client.ask("GET", "applications")
        except (AriNotSent, AriNoAnswer) as error:
            raise AriSocketLost(str(error)) from error
        names = [one.get("name") for one in answer.body or [] if isinstance(one, dict)]
        if not answer.ok or self._application not in names:
            raise AriSocketLost("the switch does not list the application")
        self._listed_at = self._clock.monotonic()

    async def _keep_checking(self) -> None:
        while True:
            await self._clock.sleep(LISTING_SECONDS)
            try:
                await self._check_listing()
            except AriSocketLost as error:
                # A check without an answer makes us not ready in time; only a clear no is the end.
                if not isinstance(error.__cause__, AriNotSent | AriNoAnswer):
                    raise

    async def _watch(self, socket: AriEventSocket) -> None:
        while True:
            await socket.ping()
            await self._clock.sleep(PING_SECONDS)
            self._silent_rounds += 1
            if self._silent_rounds > SILENT_ROUNDS:
                raise AriSocketLost("the switch is silent")

    async def _read(self, socket: AriEventSocket) -> None:
        while True:
            event = await socket.receive()
            self._heard_at = self._clock.monotonic()
            self._silent_rounds = 0
            if event is not None and self._take(event):
                return

    def _take(self, event: Mapping[str, Any]) -> bool:
        """Pass an event on; whether it was the last, because another one has taken over."""
        if event.get("type") == "ApplicationReplaced":
            self.taken_over = True
        self._on_event(event)
        return self.taken_over
