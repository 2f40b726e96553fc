"""What limits of requests cost: the same requests with and without them, by turns, in one run.

    ./dev bench rate_limits [--rounds 12] [--requests 300]

Two applications on one private PostgreSQL, asked in this process without a network, by one client
after the other: `GET /queues` with a session (authentication and a query, as most requests), and
the middleware alone around an application that answers at once. The median of the rounds' ratios
is told, so that a machine that is busy with other things slows both.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import _tests  # noqa: F401 - the modules below
import httpx

from database import DatabaseServer
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.api.app import create_app
from kwabo.api.rate_limits import RateLimited, RateLimits
from world import Application, SteppedClock, make_both, services_on

LIMITS = RateLimits(token=10**9, session=10**9, organisation=10**9, address=10**9)


async def rate(client: httpx.AsyncClient, path: str, requests: int) -> float:
    """Requests a second."""
    began = time.perf_counter()
    for _ in range(requests):
        answer = await client.get(path)
        assert answer.status_code == 200, answer.text
    return requests / (time.perf_counter() - began)


async def _bare(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def compared(
    name: str,
    without: httpx.AsyncClient,
    limited: httpx.AsyncClient,
    path: str,
    rounds: int,
    requests: int,
) -> None:
    """A row: requests a second of both, and their ratio."""
    await rate(without, path, requests // 4)
    await rate(limited, path, requests // 4)
    pairs = []
    for number in range(rounds):
        first, second = (without, limited) if number % 2 else (limited, without)
        one, two = await rate(first, path, requests), await rate(second, path, requests)
        pairs.append((one, two) if first is without else (two, one))
    ratios = sorted(with_ / plain for plain, with_ in pairs)
    print(
        f"| {name} | {statistics.median(plain for plain, _ in pairs):,.0f} "
        f"| {statistics.median(with_ for _, with_ in pairs):,.0f} "
        f"| {statistics.median(ratios):.3f} | {ratios[0]:.3f} to {ratios[-1]:.3f} |",
        flush=True,
    )


async def measure(rounds: int, requests: int) -> None:
    """The table."""
    stepped = SteppedClock()
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        server = await asyncio.to_thread(DatabaseServer, Path(folder) / "postgres")
        try:
            await server.prepare()
            async with server.database() as database:
                engine = create_engine(database.app_url)
                services = services_on(engine, stepped)
                both = await make_both(services)
                print("| | without, requests/s | with | ratio | range |\n|---|---|---|---|---|")
                clients = []
                for limits in (None, LIMITS):
                    application = Application(services, stepped, both)
                    application.app = create_app(
                        services,
                        clock=SystemClock(),
                        ids=TimeOrderedIds(SystemClock()),
                        health=application._health,
                        version="0.0.0",
                        rate_limits=limits,
                    )
                    clients.append(await application.signed_in("a.admin"))
                await compared("GET /queues", *clients, "/api/v1/queues", rounds, requests)
                around = RateLimited(_bare, clock=SystemClock(), limits=LIMITS)
                bare = [
                    httpx.AsyncClient(
                        transport=httpx.ASGITransport(app=app),
                        base_url="http://kwabo.test",
                        cookies={"kwabo_session": "x"},
                    )
                    for app in (_bare, around)
                ]
                await compared("middleware alone", *bare, "/api/v1/x", rounds, requests)
                for client in bare:
                    await client.aclose()
                await engine.dispose()
        finally:
            await asyncio.to_thread(server.stop)


if __name__ == "__main__":
    import structlog

    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=open("/dev/null", "w")))  # noqa: SIM115, PTH123
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--requests", type=int, default=300)
    options = parser.parse_args()
    asyncio.run(measure(options.rounds, options.requests))
