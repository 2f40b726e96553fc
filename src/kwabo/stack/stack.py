"""A stack: its parts, the order of their start, and what can be done to them while they run.

Everything a stack writes lies in its own folder. What was installed (the virtual environment,
Asterisk) lies in the home folder and is shared by all stacks.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self

from kwabo.adapters.carrier_lab.behaviours import BehaviourTable, demo_table
from kwabo.adapters.carrier_lab.configuration import LAB_HOST
from kwabo.adapters.switch.asterisk.configuration import Trunk
from kwabo.adapters.switch.asterisk.install import AsteriskUnavailable
from kwabo.adapters.switch.asterisk.installation import find_installation
from kwabo.stack.demo.operator_database import SECRET_NAME, make_operator_database
from kwabo.stack.part import CommandPart, Part, PartFailed
from kwabo.stack.parts import LAB_TRUNK, LabPart, PostgresPart, SwitchPart
from kwabo.stack.ports import free_tcp_port, free_udp_port, is_free_tcp_port

DEMO_SLUG = "demo"
SwitchKind = Literal["asterisk", "simulator", "none"]
Say = Callable[[str], None]


class StackInUse(Exception):
    """Another process runs a stack in this folder; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackSettings:
    """What a stack is made of."""

    home: Path  # what was installed: shared
    folder: Path  # everything this stack writes: its own
    switch: SwitchKind = "asterisk"  # 'asterisk' brings the carrier lab with it
    postgres: bool = True  # False: the servers get their database from the environment
    servers: tuple[str, ...] = ("server",)  # names of `kwabo serve` processes; () for none
    http_port: int | None = None  # of the first server; None: any free one
    table: BehaviourTable = field(default_factory=demo_table)  # what the lab does
    environment: Mapping[str, str] = field(default_factory=dict)  # more for the servers
    operator: bool = False  # with the operator's database that the demonstration asks


class Stack:
    """Use as `async with Stack(settings) as stack:`; leaving it stops all that it started."""

    def __init__(self, settings: StackSettings, say: Say = lambda _: None) -> None:
        self.settings = settings
        self.folder = settings.folder.resolve()
        self._say = say
        self._lock: IO[str] | None = None
        self._ports: dict[str, int] = {}
        self._operator = ""
        self.parts: dict[str, Part] = {}  # in the order of their start
        self.postgres: PostgresPart | None = None
        self.switch: SwitchPart | None = None
        self.lab: LabPart | None = None

    # ── life ─────────────────────────────────────────────────────────────────────────────────────

    async def __aenter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._take_folder()
        try:
            self._make_parts()
            await self._stop_leftovers()
            await self._start_group(list(self.parts.values()))
            await self._make_operator()
            for name in self.settings.servers:
                server = self.add_server(name)
                await self.stop(name)  # one that an earlier run left may be of older code
                self._refuse_taken_port(name)
                await self.start(server.name)
        except BaseException:
            await self._stop_all()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._stop_all()

    # ── what can be done to a part ───────────────────────────────────────────────────────────────

    async def start(self, name: str) -> None:
        """Start a part that is stopped. Raises PartFailed."""
        begun = time.monotonic()
        await asyncio.to_thread(self.parts[name].start)
        self._say(f"{name} is up ({time.monotonic() - begun:.1f} s)")

    async def stop(self, name: str) -> None:
        """Stop a part in an orderly way."""
        await asyncio.to_thread(self.parts[name].stop)

    async def restart(self, name: str) -> None:
        """Stop and start a part."""
        await self.stop(name)
        await self.start(name)

    def kill(self, name: str) -> None:
        """SIGKILL: as a crash. `start` brings the part back."""
        self._signal(name, signal.SIGKILL)

    def freeze(self, name: str) -> None:
        """SIGSTOP: as a machine that hangs."""
        self._signal(name, signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """SIGCONT after `freeze`."""
        self._signal(name, signal.SIGCONT)

    def add_server(
        self,
        name: str,
        *,
        role: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> CommandPart:
        """Add (not start) one more `kwabo serve`, for example a second engine."""
        port = self._port(name, free_tcp_port)
        command = [sys.executable, "-m", "kwabo.cli", "serve"]
        part = CommandPart(
            name,
            [*command, "--role", role] if role else command,
            folder=self.folder,
            environment={
                **self.server_environment(),
                "KWABO_HTTP_HOST": "127.0.0.1",
                "KWABO_HTTP_PORT": str(port),
                **(environment or {}),
            },
            health=f"http://127.0.0.1:{port}/api/health",
        )
        self.parts[name] = part
        return part

    # ── what others need to know ─────────────────────────────────────────────────────────────────

    def url(self, server: str = "server") -> str:
        """Where a server answers: http://127.0.0.1:port"""
        return f"http://127.0.0.1:{self._ports[server]}"

    def server_environment(self) -> dict[str, str]:
        """The settings by which `kwabo serve` finds the parts of this stack."""
        found = {"KWABO_HOME": str(self.folder), "KWABO_SWITCH": self.settings.switch}
        if self.postgres is not None:
            access = self.postgres.access
            found |= {
                "KWABO_DATABASE_URL": access.app_url,
                "KWABO_DATABASE_OWNER_URL": access.owner_url,
            }
        if self.switch is not None:
            found |= {
                "KWABO_ARI_URL": self.switch.ari.url,
                "KWABO_ARI_USER": self.switch.ari.user,
                "KWABO_ARI_PASSWORD": self.switch.ari.password,
                "KWABO_TRUNK": LAB_TRUNK,
            }
        if self._operator:
            found |= {
                "KWABO_DEMO_OPERATOR": self._operator,
                "KWABO_PRIVATE_ADDRESSES_ALLOWED": "true",  # it is on this machine
            }
        return {**found, **self.settings.environment}

    # ── making ───────────────────────────────────────────────────────────────────────────────────

    def _make_parts(self) -> None:
        self._ports = self._kept_ports()
        if self.settings.postgres:
            self.postgres = PostgresPart(self.folder / "postgres")
            self.parts["postgres"] = self.postgres
        if self.settings.switch == "asterisk":
            self._make_asterisks()
        if self.settings.http_port is not None and self.settings.servers:
            self._ports[self.settings.servers[0]] = self.settings.http_port

    def _make_asterisks(self) -> None:
        installation = find_installation(self.settings.home)
        if installation is None:
            raise AsteriskUnavailable(
                "Asterisk is not installed. Get it with ./dev switch install, or start with "
                "--switch simulator."
            )
        lab_port = self._port("lab-sip", lambda: free_udp_port(LAB_HOST))
        switch_port = self._port("switch-sip", free_udp_port)
        self.lab = LabPart(
            installation,
            self.folder / "lab",
            http_port=self._port("lab-http", free_tcp_port),
            sip_port=lab_port,
            switch_sip_port=switch_port,
            table=self.settings.table,
        )
        self.switch = SwitchPart(
            installation,
            self.folder / "switch",
            http_port=self._port("switch-http", free_tcp_port),
            sip_port=switch_port,
            trunks=(Trunk(name=LAB_TRUNK, host=LAB_HOST, port=lab_port),),
        )
        self.parts |= {"lab": self.lab, "switch": self.switch}

    async def _make_operator(self) -> None:
        if self.postgres is not None and self.settings.operator:
            secret = self.folder / "secrets" / DEMO_SLUG / SECRET_NAME
            self._operator = await make_operator_database(
                self.postgres.access.superuser_url, secret
            )

    async def _stop_leftovers(self) -> None:
        """Stop Asterisks that a killed supervisor left: they may have another configuration.

        PostgreSQL is used as it is.
        """
        for part in (self.switch, self.lab):
            if part is not None and part.pid() is not None:
                self._say(f"Stopping the {part.name} that an earlier run left")
                await self.stop(part.name)

    def _refuse_taken_port(self, name: str) -> None:
        if not is_free_tcp_port(self._ports[name]):
            raise PartFailed(
                f"Port {self._ports[name]} is taken by another program. Choose another one: "
                "--port 8001"
            )

    async def _start_group(self, parts: list[Part]) -> None:
        """Start parts that do not need each other, at the same time."""
        outcomes = await asyncio.gather(
            *(self.start(part.name) for part in parts), return_exceptions=True
        )
        failures = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        if failures:
            raise failures[0]

    async def _stop_all(self) -> None:
        """Servers first, then what they stand on. A part that does not stop hinders no other."""
        for name in reversed(self.parts):
            try:
                await self.stop(name)
            except (PartFailed, OSError) as error:
                self._say(f"{name} could not be stopped: {error}")
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _signal(self, name: str, number: signal.Signals) -> None:
        pid = self.parts[name].pid()
        if pid is None:
            raise PartFailed(f"{name} does not run.")
        os.kill(pid, number)

    # ── the folder ───────────────────────────────────────────────────────────────────────────────

    def _take_folder(self) -> None:
        """One supervisor per folder; the lock goes with the process."""
        path = self.folder / "supervisor"
        lock = path.open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            owner = lock.read().strip() or "unknown"
            lock.close()
            raise StackInUse(
                f"A stack already runs in {self.folder} (process {owner}). Stop it first, or use "
                "another folder."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def _kept_ports(self) -> dict[str, int]:
        """Ports of the last start: addresses stay, and parts that still run are found."""
        try:
            return dict(json.loads((self.folder / "ports.json").read_text()))
        except (FileNotFoundError, ValueError):
            return {}

    def _port(self, name: str, choose: Callable[[], int]) -> int:
        kept = self._ports.get(name)
        if kept is not None and (name.endswith("-sip") or self._may_use(name, kept)):
            return kept
        self._ports[name] = choose()
        (self.folder / "ports.json").write_text(json.dumps(self._ports, indent=1))
        return self._ports[name]

    def _may_use(self, name: str, port: int) -> bool:
        """A port is ours when it is free, or when our own part still listens on it."""
        owner = {"lab-http": "lab", "switch-http": "switch"}.get(name, name)
        return is_free_tcp_port(port) or self._left_running(owner)

    def _left_running(self, owner: str) -> bool:
        return any(
            path.exists() and Path(f"/proc/{path.read_text().split()[0]}").exists()
            for path in (self.folder / owner / "pid", self.folder / "pids" / owner)
        )
