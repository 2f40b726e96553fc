"""The demonstration organisation that the first start of a local stack makes.

With a file of contacts it gets a list of them and a campaign that waits to be started. Another
file on a later start is added in the same way; a file whose list is there already changes nothing.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import time
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog

from kwabo.bootstrap import Core
from kwabo.demonstration import self_service
from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.domain.contacts.import_plan import mapped_columns
from kwabo.domain.contacts.preview import Preview
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.organisations.permissions import ADMINISTRATOR, permissions_of
from kwabo.domain.scripts.placeholders import columns_of
from kwabo.kernel.errors import KwaboError
from kwabo.services.catalogue import Services
from kwabo.services.contact_lists import NewContactList
from kwabo.services.imports import ImportStart
from kwabo.services.organisations import NewOrganisation, demonstration_users
from kwabo.settings import DEMO_PASSWORD

log = structlog.get_logger(__name__)

SLUG = "demo"
ATTEMPT_HEADER = "X-Kwabo-Attempt-Id"  # the carrier lab writes it into its log
CHUNK_BYTES = 1 << 20
EXAMPLE_SCRIPT = "script-relance.json"  # beside the file of contacts
CONSENT = "Accord"  # the column that the example script writes


async def seed(core: Core, services: Services) -> None:
    """Make what is missing of the demonstration."""
    organisation_id = await services.organisations.find_id(SLUG)
    if organisation_id is None:
        agents = core.settings.demo_agents
        made = await services.organisations.create(
            NewOrganisation(
                name="Démonstration",
                slug=SLUG,
                trunk_endpoint=core.settings.trunk,
                attempt_header=ATTEMPT_HEADER,
            ),
            demonstration_users(agents, [DEMO_PASSWORD] * (agents + 2)),
        )
        organisation_id = made.organisation_id
    if core.settings.demo_operator:
        try:
            await self_service.make(core, services, await _administrator(core, organisation_id))
        except KwaboError as error:
            log.error("the demonstration's self-service was not made", error=str(error))
    if core.settings.demo_contacts is not None:
        try:
            await _contacts(core, services, organisation_id, core.settings.demo_contacts)
        except (KwaboError, OSError) as error:
            log.error("the demonstration's contacts were not loaded", error=str(error))


async def _contacts(core: Core, services: Services, organisation_id: UUID, file: Path) -> None:
    asker = await _administrator(core, organisation_id)
    async with core.unit_of_work.begin(organisation_id) as stores:
        lists = await stores.contact_lists.find(search=file.stem, after_name=None, limit=100)
        queue = (await stores.queues.all())[0]
        trunk = (await stores.trunks.all())[0]
        dnc = (await stores.dnc_lists.all())[0]
    if any(known.name == file.stem for known in lists):
        return
    uploaded, seen = await services.imports.upload(
        asker, file_name=file.name, chunks=_chunks(file), contact_list_id=None
    )
    columns = tuple(mapped_columns(seen.mapping))
    document = await _example_script(file, {column.name for column in columns})
    if document is not None:
        asked = Column(name=CONSENT, label=CONSENT, kind=ColumnKind.TEXT, position=len(columns))
        columns = (*columns, asked)
    made = await services.contact_lists.add(
        asker, NewContactList(name=file.stem, columns=columns, key_columns=_key(seen))
    )
    list_id = made.contact_list.contact_list_id
    script_id = None
    if document is not None:
        script = await services.scripts.add(asker, document.pop("name"), list_id, document)
        script_id = script.script.script_id
        await services.scripts.publish(asker, script_id, script.script.version, "")
    await services.imports.start(
        asker,
        uploaded.import_id,
        ImportStart(mapping=seen.mapping.as_json(), contact_list_id=list_id),
    )
    await services.campaigns.add(
        asker,
        {
            "name": f"Campagne {file.stem}",
            "contact_list_id": list_id,
            "mode": "progressive",
            "queue_id": queue.queue_id,
            "trunk_id": trunk.trunk_id,
            "caller_id": trunk.caller_ids[0],
            "dnc_list_ids": (dnc.dnc_list_id,),
            # A newcomer tries things at any hour; nobody is really called.
            "callable_weekdays": (1, 2, 3, 4, 5, 6, 7),
            "callable_from": time(0, 0),
            "callable_until": time(23, 59),
            "no_answer_timeout_seconds": 20,
            "script": _script(seen),
            "script_id": script_id,
        },
    )


async def _example_script(contacts: Path, columns: set[str]) -> dict[str, Any] | None:
    """The example's document, if it is there and the contacts have what it shows."""
    file = contacts.parent / EXAMPLE_SCRIPT
    if not await asyncio.to_thread(file.is_file):
        return None
    document: dict[str, Any] = json.loads(await asyncio.to_thread(file.read_text, "utf-8"))
    return document if columns_of(document) - {CONSENT} <= columns else None


async def _administrator(core: Core, organisation_id: UUID) -> Asker:
    async with core.unit_of_work.begin(organisation_id) as stores:
        users = await stores.users.find(search="admin", after_login=None, limit=10)
    user = next(user for user in users if user.role == ADMINISTRATOR)
    return Asker(
        user_id=user.user_id,
        organisation_id=organisation_id,
        display_name=user.display_name,
        language=user.language,
        role=user.role,
        permissions=permissions_of(user.role, user.permissions),
    )


async def _chunks(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as stream:
        while chunk := await asyncio.to_thread(stream.read, CHUNK_BYTES):
            yield chunk


def _key(seen: Preview) -> tuple[str, ...]:
    """The first column of numbers: whoever stands twice in the file is called once."""
    phones = [c.name for c in mapped_columns(seen.mapping) if c.kind is ColumnKind.PHONE]
    return tuple(phones[:1])


def _script(seen: Preview) -> str:
    """A short script that greets by name where the file has one."""
    texts = [c.name for c in mapped_columns(seen.mapping) if c.kind is ColumnKind.TEXT]
    names = [name for name in texts if name.lower() in ("nom", "name", "prénom", "prenom")]
    who = " ".join(f"{{{{{name}}}}}" for name in reversed(names)) or "Madame, Monsieur"
    return (
        f"Bonjour {who}, je suis **votre conseiller**.\n\n"
        "- Vérifiez que vous parlez à la bonne personne.\n"
        "- Dites pourquoi vous appelez.\n"
        "- Notez ce qui est convenu.\n"
    )
