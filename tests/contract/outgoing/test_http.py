"""The HTTP provider against a real server: every way to answer and to be silent."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from kwabo.adapters.outgoing.dnc_providers import HttpDncProviderClient
from kwabo.adapters.system import SystemClock
from kwabo.domain.dnc_lists.providers import ProviderSettings
from provider_server import ProviderServer

NUMBER = "+2290161000001"


@pytest.fixture
async def server() -> AsyncIterator[ProviderServer]:
    async with ProviderServer().running() as server:
        yield server


@pytest.fixture
async def client() -> AsyncIterator[HttpDncProviderClient]:
    client = HttpDncProviderClient(SystemClock(), private_allowed=True)
    yield client
    await client.close()


def settings_of(server: ProviderServer) -> ProviderSettings:
    return ProviderSettings(
        url=f"{server.url}/check/{{number}}",
        answer_path="listed",
        header_name="X-Key",
        header_value="{secret}",
        secret_name="key",
        timeout_seconds=1,
    )


async def test_it_says_what_the_server_says(
    server: ProviderServer, client: HttpDncProviderClient
) -> None:
    free = await client.ask(settings_of(server), NUMBER, "s3cret")
    server.listed.add(NUMBER)
    listed = await client.ask(settings_of(server), NUMBER, "s3cret")
    assert [free.listed, listed.listed] == [False, True]
    assert (listed.status, listed.silence) == (200, "")
    assert server.asked == [NUMBER, NUMBER]
    assert server.secrets == ["s3cret", "s3cret"]


@pytest.mark.parametrize(
    ("mode", "silence", "status"),
    [
        ("error", "HTTP_STATUS", 503),
        ("slow", "TOO_SLOW", None),
        ("redirect", "HTTP_STATUS", 302),
        ("long", "ANSWER_TOO_LONG", 200),
        ("text", "ANSWER_UNREADABLE", 200),
    ],
)
async def test_anything_else_is_silence_with_a_code(
    server: ProviderServer,
    client: HttpDncProviderClient,
    mode: str,
    silence: str,
    status: int | None,
) -> None:
    server.mode = mode
    answer = await client.ask(settings_of(server), NUMBER, "")
    assert (answer.listed, answer.silence) == (None, silence)
    if status is not None:
        assert answer.status == status
    assert len(server.asked) == 1, "a redirect is not followed"


async def test_nobody_there_is_silence_too(client: HttpDncProviderClient) -> None:
    settings = ProviderSettings(url="http://127.0.0.1:9/{number}", timeout_seconds=2)
    assert (await client.ask(settings, NUMBER, "")).silence == "UNREACHABLE"


class Rebinding(AbstractResolver):
    """Says a public address at first, a local one from then on."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = list(addresses)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        address = self._addresses.pop(0) if len(self._addresses) > 1 else self._addresses[0]
        return [
            ResolveResult(
                hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0
            )
        ]

    async def close(self) -> None: ...


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "::1"]
)
async def test_names_with_private_addresses_are_refused(
    server: ProviderServer, address: str
) -> None:
    client = HttpDncProviderClient(SystemClock(), resolver=Rebinding(address))
    port = server.url.rsplit(":", 1)[1]
    settings = replace(settings_of(server), url=f"https://dnc.example:{port}/check/{{number}}")
    answer = await client.ask(settings, NUMBER, "")
    await client.close()
    assert (answer.silence, server.asked) == ("ADDRESS_REFUSED", [])


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:{port}/check/{{number}}",
        "https://[::1]:{port}/check/{{number}}",
        "https://0x7f.1:{port}/check/{{number}}",
        "https://localhost:{port}/check/{{number}}",
        "http://localhost:{port}/check/{{number}}",
        "https://[::ffff:127.0.0.1]:{port}/check/{{number}}",
    ],
)
async def test_local_addresses_in_any_spelling_are_refused(
    server: ProviderServer, url: str
) -> None:
    client = HttpDncProviderClient(SystemClock())
    port = server.url.rsplit(":", 1)[1]
    settings = replace(settings_of(server), url=url.format(port=port))
    answer = await client.ask(settings, NUMBER, "")
    await client.close()
    assert answer.silence in ("ADDRESS_REFUSED", "ADDRESS_UNKNOWN")
    assert server.asked == []


async def test_a_name_is_resolved_once_for_judging_and_connecting() -> None:
    resolver = Rebinding("203.0.113.1", "127.0.0.1")  # a documentation address: not public either
    client = HttpDncProviderClient(SystemClock(), resolver=resolver)
    settings = ProviderSettings(url="https://dnc.example/{number}", timeout_seconds=1)
    answer = await client.ask(settings, NUMBER, "")
    await client.close()
    assert (answer.silence, resolver.asked) == ("ADDRESS_REFUSED", 1)
