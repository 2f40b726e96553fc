"""Two organisations with users, the services on a database, and clients that are signed in."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import httpx
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from documented import documented_errors
from kwabo.adapters.identity.passwords import Argon2PasswordHasher
from kwabo.adapters.identity.secret_box import FileKeyBox
from kwabo.adapters.identity.secret_files import FolderSecrets
from kwabo.adapters.identity.secret_source import SystemSecrets
from kwabo.adapters.import_sources.sources import RealSources
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.outgoing.databases import DatabaseClient
from kwabo.adapters.outgoing.dnc_providers import HttpDncProviderClient
from kwabo.adapters.outgoing.http import HttpClient
from kwabo.adapters.outgoing.questions import Questions
from kwabo.adapters.postgres.live import PostgresLiveStore
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.prompt_files import FolderPromptFiles
from kwabo.adapters.system import TimeOrderedIds
from kwabo.adapters.uploads import FolderUploads
from kwabo.adapters.workbooks import ProcessWorkbooks
from kwabo.api.app import create_app
from kwabo.api.health import Health, PartHealth
from kwabo.bootstrap import make_speech
from kwabo.domain.organisations.permissions import ADMINISTRATOR, AGENT, SUPERVISOR
from kwabo.engine.importer import Importer
from kwabo.ports.imports import BlockSource
from kwabo.services.catalogue import Services, make_services
from kwabo.services.organisations import FirstUser, MadeOrganisation, NewOrganisation
from kwabo.services.unit_of_work import UnitOfWork
from kwabo.settings import Settings

_UPLOADS = tempfile.TemporaryDirectory(prefix="kwabo-test-uploads-")  # removed at the end
SECRETS = Path(_UPLOADS.name) / "secrets"  # as an operator keeps them
SECRET_KEY = Path(_UPLOADS.name) / "secret-key"
SECRET_BOX = FileKeyBox(SECRET_KEY)
PROMPT_FILES = FolderPromptFiles(Path(tempfile.mkdtemp(dir=_UPLOADS.name)))
ROLES = {"admin": ADMINISTRATOR, "supervisor": SUPERVISOR, "agent": AGENT, "agent2": AGENT}


class SteppedClock:
    """Time that passes only when a test says so."""

    def __init__(self) -> None:
        self._now = datetime.now(UTC).replace(microsecond=0)
        self._start = self._now

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return (self._now - self._start).total_seconds()

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds=seconds)

    def advance(self, **duration: float) -> None:
        """Let time pass: `advance(hours=2)`."""
        self._now += timedelta(**duration)


@dataclass(frozen=True, kw_only=True)
class Both:
    """The organisations of every test. Logins are `a.admin`, `a.supervisor`, `a.agent`,
    `a.agent2`, and the same with b; the password is `password_of(login)`."""

    a: MadeOrganisation
    b: MadeOrganisation


def password_of(login: str) -> str:
    """The password of a test's user."""
    return f"correct horse {login}"


@cache
def _settings() -> Settings:
    return Settings(home=Path(_UPLOADS.name), speech_engines="nanotts")


def services_on(
    engine: AsyncEngine, clock: SteppedClock, floor: MemoryFloorClient | None = None
) -> Services:
    """Every service, with cheap passwords. Nobody owns a floor until a test attaches a handler."""
    url = engine.url.render_as_string(hide_password=False)
    return make_services(
        PostgresUnitOfWork(engine),
        clock=clock,
        ids=TimeOrderedIds(clock),
        passwords=Argon2PasswordHasher(time_cost=1, memory_kibibytes=64),
        secrets=SystemSecrets(),
        uploads=FolderUploads(Path(tempfile.mkdtemp(dir=_UPLOADS.name))),
        prompt_files=PROMPT_FILES,
        speech=make_speech(_settings(), HttpClient(clock), PROMPT_FILES),
        workbooks=ProcessWorkbooks(),
        sources=RealSources(Path(_UPLOADS.name) / "imports", clock, private_allowed=False),
        secret_box=SECRET_BOX,
        floor=floor or MemoryFloorClient(),
        live=PostgresLiveStore(engine, Notifications(url)),
        dnc_providers=HttpDncProviderClient(clock, private_allowed=True),
        secret_files=FolderSecrets(SECRETS),
        outgoing=Questions(
            HttpClient(clock, private_allowed=True), DatabaseClient(clock, private_allowed=True)
        ),
        private_webhooks=True,
    )


def importer_on(unit_of_work: UnitOfWork, clock: SteppedClock, blocks: BlockSource) -> Importer:
    """The worker that turns uploaded files into contacts."""
    return Importer(
        unit_of_work,
        blocks=blocks,
        uploads=FolderUploads(Path(_UPLOADS.name)),
        clock=clock,
        ids=TimeOrderedIds(clock),
        worker="test",
    )


async def make_both(services: Services) -> Both:
    """Make the two organisations."""
    made = {}
    for name in ("a", "b"):
        users = [
            FirstUser(
                login=f"{name}.{person}",
                display_name=f"{person.capitalize()} {name.upper()}",
                role=role,
                password=password_of(f"{name}.{person}"),
            )
            for person, role in ROLES.items()
        ]
        new = NewOrganisation(name=f"Organisation {name.upper()}", slug=name)
        made[name] = await services.organisations.create(new, users)
    return Both(**made)


class Application:
    """The HTTP application in this process, and its clients."""

    def __init__(self, services: Services, clock: SteppedClock, both: Both) -> None:
        self.services = services
        self.clock = clock
        self.both = both
        self.app: FastAPI = create_app(
            services,
            clock=clock,
            ids=TimeOrderedIds(clock),
            health=self._health,
            version="0.0.0",
        )
        self._clients = AsyncExitStack()

    async def anonymous(self, base_url: str = "http://kwabo.test") -> httpx.AsyncClient:
        """A browser that is not signed in."""
        transport = httpx.ASGITransport(app=self.app, client=("192.0.2.1", 50000))
        client = httpx.AsyncClient(
            transport=transport,
            base_url=base_url,
            event_hooks={"response": [documented_errors(self.app)]},
        )
        return await self._clients.enter_async_context(client)

    async def signed_in(self, login: str) -> httpx.AsyncClient:
        """A browser that is signed in and sends the CSRF token."""
        client = await self.anonymous()
        answer = await client.post(
            "/api/v1/session", json={"login": login, "password": password_of(login)}
        )
        assert answer.status_code == 200, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return client

    async def with_token(self, login: str, *scopes: str) -> httpx.AsyncClient:
        """A program with an API token of this user; without scopes, with all of the user's."""
        browser = await self.signed_in(login)
        permissions = (await browser.get("/api/v1/session")).json()["permissions"]
        answer = await browser.post(
            "/api/v1/api-tokens",
            json={"name": "test", "scopes": list(scopes) or permissions, "expires_in_days": 30},
        )
        assert answer.status_code == 201, answer.text
        client = await self.anonymous()
        client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return client

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Application]:
        """Close every client in the end."""
        async with self._clients:
            yield self

    async def _health(self) -> Health:
        part = PartHealth(status="ok", since=self.clock.now())
        return Health(serving=True, parts={"database": part}, version="0.0.0")
