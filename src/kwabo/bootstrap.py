"""Puts the program together: the only module that knows every adapter."""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from kwabo.adapters.identity.passwords import Argon2PasswordHasher
from kwabo.adapters.identity.secret_box import FileKeyBox
from kwabo.adapters.identity.secret_files import FolderSecrets
from kwabo.adapters.identity.secret_source import SystemSecrets
from kwabo.adapters.import_sources.sources import RealSources
from kwabo.adapters.outgoing.databases import DatabaseClient
from kwabo.adapters.outgoing.dnc_providers import HttpDncProviderClient
from kwabo.adapters.outgoing.http import HttpClient
from kwabo.adapters.outgoing.questions import Questions
from kwabo.adapters.outgoing.webhooks import HttpWebhookClient
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.floor_client import PostgresFloorClient
from kwabo.adapters.postgres.import_process import ProcessBlocks
from kwabo.adapters.postgres.live import PostgresLiveStore
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.prompt_files import FolderPromptFiles
from kwabo.adapters.speech.cached import CachedSpeech
from kwabo.adapters.speech.espeak import EspeakEngine
from kwabo.adapters.speech.http_speech import MOST_BYTES as SPEECH_BYTES
from kwabo.adapters.speech.http_speech import HttpSpeechEngine
from kwabo.adapters.speech.http_transcription import HttpTranscriber
from kwabo.adapters.speech.nanotts import NanoTtsEngine
from kwabo.adapters.switch.asterisk.client import AriAddress
from kwabo.adapters.switch.asterisk.switch import AsteriskSwitch
from kwabo.adapters.switch.simulator.far_end import Population
from kwabo.adapters.switch.simulator.node import SimulatedNode
from kwabo.adapters.switch.simulator.switch import SimulatedSwitch
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.adapters.uploads import FolderUploads
from kwabo.adapters.what_if_process import SimulationProcess
from kwabo.adapters.workbooks import ProcessWorkbooks
from kwabo.engine.column_changer import ColumnChanger
from kwabo.engine.data_asker import DataAsker
from kwabo.engine.dnc_checker import DncChecker
from kwabo.engine.floor.state import FloorSettings
from kwabo.engine.importer import Importer
from kwabo.engine.leased_work import LeasedWork
from kwabo.engine.list_counter import ListCounter
from kwabo.engine.message_sender import MessageSender
from kwabo.engine.order_filler import OrderFiller
from kwabo.engine.scheduled_importer import ScheduledImporter
from kwabo.engine.supervisor import Supervisor
from kwabo.engine.voicemail_transcriber import VoicemailTranscriber
from kwabo.engine.webhook_sender import WebhookSender
from kwabo.engine.what_if_runner import WhatIfRunner
from kwabo.ports.floor_store import FloorName
from kwabo.ports.outgoing import OutgoingClient
from kwabo.ports.prompts import PromptFiles, Sound
from kwabo.ports.speech import SpeechEngine
from kwabo.ports.switch import Switch
from kwabo.services.catalogue import Services, make_services
from kwabo.services.flow_world import FlowWorldService
from kwabo.services.incidents import IncidentService
from kwabo.services.opening_hours import OpeningHoursService
from kwabo.services.telephone_recordings import TelephoneRecordings
from kwabo.settings import Settings

_SPEECH_SECONDS = 300.0  # of one synthesised text


class MissingSetting(Exception):
    """A setting without which the program cannot start; the message names it."""


class Core:
    """What every role of the program shares: database, clock, ids."""

    def __init__(self, settings: Settings) -> None:
        if settings.database_url is None:
            raise MissingSetting("KWABO_DATABASE_URL is not set: the URL of the role kwabo_app.")
        url = settings.database_url.get_secret_value()
        self.settings = settings
        self.clock = SystemClock()
        self.ids = TimeOrderedIds(self.clock)
        self.engine: AsyncEngine = create_engine(url, application_name=settings.engine_name)
        self.notifications = Notifications(url)
        self.unit_of_work = PostgresUnitOfWork(self.engine)
        self.floor_client = PostgresFloorClient(
            self.engine, self.notifications, self.clock, self.ids
        )
        self.floor_store = PostgresFloorStore(self.engine, self.notifications)
        self.dnc_providers = HttpDncProviderClient(
            self.clock, private_allowed=settings.private_addresses_allowed
        )
        self.outgoing = Questions(
            HttpClient(self.clock, private_allowed=settings.private_addresses_allowed),
            DatabaseClient(self.clock, private_allowed=settings.private_addresses_allowed),
        )
        self.webhook_client = HttpWebhookClient(
            self.clock, private_allowed=settings.private_addresses_allowed
        )
        self.secret_files = FolderSecrets(settings.home / "secrets")
        self.prompt_files = FolderPromptFiles(settings.home / "prompts")
        self.speech_client = HttpClient(
            self.clock,
            private_allowed=settings.private_addresses_allowed,
            most_bytes=SPEECH_BYTES,
        )
        self.speech = make_speech(settings, self.speech_client, self.prompt_files)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Core]:
        """With the listening connection open; closes everything."""
        await self.notifications.start()
        try:
            yield self
        finally:
            await self.dnc_providers.close()
            await self.outgoing.close()
            await self.webhook_client.close()
            await self.speech_client.close()
            await self.notifications.close()
            await self.engine.dispose()


def make_speech(settings: Settings, client: OutgoingClient, files: PromptFiles) -> CachedSpeech:
    """The engines that the settings name, in their order. Raises MissingSetting."""
    engines: list[SpeechEngine] = []
    for name in filter(None, (one.strip() for one in settings.speech_engines.split(","))):
        if name == "nanotts":
            engines.append(NanoTtsEngine())
        elif name == "espeak":
            engines.append(EspeakEngine())
        elif name != "http":
            raise MissingSetting(f"KWABO_SPEECH_ENGINES: there is no engine '{name}'.")
        elif settings.speech_url:
            engines.append(
                HttpSpeechEngine(
                    client,
                    url=settings.speech_url,
                    model=settings.speech_model,
                    api_key=settings.speech_api_key.get_secret_value(),
                    voices=dict(
                        one.strip().split("=", 1)
                        for one in settings.speech_voices.split(",")
                        if "=" in one
                    ),
                )
            )

    async def convert(wav: bytes) -> Sound:
        return await files.convert(wav, most_seconds=_SPEECH_SECONDS, trim=True, level=True)

    return CachedSpeech(
        engines,
        settings.home / "speech",
        most_bytes=settings.speech_megabytes * 1_000_000,
        convert=convert,
    )


def make_supervisor(core: Core) -> Supervisor:
    """The engine on the switch that the settings name."""
    settings = core.settings
    secret = sip_secret(settings.home)
    return Supervisor(
        store=core.floor_store,
        make_switch=switch_maker(core),
        make_settings=lambda floor: FloorSettings(
            floor_id=floor.floor_id,
            apology_media=settings.apology_media,
            agent_grace_seconds=settings.agent_grace_seconds,
            sip_secret=secret,
        ),
        clock=core.clock,
        ids=core.ids,
        owner=f"{settings.engine_name}-{secrets.token_hex(4)}",
        lease_seconds=settings.lease_seconds,
        world=FlowWorldService(
            core.unit_of_work,
            speech=core.speech,
            client=core.outgoing,
            secret_files=core.secret_files,
            opening_hours=OpeningHoursService(core.unit_of_work, ids=core.ids, clock=core.clock),
            incidents=IncidentService(core.unit_of_work, ids=core.ids, clock=core.clock),
            recordings=TelephoneRecordings(
                core.unit_of_work,
                files=core.prompt_files,
                secret_box=make_secret_box(settings),
                ids=core.ids,
                clock=core.clock,
            ),
            clock=core.clock,
        ),
    )


def switch_maker(core: Core) -> Callable[[FloorName], Switch]:
    """Makes the switch of a floor."""
    settings = core.settings
    if settings.switch == "asterisk":
        address = AriAddress(
            url=settings.ari_url,
            user=settings.ari_user,
            password=settings.ari_password.get_secret_value(),
        )
        return lambda floor: AsteriskSwitch(
            address,
            application_of(floor),
            core.clock,
            early_media_folder=settings.home / "early-media",
            early_media_bytes=settings.early_media_megabytes * 1_000_000,
            recordings_folder=settings.home / "recordings",
            recordings_bytes=settings.recordings_megabytes * 1_000_000,
        )
    node = SimulatedNode(
        core.clock,
        far_end=Population(settings.simulator_seed),
        source=random.Random(settings.simulator_seed),  # noqa: S311 (a simulation)
    )
    return lambda floor: SimulatedSwitch(node, application_of(floor))


def application_of(floor: FloorName) -> str:
    """The name of a floor's application on the switch."""
    return f"kwabo-{floor.floor_id.hex}"


def sip_secret(home: Path) -> bytes:
    """The secret from which agents' SIP passwords are made; every engine of a site shares it."""
    path = home / "sip-secret"
    home.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
    except FileExistsError:
        pass
    return path.read_bytes()


def make_services_of(core: Core) -> Services:
    """The application's services on the core."""
    return make_services(
        core.unit_of_work,
        clock=core.clock,
        ids=core.ids,
        passwords=Argon2PasswordHasher(),
        secrets=SystemSecrets(),
        uploads=make_uploads(core.settings),
        prompt_files=core.prompt_files,
        speech=core.speech,
        workbooks=ProcessWorkbooks(),
        sources=make_sources(core),
        secret_box=make_secret_box(core.settings),
        floor=core.floor_client,
        live=PostgresLiveStore(core.engine, core.notifications),
        dnc_providers=core.dnc_providers,
        secret_files=core.secret_files,
        outgoing=core.outgoing,
        private_webhooks=core.settings.private_addresses_allowed,
        event_log_days=core.settings.event_log_days,
        webhook_days=core.settings.webhook_days,
    )


def make_sources(core: Core) -> RealSources:
    """From where scheduled imports fetch files."""
    settings = core.settings
    return RealSources(
        settings.import_folder or settings.home / "imports",
        core.clock,
        private_allowed=settings.import_private_addresses,
    )


def make_secret_box(settings: Settings) -> FileKeyBox:
    """Seals the secrets of scheduled imports; every process of a site shares its key."""
    return FileKeyBox(settings.home / "secret-key")


def make_uploads(settings: Settings) -> FolderUploads:
    """Where uploaded files lie until they are imported."""
    return FolderUploads(settings.home / "uploads")


def make_importer(core: Core) -> Importer:
    """The worker that turns uploaded files into contacts."""
    return Importer(
        core.unit_of_work,
        blocks=ProcessBlocks(),
        uploads=make_uploads(core.settings),
        clock=core.clock,
        ids=core.ids,
        worker=core.settings.engine_name,
    )


def make_list_workers(core: Core, services: Services) -> list[LeasedWork]:
    """The workers that change and fill lists by themselves, and the sender of webhooks."""
    worker = core.settings.engine_name
    return [
        *make_transcribers(core),
        ColumnChanger(core.unit_of_work, clock=core.clock, worker=worker),
        ListCounter(core.unit_of_work, clock=core.clock, worker=worker),
        OrderFiller(core.unit_of_work, clock=core.clock),
        ScheduledImporter(
            core.unit_of_work,
            imports=services.imports,
            sources=make_sources(core),
            secret_box=make_secret_box(core.settings),
            clock=core.clock,
            ids=core.ids,
            worker=worker,
        ),
        WebhookSender(
            core.unit_of_work,
            client=core.webhook_client,
            secret_box=make_secret_box(core.settings),
            clock=core.clock,
            worker=worker,
            chance=random.random,  # spreads retries
        ),
        MessageSender(
            core.unit_of_work,
            channel=services.sandbox,
            speech=core.speech,
            clock=core.clock,
            chance=random.random,
        ),
    ]


def make_transcribers(core: Core) -> list[LeasedWork]:
    """What makes voicemail into text: nothing without a server that does."""
    settings = core.settings
    if not settings.transcription_url:
        return []
    transcriber = HttpTranscriber(
        core.speech_client,
        url=settings.transcription_url,
        model=settings.transcription_model,
        api_key=settings.transcription_api_key.get_secret_value(),
    )
    return [
        VoicemailTranscriber(
            core.unit_of_work, transcriber=transcriber, files=core.prompt_files, clock=core.clock
        )
    ]


def make_dnc_checker(core: Core) -> DncChecker:
    """The worker that asks external DNC providers."""
    return DncChecker(
        core.unit_of_work,
        client=core.dnc_providers,
        secret_files=core.secret_files,
        clock=core.clock,
        ids=core.ids,
    )


def make_data_asker(core: Core) -> DataAsker:
    """The worker that asks and tells other programs for rules."""
    return DataAsker(
        core.unit_of_work,
        client=core.outgoing,
        secret_files=core.secret_files,
        clock=core.clock,
    )


def make_what_if_runner(core: Core) -> WhatIfRunner:
    """The worker that has what-ifs computed."""
    return WhatIfRunner(
        core.unit_of_work,
        simulations=SimulationProcess("kwabo.simulation.what_if_child"),
        clock=core.clock,
        worker=core.settings.engine_name,
    )
