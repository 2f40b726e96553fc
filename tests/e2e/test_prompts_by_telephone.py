"""A speaker with nothing but a telephone records prompts; they are approved, and callers hear them.

The carrier lab calls, keys the code that the page shows, speaks and keeps what it hears back.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from audio_files import as_wav, found_in, read_wav, sweep
from e2e.accessibility import barriers
from e2e.calling_in import OTHER, SAME, called, lead, left, likeness, record
from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office
from kwabo.adapters.carrier_lab.callers import CallIn, HangUp, Hear, Press, Say, Step, Wait
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(400)]

STUDIO, LISTEN = "0121000094", "0121000095"
CRASHING = "0121000093"
EXAMPLE = Path(__file__).parents[2] / "examples/flows/enregistrement-par-telephone.json"
SPEAKER, CUSTOMER = "+2290197009191", "+2290197009292"
# The centre's own words to its speakers, short and told apart by their pitches.
SAYINGS = {
    "record_prompts_code": (300.0, 420.0),
    "record_prompts_speak": (450.0, 570.0),
    "record_prompts_choose": (600.0, 720.0),
    "record_prompts_thanks": (750.0, 870.0),
}
PROMPTS = {  # key → the French model, and what is said in Fon
    "tel_bienvenue": ((900.0, 1050.0), (1100.0, 1500.0)),
    "tel_merci": ((1600.0, 1750.0), (1900.0, 2600.0)),
}
_LANGUAGES = {
    "languages": [
        {"language": "fr", "numbers": "own"},
        {"language": "fon", "numbers": "fallback"},
    ],
    "second_person": False,
}


async def test_prompts_are_recorded_by_telephone_approved_and_heard(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        await admin.put("/languages", _LANGUAGES)
        await _say_it_in_its_own_words(admin, tmp_path)
        models, said = {}, {}
        for key, (french, fon) in PROMPTS.items():
            models[key] = await record(admin, tmp_path, key, language="fr", pitches=french)
            said[key] = tmp_path / f"{key}-said.wav"
            said[key].write_bytes(as_wav(sweep(2.0, *fon)))

        office = Office(await open_page(), stack.url())
        page = office.page
        await office.log_in("admin", DEMO_PASSWORD)
        await office.go("Messages et langues")
        await _make_the_flow(page)
        await _open_the_studio(admin)

        # A code for both, as the page of what is missing gives one.
        body = {"language": "fon", "keys": list(PROMPTS)}
        session = await admin.post("/recording-sessions", body)
        await page.reload()
        await page.get_by_role("tab", name="À approuver").click()
        await page.get_by_role("button", name="Voir").first.click()
        dialog = page.get_by_role("dialog", name="Enregistrer par téléphone")
        await expect(dialog.get_by_test_id("code")).to_be_visible(timeout=WAIT)
        assert await barriers(page) == []
        code = (await dialog.get_by_test_id("code").inner_text()).replace(" ", "")
        assert code == session["code"]
        await expect(dialog.get_by_text("+229 01 21 00 00 94")).to_be_visible()
        await expect(dialog.get_by_text("En attente d’un appel")).to_be_visible()

        # The speaker calls, keys the code and records both. While it records, the switch sends
        # silence: nothing tells that the tone is over.
        steps: list[Step] = [Hear(), Press(keys=code)]
        for file in said.values():
            steps += [Wait(seconds=5.5), Say(path=file), Press(keys="#"), Hear(), Press(keys="1")]
        steps += [Hear(), Wait(seconds=2.0), HangUp()]
        call = CallIn(number=STUDIO, caller=SPEAKER, steps=tuple(steps), stays_seconds=90)
        assert stack.lab is not None
        await asyncio.to_thread(stack.lab.call_in, call)
        await expect(dialog.get_by_text("Appel en cours")).to_be_visible(timeout=WAIT)
        await expect(dialog.get_by_text("1 sur 2 enregistrés")).to_be_visible(timeout=60_000)
        await expect(dialog.get_by_text("2 sur 2 enregistrés")).to_be_visible(timeout=60_000)
        await expect(dialog.get_by_text("Terminé")).to_be_visible(timeout=WAIT)
        heard = await left(stack, call)
        for key in PROMPTS:
            assert likeness(heard, models[key]) > SAME, f"{key} was asked for in French"
            assert likeness(heard, said[key]) > SAME, f"the take of {key} was played back"

        done = await admin.get(f"/recording-sessions/{session['recording_session_id']}")
        audit = await admin.get("/audit", subject_id=session["recording_session_id"])
        (used,) = [a for a in audit["items"] if a["action"] == "recording_session.used"]
        assert used["details"]["number"] == SPEAKER

        # The drafts are what was said, and are submitted and approved on the page.
        for one in done["prompts"]:
            audio = tmp_path / f"{one['key']}-draft.wav"
            audio.write_bytes(await _audio(page, stack, one["variant"]["variant_id"]))
            assert found_in(read_wav(audio), read_wav(said[one["key"]]))[0] > SAME
        await expect(dialog.get_by_text("Brouillon", exact=True)).to_have_count(2)
        await dialog.get_by_role("button", name="Proposer les 2 brouillons").click()
        await office.is_told("Les enregistrements attendent une approbation.")
        for number in (2, 1):
            approve = dialog.get_by_role("button", name="Approuver")
            await expect(approve).to_have_count(number, timeout=WAIT)
            await approve.first.click()
        await expect(dialog.get_by_text("Approuvé", exact=True)).to_have_count(2, timeout=WAIT)

        # A customer hears them.
        await _open_the_number(admin)
        listener = await called(stack, CallIn(number=LISTEN, caller=CUSTOMER, stays_seconds=30))
        for key in PROMPTS:
            assert likeness(listener, said[key]) > SAME
            assert likeness(listener, models[key]) < OTHER, f"{key} is heard in Fon"
        assert not list((stack.folder / "recordings").glob("*take*")), "no take is left behind"


async def test_what_is_kept_is_kept_once_when_the_engine_dies_while_somebody_speaks(
    stack: Stack, tmp_path: Path
) -> None:
    keys = {"tel_un": (1100.0, 1500.0), "tel_deux": (1900.0, 2600.0)}
    said = {}
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        await admin.put("/languages", _LANGUAGES)
        await _say_it_in_its_own_words(admin, tmp_path)
        for key, pitches in keys.items():
            await admin.post("/prompts/new", {"key": key, "name": key})
            said[key] = tmp_path / f"{key}.wav"
            said[key].write_bytes(as_wav(sweep(6.0, *pitches)))
        flow = await admin.post("/flows/import", {**json.loads(EXAMPLE.read_text()), "name": "S"})
        await admin.post(f"/flows/{flow['flow_id']}/publish", {"version": flow["version"]})
        queue = (await admin.get("/queues"))["items"][0]
        ids = {"flow_id": flow["flow_id"], "queue_id": queue["queue_id"]}
        await lead(admin, CRASHING, "Studio en panne", **ids)
        await asyncio.sleep(2.0)
        session = await admin.post("/recording-sessions", {"language": "fon", "keys": list(keys)})
        path = f"/recording-sessions/{session['recording_session_id']}"
        one, two = said.values()
        steps: tuple[Step, ...] = (
            *(Hear(), Press(keys=session["code"]), Wait(seconds=5.0)),
            *(Say(path=one), Press(keys="#"), Hear(), Press(keys="1"), Wait(seconds=5.0)),
            *(Say(path=two), Hear(), Press(keys="1"), Hear(), HangUp()),
        )
        call = CallIn(number=CRASHING, caller=SPEAKER, steps=steps, stays_seconds=120)
        assert stack.lab is not None
        await asyncio.to_thread(stack.lab.call_in, call)
        async with asyncio.timeout(90):
            while (await admin.get(path))["recorded"] < 1:
                await asyncio.sleep(0.2)
        await asyncio.sleep(8.0)  # the second is being said
        stack.kill("server")
        await stack.start("server")
        heard = await left(stack, call)
        assert likeness(heard, two) > SAME, "the next engine plays the take back"
        done = await admin.get(path)
        assert (done["state"], done["recorded"]) == ("done", 2)
        for prompt in done["prompts"]:
            variant = prompt["variant"]
            versions = await admin.get(f"/prompts/{variant['prompt_id']}/variants")
            assert [found["version"] for found in versions["items"]] == [1]
            kept = tmp_path / f"{prompt['key']}-kept.wav"
            kept.write_bytes(await admin.read(f"/prompt-variants/{variant['variant_id']}/audio"))
            assert found_in(read_wav(kept), read_wav(said[prompt["key"]]))[0] > SAME
        assert not list((stack.folder / "recordings").glob("*take*")), "no take is left behind"


async def _say_it_in_its_own_words(admin: Person, folder: Path) -> None:
    """The centre has recorded what its speakers are told: how long each is, is known."""
    there = {one["key"] for one in (await admin.get("/prompts"))["items"]}
    for key, pitches in SAYINGS.items():
        if key not in there:
            await record(admin, folder, key, language="fr", pitches=pitches)


async def _make_the_flow(page: Page) -> None:
    """No number takes such calls yet: the page says so, and makes the flow."""
    await page.get_by_role("link", name="tel_bienvenue").click()
    region = page.get_by_role("region", name="Fon")
    await region.get_by_role("button", name="Par téléphone").click()
    dialog = page.get_by_role("dialog", name="Enregistrer par téléphone")
    await expect(dialog.get_by_text("Aucun numéro ne prend ces appels")).to_be_visible(timeout=WAIT)
    await dialog.get_by_role("button", name="Créer et publier le parcours").click()
    told = dialog.get_by_text("Le parcours est publié. Donnez-lui un numéro entrant.")
    await expect(told).to_be_visible(timeout=WAIT)
    await page.keyboard.press("Escape")
    await page.get_by_role("link", name="Messages et langues").first.click()


async def _open_the_studio(admin: Person) -> None:
    flows = (await admin.get("/flows"))["items"]
    (flow,) = [one for one in flows if one["name"] == "Enregistrer par téléphone"]
    assert flow["published_version"] == 1
    queue = (await admin.get("/queues"))["items"][0]
    ids = {"flow_id": flow["flow_id"], "queue_id": queue["queue_id"]}
    await lead(admin, STUDIO, "Studio", **ids)
    await asyncio.sleep(2.0)  # the floor hears of it by a command


async def _open_the_number(admin: Person) -> None:
    """A number that says both prompts in Fon, and hangs up."""
    say: list[dict[str, Any]] = [{"prompt": key, "language": "fon"} for key in PROMPTS]
    draft = {
        "languages": ["fr", "fon"],
        "start": "dire",
        "nodes": [
            {"id": "dire", "type": "say", "say": say, "ways": {"next": "fin"}},
            {"id": "fin", "type": "hang_up"},
        ],
    }
    flow = await admin.post("/flows", {"name": "À écouter", "draft": draft})
    await admin.post(f"/flows/{flow['flow_id']}/publish", {"version": flow["version"]})
    queue = (await admin.get("/queues"))["items"][0]
    ids = {"flow_id": flow["flow_id"], "queue_id": queue["queue_id"]}
    await lead(admin, LISTEN, "Écoute", **ids)
    await asyncio.sleep(6.0)  # the floor hears of it by a command; prompts are known for 5 s


async def _audio(page: Page, stack: Stack, variant_id: str) -> bytes:
    answer = await page.request.get(f"{stack.url()}/api/v1/prompt-variants/{variant_id}/audio")
    assert answer.ok, answer.status
    return await answer.body()
