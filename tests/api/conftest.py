"""A server that really listens, and a worker, for programs that ask it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import structlog
import uvicorn

from kwabo.adapters.postgres.import_process import ProcessBlocks
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from world import Application, importer_on


@pytest.fixture
async def server(application: Application) -> AsyncIterator[str]:
    """The application on a free port of this machine.

    It logs nothing: a command that a thread runs puts its own file in the place of standard output,
    and takes it away, whatever the server of this process is writing at that moment.
    """
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    config = uvicorn.Config(application.app, port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await running
        structlog.reset_defaults()


@pytest.fixture
async def worker(unit_of_work: PostgresUnitOfWork, application: Application) -> AsyncIterator[None]:
    """An importer that works until the test is over, with its reader process."""
    blocks = ProcessBlocks()
    importer = importer_on(unit_of_work, application.clock, blocks)

    async def work() -> None:
        while True:
            await importer.work_once()
            await asyncio.sleep(0.02)

    working = asyncio.create_task(work())
    try:
        yield
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await blocks.close()
