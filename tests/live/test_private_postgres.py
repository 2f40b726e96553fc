"""The private PostgreSQL as a real server: started, killed, recovered, moved."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from kwabo.adapters.postgres.binaries import PostgresUnavailable
from kwabo.adapters.postgres.private_server import PrivatePostgres

pytestmark = pytest.mark.postgres


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PrivatePostgres]:
    private = PrivatePostgres(tmp_path / "pg")
    yield private
    private.stop()


async def value(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def test_roles_are_what_row_level_security_needs(server: PrivatePostgres) -> None:
    access = server.start()
    rights = "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = $$%s$$"
    assert await value(access.app_url, "SELECT current_user") == "kwabo_app"
    for role in ("kwabo", "kwabo_app"):
        assert await value(access.app_url, rights % role) is False
    assert await value(access.owner_url, "SHOW fsync") == "on"
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'kwabo'"
    assert await value(access.owner_url, owner) == "kwabo"


def test_starting_twice_is_starting_once(server: PrivatePostgres) -> None:
    first = server.start()
    pid = server.pid()
    assert server.start() == first
    assert server.pid() == pid


async def test_a_killed_server_comes_back_with_its_data(server: PrivatePostgres) -> None:
    access = server.start()
    connection = await asyncpg.connect(access.owner_url)
    await connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    pid = server.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    await connection.close(timeout=1)
    deadline = time.monotonic() + 5
    while server.pid() is not None and time.monotonic() < deadline:
        await asyncio.sleep(0.01)
    assert not server.healthy()
    access = server.start()
    assert await value(access.owner_url, "SELECT answer FROM kept") == 42


def test_a_stale_pid_file_of_another_process_is_no_obstacle(server: PrivatePostgres) -> None:
    server.start()
    data = Path(server.log_path).parent / "data"
    lines = (data / "postmaster.pid").read_text().splitlines()
    server.stop()
    (data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert server.pid() is None
    server.start()
    assert server.healthy()


def test_a_taken_port_is_left_to_its_owner(server: PrivatePostgres) -> None:
    port = server.start().port
    server.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        assert server.start().port != port
        assert server.healthy()


def test_passwords_are_for_this_user_alone(server: PrivatePostgres) -> None:
    server.start()
    mode = (server.log_path.parent / "access.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_lost_passwords_are_told(server: PrivatePostgres) -> None:
    server.start()
    server.stop()
    (server.log_path.parent / "access.json").unlink()
    with pytest.raises(PostgresUnavailable, match=r"access\.json"):
        server.start()
