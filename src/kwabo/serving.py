"""`kwabo serve`: runs the roles of the program in one process until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Coroutine, Sequence
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI
from sqlalchemy import text

from kwabo import __version__
from kwabo.adapters.postgres.migrate import check_schema, migrate
from kwabo.api.app import create_app
from kwabo.api.health import Health, PartHealth, health_router
from kwabo.api.rate_limits import RateLimits
from kwabo.bootstrap import (
    Core,
    make_data_asker,
    make_dnc_checker,
    make_importer,
    make_list_workers,
    make_services_of,
    make_supervisor,
    make_what_if_runner,
)
from kwabo.demonstration import seed
from kwabo.engine.data_asker import DataAsker
from kwabo.engine.dnc_checker import DncChecker
from kwabo.engine.importer import Importer
from kwabo.engine.leased_work import LeasedWork
from kwabo.engine.recycler import Recycler
from kwabo.engine.supervisor import Supervisor
from kwabo.engine.timetable import Timetable
from kwabo.engine.upkeep import Upkeep
from kwabo.engine.what_if_runner import WhatIfRunner
from kwabo.ports.speech import EngineState
from kwabo.settings import Role, Settings

log = structlog.get_logger(__name__)

STOP_WITHIN_SECONDS = 5


async def serve(settings: Settings, role: Role) -> None:
    """Serve until SIGTERM or SIGINT. Raises MissingSetting, SchemaError."""
    if settings.database_owner_url is not None:
        await migrate(settings.database_owner_url.get_secret_value())
    async with Core(settings).running() as core:
        await check_schema(core.engine)
        services = make_services_of(core)
        if settings.demo:
            await seed(core, services)
        supervisor = make_supervisor(core) if role in ("all", "engine") else None
        importer = make_importer(core) if role in ("all", "engine") else None
        what_ifs = make_what_if_runner(core) if role in ("all", "engine") else None
        timetable = Timetable(services.timetable, core.clock) if role in ("all", "engine") else None
        list_workers = make_list_workers(core, services) if role in ("all", "engine") else []
        dnc_checker = make_dnc_checker(core) if role in ("all", "engine") else None
        data_asker = make_data_asker(core) if role in ("all", "engine") else None
        upkeep = (
            Upkeep(
                services.upkeep,
                services.callbacks,
                services.call_results,
                services.retention,
                services.voicemails,
                core.clock,
            )
            if role in ("all", "engine")
            else None
        )
        health = HealthOf(
            core,
            supervisor,
            importer,
            what_ifs,
            list_workers,
            timetable,
            dnc_checker,
            data_asker,
            upkeep,
        )
        if role == "engine":
            app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
            app.include_router(health_router(health))
        else:
            app = create_app(
                services,
                clock=core.clock,
                ids=core.ids,
                health=health,
                version=__version__,
                sip_url=settings.sip_ws_url if settings.switch == "asterisk" else None,
                rate_limits=RateLimits(
                    token=settings.rate_limit_token,
                    session=settings.rate_limit_session,
                    organisation=settings.rate_limit_organisation,
                    address=settings.rate_limit_address,
                ),
            )
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                host=settings.http_host,
                port=settings.http_port,
                log_config=None,
                access_log=False,
                proxy_headers=bool(settings.trusted_proxies),
                forwarded_allow_ips=settings.trusted_proxies or None,
                ws="websockets-sansio",
                timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
            )
        )
        works: list[Coroutine[Any, Any, None]] = [_until_stopped(server)]
        if role != "engine":
            works.append(services.live.run())
        if timetable is not None:
            works.append(timetable.run())
        if dnc_checker is not None:
            works.append(dnc_checker.run())
        if data_asker is not None:
            works.append(data_asker.run())
        if (
            supervisor is not None
            and importer is not None
            and what_ifs is not None
            and upkeep is not None
        ):
            works += [_engine(supervisor), importer.run(), what_ifs.run(), upkeep.run()]
            works.append(upkeep.end_callbacks())
            works.append(upkeep.fold_counts())
            works.append(upkeep.keep_to_retention())
            works += [worker.run() for worker in list_workers]
            works.append(Recycler(services.recycling, core.clock).run())
        await _together(works)


def speech_health(engines: Sequence[EngineState]) -> tuple[str, str]:
    """Text-to-speech may be missing; one that is there and fails is told."""
    told = ", ".join(f"{one.name}: {' '.join(one.languages) or 'not here'}" for one in engines)
    failing = [f"{one.name}: {one.message}" for one in engines if one.status == "failing"]
    return ("degraded", "; ".join(failing)) if failing else ("ok", told or "no engine")


class HealthOf:
    """What `/api/health` tells of this process."""

    def __init__(
        self,
        core: Core,
        supervisor: Supervisor | None,
        importer: Importer | None,
        what_ifs: WhatIfRunner | None,
        list_workers: Sequence[LeasedWork],
        timetable: Timetable | None = None,
        dnc_checker: DncChecker | None = None,
        data_asker: DataAsker | None = None,
        upkeep: Upkeep | None = None,
    ) -> None:
        self._core = core
        self._supervisor = supervisor
        self._importer = importer
        self._what_ifs = what_ifs
        self._timetable = timetable
        self._list_workers = list_workers
        self._dnc_checker = dnc_checker
        self._data_asker = data_asker
        self._upkeep = upkeep
        self._since = core.clock.now()
        self._parts: dict[str, PartHealth] = {}

    async def __call__(self) -> Health:
        found = {"database": await self._database()}
        if self._supervisor is not None:
            floors = self._supervisor.floors
            found["engine"] = (
                ("ok", f"{len(floors)} floors")
                if floors
                else ("degraded", "holds no floor: another engine does, or none exists")
            )
            ready = all(floor.switch_ready for floor in floors.values())
            found["switch"] = (
                ("ok", "")
                if ready
                else ("degraded", "the switch does not answer; nothing is dialled")
            )
        if self._importer is not None:
            found["importer"] = (
                ("ok", "")
                if self._importer.healthy
                else ("degraded", "imports wait: see `import.` lines of the log for the cause")
            )
        if self._what_ifs is not None:
            found["what_ifs"] = (
                ("ok", "")
                if self._what_ifs.healthy
                else ("degraded", "what-ifs wait: see `what_if.` lines of the log for the cause")
            )
        if self._timetable is not None:
            found["timetable"] = (
                ("ok", "")
                if self._timetable.healthy
                else (
                    "degraded",
                    "schedules and sequences wait: see `timetable.` lines of the log for the cause",
                )
            )
        for worker in self._list_workers:
            found[worker.name] = (
                ("ok", "")
                if worker.healthy
                else ("degraded", "work waits: see `work.` lines of the log for the cause")
            )
        if self._dnc_checker is not None:
            found["dnc_checker"] = (
                ("ok", "")
                if self._dnc_checker.healthy
                else ("degraded", "DNC providers are not asked: see `dnc.` lines of the log")
            )
        if self._data_asker is not None:
            found["data_asker"] = (
                ("ok", "")
                if self._data_asker.healthy
                else ("degraded", "data actions wait: see `data.` lines of the log for the cause")
            )
        if self._upkeep is not None and found["database"][0] == "ok":
            found["retention"] = await self._retention(self._upkeep)
        found["speech"] = speech_health(self._core.speech.engines())
        for name, (status, message) in found.items():
            known = self._parts.get(name)
            since = known.since if known and known.status == status else self._core.clock.now()
            self._parts[name] = PartHealth(status=status, since=since, message=message)
        serving = found["database"][0] == "ok"
        return Health(serving=serving, parts=dict(self._parts), version=__version__)

    async def _retention(self, upkeep: Upkeep) -> tuple[str, str]:
        try:
            async with asyncio.timeout(2.0):
                return await upkeep.retention()
        except Exception as error:  # the process serves without knowing it
            return "degraded", f"the last removal is not known: {type(error).__name__}"

    async def _database(self) -> tuple[str, str]:
        try:
            async with asyncio.timeout(2.0):
                async with self._core.engine.connect() as connection:
                    await connection.execute(text("SELECT 1"))
        except Exception as error:  # whatever it is, the database cannot be used
            return "down", f"the database does not answer ({type(error).__name__})"
        return "ok", ""


async def _until_stopped(server: uvicorn.Server) -> None:
    with _without_uvicorn_signals(server):
        await server.serve()
    raise _Stopped


class _Stopped(Exception):
    """The server was told to stop."""


@contextlib.contextmanager
def _without_uvicorn_signals(server: uvicorn.Server) -> Any:
    """SIGTERM and SIGINT end the server, and with it everything else, in order."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    yield


async def _engine(supervisor: Supervisor) -> None:
    task = asyncio.create_task(supervisor.run())
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        supervisor.stop()
        await task


async def _together(works: list[Coroutine[Any, Any, None]]) -> None:
    """Run all; the first that ends, ends all."""
    try:
        async with asyncio.TaskGroup() as tasks:
            for work in works:
                tasks.create_task(work)
    except* _Stopped:
        pass
