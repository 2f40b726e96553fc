"""A centre in the middle of its day: lists, campaigns that call, callers who wait, what-ifs.

For pictures that look as the pages do at work.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from e2e.belongings import furnish
from kwabo.demonstration import EXAMPLE_SCRIPT
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import agentless, campaign
from kwabo.stack.demo.agents import DemoAgents, plain_codes
from kwabo.stack.demo.inbound import inbound_day
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

EXAMPLES = Path(__file__).parents[2] / "examples"
DESK = "agent1"  # whose desk is photographed; calls nobody in the day's campaigns
TEAM = ("agent2", "agent3", "agent4")
TAKE_CALLERS = ("agent5", "agent6")
AGENTS = 1 + len(TEAM) + len(TAKE_CALLERS)
LIST = "Abonnés de Cotonou"
CAMPAIGN = f"Campagne {LIST}"  # as the demonstration names it
REMINDERS = "Rappel de facture"
CALLERS_A_MINUTE = 12.0
BEGUN_SECONDS = 60.0  # until the day has something to show


def environment(folder: Path) -> Mapping[str, str]:
    """Of the server: its people, and contacts in a file of this folder that has the list's name."""
    folder.mkdir(parents=True, exist_ok=True)
    contacts = shutil.copyfile(EXAMPLES / "contacts-clean.csv", folder / f"{LIST}.csv")
    shutil.copy(EXAMPLES / EXAMPLE_SCRIPT, folder)
    return {
        "KWABO_DEMO_AGENTS": str(AGENTS),
        "KWABO_DEMO_INBOUND_AGENTS": str(len(TAKE_CALLERS)),
        "KWABO_DEMO_CONTACTS": str(contacts),
    }


@asynccontextmanager
async def at_work(stack: Stack, admin: Person) -> AsyncIterator[Mapping[str, str]]:
    """The day goes on inside; the ids of its campaigns by name."""
    assert stack.lab is not None
    campaigns = await make_campaigns(admin)
    await furnish(stack, admin)
    team = DemoAgents(
        stack.url(),
        TEAM,
        DEMO_PASSWORD,
        address_prefix=stack.lab.table.agent_prefix,
        after_call_seconds=6.0,
        codes=await plain_codes(admin),
    )
    await team.sign_in()
    stop = asyncio.Event()
    day = asyncio.create_task(team.work(admin, stop))
    callers = asyncio.create_task(
        inbound_day(stack, list(TAKE_CALLERS), CALLERS_A_MINUTE, lambda _: None)
    )
    try:
        for name in (CAMPAIGN, REMINDERS):
            if (await admin.get(f"/campaigns/{campaigns[name]}"))["state"] != "running":
                await admin.post(f"/campaigns/{campaigns[name]}/start")
        await _what_ifs(admin, list(campaigns.values()))
        await asyncio.sleep(BEGUN_SECONDS)
        yield campaigns
    finally:
        stop.set()
        callers.cancel()
        await asyncio.gather(day, callers, return_exceptions=True)
        await team.close()


async def make_campaigns(admin: Person) -> dict[str, str]:
    """The campaigns of the day, made when they are not there; their ids by name.

    Before `furnish`, whose import template would leave columns of these lists out.
    """
    found = {one["name"]: str(one["campaign_id"]) async for one in admin.pages("/campaigns")}
    # The demonstration's server has made the first of its contacts, with a script.
    path = f"/campaigns/{found[CAMPAIGN]}"
    version = (await admin.get(path))["version"]
    await admin.patch(path, {"version": version, "mode": "power", "calls_per_agent": 1.5})
    if REMINDERS not in found:
        loaded = await campaign.load(
            admin, EXAMPLES / "contacts-benin.csv", "Factures échues", lambda *_: None
        )
        found[REMINDERS] = await campaign.make(
            admin,
            name=REMINDERS,
            contact_list_id=str(loaded["contact_list_id"]),
            mode="agentless",
            no_answer_seconds=20,
            pace={"flow_id": await agentless.make_flow(admin), "lines_most": 4},
        )
    return {name: found[name] for name in (CAMPAIGN, REMINDERS)}


async def _what_ifs(admin: Person, campaign_ids: list[str]) -> None:
    """One short morning for each campaign of the day, computed while the pictures are taken."""
    asked = {"kind": "tomorrow", "runs": 1, "from": "09:00", "until": "09:30", "agents": 3}
    for campaign_id in campaign_ids:
        await admin.post(f"/campaigns/{campaign_id}/what-ifs", asked)
