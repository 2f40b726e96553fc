"""A synthesiser that is another program: text on its input, a WAV on its output."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Final

from kwabo.kernel.errors import Unavailable

_SECONDS: Final = 30.0


def failed(engine: str, why: str) -> Unavailable:
    """What is told when an engine does not give audio."""
    return Unavailable(
        "SPEECH_FAILED",
        f"The speech engine {engine} gave no audio ({why}). Try again, or record the prompt.",
        details={"engine": engine, "why": why},
    )


async def run(command: Sequence[str], text: bytes, engine: str) -> bytes:
    """Its output. Raises Unavailable `SPEECH_FAILED`."""
    try:
        child = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except OSError as error:
        raise failed(engine, "it cannot be started") from error
    try:
        async with asyncio.timeout(_SECONDS):
            output, _ = await child.communicate(text)
    except TimeoutError as error:
        raise failed(engine, "it took too long") from error
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    if child.returncode != 0 or output[:4] != b"RIFF":
        raise failed(engine, f"it ended with {child.returncode}")
    return output
