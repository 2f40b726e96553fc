"""The operators' commands, as a process of its own on a real database."""

from __future__ import annotations

import asyncio
import os
import re
import sys

from database import Database, DatabaseServer
from world import Application


async def _kwabo(database: Database, *arguments: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "kwabo.cli",
        *arguments,
        env={
            **os.environ,
            "KWABO_DATABASE_URL": database.app_url,
            "KWABO_DATABASE_OWNER_URL": database.owner_url,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode()


async def test_from_an_empty_database_to_a_first_organisation(
    database_server: DatabaseServer,
) -> None:
    add = ("organisation", "add", "Bénin Contact", "--slug", "benin", "--admin", "chef")
    caller = ("--caller-id", "+2290121000000")
    async with database_server.database("template0") as database:
        code, output = await _kwabo(database, *add, *caller)
        assert code == 1
        assert "kwabo migrate" in output
        code, output = await _kwabo(database, "migrate")
        assert code == 0, output
        code, output = await _kwabo(database, *add, *caller)
        assert code == 0, output
        assert re.search(r"the password \S{16} ", output)
        code, output = await _kwabo(database, *add, *caller)
        assert code == 1
        assert "benin" in output


async def test_a_lost_password_is_replaced(database: Database, application: Application) -> None:
    code, output = await _kwabo(database, "user", "password", "a.admin")
    assert code == 0, output
    password = output.split()[-1]
    client = await application.anonymous()
    credentials = {"login": "a.admin", "password": password}
    assert (await client.post("/api/v1/session", json=credentials)).status_code == 200
    code, output = await _kwabo(database, "user", "password", "nobody")
    assert code == 1
    assert "nobody" in output
