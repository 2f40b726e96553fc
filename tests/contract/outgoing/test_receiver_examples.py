"""The examples that receive webhooks take what the program signs, and refuse everything else."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from kwabo.domain.webhooks.signing import secret_of, signature
from kwabo.stack.ports import free_tcp_port

EXAMPLES = Path(__file__).parents[3] / "examples"
SECRET = secret_of("a test")
BODY = b'{"type": "attempt.ended", "timestamp": "2026-11-26T10:00:00Z", "data": {}}'


@pytest.fixture(params=["receive_webhooks.py", "client/receive_webhooks.py"])
async def receiver(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """One of the examples as it is started by hand; its address and process."""
    port = free_tcp_port()
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    values = [str(port)] if "/" in request.param else [str(secret), str(port)]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(EXAMPLES / request.param),
        *values,
        cwd=tmp_path,
        env=os.environ | {"WEBHOOK_SECRET": SECRET, "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
    )
    yield f"http://127.0.0.1:{port}", process
    if process.returncode is None:
        process.kill()
    await process.wait()


def signed(message_id: str, body: bytes, at: int) -> dict[str, str]:
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at),
        "webhook-signature": signature(SECRET, message_id, at, body),
    }


async def post(client: httpx.AsyncClient, url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status; asked again until the example listens."""
    for _ in range(200):
        try:
            return (await client.post(url, content=body, headers=headers)).status_code
        except httpx.ConnectError:
            await asyncio.sleep(0.1)
    raise AssertionError("the example does not listen")


async def test_genuine_messages_are_taken_once_and_others_refused(
    receiver: tuple[str, asyncio.subprocess.Process],
) -> None:
    url, process = receiver
    now = int(time.time())
    async with httpx.AsyncClient(timeout=20) as client:
        assert await post(client, url, BODY, signed("msg_1", BODY, now)) == 204
        assert await post(client, url, BODY, signed("msg_1", BODY, now)) == 204
        altered = BODY.replace(b"ended", b"begun")
        assert await post(client, url, altered, signed("msg_2", BODY, now)) in (400, 401)
        assert await post(client, url, BODY, signed("msg_3", BODY, now - 3600)) in (400, 401)
        assert await post(client, url, BODY, {}) in (400, 401)
    process.kill()
    assert process.stdout is not None
    told = (await process.stdout.read()).decode()
    assert told.count("attempt.ended") == 1
