"""What a supervisor sees of campaigns in special states, brought about with real calls."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from e2e.conftest import OpenPage
from e2e.desk import WAIT
from e2e.office import Office, pause_campaigns
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import campaign
from kwabo.stack.demo.agents import DemoAgents, plain_codes
from kwabo.stack.demo.rest import Person, Refused
from kwabo.stack.stack import Stack

pytestmark = [pytest.mark.asterisk, pytest.mark.browser, pytest.mark.timeout(300)]

BRITISH = "+442079460018"
# Keeps what the page's status lines say, however short.
_KEEP_TOLD = """() => {
  window.kwaboTold = [];
  new MutationObserver(() => {
    for (const one of document.querySelectorAll('main [role=status]')) {
      window.kwaboTold.push(one.textContent);
    }
  }).observe(document.querySelector('main'), {
    childList: true, subtree: true, characterData: true,
  });
}"""


@asynccontextmanager
async def one_agent(stack: Stack, admin: Person) -> AsyncIterator[None]:
    """Somebody at work, who is ready when the context begins."""
    assert stack.lab is not None
    team = DemoAgents(
        stack.url(),
        ["agent3"],
        DEMO_PASSWORD,
        address_prefix=stack.lab.table.agent_prefix,
        after_call_seconds=0.5,
        codes=await plain_codes(admin),
    )
    stop = asyncio.Event()
    await team.sign_in()
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(team.work(admin, stop))
            try:
                yield
            finally:
                await pause_campaigns(admin)  # a test that failed has left its own running
                await leave(stack)
                stop.set()
    finally:
        await team.close()


async def leave(stack: Stack) -> None:
    """The agent of `one_agent` ends the call, has it wrapped up, and goes home."""
    async with Person(stack.url(), "agent3", DEMO_PASSWORD) as agent:
        async with asyncio.timeout(WAIT / 1000):
            while (state := await agent.get("/agent"))["attempt"] is not None:
                if state["status"] == "on_call":
                    with suppress(Refused):  # over meanwhile
                        call = {"attempt_id": state["attempt"]["attempt_id"]}
                        await agent.post("/agent/hang-up", call)
                await asyncio.sleep(0.2)
        await agent.post("/agent/sign-out")


async def make(
    admin: Person, folder: Path, name: str, numbers: Iterable[str], **settings: Any
) -> str:
    """A list with a number a row, and a campaign on it; the campaign's id."""
    file = folder / f"{name}.csv"
    rows = (f"{number};{index:06}\n" for index, number in enumerate(numbers))
    file.write_text("Mobile;Rang\n" + "".join(rows), encoding="utf-8")
    made = await campaign.load(admin, file, name, lambda *_: None)
    return await campaign.make(
        admin,
        name=name,
        contact_list_id=str(made["contact_list_id"]),
        no_answer_seconds=20,
        mode=settings.pop("mode", "progressive"),
        pace=settings,
    )


async def test_the_live_page_tells_of_too_many_abandons(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    """British law knows an alarm and a stop; one agent who talks on, and three calls at once."""
    office = Office(await open_page(), stack.url())
    page = office.page
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        await pause_campaigns(admin)
        trunk = (await admin.get("/trunks"))["items"][0]
        own = list(trunk["caller_ids"])
        await admin.patch(f"/trunks/{trunk['trunk_id']}", {"caller_ids": [*own, BRITISH]})
        campaign_id = await make(
            admin,
            tmp_path,
            "Trop vite",
            (f"01951110{n:02}" for n in (10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42)),
            mode="power",
            calls_per_agent=3,
            compliance_preset="GB",
            caller_id=BRITISH,
            contract_calls=True,  # no authority's list is asked for
        )
        await office.log_in("superviseur", DEMO_PASSWORD)
        await office.go("Temps réel")
        async with one_agent(stack, admin):
            await admin.post(f"/campaigns/{campaign_id}/start")
            card = (
                page.get_by_role("region", name="Campagnes")
                .get_by_role("listitem")
                .filter(has_text="Trop vite")
            )
            alarm = card.get_by_role("status").filter(has_text="Seuil d’")
            await expect(alarm).to_contain_text(
                re.compile(r"Seuil d’(alarme de 1|arrêt de 3).%.* abandons? pour \d+ réponses?"),
                timeout=WAIT,
            )
            await admin.post(f"/campaigns/{campaign_id}/stop")
        await expect(card).to_contain_text("Arrêtée", timeout=WAIT)


async def test_a_campaign_says_how_far_its_order_is_filled(
    stack: Stack, open_page: OpenPage, tmp_path: Path
) -> None:
    """A list of some size, sorted: nobody is called before all places are known."""
    office = Office(await open_page(), stack.url())
    page = office.page
    async with Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        await pause_campaigns(admin)
        campaign_id = await make(
            admin,
            tmp_path,
            "Les derniers d’abord",
            (f"01{n:08}" for n in range(90_000_000, 90_040_000)),
        )
        await office.log_in("superviseur", DEMO_PASSWORD)
        await page.goto(f"{office.url}/campaigns/{campaign_id}")
        async with one_agent(stack, admin):
            await page.evaluate(_KEEP_TOLD)
            # The program fills orders ahead and finds the first of one early; not where a filter
            # looks at the time.
            path = f"/campaigns/{campaign_id}"
            before = await admin.get(path)
            document = {"property": "created_at", "predicate": "AFTER"}
            document |= {"value": {"relative": "-P1D"}}
            new = await admin.post(
                f"/contact-lists/{before['contact_list_id']}/filters",
                {"name": "Récents", "document": document},
            )
            changed = {
                "version": before["version"],
                "sort": [{"column": "Rang", "descending": True}],
                "contact_list_filter_ids": [new["contact_list_filter_id"]],
            }
            await admin.patch(path, changed)
            await admin.post(f"{path}/start")
            # It may be filled within a second: what was shown is kept.
            told = await page.wait_for_function(
                "() => window.kwaboTold.find(one => /classés/.test(one))", timeout=WAIT
            )
            assert re.search(
                r"Prépare l’ordre.*[1-9]\d*.* sur 40\s000 contacts classés",
                str(await told.json_value()),
            )
            # Then the last of the file is the first who is called.
            state = page.get_by_role("status").filter(has_text="Prépare l’ordre")
            await expect(state).to_be_hidden(timeout=WAIT)
            async with asyncio.timeout(WAIT / 1000):
                attempts: list[Any] = []
                while not attempts:
                    path = f"/campaigns/{campaign_id}/attempts"
                    attempts = (await admin.get(path, limit=200))["items"]
                    await asyncio.sleep(0.2)
            assert attempts[-1]["number"] == "+2290190039999"
            await admin.post(f"/campaigns/{campaign_id}/stop")
