"""The demonstration's self-service on a real switch, its database and its flow: what callers hear.

Compared as sound, not by the log: every prompt and every fragment of a number is recorded as a tone
of its own, and found again in what the carrier lab's callers have heard (N1.1 to N1.5).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import numpy as np
import numpy.typing as npt
import pytest

from asterisk.conftest import lab_table
from audio_files import as_wav, found_in, read_wav, sweep
from kwabo.adapters.carrier_lab.callers import CallIn, Hear, Press, Step
from kwabo.adapters.carrier_lab.log import LabCaller
from kwabo.demonstration.self_service import EVERYBODY, NUMBER, PREMIUM
from kwabo.domain.speech.spoken import ValueKind
from kwabo.domain.speech.values import say
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.agents import DemoAgents, plain_codes
from kwabo.stack.demo.operator_database import DATABASE
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack, StackSettings

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(400)]

SENT = "0" + NUMBER.removeprefix("+2290")
SAME, OTHER = 0.85, 0.5
GOLD, STANDARD, OTHER_STANDARD = "+2290197000001", "+2290197000003", "+2290197000023"
HEARD = ("menu-principal", "solde-est", "service-indisponible", "numero-inconnu")
Samples = npt.NDArray[np.float32]


@pytest.fixture(scope="module")
async def desk(
    home: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Stack, Person, dict[tuple[str, str], Samples]]]:
    """The stack with the operator's database, an administrator, the tones by key and language."""
    settings = StackSettings(
        home=home,
        folder=tmp_path_factory.mktemp("self-service"),
        table=lab_table(),
        operator=True,
        environment={
            "KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": "3", "KWABO_DEMO_INBOUND_AGENTS": "2",
        },
    )  # fmt: skip
    async with Stack(settings) as stack, Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        numbers = (await admin.get("/inbound-numbers"))["items"]
        if not numbers:
            pytest.skip("No text-to-speech on this platform: the demonstration has no self-service")
        yield stack, admin, await _tones(admin, stack.folder)


async def _tones(admin: Person, folder: Path) -> dict[tuple[str, str], Samples]:
    """A recording for each word that is looked for: a rising tone at a pitch of its own."""
    prompts = {one["key"]: one["prompt_id"] for one in (await admin.get("/prompts"))["items"]}
    wanted = [(key, language) for key in HEARD for language in ("fr", "fon", "bba")]
    fragments = {key for amount in (_balance(STANDARD),) for key in _fragments(amount)}
    wanted += [(key, "fr") for key in sorted(fragments)]
    found: dict[tuple[str, str], Samples] = {}
    for number, (key, language) in enumerate(wanted):
        # Neighbours overlap by little; every other one falls.
        low, high = 300.0 + 110.0 * number, 480.0 + 110.0 * number
        tone = sweep(0.7, *((low, high) if number % 2 else (high, low)))
        found[key, language] = tone
        file = folder / f"{number}.wav"
        file.write_bytes(as_wav(tone))
        if key in prompts:
            path, form = f"/prompts/{prompts[key]}/recordings", {"language": language, "words": key}
        else:
            path, form = "/prompt-fragments", {"language": language, "key": key}
        variant = await admin.upload(path, file, **form)
        await admin.post(f"/prompt-variants/{variant['variant_id']}/submit")
        await admin.post(f"/prompt-variants/{variant['variant_id']}/approve")
    await asyncio.sleep(6.0)  # a call may hear a prompt that was replaced for five seconds
    return found


def _balance(subscriber: str) -> str:
    return str(int(subscriber[-6:]) * 7919 % 25000)


def _fragments(amount: str) -> tuple[str, ...]:
    spoken = say(ValueKind.AMOUNT, amount, ("fr",))
    assert spoken is not None
    return spoken.keys


async def _called(stack: Stack, caller: str, *steps: Step, stays: int = 60) -> LabCaller:
    """Call in; the call as its caller saw it, once it is over."""
    assert stack.lab is not None
    call = CallIn(number=SENT, caller=caller, steps=steps, stays_seconds=stays)
    await asyncio.to_thread(stack.lab.call_in, call)
    seen = await asyncio.to_thread(stack.lab.wait_for, call, within_seconds=stays + 40)
    assert seen is not None, f"{caller} still calls {SENT}"
    return seen


def _places(heard: Samples, wanted: list[Samples]) -> list[float]:
    """At which seconds they are heard, each after the one before. Fails when one is not."""
    places: list[float] = []
    begun = 0.0
    for number, one in enumerate(wanted):
        likeness, at = found_in(heard[round(begun * 8000) :], one)
        assert likeness > SAME, f"{number}: only {likeness:.2f} after {begun:.1f} s"
        places.append(begun + at)
        begun = places[-1] + len(one) / 8000 - 0.1
    return places


async def test_the_balance_of_the_operators_database_is_spoken(desk: Any) -> None:
    stack, _, tones = desk
    heard = await _called(
        stack, STANDARD, Hear(), Press(keys="1"), Hear(), Press(keys="1"), Hear(), stays=45
    )
    sound = read_wav(heard.heard)
    wanted = [tones["menu-principal", "fr"], tones["solde-est", "fr"]]
    wanted += [tones[key, "fr"] for key in _fragments(_balance(STANDARD))]
    places = _places(sound, wanted)
    assert places[-1] - places[1] < len(wanted) * 2.0, "the balance is one utterance"
    assert found_in(sound, tones["menu-principal", "fon"])[0] < OTHER
    assert found_in(sound, tones["service-indisponible", "fr"])[0] < OTHER


async def test_a_language_is_chosen_heard_and_remembered(desk: Any) -> None:
    stack, _, tones = desk

    async def speaks(key: str, language: str) -> None:
        caller = f"+229019700001{key}"
        first = await _called(stack, caller, Hear(), Press(keys=key), Hear(), stays=30)
        second = await _called(stack, caller, Hear(), stays=20)
        for one in (first, second):
            sound = read_wav(one.heard)
            assert found_in(sound, tones["menu-principal", language])[0] > SAME, language
            assert found_in(sound, tones["menu-principal", "fr"])[0] < OTHER, language

    await asyncio.gather(speaks("3", "fon"), speaks("4", "bba"))


async def test_the_segment_leads_to_the_queue_and_an_agent_there_answers(desk: Any) -> None:
    stack, admin, _ = desk
    assert stack.lab is not None
    codes = await plain_codes(admin)
    team = DemoAgents(
        stack.url(), ["agent2", "agent3"], DEMO_PASSWORD,
        address_prefix=stack.lab.table.agent_prefix, after_call_seconds=0.5, codes=codes,
    )  # fmt: skip
    stop = asyncio.Event()
    await team.sign_in()
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(team.work(admin, stop))
            steps = (Hear(), Press(keys="1"), Hear(), Press(keys="9"))
            await asyncio.gather(
                *(_called(stack, caller, *steps, stays=45) for caller in (GOLD, OTHER_STANDARD))
            )
            stop.set()
    finally:
        await team.close()
    campaigns = (await admin.get("/campaigns"))["items"]
    campaign = next(one for one in campaigns if one["mode"] == "inbound")
    path = f"/campaigns/{campaign['campaign_id']}/attempts"
    reached: dict[str, str] = {}
    async for one in admin.pages(path):
        if one["connected_at"]:
            attempt = await admin.get(f"/attempts/{one['attempt_id']}")
            reached[one["number"]] = attempt["caller"]["queue_name"]
    assert reached == {GOLD: PREMIUM, OTHER_STANDARD: EVERYBODY}


async def test_a_lookup_that_is_wrong_or_empty_has_its_way(desk: Any) -> None:
    stack, _, tones = desk
    assert stack.postgres is not None
    stranger = await _called(
        stack, "+2290199123456", Hear(), Press(keys="1"), Hear(), Press(keys="1"), stays=30
    )
    assert found_in(read_wav(stranger.heard), tones["numero-inconnu", "fr"])[0] > SAME
    url = stack.postgres.access.superuser_url.rpartition("/")[0] + f"/{DATABASE}"
    server = await asyncpg.connect(url)
    try:
        await server.execute("ALTER VIEW operator.accounts RENAME TO away")
        unserved = await _called(
            stack, "+2290197000005", Hear(), Press(keys="1"), Hear(), Press(keys="1"), stays=30
        )
    finally:
        await server.execute("ALTER VIEW operator.away RENAME TO accounts")
        await server.close()
    assert found_in(read_wav(unserved.heard), tones["service-indisponible", "fr"])[0] > SAME
