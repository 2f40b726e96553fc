"""Two processes that send are killed again and again while facts happen: nothing is lost.

Some messages come twice, as the contract says; those about one contact stay in their order.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections import defaultdict
from itertools import count
from pathlib import Path

import httpx
import pytest

from campaign_world import V1, made, make_list
from database import Database, DatabaseServer
from webhook_receiver import WebhookReceiver
from world import SECRET_KEY

TESTS = Path(__file__).resolve().parents[2]
CONTACTS, CHANGES, KILLS = 6, 4, 5


class Senders:
    """Two processes, each replaced when it is killed."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._names = count()
        self._running: list[asyncio.subprocess.Process] = []
        self.killed = 0

    async def start(self) -> None:
        """One more."""
        self._running.append(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "webhook_process",
                self._url,
                str(SECRET_KEY),
                f"sender-{next(self._names)}",
                cwd=TESTS,
                stderr=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
            )
        )

    async def kill(self, which: int) -> None:
        """SIGKILL: nothing is tidied up."""
        process = self._running.pop(which)
        assert process.returncode is None, "it died by itself"
        process.kill()
        await process.wait()
        self.killed += 1

    async def stop(self) -> None:
        """The end."""
        for process in self._running:
            process.kill()
            await process.wait()


async def change(admin: httpx.AsyncClient, contact_ids: list[str]) -> None:
    """Facts: each contact changes several times."""
    for version in range(1, CHANGES + 1):
        for contact_id in contact_ids:
            body = {"data": {"nom": f"Nom {version}"}, "version": version}
            answer = await admin.patch(f"{V1}/contacts/{contact_id}", json=body)
            assert answer.status_code == 200, answer.text
            await asyncio.sleep(0.1)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_kills_between_fact_and_delivery_lose_nothing(
    admin: httpx.AsyncClient, database: Database, database_server: DatabaseServer
) -> None:
    dice = random.Random(16)
    senders = Senders(database.app_url)
    async with (
        WebhookReceiver(slow_seconds=0.15).running() as receiver,
        database_server.superuser(database.name) as connection,
    ):
        body = {"url": receiver.url, "kinds": ["contact.changed"]}
        hook = await made(admin, "/webhooks", body)
        made_list = await make_list(admin, [f"01 61 00 00 {n:02}" for n in range(CONTACTS)])
        contact_ids = [one["contact_id"] for one in made_list["made"]]
        try:
            await senders.start()
            await senders.start()
            facts = asyncio.create_task(change(admin, contact_ids))
            heard = 0
            for _ in range(KILLS):
                async with asyncio.timeout(30):  # so that each kill meets work under way
                    while len(receiver.received) <= heard:
                        await asyncio.sleep(0.02)
                heard = len(receiver.received)
                await asyncio.sleep(dice.random() * 0.2)
                await senders.kill(dice.randrange(2))
                await senders.start()
            await facts
            async with asyncio.timeout(90):
                while await connection.fetchval(
                    "SELECT count(*) FROM webhook_deliveries WHERE state <> 'delivered'"
                ):
                    await asyncio.sleep(0.2)
        finally:
            await senders.stop()
        assert senders.killed == KILLS
        written = await connection.fetch("SELECT message_id FROM webhook_messages")
    assert len(written) == CONTACTS * (CHANGES + 1)
    came = [one.headers["webhook-id"] for one in receiver.received]
    assert set(came) == {str(row["message_id"]) for row in written}
    assert all(
        one.genuine(hook["secret"], float(one.headers["webhook-timestamp"]))
        for one in receiver.received
    )
    firsts: dict[str, list[int]] = defaultdict(list)
    known: set[str] = set()
    for one in receiver.received:
        if one.headers["webhook-id"] not in known:
            known.add(one.headers["webhook-id"])
            data = one.message["data"]
            firsts[data["contact_id"]].append(data["version"])
    for contact_id in contact_ids:
        assert firsts[contact_id] == list(range(1, CHANGES + 2))
