"""What a flow records of a caller stays with the call, however the call or the engine ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from kwabo.engine.floor import flow_runs
from unit.floor.callers import BYE, answers, call_in, flow
from unit.floor.desk import Desk, at_the_desk

ASK = {
    "id": "ask",
    "type": "record",
    "say": [{"prompt": "votre_nom"}],
    "variable": "nom",
    "max_seconds": 60,
    "ways": {"next": "bye"},
}
PATH = "/recordings/nom.wav"


def _tell(story: Callable[[Desk], Awaitable[None]]) -> None:
    variables = [{"name": "nom", "type": "text"}]

    def prepare(desk: Desk) -> None:
        answers(desk, flow(desk, ASK, BYE, variables=variables))

    at_the_desk(story, prepare=prepare)


async def _speaks(desk: Desk) -> tuple[str, str]:
    """A caller says the name: the channel, and the recording that goes on."""
    channel_id = call_in(desk, patience_seconds=None, speaks_seconds=60.0)
    await desk.until(lambda: bool(desk.node.sounds.recordings))
    (name,) = desk.node.sounds.recordings
    return channel_id, name


def _kept(desk: Desk) -> list[tuple[str, str, float]]:
    """Variable, path, seconds."""
    return [(one.variable, one.path, one.seconds) for one in desk.data.flow_recordings]


def _ends(desk: Desk, name: str) -> None:
    """The switch hands the recording over."""
    desk.node.sounds.recordings.clear()
    flow_runs.recorded(desk.floor, name, 4.5, PATH)


def test_it_is_there_with_its_variable_while_the_call_goes_on() -> None:
    async def story(desk: Desk) -> None:
        _, name = await _speaks(desk)
        await desk.until(lambda: bool(_kept(desk)), 5)
        assert _kept(desk) == [("nom", "", 0.0)]
        _ends(desk, name)
        wanted = [("nom", PATH, 4.5)]
        await desk.until(lambda: _kept(desk) == wanted, 5)

    _tell(story)


def test_it_stays_when_its_caller_hangs_up_meanwhile() -> None:
    async def story(desk: Desk) -> None:
        channel_id, name = await _speaks(desk)
        # What a real switch tells of it comes after the call's end.
        desk.node.sounds.recordings.clear()
        desk.node.hang_up(channel_id)
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        _ends(desk, name)
        await desk.until(lambda: [path for _, path, _ in _kept(desk)] == [PATH], 5)

    _tell(story)


def test_it_stays_when_the_engine_dies_before_it_is_there() -> None:
    async def story(desk: Desk) -> None:
        channel_id, name = await _speaks(desk)
        await desk.until(lambda: bool(_kept(desk)), 5)
        desk.node.sounds.recordings.clear()
        desk.node.hang_up(channel_id)
        await desk.crash()
        _ends(desk, name)
        await desk.until(lambda: [path for _, path, _ in _kept(desk)] == [PATH], 5)

    _tell(story)


def test_a_recording_that_nobody_keeps_with_the_call_changes_nothing() -> None:
    async def story(desk: Desk) -> None:
        _, name = await _speaks(desk)
        attempt = name.rsplit("-recording", 1)[0]
        flow_runs.recorded(desk.floor, f"{attempt}-recording-99", 2.0, "/recordings/other.wav")
        await desk.clock.sleep(1.0)
        assert [path for _, path, _ in _kept(desk)] == [""]

    _tell(story)
