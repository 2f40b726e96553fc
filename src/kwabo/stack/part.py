"""One part of a stack: something that can be started, asked for its health, and stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol


class PartFailed(Exception):
    """A part of the stack did not start; the message says why and where its log is."""


class Part(Protocol):
    """A part. All calls block: the stack runs them in threads."""

    name: str

    def start(self) -> None:
        """Start and return when healthy; nothing happens when it runs. Raises PartFailed."""
        ...

    def stop(self) -> None:
        """Stop in an orderly way and return when it is gone; nothing happens when it is."""
        ...

    def healthy(self) -> bool:
        """Whether it runs and does its work."""
        ...

    def pid(self) -> int | None:
        """The process to send signals to, or None."""
        ...


class CommandPart:
    """A part that is a command of ours, such as `kwabo serve`.

    `health` is a URL that answers 200, or a function; None: running is enough. One that ends is
    told at once; one that runs has `start_seconds`, enough for a busy machine and for a first start
    that synthesises prompts.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str] | None = None,
        health: str | Callable[[], bool] | None = None,
        start_seconds: float = 180.0,
        stop_seconds: float = 15.0,
    ) -> None:
        self.name = name
        self._command = list(command)
        self._environment = dict(environment or {})
        self._health = health
        self._start_seconds = start_seconds
        self._stop_seconds = stop_seconds
        self.log_path = folder / "logs" / f"{name}.log"
        self._pid_path = folder / "pids" / name
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        launched = False  # one that is ending may still pass for running
        deadline = time.monotonic() + self._start_seconds
        while time.monotonic() < deadline:
            if self.pid() is None:
                if launched:
                    break
                self._launch()
                launched = True
            if self.healthy():
                return
            time.sleep(0.05)
        raise PartFailed(
            f"{self.name} did not come up. The end of {self.log_path}:\n{tail(self.log_path)}"
        )

    def _launch(self) -> None:
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        self._pid_path.parent.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as log:
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self._environment},
                start_new_session=True,  # Ctrl-C in the terminal is for the supervisor alone
            )
        self._pid_path.write_text(f"{self._child.pid} {_started(self._child.pid)}")

    def stop(self) -> None:
        pid = self.pid()
        if pid is not None:
            os.kill(pid, signal.SIGCONT)
            os.kill(pid, signal.SIGTERM)
            if not self._gone(pid, self._stop_seconds):
                os.kill(pid, signal.SIGKILL)
                self._gone(pid, 5.0)
        if self._child is not None:
            self._child.wait()
            self._child = None
        self._pid_path.unlink(missing_ok=True)

    def healthy(self) -> bool:
        if self.pid() is None:
            return False
        if self._health is None:
            return True
        return answers(self._health) if isinstance(self._health, str) else self._health()

    def pid(self) -> int | None:
        if self._child is not None:
            return self._child.pid if self._child.poll() is None else None
        try:
            pid_text, started = self._pid_path.read_text().split()
        except (FileNotFoundError, ValueError):
            return None
        pid = int(pid_text)
        return pid if _started(pid) == started else None

    def _gone(self, pid: int, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.pid() != pid:
                return True
            time.sleep(0.02)
        return False


def answers(url: str, *, seconds: float = 2.0) -> bool:
    """Whether this URL answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=seconds) as answer:  # noqa: S310  (our own URL)
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def tail(path: Path, lines: int = 15) -> str:
    """The last lines of a log, '' when there is none."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return ""


async def in_thread(work: Callable[[], None]) -> None:
    """Run blocking work of a part."""
    await asyncio.to_thread(work)


def _started(pid: int) -> str:
    """When the process began, in the kernel's ticks: tells it from a later owner of its number."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if stat[0] == "Z" else stat[19]
