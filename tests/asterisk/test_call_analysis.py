"""Messages, early media and verdicts of the real switch, through the port."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from ari_probe import AriProbe
from audio_files import tone_wav
from contract.switch.bench import Inbox
from kwabo.adapters.prompt_files import FolderPromptFiles
from kwabo.adapters.switch.asterisk.client import AriAddress
from kwabo.adapters.switch.asterisk.switch import AsteriskSwitch
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.domain.speech.media import media_of
from kwabo.ports.switch import (
    CallNumber,
    ChannelAnswered,
    ChannelEnded,
    Originate,
    PlaybackEnded,
    SwitchConnected,
)
from kwabo.stack.parts import LAB_TRUNK
from kwabo.stack.stack import Stack

MESSAGE_SECONDS = 2.0


@pytest.fixture
async def switch(stack: Stack, tmp_path: Path) -> AsyncIterator[AsteriskSwitch]:
    assert stack.switch is not None
    access = stack.switch.ari
    made = AsteriskSwitch(
        AriAddress(url=access.url, user=access.user, password=access.password),
        f"analysis-{uuid4().hex[:8]}",
        SystemClock(),
        early_media_folder=tmp_path / "early-media",
    )
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def inbox(switch: AsteriskSwitch) -> Inbox:
    told = Inbox(switch)
    await told.first(SwitchConnected)
    await told.until(lambda: switch.ready)
    return told


def call(ending: str, **more: object) -> Originate:
    channel_id = str(uuid4())
    values: dict[str, object] = {
        "channel_id": channel_id,
        "to": CallNumber(number=f"+22901996100{ending}", trunk_endpoint=LAB_TRUNK),
        "caller_id": "+2290121000000",
        "headers": {"X-Kwabo-Attempt-Id": channel_id},
        **more,
    }
    return Originate(**values)  # type: ignore[arg-type]


async def test_an_uploaded_prompt_is_heard_at_the_far_end(
    switch: AsteriskSwitch, inbox: Inbox, tmp_path: Path, lab_call
) -> None:
    files = FolderPromptFiles(tmp_path / "prompts")
    sound = await files.convert(tone_wav(seconds=MESSAGE_SECONDS, rate=44100), most_seconds=60)
    path = await files.save(uuid4(), sound)
    asked = call("90")
    await switch.originate(asked)
    await inbox.first(ChannelAnswered, asked.channel_id)
    began = asyncio.get_running_loop().time()
    await switch.play(asked.channel_id, media_of(path), f"message-{asked.channel_id}")
    await inbox.first(PlaybackEnded, asked.channel_id)
    assert asyncio.get_running_loop().time() - began >= MESSAGE_SECONDS - 0.5
    seen = await lab_call(asked.channel_id, lambda one: one.heard_at is not None)
    assert seen.heard_at is not None
    await switch.hang_up(asked.channel_id)


async def test_the_three_tones_before_a_refusal_are_known_and_kept(
    switch: AsteriskSwitch, inbox: Inbox
) -> None:
    asked = call("08", early_media_seconds=10, early_media_kept=True)
    await switch.originate(asked)
    ended = await inbox.first(ChannelEnded, asked.channel_id)
    assert (ended.cause, ended.sip_code) == (1, 404)
    assert ended.early_media is not None
    assert ended.early_media.tone == "sit"
    assert ended.early_media.recorded_seconds > 0.9
    assert ended.early_media.path is not None
    assert Path(ended.early_media.path).read_bytes()[:4] == b"RIFF"  # noqa: ASYNC240
    assert (await switch.snapshot()).channels == {}


async def test_without_being_asked_nobody_listens_before_the_answer(
    switch: AsteriskSwitch, inbox: Inbox
) -> None:
    asked = call("08")
    await switch.originate(asked)
    ended = await inbox.first(ChannelEnded, asked.channel_id)
    assert ended.early_media is not None
    assert (ended.early_media.tone, ended.early_media.path) == (None, None)


async def recorded(ari: AriProbe, kind: str, *channel_ids: UUID) -> bool:
    """Whether the switch has recordings, `live` or `stored`, of the sound of all these calls."""
    answers = [await ari.ask("GET", f"/recordings/{kind}/early-{one}") for one in channel_ids]
    return all(status == 200 for status, _ in answers)


async def gone(ari: AriProbe, channel_id: UUID) -> bool:
    return not await recorded(ari, "stored", channel_id)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await condition():
            await asyncio.sleep(0.05)


async def test_what_an_engine_that_died_has_recorded_is_removed_an_hour_later(
    stack: Stack, ari: AriProbe
) -> None:
    assert stack.switch is not None
    access = stack.switch.ari
    address = AriAddress(url=access.url, user=access.user, password=access.password)
    ids = TimeOrderedIds(SystemClock())
    fresh = ids.new()
    old = UUID(int=fresh.int - (int(3660e3) << 80))
    application = f"analysis-{uuid4().hex[:8]}"
    lost = AsteriskSwitch(address, application, SystemClock())
    await lost.start()
    inbox = Inbox(lost)
    await inbox.first(SwitchConnected)
    await inbox.until(lambda: lost.ready)
    for one in (old, fresh):
        await lost.originate(replace(call("08", early_media_seconds=10), channel_id=str(one)))
    await until(lambda: recorded(ari, "live", old, fresh))
    await lost.close()
    await until(lambda: recorded(ari, "stored", old, fresh))
    heir = AsteriskSwitch(address, application, SystemClock(), tidy_seconds=0.2)
    await heir.start()
    try:
        await until(lambda: gone(ari, old))
        assert await recorded(ari, "stored", fresh)
    finally:
        await heir.close()
