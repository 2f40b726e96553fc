"""The private PostgreSQL: made, started, looked after and stopped by Kwabo itself.

It listens on a loopback port with passwords, keeps everything in one folder and never gives up
durability (fsync stays on). Starting is idempotent: a server of this folder that runs already is
used, and one that was killed is recovered. Three roles exist: `postgres` (superuser, only used
here), `kwabo` (owns the database, runs migrations) and `kwabo_app` (what the program works as: row
level security applies to it).
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from kwabo.adapters.postgres.binaries import (
    PostgresUnavailable,
    as_unprivileged,
    program,
    unprivileged_user,
)

DATABASE = "kwabo"
OWNER_ROLE = "kwabo"
APP_ROLE = "kwabo_app"
SUPERUSER = "postgres"

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_lock_waits": "on",
    "jit": "off",
    "max_wal_size": "2GB",
    "idle_in_transaction_session_timeout": "5min",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresAccess:
    """How to reach a running private server. URLs carry passwords: never log them."""

    port: int
    owner_url: str  # postgresql://kwabo:…@127.0.0.1:port/kwabo
    app_url: str  # postgresql://kwabo_app:…@127.0.0.1:port/kwabo
    superuser_url: str  # postgresql://postgres:…@127.0.0.1:port/postgres


@dataclass(frozen=True, slots=True, kw_only=True)
class _Secrets:
    superuser: str
    owner: str
    app: str
    port: int


class PrivatePostgres:
    """One private server in one folder.

    `folder` gets `data/` (the cluster), `access.json` (passwords and port, mode 600) and
    `server.log`. Calls block; use a thread from asynchronous code.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._data = self._folder / "data"
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def log_path(self) -> Path:
        """Where the server writes its log."""
        return self._folder / "server.log"

    def start(self, *, timeout_seconds: float = 60.0) -> PostgresAccess:
        """Start the server, unless it runs, and return how to reach it.

        Raises PostgresUnavailable with the end of the server's log when it does not come up.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        kept = self._make_cluster()
        deadline = time.monotonic() + timeout_seconds
        if self.pid() is None:
            kept = self._with_free_port(kept)
            self._drop_misleading_pid_file()
            self._launch(kept.port)
        self._wait_until_ready(kept, deadline)
        self._make_database(kept)
        return self._access(kept)

    def stop(self, *, timeout_seconds: float = 30.0) -> None:
        """Stop the server: open transactions are rolled back. Does nothing when none runs."""
        pid = self.pid()
        if pid is not None:
            os.kill(pid, signal.SIGINT)
            if not self._wait_until_gone(pid, timeout_seconds):
                os.kill(pid, signal.SIGQUIT)
                if not self._wait_until_gone(pid, 10.0):
                    raise PostgresUnavailable(
                        f"PostgreSQL (process {pid}) does not stop. Look at {self.log_path}."
                    )
        if self._child is not None:
            self._child.wait()
            self._child = None

    def healthy(self) -> bool:
        """Whether the server runs and answers."""
        if self.pid() is None:
            return False
        return self._answers(self._read_secrets())

    def pid(self) -> int | None:
        """The server's process, or None when it does not run."""
        try:
            pid = int((self._data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        if self._child is not None and self._child.pid == pid:
            return pid if self._child.poll() is None else None
        return pid if _is_server_of(pid, self._data) else None

    def access(self) -> PostgresAccess:
        """How to reach the server that runs; raises PostgresUnavailable when none does."""
        if self.pid() is None:
            raise PostgresUnavailable("The private PostgreSQL does not run. Start it: ./dev up")
        return self._access(self._read_secrets())

    # ── making ───────────────────────────────────────────────────────────────────────────────────

    def _make_cluster(self) -> _Secrets:
        if (self._data / "PG_VERSION").exists():
            return self._read_secrets()
        kept = _Secrets(
            superuser=secrets.token_urlsafe(24),
            owner=secrets.token_urlsafe(24),
            app=secrets.token_urlsafe(24),
            port=_free_port(),
        )
        self._write_secrets(kept)
        half = self._folder / "data.partial"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        self._give_to_server(half)
        password_file = half.parent / "initdb.password"
        self._write_private(password_file, kept.superuser)
        self._give_to_server(password_file)
        try:
            self._run(
                [
                    str(program("initdb")),
                    f"--pgdata={half}",
                    f"--username={SUPERUSER}",
                    f"--pwfile={password_file}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                ]
            )
        finally:
            password_file.unlink()
        half.rename(self._data)
        return kept

    def _make_database(self, kept: _Secrets) -> None:
        """Make roles and database; a second time changes nothing but the passwords' values."""
        if (self._folder / "database-made").exists():
            return
        for role, password in ((OWNER_ROLE, kept.owner), (APP_ROLE, kept.app)):
            self._sql(
                kept,
                f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN "
                f"CREATE ROLE {role}; END IF; END $$; "
                f"ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS "
                f"PASSWORD '{password}';",
            )
        exists = self._sql(kept, f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'")
        if not exists.strip():
            self._sql(kept, f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}")
        self._sql(kept, f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
        self._sql(kept, f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APP_ROLE}")
        (self._folder / "database-made").touch()

    # ── running ──────────────────────────────────────────────────────────────────────────────────

    def _launch(self, port: int) -> None:
        command = [str(program("postgres")), "-D", str(self._data), "-c", f"port={port}"]
        for name, value in _SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        with self.log_path.open("ab") as log:
            self._child = subprocess.Popen(
                as_unprivileged(command, self._places()),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # Ctrl-C in the terminal is not for the database
            )

    def _wait_until_ready(self, kept: _Secrets, deadline: float) -> None:
        """A server that ends at once is tried again: after a kill of the old one, its last
        sessions may hold the cluster for a moment."""
        tries = 0
        while time.monotonic() < deadline:
            if self._answers(kept):
                return
            if self._child is not None and self._child.poll() is not None:
                tries += 1
                if tries > 5:
                    break
                time.sleep(1.0)
                self._launch(kept.port)
            time.sleep(0.05)
        raise PostgresUnavailable(
            f"The private PostgreSQL did not come up in {self._folder}. The end of its log:\n"
            + _tail(self.log_path)
        )

    def _wait_until_gone(self, pid: int, timeout_seconds: float) -> bool:
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            if self._child is not None and self._child.pid == pid:
                if self._child.poll() is not None:
                    return True
            elif not _is_server_of(pid, self._data):
                return True
            time.sleep(0.02)
        return False

    def _answers(self, kept: _Secrets) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", kept.port), timeout=2):
                pass
        except OSError:
            return False
        try:
            self._sql(kept, "SELECT 1")
        except subprocess.CalledProcessError:
            return False
        return True

    def _drop_misleading_pid_file(self) -> None:
        """Remove the pid file of a dead server whose number now belongs to another program.

        In every other case the file stays: PostgreSQL needs it to find sessions that a killed
        server left behind.
        """
        path = self._data / "postmaster.pid"
        try:
            pid = int(path.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        if Path(f"/proc/{pid}").exists():
            path.unlink()

    def _with_free_port(self, kept: _Secrets) -> _Secrets:
        if _is_free(kept.port):
            return kept
        moved = _Secrets(
            superuser=kept.superuser, owner=kept.owner, app=kept.app, port=_free_port()
        )
        self._write_secrets(moved)
        return moved

    # ── small things ─────────────────────────────────────────────────────────────────────────────

    def _access(self, kept: _Secrets) -> PostgresAccess:
        def url(role: str, password: str, database: str) -> str:
            return f"postgresql://{role}:{password}@127.0.0.1:{kept.port}/{database}"

        return PostgresAccess(
            port=kept.port,
            owner_url=url(OWNER_ROLE, kept.owner, DATABASE),
            app_url=url(APP_ROLE, kept.app, DATABASE),
            superuser_url=url(SUPERUSER, kept.superuser, "postgres"),
        )

    def _sql(self, kept: _Secrets, statement: str) -> str:
        """Run a statement as the superuser; it goes by standard input, out of sight of `ps`."""
        done = subprocess.run(
            [
                str(program("psql")),
                "--no-psqlrc",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--set=ON_ERROR_STOP=1",
            ],
            input=statement,
            env={
                **os.environ,
                "PGHOST": "127.0.0.1",
                "PGPORT": str(kept.port),
                "PGUSER": SUPERUSER,
                "PGPASSWORD": kept.superuser,
                "PGDATABASE": "postgres",
                "PGCONNECT_TIMEOUT": "5",
            },
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(
            as_unprivileged(command, self._places()),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
        )
        if done.returncode != 0:
            raise PostgresUnavailable(
                f"{Path(command[0]).name} failed in {self._folder}:\n{done.stdout}{done.stderr}"
            )

    def _places(self) -> list[Path]:
        return [self._data, program("postgres")]

    def _read_secrets(self) -> _Secrets:
        try:
            return _Secrets(**json.loads((self._folder / "access.json").read_text()))
        except FileNotFoundError:
            raise PostgresUnavailable(
                f"{self._folder} holds a database but not its passwords (access.json). Bring the "
                "file back, or move the folder away to begin with an empty database."
            ) from None

    def _write_secrets(self, kept: _Secrets) -> None:
        self._write_private(self._folder / "access.json", json.dumps(asdict(kept)))

    @staticmethod
    def _write_private(path: Path, text: str) -> None:
        new = path.with_name(path.name + ".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        new.replace(path)

    @staticmethod
    def _give_to_server(path: Path) -> None:
        user = unprivileged_user()
        if user is not None:
            os.chown(path, user.pw_uid, user.pw_gid)


def _is_server_of(pid: int, data: Path) -> bool:
    """Whether this process is a PostgreSQL server of that folder, not its number's new owner."""
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return False
    return state != "Z" and str(data).encode() in arguments


def _free_port() -> int:
    """Below what Linux hands out to clients, so that no outgoing connection takes it first."""
    while True:
        port = 10240 + secrets.randbelow(9760)
        if _is_free(port):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _tail(path: Path, lines: int = 15) -> str:
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return "(no log)"
