"""Somebody calls in from the carrier lab, and prompts that can be told apart by their sound."""

from __future__ import annotations

import asyncio
from pathlib import Path

from audio_files import as_wav, found_in, read_wav, sweep
from kwabo.adapters.carrier_lab.callers import CallIn
from kwabo.adapters.carrier_lab.log import LabCaller
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

SAME, OTHER = 0.9, 0.5  # likeness above which a sound was heard, and below which it was not


async def called(stack: Stack, call: CallIn) -> LabCaller:
    """Call in; the call as its caller saw it, once it is over."""
    assert stack.lab is not None
    await asyncio.to_thread(stack.lab.call_in, call)
    async with asyncio.timeout(60):
        while True:
            found = [one for one in stack.lab.callers() if one.call_id == call.call_id]
            if found and found[0].ended_at is not None:
                await asyncio.sleep(1.5)  # the lab writes its file's end
                return found[0]
            await asyncio.sleep(0.1)


async def record(
    admin: Person, folder: Path, key: str, *, language: str, pitches: tuple[float, float]
) -> Path:
    """A new prompt with an approved recording: a sound from pitch to pitch; its file."""
    made = await admin.post("/prompts/new", {"key": key, "name": key})
    file = folder / f"{key}-{language}.wav"
    file.write_bytes(as_wav(sweep(1.2, *pitches)))
    path = f"/prompts/{made['prompt_id']}/recordings"
    variant = await admin.upload(path, file, language=language, words=key)
    await approve(admin, variant["variant_id"])
    return file


async def approve(admin: Person, variant_id: str) -> None:
    """Have a variant used."""
    await admin.post(f"/prompt-variants/{variant_id}/submit")
    await admin.post(f"/prompt-variants/{variant_id}/approve")


def likeness(caller: LabCaller, file: Path) -> float:
    """How much of what the caller heard is the file's sound, 0 to 1."""
    return found_in(read_wav(caller.heard), read_wav(file))[0]
