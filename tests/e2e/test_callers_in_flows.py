"""Somebody calls in: what they hear is what was uploaded, in the language that they chose.

Compared as sound: the carrier lab records what reaches its callers.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from audio_files import as_wav, sweep
from e2e.calling_in import OTHER, SAME, approve, called, lead, likeness
from kwabo.adapters.carrier_lab.callers import CallIn, Hear, Press, Wait
from kwabo.adapters.carrier_lab.log import LabCaller
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300)]

SENT, NUMBER = "0121000077", "+2290121000077"
SOUNDS = {  # prompt, language → from pitch to pitch; no two share a pitch
    ("choix_langue", "fr"): (300.0, 600.0),
    ("bienvenue", "fr"): (700.0, 1000.0),
    ("bienvenue", "fon"): (1200.0, 1600.0),
    ("au_revoir", "fr"): (1800.0, 2200.0),
    ("au_revoir", "fon"): (2500.0, 3000.0),
}


@pytest.fixture
async def admin(stack: Stack) -> AsyncIterator[Person]:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as person:
        yield person


async def _record(admin: Person, folder: Path) -> dict[tuple[str, str], Path]:
    """Prompts recorded and approved in two languages; the files."""
    await admin.put(
        "/languages",
        {
            "languages": [
                {"language": "fr", "numbers": "own"},
                {"language": "fon", "numbers": "fallback"},
            ],
            "second_person": False,
        },
    )
    files: dict[tuple[str, str], Path] = {}
    ids: dict[str, str] = {}
    for (key, language), pitches in SOUNDS.items():
        if key not in ids:
            made = await admin.post("/prompts/new", {"key": key, "name": key})
            ids[key] = made["prompt_id"]
        file = files[key, language] = folder / f"{key}-{language}.wav"
        file.write_bytes(as_wav(sweep(1.2, *pitches)))
        path = f"/prompts/{ids[key]}/recordings"
        variant = await admin.upload(path, file, language=language, words=key)
        await approve(admin, variant["variant_id"])
    return files


def _flow() -> dict[str, Any]:
    return {
        "languages": ["fr", "fon"],
        "start": "langue",
        "nodes": [
            {
                "id": "langue",
                "type": "language",
                "say": [{"prompt": "choix_langue", "language": "fr"}],
                "options": [{"key": "1", "language": "fr"}, {"key": "2", "language": "fon"}],
                "seconds": 8,
                "ways": {"next": "bienvenue", "timeout": "bienvenue"},
            },
            {
                "id": "bienvenue",
                "type": "say",
                "say": [{"prompt": "bienvenue"}, {"prompt": "au_revoir"}],
                "ways": {"next": "fin"},
            },
            {"id": "fin", "type": "hang_up"},
        ],
    }


async def _open_the_number(admin: Person) -> None:
    flow = await admin.post("/flows", {"name": f"Accueil {uuid4().hex[:6]}", "draft": _flow()})
    version = {"version": flow["version"]}
    published = await admin.post(f"/flows/{flow['flow_id']}/publish", version)
    assert published["published_version"] == 1
    queue = (await admin.get("/queues"))["items"][0]
    await lead(
        admin, SENT, "Accueil des appelants", flow_id=flow["flow_id"], queue_id=queue["queue_id"]
    )


async def test_a_caller_hears_the_language_that_was_chosen_and_the_next_time_at_once(
    stack: Stack, admin: Person, tmp_path: Path
) -> None:
    files = await _record(admin, tmp_path)
    await _open_the_number(admin)
    await asyncio.sleep(2.0)  # the floor hears of the new version by a command

    def alike(caller: LabCaller, key: str, language: str) -> float:
        return likeness(caller, files[key, language])

    caller = "+2290197003344"
    first = await called(
        stack,
        CallIn(
            number=SENT, caller=caller, steps=(Wait(seconds=2.5), Press(keys="2")), stays_seconds=30
        ),
    )
    assert alike(first, "choix_langue", "fr") > SAME
    assert alike(first, "bienvenue", "fon") > SAME
    assert alike(first, "au_revoir", "fon") > SAME
    assert alike(first, "bienvenue", "fr") < OTHER

    second = await called(stack, CallIn(number=SENT, caller=caller, stays_seconds=30))
    assert alike(second, "bienvenue", "fon") > SAME
    assert alike(second, "choix_langue", "fr") < OTHER

    stranger = await called(
        stack,
        CallIn(number=SENT, caller="+2290197005566", steps=(Hear(), Press(keys="1"))),
    )
    assert alike(stranger, "bienvenue", "fr") > SAME
