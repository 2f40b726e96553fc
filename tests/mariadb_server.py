"""A private MariaDB for tests, where the machine has the program (Debian: mariadb-server-core)."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

import pymysql

from kwabo.stack.ports import free_tcp_port

INSTALL = "mariadb-install-db"
READER, READER_PASSWORD = "reader", 'it\'s \\ "secret"'
MISSING = "not run on MariaDB: there is none here (Debian: apt install mariadb-server-core)"


def program() -> str | None:
    """Where the server's program is."""
    found = shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return found if shutil.which(INSTALL) else None


class MariadbServer:
    """One server in one folder, with a superuser and the account READER that may only read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_tcp_port()
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Make the folder and start."""
        self._folder.mkdir()
        user = "nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        shutil.chown(self._folder, user)
        data = self._folder / "data"
        base = [f"--datadir={data}", f"--user={user}"]
        subprocess.run(
            [
                str(shutil.which(INSTALL)), "--no-defaults", *base, "--skip-test-db",
                "--auth-root-authentication-method=normal",
            ],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._process = subprocess.Popen(
            [
                str(program()), "--no-defaults", *base, "--bind-address=127.0.0.1",
                f"--port={self.port}", f"--socket={self._folder / 'socket'}",
                f"--log-error={self._folder / 'log'}", "--innodb-buffer-pool-size=16M",
                f"--pid-file={self._folder / 'pid'}", "--skip-name-resolve",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 60
        while True:
            try:
                self.run(
                    "CREATE DATABASE operator CHARACTER SET utf8mb4",
                    f"CREATE USER {READER}@'%' IDENTIFIED BY '{_escaped(READER_PASSWORD)}'",
                    f"GRANT SELECT ON operator.* TO {READER}@'%'",
                )
                return
            except pymysql.err.OperationalError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.1)

    def run(self, *statements: str, database: str = "") -> None:
        """As the superuser."""
        with pymysql.connect(
            host="127.0.0.1", port=self.port, user="root", database=database or None,
            autocommit=True, charset="utf8mb4",
        ) as connection, connection.cursor() as cursor:  # fmt: skip
            for statement in statements:
                cursor.execute(statement)

    def stop(self) -> None:
        """Kill it: nothing is kept."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
