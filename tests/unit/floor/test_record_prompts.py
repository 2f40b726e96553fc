"""Prompts recorded by telephone, on the floor: takes, engines that die, files nobody wants."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from kwabo.domain.flows.actions import DropRecording, KeepRecording, OpenRecordings
from kwabo.engine.floor import switching
from kwabo.ports.switch import RecordingEnded
from unit.floor.callers import SpokenWorld, answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

RECORD = {
    "id": "rec",
    "type": "record_prompts",
    "ways": {"done": "bye", "refused": "bye"},
}
BYE = {"id": "bye", "type": "hang_up"}


def _with(world: SpokenWorld) -> Callable[[Callable[[Desk], Awaitable[None]]], None]:
    def tell(story: Callable[[Desk], Awaitable[None]]) -> None:
        at_the_desk(story, prepare=lambda desk: answers(desk, flow(desk, RECORD, BYE), world))

    return tell


def _asked(world: SpokenWorld, kind: type[Any]) -> list[Any]:
    return [action for _, action in world.asked_to_record if isinstance(action, kind)]


async def _press(desk: Desk, channel_id: str, keys: str) -> None:
    for key in keys:
        desk.node.press(channel_id, key)
        await desk.clock.sleep(0.2)


async def _recording(desk: Desk) -> tuple[str, str]:
    """A caller has keyed the code and speaks: the channel, and the take that goes on."""
    channel_id = call_in(desk, patience_seconds=None, speaks_seconds=60.0)
    await desk.until(lambda: channel_id in desk.floor.calls.by_channel)
    await desk.clock.sleep(1.0)
    await _press(desk, channel_id, "204815")
    await desk.until(lambda: bool(desk.node.sounds.recordings), 10)
    (name,) = desk.node.sounds.recordings
    return channel_id, name


def _over(desk: Desk, name: str, channel_id: str, path: str | None = "/r/take.wav") -> None:
    """The switch hands the take over to whoever has the floor."""
    desk.node.sounds.recordings.clear()
    switching.happened(
        desk.floor,
        RecordingEnded(
            recording_name=name, channel_id=channel_id, at=desk.floor.now, seconds=4.5, path=path
        ),
    )


def test_a_code_opens_the_list_and_a_take_is_kept_under_its_own_name() -> None:
    world = SpokenWorld()

    async def story(desk: Desk) -> None:
        channel_id, name = await _recording(desk)
        (opened,) = _asked(world, OpenRecordings)
        assert opened.code == "204815"
        _over(desk, name, channel_id)
        await desk.clock.sleep(1.0)
        await _press(desk, channel_id, "1")
        await desk.until(lambda: bool(_asked(world, KeepRecording)), 10)
        (kept,) = _asked(world, KeepRecording)
        assert (kept.position, kept.media) == (1, "/r/take.wav")
        assert name.endswith(kept.take)
        attempt_ids = {attempt_id for attempt_id, _ in world.asked_to_record}
        assert attempt_ids == {call.attempt_id for call in desk.floor.calls.values()}

    _with(world)(story)


def test_an_engine_that_dies_while_somebody_speaks_leaves_the_take_to_the_next() -> None:
    world = SpokenWorld()

    async def story(desk: Desk) -> None:
        channel_id, name = await _recording(desk)
        await desk.crash()
        await desk.clock.sleep(5.0)
        assert set(desk.node.sounds.recordings) == {name}, "the same one, and no other"
        assert len(_asked(world, OpenRecordings)) == 1
        _over(desk, name, channel_id)
        await desk.clock.sleep(1.0)
        _over(desk, name, channel_id)  # told twice: it is being decided on
        await desk.clock.sleep(1.0)
        assert not _asked(world, DropRecording)
        await _press(desk, channel_id, "1")
        await desk.until(lambda: bool(_asked(world, KeepRecording)), 10)
        (kept,) = _asked(world, KeepRecording)
        assert kept.media == "/r/take.wav"

    _with(world)(story)


def test_a_take_whose_caller_is_gone_is_removed_and_no_other_recording_is() -> None:
    world = SpokenWorld()

    async def story(desk: Desk) -> None:
        channel_id, name = await _recording(desk)
        desk.node.sounds.recordings.clear()
        desk.node.hang_up(channel_id)
        await desk.until(lambda: any(one.state == "closed" for one in desk.attempts))
        _over(desk, name.replace("take-", "recording-"), channel_id, "/r/message.wav")
        _over(desk, name, channel_id, None)  # the switch has nothing
        _over(desk, name, channel_id)
        await desk.until(lambda: bool(_asked(world, DropRecording)), 5)
        await desk.clock.sleep(2.0)
        assert _asked(world, DropRecording) == [DropRecording(media="/r/take.wav")]

    _with(world)(story)
