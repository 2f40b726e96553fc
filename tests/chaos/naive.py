"""The control: a worker as most job queues are, which must ring people twice.

Jobs are leased and go back into the queue when the lease lapses before they are marked done, as
they do in a queue that redelivers after a crash. If the harness finds no duplicate here, it could
find none anywhere and proves nothing.
"""

from __future__ import annotations

import asyncio
import base64
import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import aiohttp
import asyncpg

from kwabo.adapters.carrier_lab.behaviours import demo_table
from kwabo.stack.part import CommandPart
from kwabo.stack.stack import Stack, StackSettings

LEASE_SECONDS = 1.0
WORKERS = ("naive-1", "naive-2")

_JOBS = """
CREATE TABLE IF NOT EXISTS jobs (
    job_id text PRIMARY KEY, number text, leased_until timestamptz, done boolean DEFAULT false)
"""
_LEASE = """
UPDATE jobs SET leased_until = clock_timestamp() + make_interval(secs => $1)
WHERE job_id = (SELECT job_id FROM jobs WHERE NOT done
                AND (leased_until IS NULL OR leased_until < clock_timestamp())
                ORDER BY job_id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING job_id, number
"""


async def run(home: Path, folder: Path, *, kills: int, seed: int) -> int:
    """Kill naive workers; how many jobs the far end saw twice."""
    chance = random.Random(seed)
    table = replace(demo_table(time_scale=0.1), shares={"busy": 1.0})
    settings = StackSettings(home=home, folder=folder, servers=(), table=table)
    async with Stack(settings) as stack:
        assert stack.postgres is not None
        assert stack.switch is not None
        assert stack.lab is not None
        owner_url = stack.postgres.access.owner_url
        await _fill(owner_url, 40 * kills)
        ari = stack.switch.ari
        for name in WORKERS:
            part = CommandPart(
                name,
                [sys.executable, "-m", "tests.chaos.naive", owner_url, ari.url],
                folder=folder,
                environment={"NAIVE_USER": ari.user, "NAIVE_PASSWORD": ari.password},
            )
            stack.parts[name] = part
            await stack.start(name)
        await asyncio.sleep(1.5)
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(0.2, 0.6))
            name = chance.choice(WORKERS)
            stack.kill(name)
            await stack.restart(name)
        await asyncio.sleep(LEASE_SECONDS + 1.0)
        seen = Counter(call.attempt_id for call in stack.lab.calls())
    return sum(1 for times in seen.values() if times > 1)


async def _fill(url: str, jobs: int) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_JOBS)
        await connection.executemany(
            "INSERT INTO jobs (job_id, number) VALUES ($1, $2)",
            [(f"job-{n:06}", f"+22901{97000000 + n}") for n in range(jobs)],
        )
    finally:
        await connection.close()


async def work(url: str, ari_url: str, user: str, password: str) -> None:
    """Lease, dial, mark done; for ever."""
    connection = await asyncpg.connect(url)
    credentials = base64.b64encode(f"{user}:{password}".encode()).decode()
    headers = {"Authorization": f"Basic {credentials}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        while True:
            job = await connection.fetchrow(_LEASE, LEASE_SECONDS)
            if job is None:
                await asyncio.sleep(0.05)
                continue
            body = {"variables": {"PJSIP_HEADER(add,X-Kwabo-Attempt-Id)": job["job_id"]}}
            query = {
                "endpoint": f"PJSIP/{job['number']}@trunk-lab",
                "context": "kwabo-out",
                "extension": "call",
                "priority": "1",
                "timeout": "5",
            }
            async with session.post(f"{ari_url}/channels", params=query, json=body) as answer:
                await answer.read()
            await asyncio.sleep(0.02)  # the work between dialling and recording it
            await connection.execute("UPDATE jobs SET done = true WHERE job_id = $1", job["job_id"])


if __name__ == "__main__":
    import os

    asyncio.run(
        work(sys.argv[1], sys.argv[2], os.environ["NAIVE_USER"], os.environ["NAIVE_PASSWORD"])
    )
