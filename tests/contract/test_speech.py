"""Every text-to-speech engine gives audio as the switch plays it, once per text."""

from __future__ import annotations

import asyncio
import io
import os
import time
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from aiohttp import web

from audio_files import tone_wav
from http_server import listening
from kwabo.adapters.outgoing.http import HttpClient
from kwabo.adapters.prompt_files import FolderPromptFiles
from kwabo.adapters.speech.cached import CachedSpeech
from kwabo.adapters.speech.espeak import EspeakEngine
from kwabo.adapters.speech.http_speech import MOST_BYTES, HttpSpeechEngine
from kwabo.adapters.speech.http_transcription import HttpTranscriber
from kwabo.adapters.speech.nanotts import NanoTtsEngine
from kwabo.adapters.system import SystemClock
from kwabo.domain.speech.levels import TARGET_DB, measure
from kwabo.kernel.errors import Invalid, Unavailable
from kwabo.ports.prompts import Sound
from kwabo.ports.speech import SpeechEngine

TEXT = "Votre solde est de deux cents francs CFA."


class SpeechServer:
    """A server with `/audio/speech`, on this machine."""

    def __init__(self) -> None:
        self.asked: list[dict[str, object]] = []
        self.authorisations: list[str] = []
        self.fails = False

    async def speak(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        self.authorisations.append(request.headers.get("Authorization", ""))
        if self.fails:
            return web.json_response({"error": {"message": "overloaded"}}, status=503)
        seconds = 0.5 + 0.05 * len(str(self.asked[-1]["input"])) / float(self.asked[-1]["speed"])
        return web.Response(body=tone_wav(seconds=seconds, rate=24_000), content_type="audio/wav")


@pytest.fixture
async def server() -> AsyncIterator[tuple[SpeechServer, str]]:
    speech = SpeechServer()
    app = web.Application()
    app.router.add_post("/v1/audio/speech", speech.speak)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield speech, f"http://127.0.0.1:{port}/v1"
    await runner.cleanup()


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    client = HttpClient(SystemClock(), private_allowed=True, most_bytes=MOST_BYTES)
    yield client
    await client.close()


@pytest.fixture(params=["nanotts", "http", "espeak"])
def engine(
    request: pytest.FixtureRequest, server: tuple[SpeechServer, str], client: HttpClient
) -> SpeechEngine:
    engine: SpeechEngine
    if request.param == "nanotts":
        engine = NanoTtsEngine()
    elif request.param == "espeak":
        engine = EspeakEngine()
    else:
        engine = http_engine(client, server[1])
    if not engine.voices():
        pytest.skip(f"{engine.name} is not on this machine")
    return engine


def http_engine(client: HttpClient, url: str) -> HttpSpeechEngine:
    return HttpSpeechEngine(
        client, url=url, model="m", api_key="key", voices={"fr": "anne", "en": "ann"}
    )


def cached(engines: list[SpeechEngine], folder: Path, most_bytes: int = 10**8) -> CachedSpeech:
    files = FolderPromptFiles(folder / "prompts")

    async def convert(wav: bytes) -> Sound:
        return await files.convert(wav, most_seconds=300, trim=True, level=True)

    return CachedSpeech(engines, folder / "speech", most_bytes=most_bytes, convert=convert)


def files_of(folder: Path) -> set[Path]:
    return set(folder.glob("*.wav"))


def size_of(folder: Path) -> list[int]:
    return [one.stat().st_size for one in folder.glob("*.wav")]


def samples_of(wav: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8000, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)


async def test_audio_is_as_the_switch_plays_it(engine: SpeechEngine, tmp_path: Path) -> None:
    speech = cached([engine], tmp_path)
    level = measure(samples_of(await speech.synthesise(TEXT, "fr")))
    assert abs(level.loudness_db - TARGET_DB) < 3 or level.peak_db > -1.5
    assert level.start_seconds < 0.2
    assert level.end_seconds < 0.2
    assert speech.engines()[0].status == "ok"


async def test_longer_texts_last_longer_and_faster_ones_shorter(
    engine: SpeechEngine, tmp_path: Path
) -> None:
    speech = cached([engine], tmp_path)
    short = len(samples_of(await speech.synthesise("Bonjour.", "fr")))
    long = len(samples_of(await speech.synthesise(TEXT, "fr")))
    fast = len(samples_of(await speech.synthesise(TEXT, "fr", speed=1.8)))
    assert short < long
    assert fast < long


async def test_both_languages_are_there(engine: SpeechEngine, tmp_path: Path) -> None:
    speech = cached([engine], tmp_path)
    assert speech.languages() == {"fr", "en"}
    assert len(samples_of(await speech.synthesise("Your balance is low.", "en"))) > 4000


async def test_the_event_loop_goes_on_meanwhile(engine: SpeechEngine, tmp_path: Path) -> None:
    speech = cached([engine], tmp_path)
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with asyncio.TaskGroup() as tasks:
        turning = tasks.create_task(turn())
        await speech.synthesise(TEXT, "fr")
        turning.cancel()
    assert turns > 20


async def test_a_text_is_asked_for_once_even_by_many_at_a_time(
    server: tuple[SpeechServer, str], client: HttpClient, tmp_path: Path
) -> None:
    speech = cached([http_engine(client, server[1])], tmp_path)
    paths = await asyncio.gather(*(speech.file(TEXT, "fr") for _ in range(6)))
    assert len(set(paths)) == 1
    await speech.file(f"  {TEXT} ", "fr")
    again = cached([http_engine(client, server[1])], tmp_path)
    await again.file(TEXT, "fr")
    assert len(server[0].asked) == 1
    assert server[0].asked[0] == {
        "model": "m",
        "input": TEXT,
        "voice": "anne",
        "speed": 1.0,
        "response_format": "wav",
    }
    assert server[0].authorisations == ["Bearer key"]


async def test_the_next_engine_is_asked_when_one_fails_and_its_state_tells(
    server: tuple[SpeechServer, str], client: HttpClient, tmp_path: Path
) -> None:
    server[0].fails = True
    alone = cached([http_engine(client, server[1])], tmp_path)
    with pytest.raises(Unavailable) as refused:
        await alone.file(TEXT, "fr")
    assert refused.value.code == "SPEECH_FAILED"
    assert alone.engines()[0].status == "failing"
    if NanoTtsEngine().voices():
        both = cached([http_engine(client, server[1]), NanoTtsEngine()], tmp_path)
        assert len(samples_of(await both.synthesise(TEXT, "fr"))) > 8000
        assert [one.status for one in both.engines()] == ["failing", "ok"]
    server[0].fails = False
    await alone.file(TEXT, "fr")
    assert alone.engines()[0].status == "ok"


async def test_private_addresses_are_refused_without_the_operators_leave(
    server: tuple[SpeechServer, str], tmp_path: Path
) -> None:
    client = HttpClient(SystemClock(), most_bytes=MOST_BYTES)
    try:
        with pytest.raises(Unavailable) as refused:
            await cached([http_engine(client, server[1])], tmp_path).file(TEXT, "fr")
    finally:
        await client.close()
    assert refused.value.details["why"] == "ADDRESS_REFUSED"
    assert server[0].asked == []


async def test_the_folder_keeps_to_its_limit(
    server: tuple[SpeechServer, str], client: HttpClient, tmp_path: Path
) -> None:
    speech = cached([http_engine(client, server[1])], tmp_path, most_bytes=60_000)
    old = [Path(await speech.file(f"{TEXT} {n}", "fr")) for n in range(3)]
    for age, path in enumerate(old):
        os.utime(path, (time.time() - 10_000 + age,) * 2)
    newest = Path(await speech.file("Bonjour à tous.", "fr"))
    kept_files = files_of(newest.parent)
    assert newest in kept_files
    assert old[0] not in kept_files
    kept = sum(size_of(newest.parent))
    assert kept <= 60_000


async def test_what_no_engine_can_say_is_refused(tmp_path: Path) -> None:
    speech = cached([NanoTtsEngine()], tmp_path)
    for text, language, code in (("", "fr", "SPEECH_TEXT"), ("Kú", "fon", "SPEECH_LANGUAGE")):
        with pytest.raises(Invalid) as refused:
            await speech.file(text, language)
        assert refused.value.code == code


def test_the_program_of_the_child_needs_nothing_of_ours() -> None:
    source = Path(__file__).parents[2] / "src/kwabo/adapters/speech/nanotts_program.py"
    assert "kwabo" not in source.read_text("utf-8")


async def test_a_transcription_server_gets_recording_and_language_and_its_text_is_taken(
    client: HttpClient,
) -> None:
    got: dict[str, object] = {}

    async def understand(request: web.Request) -> web.Response:
        form = await request.post()
        file = form["file"]
        assert isinstance(file, web.FileField)
        got.update(form, file=file.file.read(), key=request.headers["Authorization"])
        if got["language"] == "fon":
            return web.json_response({"error": {"message": "not spoken here"}}, status=400)
        return web.json_response({"text": " Rappelez-moi  demain. "})

    app = web.Application()
    app.router.add_post("/v1/audio/transcriptions", understand)
    audio = tone_wav(seconds=0.5)
    async with listening(app) as port:
        transcriber = HttpTranscriber(
            client, url=f"http://127.0.0.1:{port}/v1/", model="m", api_key="key"
        )
        assert await transcriber.transcribe(audio, "fr") == "Rappelez-moi demain."
        assert (got["file"], got["model"], got["key"]) == (audio, "m", "Bearer key")
        with pytest.raises(Unavailable) as caught:
            await transcriber.transcribe(audio, "fon")
        assert caught.value.code == "TRANSCRIPTION_FAILED"
    with pytest.raises(Unavailable):
        await transcriber.transcribe(audio, "fr")
