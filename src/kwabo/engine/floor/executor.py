"""Does the floor's effects at the switch: lanes in parallel, each lane in order.

At a switch whose requests never wait, all of them in the order in which they were asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import structlog

from kwabo.engine.floor.effects import (
    AnswerChannel,
    CreateBridge,
    DestroyBridge,
    DetectSpeech,
    Dial,
    Effect,
    EffectDone,
    EffectFailed,
    HangUp,
    IgnoreSpeech,
    Join,
    Leave,
    Play,
    PutEndpoint,
    RecordChannel,
    RejectChannel,
    RemoveEndpoint,
    SendDigits,
    SetMuted,
    StartMusic,
    StopMusic,
    StopPlaying,
    StopRecordingChannel,
    TakeCalls,
)
from kwabo.ports.switch import Switch, SwitchError, SwitchRefused

log = structlog.get_logger(__name__)


class Executor:
    """Runs effects in the given task group and reports to `tell`."""

    def __init__(
        self,
        switch: Switch,
        tasks: asyncio.TaskGroup,
        tell: Callable[[EffectDone | EffectFailed], None],
        may_act: Callable[[], bool],
    ) -> None:
        self._switch = switch
        self._tasks = tasks
        self._tell = tell
        self._may_act = may_act
        self._lanes: dict[str, list[Effect]] = {}

    async def submit(self, effects: Sequence[Effect]) -> None:
        """Queue effects, and return at once; or do them, where that does not wait."""
        if self._switch.immediate:
            for effect in effects:
                await self._fulfil(effect)
            return
        for effect in effects:
            waiting = self._lanes.get(effect.lane)
            if waiting is None:
                self._lanes[effect.lane] = [effect]
                self._tasks.create_task(self._run(effect.lane))
            else:
                waiting.append(effect)

    async def _run(self, lane: str) -> None:
        waiting = self._lanes[lane]
        while waiting:
            await self._fulfil(waiting.pop(0))
        del self._lanes[lane]

    async def _fulfil(self, effect: Effect) -> None:
        try:
            # Checked with nothing between it and the request: a process that was frozen past its
            # lease must not dial when it wakes.
            if not self._may_act():
                raise SwitchRefused(
                    "FLOOR_NOT_HELD", "the lease on the floor has lapsed", retryable=True
                )
            await self._do(effect)
        except SwitchError as error:
            log.warning(
                "effect failed", effect=type(effect).__name__, lane=effect.lane, code=error.code
            )
            self._tell(EffectFailed(effect=effect, error=error))
        else:
            if effect.tell:
                self._tell(EffectDone(effect=effect))

    async def _do(self, effect: Effect) -> None:
        switch = self._switch
        match effect:  # the most frequent first: each case is a look at the effect's class
            case Join():
                await switch.join(effect.bridge_id, effect.channel_id)
            case HangUp():
                await switch.hang_up(effect.channel_id)
            case Dial():
                await switch.originate(effect.call)
            case AnswerChannel():
                await switch.answer(effect.channel_id)
            case RejectChannel():
                await switch.reject(effect.channel_id, effect.cause)
            case TakeCalls():
                await switch.take_calls(effect.trunks)
            case CreateBridge():
                await switch.create_bridge(effect.bridge_id, effect.kind)
            case DestroyBridge():
                await switch.destroy_bridge(effect.bridge_id)
            case Leave():
                await switch.leave(effect.bridge_id, effect.channel_id)
            case PutEndpoint():
                await switch.put_agent_endpoint(effect.endpoint)
            case RemoveEndpoint():
                await switch.remove_agent_endpoint(effect.endpoint)
            case _:
                await self._sound(effect)

    async def _sound(self, effect: Effect) -> None:
        """What somebody hears."""
        switch = self._switch
        match effect:
            case Play():
                await switch.play(effect.channel_id, effect.media, effect.playback_id)
            case StopPlaying():
                await switch.stop_playing(effect.playback_id)
            case RecordChannel():
                await switch.record(
                    effect.channel_id,
                    effect.recording,
                    max_seconds=effect.max_seconds,
                    silence_seconds=effect.silence_seconds,
                    beep=effect.beep,
                )
            case StopRecordingChannel():
                await switch.stop_recording(effect.recording)
            case DetectSpeech():
                await switch.detect_speech(effect.channel_id, effect.silence_seconds)
            case IgnoreSpeech():
                await switch.ignore_speech(effect.channel_id)
            case StartMusic():
                await switch.start_music(effect.channel_id, effect.media)
            case StopMusic():
                await switch.stop_music(effect.channel_id)
            case SetMuted(muted=True):
                await switch.mute(effect.channel_id)
            case SetMuted():
                await switch.unmute(effect.channel_id)
            case SendDigits():
                await switch.send_digits(effect.channel_id, effect.digits)
            case _:
                raise TypeError(f"no executor for {type(effect).__name__}")
