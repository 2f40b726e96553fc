"""The parts that every stack is made of: PostgreSQL, the switch, and the carrier lab."""

from __future__ import annotations

import base64
import json
import urllib.request
from dataclasses import dataclass, replace
from pathlib import Path

from kwabo.adapters.carrier_lab.behaviours import BehaviourTable
from kwabo.adapters.carrier_lab.callers import (
    DIAL_CONTEXT,
    EXTENSION,
    WAIT_CONTEXT,
    CallIn,
)
from kwabo.adapters.carrier_lab.configuration import (
    LAB_CODECS,
    LAB_MODULES,
    LabSettings,
    lab_files,
)
from kwabo.adapters.carrier_lab.log import (
    LabCall,
    LabCaller,
    read_callers,
    read_log,
    wait_for_caller,
)
from kwabo.adapters.postgres.private_server import PostgresAccess, PrivatePostgres
from kwabo.adapters.switch.asterisk.configuration import SwitchSettings, Trunk, switch_files
from kwabo.adapters.switch.asterisk.installation import AsteriskInstallation
from kwabo.adapters.switch.asterisk.node import NodeSettings, base_files
from kwabo.adapters.switch.asterisk.process import (
    AsteriskFailed,
    AsteriskProcess,
    kept_password,
    run_folder,
)
from kwabo.stack.part import PartFailed
from kwabo.stack.ports import RtpBlock

LAB_TRUNK = "trunk-lab"


@dataclass(frozen=True, slots=True, kw_only=True)
class AriAccess:
    """How to reach an Asterisk's ARI. The password is not for logs."""

    url: str  # http://127.0.0.1:port/ari
    user: str
    password: str


def send_ari(access: AriAccess, path: str, body: dict[str, object] | None = None) -> None:
    """One request, GET or (with a body) POST. Raises OSError when it is not carried out."""
    login = base64.b64encode(f"{access.user}:{access.password}".encode()).decode()
    request = urllib.request.Request(  # noqa: S310  (our own Asterisk)
        access.url + path,
        data=json.dumps(body).encode() if body else None,
        headers={"Content-Type": "application/json", "Authorization": f"Basic {login}"},
    )
    urllib.request.urlopen(request, timeout=5).close()  # noqa: S310


def call_in_request(call: CallIn, log: Path) -> dict[str, object]:
    """The body of the lab's POST /channels that makes a call to the switch."""
    return {
        "endpoint": f"Local/{EXTENSION}@{DIAL_CONTEXT}/n",
        "formats": LAB_CODECS[0],  # else all that is heard is resampled to 192 kHz
        "context": WAIT_CONTEXT,
        "extension": EXTENSION,
        "priority": 1,
        "timeout": call.rings_seconds + 5,
        "variables": call.variables(log),
    }


class PostgresPart:
    """The private PostgreSQL of a stack."""

    name = "postgres"

    def __init__(self, folder: Path) -> None:
        self._server = PrivatePostgres(folder)

    @property
    def access(self) -> PostgresAccess:
        """URLs of the running server."""
        return self._server.access()

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def healthy(self) -> bool:
        return self._server.healthy()

    def pid(self) -> int | None:
        return self._server.pid()


class AsteriskPart:
    """What the switch and the lab have in common: an Asterisk with files of its own."""

    name = "asterisk"

    def __init__(self, installation: AsteriskInstallation, folder: Path, http_port: int) -> None:
        self._installation = installation
        self._folder = folder.resolve()
        self._process = AsteriskProcess(installation, folder)
        self._rtp: RtpBlock | None = None
        self._http_port = http_port
        self.ari = AriAccess(
            url=f"http://127.0.0.1:{http_port}/ari",
            user="kwabo",
            password=kept_password(folder / "ari-password"),
        )

    def files(self, node: NodeSettings) -> dict[str, str]:
        """The whole configuration; each kind of part says its own."""
        raise NotImplementedError

    def start(self) -> None:
        if self._process.pid() is None:
            self._rtp = self._rtp or RtpBlock()
            self._process.write(self.files(self._node(self._rtp)))
        try:
            self._process.start()
        except AsteriskFailed as error:
            raise PartFailed(f"{self.name}: {error}") from error
        if not self._ari_answers():
            raise PartFailed(
                f"{self.name}: Asterisk runs but ARI does not answer at {self.ari.url}. "
                f"Look at {self._folder / 'log' / 'messages.log'}"
            )

    def stop(self) -> None:
        self._process.stop()
        if self._rtp is not None:
            self._rtp.close()
            self._rtp = None

    def healthy(self) -> bool:
        """Booted, and ARI answers: a ping alone does not tell whether applications are served."""
        return self._process.healthy() and self._ari_answers()

    def pid(self) -> int | None:
        return self._process.pid()

    def console(self, command: str) -> str:
        """What Asterisk's console prints for a command, e.g. `core show channels`."""
        return self._process.console(command)

    def _ari_answers(self) -> bool:
        try:
            self._ask_ari("/applications")
        except OSError:
            return False
        return True

    def _ask_ari(self, path: str, body: dict[str, object] | None = None) -> None:
        send_ari(self.ari, path, body)

    def _node(self, rtp: RtpBlock) -> NodeSettings:
        return NodeSettings(
            folder=self._folder,
            run_folder=run_folder(self._folder),
            modules=self._installation.modules,
            data=self._installation.data,
            available_modules=frozenset(
                path.stem for path in self._installation.modules.glob("*.so")
            ),
            http_port=self._http_port,
            ari_user=self.ari.user,
            ari_password=self.ari.password,
            rtp_first_port=rtp.first,
            rtp_last_port=rtp.last,
        )


class SwitchPart(AsteriskPart):
    """The switch, with one trunk to the carrier lab."""

    name = "switch"

    def __init__(
        self,
        installation: AsteriskInstallation,
        folder: Path,
        *,
        http_port: int,
        sip_port: int,
        trunks: tuple[Trunk, ...],
    ) -> None:
        super().__init__(installation, folder, http_port)
        self.sip_port = sip_port
        self._trunks = trunks

    def files(self, node: NodeSettings) -> dict[str, str]:
        return switch_files(
            SwitchSettings(node=node, sip_udp_port=self.sip_port, trunks=self._trunks)
        )


class LabPart(AsteriskPart):
    """The carrier lab and its log."""

    name = "lab"

    def __init__(
        self,
        installation: AsteriskInstallation,
        folder: Path,
        *,
        http_port: int,
        sip_port: int,
        switch_sip_port: int,
        table: BehaviourTable,
    ) -> None:
        super().__init__(installation, folder, http_port)
        self._settings = LabSettings(
            table=table,
            log=self._folder / "calls.log",
            sip_port=sip_port,
            switch_sip_port=switch_sip_port,
        )

    @property
    def sip_address(self) -> tuple[str, int]:
        """Where the lab takes calls."""
        return self._settings.host, self._settings.sip_port

    @property
    def table(self) -> BehaviourTable:
        """What numbers do."""
        return self._settings.table

    @property
    def calls_log(self) -> Path:
        """The file with a line per INVITE, answer and end."""
        return self._settings.log

    def files(self, node: NodeSettings) -> dict[str, str]:
        return {**base_files(node, LAB_MODULES), **lab_files(self._settings)}

    def calls(self) -> list[LabCall]:
        """What the lab has seen since its log began."""
        return read_log(self.calls_log)

    def callers(self) -> list[LabCaller]:
        """The calls that the lab has made since its log began."""
        return read_callers(self.calls_log)

    def call_in(self, call: CallIn) -> None:
        """Call the switch as somebody outside would; `callers` tells what comes of it.

        Raises PartFailed when the lab refuses.
        """
        try:
            self._ask_ari("/channels", call_in_request(call, self.calls_log))
        except OSError as error:
            raise PartFailed(f"The lab did not call {call.number}: {error}") from error

    def wait_for(self, call: CallIn, *, within_seconds: float) -> LabCaller | None:
        """The call as its caller saw it, once it is over; None when that takes too long."""
        return wait_for_caller(self.calls_log, call.call_id, within_seconds=within_seconds)

    def use(self, table: BehaviourTable) -> None:
        """Change what numbers do, for calls that arrive from now on."""
        self._settings = replace(self._settings, table=table)
        if self._process.pid() is not None:
            files = lab_files(self._settings)
            (self._folder / "etc" / "extensions.conf").write_text(files["extensions.conf"])
            self.console("dialplan reload")
