"""Calls that come in, on a real switch: what callers hear and say, compared as sound.

The callers are the carrier lab's, and SIPp's as a second, independent program.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import pytest_asyncio

from asterisk.test_peers import CALLER, needs_sipp
from audio_files import as_wav, found_in, read_wav, sweep, tones
from contract.switch.bench import Under, connect
from kwabo.adapters.carrier_lab.behaviours import AGENT_TONE_SECONDS
from kwabo.adapters.carrier_lab.callers import (
    AGENT_HZ,
    CallIn,
    HangUp,
    Hear,
    Meet,
    Press,
    Say,
    Wait,
)
from kwabo.adapters.carrier_lab.configuration import LAB_HOST
from kwabo.adapters.carrier_lab.log import LabCaller
from kwabo.adapters.switch.asterisk.client import AriAddress
from kwabo.adapters.switch.asterisk.switch import AsteriskSwitch
from kwabo.adapters.system import SystemClock
from kwabo.ports.switch import (
    ChannelAnswered,
    ChannelArrived,
    ChannelDigit,
    ChannelEnded,
    InboundTrunk,
    PlaybackEnded,
    RecordingEnded,
    Switch,
    SwitchRefused,
)
from kwabo.stack.parts import LAB_TRUNK
from kwabo.stack.ports import free_udp_port
from kwabo.stack.stack import Stack

pytestmark = pytest.mark.asterisk

SENT, NUMBER = "0121000000", "+2290121000000"
SAME = 0.9  # what has gone through A-law and RTP is as like as this, or more
OTHER = 0.5  # what is something else is less like than this


class Ours:
    """The application under test, on the stack's switch."""

    def __init__(self, stack: Stack, folder: Path, name: str) -> None:
        self.stack = stack
        self.folder = folder
        self.application = name

    def another(self, application: str | None = None) -> Switch:
        assert self.stack.switch is not None
        ari = self.stack.switch.ari
        address = AriAddress(url=ari.url, user=ari.user, password=ari.password)
        return AsteriskSwitch(
            address,
            application or self.application,
            SystemClock(),
            recordings_folder=self.folder / "recordings",
        )


@pytest_asyncio.fixture
async def under(stack: Stack, tmp_path: Path) -> AsyncIterator[Under]:
    ours = Ours(stack, tmp_path, f"kwabo-in-{tmp_path.name[-8:]}".replace("_", "-"))
    under = await connect(ours, ours.another(), "0001")  # type: ignore[arg-type]
    await under.switch.take_calls([InboundTrunk(endpoint=LAB_TRUNK, country="BJ")])
    yield under
    for channel_id in (await under.switch.snapshot()).channels:
        await under.switch.hang_up(channel_id)
    await under.switch.take_calls([])
    await under.switch.close()


async def call_in(stack: Stack, call: CallIn) -> None:
    assert stack.lab is not None
    await asyncio.to_thread(stack.lab.call_in, call)


async def left(stack: Stack, call: CallIn, seconds: float = 20) -> LabCaller:
    """The call as its caller saw it, once it is over."""
    assert stack.lab is not None
    seen = await asyncio.to_thread(stack.lab.wait_for, call, within_seconds=seconds)
    assert seen is not None, f"{call.caller} still calls {call.number}"
    return seen


async def taken(under: Under, caller: str) -> str:
    """The call of this caller, answered."""
    inbox = under.inbox
    await inbox.until(lambda: any(e.caller == caller for e in inbox.of(ChannelArrived)))
    arrived = next(e for e in inbox.of(ChannelArrived) if e.caller == caller)
    assert arrived.number == NUMBER
    while True:
        try:
            await under.switch.answer(arrived.channel_id)
        except SwitchRefused as refused:
            if not refused.retryable:
                raise
            await asyncio.sleep(0.5)
        else:
            break
    await inbox.first(ChannelAnswered, arrived.channel_id)
    return arrived.channel_id


def prompt(folder: Path, name: str, *between: float) -> tuple[str, Path]:
    """A medium, and the file that it plays."""
    path = folder / f"{name}.wav"
    path.write_bytes(as_wav(sweep(1.2, *between)))
    return f"sound:{path.with_suffix('')}", path


async def test_the_caller_hears_the_prompts_in_their_order_and_music_after_them(
    stack: Stack, under: Under, tmp_path: Path
) -> None:
    first, first_file = prompt(tmp_path, "first", 400.0, 1200.0)
    second, second_file = prompt(tmp_path, "second", 1500.0, 600.0)
    _, other_file = prompt(tmp_path, "other", 2000.0, 2600.0)
    call = CallIn(number=SENT, caller="+2290197000001", stays_seconds=30)
    await call_in(stack, call)
    channel_id = await taken(under, call.caller)
    await asyncio.sleep(0.5)
    await under.switch.start_music(channel_id)
    await asyncio.sleep(2.5)
    await under.switch.play(channel_id, [first, second], f"{channel_id}-both")
    await under.inbox.first(PlaybackEnded, channel_id)
    await asyncio.sleep(3.0)
    await under.switch.hang_up(channel_id)
    seen = await left(stack, call)
    heard = read_wav(seen.heard)
    one, begins = found_in(heard, read_wav(first_file))
    two, follows = found_in(heard, read_wav(second_file))
    assert min(one, two) > SAME
    assert 1.0 < follows - begins < 2.5
    assert found_in(heard, read_wav(other_file))[0] < OTHER
    before = heard[: int(begins * 8000)]
    after = heard[int((follows + 1.5) * 8000) :]
    assert float(np.abs(before).max()) > 0.002  # music, which begins softly
    assert float(np.abs(after).max()) > 0.002  # again


def holds(heard: npt.NDArray[np.float32], path: Path) -> float:
    """How much of a sound is somewhere in what was heard, in whatever order (1: all of it)."""
    sound = read_wav(path)
    pieces = [sound[at : at + 800] for at in range(0, len(sound) - 799, 800)]
    return float(np.median([found_in(heard, piece)[0] for piece in pieces]))


async def test_the_caller_hears_a_prompt_over_and_over_around_an_announcement(
    stack: Stack, under: Under, tmp_path: Path
) -> None:
    music, music_file = prompt(tmp_path, "music", 500.0, 1300.0)
    news, news_file = prompt(tmp_path, "news", 1600.0, 700.0)
    call = CallIn(number=SENT, caller="+2290197000013", stays_seconds=40)
    await call_in(stack, call)
    channel_id = await taken(under, call.caller)
    await asyncio.sleep(0.5)
    await under.switch.start_music(channel_id, [music])
    await asyncio.sleep(4.5)
    await under.switch.play(channel_id, news, f"{channel_id}-news")
    await under.inbox.first(PlaybackEnded, channel_id)
    await asyncio.sleep(4.0)
    await under.switch.stop_music(channel_id)
    await asyncio.sleep(2.5)
    await under.switch.start_music(channel_id, ["sound:/nowhere/prompt"])
    await asyncio.sleep(4.0)
    await under.switch.hang_up(channel_id)
    seen = await left(stack, call)
    assert len(under.inbox.of(PlaybackEnded, channel_id)) == 1
    heard = read_wav(seen.heard)
    told, begins = found_in(heard, read_wav(news_file))
    assert told > SAME
    start, end = int(begins * 8000), int((begins + 1.2) * 8000)
    for from_, until in ((start - 4 * 8000, start), (end + 800, end + 4 * 8000)):
        for second in range(from_, until - 12_000, 6_000):  # each stretch as long as the prompt
            assert holds(heard[second : second + 12_000], music_file) > SAME, "over and over"
            assert holds(heard[second : second + 12_000], news_file) < OTHER
    quiet = heard[end + int(5.2 * 8000) : end + int(6.0 * 8000)]
    assert float(np.abs(quiet).max()) < 0.002, "it has stopped at once"
    last = heard[end + int(7.5 * 8000) :]
    assert float(np.abs(last).max()) > 0.002, "the switch's own in place of what it does not have"


async def test_another_engine_stops_the_prompt_that_the_caller_hears(
    stack: Stack, under: Under, tmp_path: Path
) -> None:
    music, music_file = prompt(tmp_path, "left", 450.0, 1100.0)
    news, news_file = prompt(tmp_path, "then", 1700.0, 800.0)
    call = CallIn(number=SENT, caller="+2290197000014", stays_seconds=40)
    await call_in(stack, call)
    channel_id = await taken(under, call.caller)
    await under.switch.start_music(channel_id, [music])
    await asyncio.sleep(2.0)
    await under.switch.close()
    new = await connect(under.bench, under.bench.another(), f"{under.prefix}8")
    under.switch = new.switch
    assert channel_id in (await new.switch.snapshot()).channels
    await new.switch.start_music(channel_id, [music])
    await asyncio.sleep(3.0)
    async with asyncio.timeout(5):  # it does not wait for what was left
        await new.switch.play(channel_id, news, f"{channel_id}-then")
        await new.inbox.first(PlaybackEnded, channel_id)
    await new.switch.stop_music(channel_id)
    await asyncio.sleep(2.0)
    await new.switch.hang_up(channel_id)
    heard = read_wav((await left(stack, call)).heard)
    told, begins = found_in(heard, read_wav(news_file))
    assert told > SAME
    assert found_in(heard[: int(begins * 8000)], read_wav(music_file))[0] > SAME
    after = heard[int((begins + 1.7) * 8000) :]
    assert float(np.abs(after).max()) < 0.002


async def test_a_key_cuts_the_prompt_short_and_what_is_said_is_recorded(
    stack: Stack, under: Under, tmp_path: Path
) -> None:
    long, long_file = prompt(tmp_path, "long", 300.0, 2500.0)
    said = tmp_path / "said.wav"
    said.write_bytes(as_wav(sweep(1.5, 2200.0, 700.0)))
    steps = (Wait(seconds=1.0), Press(keys="42"), Wait(seconds=1.0), Say(path=said))
    call = CallIn(number=SENT, caller="+2290197000002", steps=steps)
    await call_in(stack, call)
    channel_id = await taken(under, call.caller)
    await under.switch.play(channel_id, [long] * 10, f"{channel_id}-menu")
    pressed = await under.inbox.first(ChannelDigit, channel_id)
    assert pressed.digit == "4"
    await under.switch.stop_playing(f"{channel_id}-menu")
    await under.inbox.first(PlaybackEnded, channel_id)
    await under.inbox.nth(ChannelDigit, 2, channel_id)
    assert under.inbox.of(ChannelDigit, channel_id)[1].digit == "2"
    name = f"voicemail-{call.call_id}"
    await under.switch.record(channel_id, name, max_seconds=20, silence_seconds=2, beep=True)
    ended = await under.inbox.first(RecordingEnded, channel_id)
    assert ended.path is not None
    recorded = read_wav(Path(ended.path))
    assert ended.seconds == pytest.approx(len(recorded) / 8000)
    assert 1.5 < ended.seconds < 8
    assert found_in(recorded, read_wav(said))[0] > SAME
    assert found_in(recorded, read_wav(long_file))[0] < OTHER
    await under.switch.hang_up(channel_id)
    seen = await left(stack, call)
    assert len(under.inbox.of(PlaybackEnded, channel_id)) == 1
    assert found_in(read_wav(seen.heard), read_wav(long_file))[0] > OTHER / 2


async def test_a_caller_knows_an_agent_by_the_tone_and_loses_patience_without_one(
    stack: Stack, under: Under, tmp_path: Path
) -> None:
    agent = tmp_path / "agent.wav"
    agent.write_bytes(as_wav(tones((AGENT_HZ, AGENT_TONE_SECONDS), (0, 0.3))))
    meets = Meet(patience_seconds=20, talk_seconds=2.0)
    met = CallIn(number=SENT, caller="+2290197000041", steps=(Press(keys="9"), meets))
    await call_in(stack, met)
    channel_id = await taken(under, met.caller)
    await under.switch.start_music(channel_id)
    await asyncio.sleep(5.0)
    assert not stack.lab or stack.lab.callers()[-1].met_at is None, "music is no agent"
    await under.switch.play(
        channel_id, [f"sound:{agent.with_suffix('')}"] * 8, f"{channel_id}-agent"
    )
    seen = await left(stack, met)
    assert [keys for _, keys in seen.pressed] == ["9"]
    assert seen.met_at is not None
    assert seen.ended_at is not None
    assert 1.5 < (seen.ended_at - seen.met_at).total_seconds() < 6
    assert seen.ended_by == "caller"

    alone = CallIn(
        number=SENT,
        caller="+2290197000042",
        steps=(Meet(patience_seconds=2), Press(keys="1"), HangUp()),
    )
    await call_in(stack, alone)
    channel_id = await taken(under, alone.caller)
    await under.switch.start_music(channel_id)
    seen = await left(stack, alone)
    assert seen.met_at is None
    assert [keys for _, keys in seen.pressed] == ["1"]


async def test_a_caller_answers_when_the_prompt_is_over_and_hangs_up(
    stack: Stack, under: Under, tmp_path: Path
) -> None:
    medium, _ = prompt(tmp_path, "question", 500.0, 1500.0)
    steps = (Hear(silence_seconds=0.4), Press(keys="7"), Wait(seconds=0.5), HangUp())
    call = CallIn(number=SENT, caller="+2290197000003", steps=steps)
    await call_in(stack, call)
    channel_id = await taken(under, call.caller)
    await asyncio.sleep(0.5)
    await under.switch.play(channel_id, medium, f"{channel_id}-question")
    played = await under.inbox.first(PlaybackEnded, channel_id)
    pressed = await under.inbox.first(ChannelDigit, channel_id)
    assert pressed.digit == "7"
    assert pressed.at > played.at
    ended = await under.inbox.first(ChannelEnded, channel_id)
    assert ended.cause == 16


async def test_twenty_calls_at_once_each_hear_their_own(
    stack: Stack, under: Under, tmp_path: Path
) -> None:
    media = [prompt(tmp_path, f"p{n}", 400.0 + 400 * n, 650.0 + 400 * n) for n in range(4)]
    calls = [
        CallIn(
            number=SENT,
            caller=f"+22901970010{n:02d}",
            steps=(Wait(seconds=0.5), Press(keys=str(n % 10))),
        )
        for n in range(20)
    ]
    await asyncio.gather(*(call_in(stack, call) for call in calls))
    channels = await asyncio.gather(*(taken(under, call.caller) for call in calls))
    for n, channel_id in enumerate(channels):  # who presses has begun to keep what is heard
        assert (await under.inbox.first(ChannelDigit, channel_id)).digit == str(n % 10)
    for n, channel_id in enumerate(channels):
        await under.switch.play(channel_id, media[n % 4][0], f"{channel_id}-own")
    for channel_id in channels:
        await under.inbox.first(PlaybackEnded, channel_id)
    await asyncio.sleep(3.0)  # the lab keeps what it hears with a delay, and loses that at the end
    for channel_id in channels:
        await under.switch.hang_up(channel_id)
    for n, call in enumerate(calls):
        heard = read_wav((await left(stack, call)).heard)
        likeness = [found_in(heard, read_wav(path))[0] for _, path in media]
        assert likeness.index(max(likeness)) == n % 4, (n, len(heard) / 8000, likeness)
        assert max(likeness) > SAME, (n, len(heard) / 8000, likeness)


async def test_a_recording_outlives_its_engine(stack: Stack, under: Under, tmp_path: Path) -> None:
    said = tmp_path / "said.wav"
    said.write_bytes(as_wav(sweep(1.5, 900.0, 1900.0)))
    call = CallIn(
        number=SENT,
        caller="+2290197000004",
        steps=(Wait(seconds=1.0), Say(path=said), Wait(seconds=0.5), HangUp()),
    )
    await call_in(stack, call)
    channel_id = await taken(under, call.caller)
    await under.switch.record(channel_id, f"kept-{call.call_id}", max_seconds=30)
    await under.switch.close()
    await left(stack, call)
    heir = await connect(under.bench, under.bench.another(), "0002")
    try:
        assert channel_id not in (await heir.switch.snapshot()).channels
        ended = await heir.inbox.first(RecordingEnded, channel_id)
        assert ended.recording_name == f"kept-{call.call_id}"
        assert ended.path is not None
        assert found_in(read_wav(Path(ended.path)), read_wav(said))[0] > SAME
    finally:
        await heir.switch.close()
        under.switch = under.bench.another()
        await under.switch.start()
        while not under.switch.ready:
            await asyncio.sleep(0.05)


async def test_a_recording_goes_on_under_the_next_engine_and_is_whole(
    stack: Stack, under: Under, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.wav", tmp_path / "second.wav"
    first.write_bytes(as_wav(sweep(1.5, 900.0, 1900.0)))
    second.write_bytes(as_wav(sweep(1.5, 2300.0, 500.0)))
    call = CallIn(
        number=SENT,
        caller="+2290197000015",
        steps=(Wait(seconds=2.0), Say(path=first), Wait(seconds=6.0), Say(path=second)),
        stays_seconds=60,
    )
    await call_in(stack, call)
    channel_id = await taken(under, call.caller)
    name = f"whole-{call.call_id}"
    await under.switch.record(channel_id, name, max_seconds=40)
    await asyncio.sleep(4.0)
    await under.switch.close()
    new = await connect(under.bench, under.bench.another(), "0003")
    under.switch = new.switch
    snapshot = await new.switch.snapshot()
    assert (channel_id in snapshot.channels, snapshot.recordings) == (True, {name})
    await asyncio.sleep(10.0)
    assert not new.inbox.of(RecordingEnded)
    await new.switch.stop_recording(name)
    ended = await new.inbox.first(RecordingEnded, channel_id)
    assert ended.path is not None
    recorded = read_wav(Path(ended.path))
    assert min(found_in(recorded, read_wav(one))[0] for one in (first, second)) > SAME
    await new.switch.hang_up(channel_id)
    await left(stack, call)


async def test_a_caller_whom_no_engine_takes_hears_it_ring_and_then_a_message(
    stack: Stack, under: Under
) -> None:
    await under.switch.take_calls([])
    call = CallIn(number=SENT, caller="+2290197000005")
    await call_in(stack, call)
    seen = await left(stack, call, 30)
    assert seen.answered_at is not None
    assert 4 < (seen.answered_at - seen.called_at).total_seconds() < 9
    heard = read_wav(seen.heard)
    assert float((heard**2).mean()) ** 0.5 > 0.003
    assert seen.cause == 16
    assert not under.inbox.of(ChannelArrived)


@needs_sipp
async def test_sipp_calls_in(under: Under, stack: Stack, tmp_path: Path) -> None:
    """A second, independent caller: arrives, is answered, and is hung up on."""
    assert stack.switch is not None
    scenario = tmp_path / "caller.xml"
    scenario.write_text(CALLER)
    sipp = await asyncio.create_subprocess_exec(
        shutil.which("sipp") or "sipp", f"127.0.0.1:{stack.switch.sip_port}",
        "-sf", str(scenario), "-s", "+2290121000000", "-i", LAB_HOST,
        "-p", str(free_udp_port(LAB_HOST)), "-m", "1", "-timeout", "30s", "-nostdin",
        cwd=tmp_path, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        stdin=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    arrived = await under.inbox.first(ChannelArrived)
    assert (arrived.number, arrived.caller) == (NUMBER, "+2290121000000")
    await under.switch.ring(arrived.channel_id)
    await under.switch.answer(arrived.channel_id)
    await under.inbox.first(ChannelAnswered, arrived.channel_id)
    await under.switch.hang_up(arrived.channel_id)
    await under.inbox.first(ChannelEnded, arrived.channel_id)
    assert await sipp.wait() == 0


def test_the_comparison_tells_sounds_apart() -> None:
    up, down = sweep(1.0, 400.0, 1200.0), sweep(1.0, 1200.0, 400.0)
    heard = tones((0.0, 0.5), (0.0, 0.1))
    whole = [*heard, *up, *heard]
    likeness, at = found_in(np.array(whole, np.float32), up)
    assert likeness > 0.99
    assert at == pytest.approx(0.6, abs=0.01)
    assert found_in(np.array(whole, np.float32), down)[0] < OTHER
    assert found_in(heard, up) == (0.0, 0.0)
    for packet_short in (up[160:], up[:-160]):
        assert found_in(packet_short, up)[0] > 0.99
        assert found_in(packet_short, down)[0] < OTHER
