"""One of everything that has a page of its own, so that each page has something to show."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from e2e.desk import WAIT
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo import campaign
from kwabo.stack.demo.agents import DemoAgents
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack

CONTACTS = Path(__file__).parents[2] / "examples" / "contacts-benin.csv"
_PHONES = {"columns": [{"source": "Téléphone", "name": "Téléphone", "kind": "phone"}]}
_TEXT = {"type": "text", "text": "Bonjour, je suis de **Kwabo**."}
_SCRIPT = {
    "pages": [
        {"id": "accueil", "title": "Accueil", "blocks": [_TEXT], "next": "fin"},
        {"id": "fin", "title": "Fin", "blocks": [], "finish": True},
    ]
}

# By the list of the REST interface: what makes one when there is none yet.
_NEW: Mapping[str, Any] = {
    "/rule-sets": {
        "name": "Avant l’appel",
        "kind": "pre_call",
        "rules": [
            {
                "name": "Sans réponse hier",
                "conditions": [{"type": "system_result", "results": ["no_answer", "busy"]}],
                "actions": [{"type": "DO_NOT_DIAL", "minutes": 60}],
            }
        ],
    },
    "/scripts": {"name": "Accueil", "draft": _SCRIPT},
    "/response-sets": {"name": "Messages laissés"},
    "/callable-time-sets": {
        "name": "Heures ouvrables",
        "windows": [
            {"kind": "mapped", "slots": [{"weekday": 1, "start": "08:00", "until": "19:00"}]}
        ],
        "holidays": [{"country": "BJ"}],
    },
    "/import-templates": {"name": "Fichier du partenaire", "mapping": _PHONES},
    "/dnc-lists": {"name": "Oppositions"},
    "/data-actions": {
        "name": "Solde du client",
        "settings": {
            "url": "https://crm.example.org/clients/{{contact.key}}",
            "outputs": [{"name": "solde", "path": "balance"}],
        },
    },
    "/flows": {
        "name": "Accueil des appels",
        "draft": {
            "languages": ["fr"],
            "start": "fin",
            "nodes": [{"id": "fin", "type": "hang_up"}],
        },
    },
    "/incidents": {
        "name": "Coupure à Parakou",
        "communes": ["Parakou"],
        "texts": {"fr": "Le réseau est coupé à Parakou."},
    },
    "/webhooks": {"url": "https://crm.example.org/kwabo", "kinds": ["attempt.ended"]},
}


async def furnish(stack: Stack, admin: Person) -> None:
    """Add what the organisation has none of yet; a campaign that has called somebody."""
    for path, body in _NEW.items():
        if not (await admin.get(path))["items"]:
            await admin.post(path, body)
    if not (await admin.get("/prompts"))["items"]:
        await admin.post("/prompts/new", {"key": "accueil", "name": "Accueil"})
    if not (await admin.get("/schedule-groups"))["items"]:
        hours = (await admin.get("/callable-time-sets"))["items"][0]
        group = {"name": "Accueil", "callable_time_set_id": hours["callable_time_set_id"]}
        await admin.post("/schedule-groups", {**group, "time_zone": "Africa/Porto-Novo"})
    if not (await admin.get("/imports"))["items"]:
        await campaign.load(admin, CONTACTS, "Clients de Cotonou", lambda *_: None)
    await _failed_message(stack)
    contact_list_id, _ = await some_contact(admin)
    if not (await admin.get("/import-schedules"))["items"]:
        await admin.post("/import-schedules", _schedule(contact_list_id))
    for one in (await admin.get("/campaigns"))["items"]:
        if (await admin.get(f"/campaigns/{one['campaign_id']}/attempts", limit=1))["items"]:
            return
    await _call_somebody(stack, admin, contact_list_id)


async def some_contact(admin: Person) -> tuple[str, str]:
    """The id of a list that has contacts, and of one of them."""
    async for one in admin.pages("/contact-lists"):
        contact_list_id = str(one["contact_list_id"])
        contacts = await admin.get(f"/contact-lists/{contact_list_id}/contacts", limit=1)
        if contacts["items"]:
            return contact_list_id, str(contacts["items"][0]["contact_id"])
    raise LookupError("The organisation has no contact.")


async def small_campaign(admin: Person, name: str) -> str:
    """A campaign of this name on a list of its own with one contact; its id."""
    columns = [
        {"name": "Nom", "label": "Nom", "kind": "text"},
        {"name": "Téléphone", "label": "mobile", "kind": "phone"},
        {"name": "Solde", "label": "Solde", "kind": "number"},
    ]
    made = await admin.post("/contact-lists", {"name": name, "columns": columns})
    await admin.post(
        f"/contact-lists/{made['contact_list_id']}/contacts",
        {"data": {"Nom": "Adjovi", "Téléphone": "0197000203", "Solde": "500"}},
    )
    return await campaign.make(
        admin,
        name=name,
        contact_list_id=made["contact_list_id"],
        mode="progressive",
        no_answer_seconds=20,
    )


def _schedule(contact_list_id: str) -> Mapping[str, Any]:
    return {
        "name": "Chaque nuit",
        "contact_list_id": contact_list_id,
        "source": {"kind": "https", "url": "https://crm.example.org/contacts.csv"},
        "timing": {"kind": "daily", "at": "05:00"},
        "active": False,
    }


async def _failed_message(stack: Stack) -> None:
    """A message that no call has to ask for."""
    assert stack.postgres is not None
    access = stack.postgres.access
    database = urlsplit(access.owner_url).path
    connection = await asyncpg.connect(
        urlsplit(access.superuser_url)._replace(path=database).geturl()
    )
    try:
        await connection.execute(
            """
            INSERT INTO wanted_messages (message_id, organisation_id, channel, template, recipient,
                language, state, reason, tries, created_at)
            SELECT gen_random_uuid(), organisation_id, 'sms', 'invitation', '+2290197000204', 'fr',
                'failed', 'TEXT_MISSING', 1, now()
            FROM organisations
            WHERE NOT EXISTS (SELECT 1 FROM wanted_messages WHERE state = 'failed')
            """
        )
    finally:
        await connection.close()


async def _call_somebody(stack: Stack, admin: Person, contact_list_id: str) -> None:
    assert stack.lab is not None
    campaign_id = await campaign.make(
        admin,
        name="Appels d’essai",
        contact_list_id=contact_list_id,
        mode="progressive",
        no_answer_seconds=20,
    )
    codes = [one["wrap_up_code_id"] for one in (await admin.get("/wrap-up-codes"))["items"]]
    team = DemoAgents(
        stack.url(),
        ["agent2"],
        DEMO_PASSWORD,
        address_prefix=stack.lab.table.agent_prefix,
        after_call_seconds=0.5,
        codes=codes,
    )
    stop = asyncio.Event()
    await team.sign_in()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(team.work(admin, stop))
        await admin.post(f"/campaigns/{campaign_id}/start")
        async with asyncio.timeout(WAIT / 1000):
            while not (await admin.get(f"/campaigns/{campaign_id}/attempts", limit=1))["items"]:
                await asyncio.sleep(0.2)
        await admin.post(f"/campaigns/{campaign_id}/stop")
        stop.set()
    await team.close()
