"""One running Asterisk: written configuration, started, watched and stopped.

The process belongs to whoever starts it; a process that another start left behind is found by its
pid file and recognised by its own configuration on its command line.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from kwabo.adapters.switch.asterisk.installation import AsteriskInstallation

_SOCKET_PATH_LIMIT = 100  # bytes; the kernel's is 107, and Asterisk adds nothing of its own


class AsteriskFailed(Exception):
    """An Asterisk did not start or stop; the message says where to look."""


def run_folder(folder: Path) -> Path:
    """Where the control socket of the node in `folder` lies: in it, or in /tmp when too deep."""
    near = folder.resolve() / "run"
    if len(os.fsencode(near / "asterisk.ctl")) <= _SOCKET_PATH_LIMIT:
        return near
    name = hashlib.sha256(os.fsencode(near)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"kwabo-{os.geteuid()}-{name}"


def kept_password(path: Path) -> str:
    """The password in this file (mode 600), made the first time."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        password = secrets.token_urlsafe(24)
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(password)
        return password


class AsteriskProcess:
    """An Asterisk that runs in the foreground with everything it writes in one folder."""

    def __init__(self, installation: AsteriskInstallation, folder: Path) -> None:
        self._installation = installation
        self._folder = folder.resolve()
        self._configuration = self._folder / "etc" / "asterisk.conf"
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def log_path(self) -> Path:
        """What the process prints; Asterisk's own log is beside it in log/messages.log."""
        return self._folder / "log" / "console.log"

    def write(self, files: Mapping[str, str]) -> None:
        """Write the configuration, for this user's eyes only, and the folders it speaks of."""
        for name in ("etc", "var/keys", "log", "spool/recording"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        run = run_folder(self._folder)
        run.mkdir(mode=0o700, parents=True, exist_ok=True)
        etc = self._folder / "etc"
        etc.chmod(0o700)
        for old in etc.iterdir():
            if old.name not in files:
                old.unlink()
        for name, text in files.items():
            (etc / name).write_text(text)

    def start(self, *, timeout_seconds: float = 60.0) -> None:
        """Start, unless it runs, and return when it has fully booted. Raises AsteriskFailed.

        One that is ending, and may still pass for running, is waited for and started anew.
        """
        launched = False
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            if self.pid() is None:
                if launched:
                    break
                self._launch()
                launched = True
            if self.healthy():
                return
            time.sleep(0.05)
        raise AsteriskFailed(
            f"Asterisk did not come up in {self._folder}. The end of its log:\n{self._log_tail()}"
        )

    def _launch(self) -> None:
        (run_folder(self._folder) / "asterisk.ctl").unlink(missing_ok=True)
        with self.log_path.open("ab") as log:
            self._child = subprocess.Popen(
                [*self._installation.command, "-C", str(self._configuration), "-f"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                start_new_session=True,  # Ctrl-C in the terminal is not for the switch
            )
        (self._folder / "pid").write_text(str(self._child.pid))

    def stop(self, *, timeout_seconds: float = 10.0) -> None:
        """Stop it; calls end. Does nothing when it does not run."""
        pid = self.pid()
        if pid is not None:
            os.kill(pid, signal.SIGCONT)
            os.kill(pid, signal.SIGTERM)
            if not self._wait_until_gone(pid, timeout_seconds):
                os.kill(pid, signal.SIGKILL)
                if not self._wait_until_gone(pid, 5.0):
                    raise AsteriskFailed(f"Asterisk (process {pid}) cannot be stopped.")
        if self._child is not None:
            self._child.wait()
            self._child = None
        (self._folder / "pid").unlink(missing_ok=True)
        far = run_folder(self._folder)
        if far.parent != self._folder:
            shutil.rmtree(far, ignore_errors=True)

    def healthy(self) -> bool:
        """Whether it runs and has fully booted."""
        return self.pid() is not None and "fully booted" in self.console(
            "core waitfullybooted", timeout_seconds=5.0
        )

    def console(self, command: str, *, timeout_seconds: float = 10.0) -> str:
        """Run one command on the console; return what it printed, '' when it is out of reach."""
        if not (run_folder(self._folder) / "asterisk.ctl").exists():
            return ""
        try:
            return subprocess.run(
                [*self._installation.command, "-C", str(self._configuration), "-rx", command],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=timeout_seconds,
                check=False,
            ).stdout
        except subprocess.TimeoutExpired:
            return ""

    def pid(self) -> int | None:
        """The process of this folder's Asterisk, or None when it does not run."""
        if self._child is not None:
            return self._child.pid if self._child.poll() is None else None
        try:
            pid = int((self._folder / "pid").read_text())
        except (FileNotFoundError, ValueError):
            return None
        return pid if self._is_ours(pid) else None

    def _is_ours(self, pid: int) -> bool:
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return False
        return os.fsencode(self._configuration) in arguments and b"-rx" not in arguments

    def _wait_until_gone(self, pid: int, timeout_seconds: float) -> bool:
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            if self.pid() != pid:
                return True
            time.sleep(0.02)
        return False

    def _log_tail(self) -> str:
        lines: list[str] = []
        for path in (self._folder / "log" / "messages.log", self.log_path):
            if path.exists():
                lines += path.read_text(errors="replace").splitlines()[-12:]
        return "\n".join(lines)
