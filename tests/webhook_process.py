"""A process that sends webhooks until it is killed: `python -m webhook_process URL KEY WORKER`."""

from __future__ import annotations

import asyncio
import random
import sys
from datetime import timedelta
from pathlib import Path

from kwabo.adapters.identity.secret_box import FileKeyBox
from kwabo.adapters.outgoing.webhooks import HttpWebhookClient
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock
from kwabo.engine.webhook_sender import WebhookSender

LEASE = timedelta(seconds=2)


async def send(url: str, key: Path, worker: str) -> None:
    """Send for ever."""
    clock = SystemClock()
    await WebhookSender(
        PostgresUnitOfWork(create_engine(url, application_name=worker)),
        client=HttpWebhookClient(clock, private_allowed=True, seconds=1.5),
        secret_box=FileKeyBox(key),
        clock=clock,
        worker=worker,
        chance=random.random,
        lease=LEASE,
    ).run()


if __name__ == "__main__":
    asyncio.run(send(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
