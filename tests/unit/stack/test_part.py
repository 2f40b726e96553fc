from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from kwabo.stack.part import CommandPart, PartFailed

FOREVER = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_part_starts_once_and_stops(tmp_path: Path) -> None:
    part = CommandPart("p", FOREVER, folder=tmp_path)
    part.start()
    pid = part.pid()
    part.start()
    assert part.pid() == pid
    part.stop()
    assert part.pid() is None
    part.stop()


def test_what_another_supervisor_left_is_found_again(tmp_path: Path) -> None:
    first = CommandPart("p", FOREVER, folder=tmp_path)
    first.start()
    second = CommandPart("p", FOREVER, folder=tmp_path)
    assert second.pid() == first.pid()
    second.start()
    assert second.pid() == first.pid()
    os.kill(first.pid() or 0, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while second.pid() is not None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert second.pid() is None
    first.stop()


def test_a_number_that_belongs_to_another_process_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pids").mkdir()
    (tmp_path / "pids" / "p").write_text(f"{os.getpid()} 1")
    part = CommandPart("p", FOREVER, folder=tmp_path)
    assert part.pid() is None
    part.stop()


def test_a_part_that_ends_at_once_says_why(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no such thing')"]
    part = CommandPart("p", command, folder=tmp_path, health=lambda: False)
    with pytest.raises(PartFailed, match="no such thing"):
        part.start()


def test_a_part_that_ignores_the_polite_signal_is_killed(tmp_path: Path) -> None:
    program = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "open(r'%s', 'w').close(); time.sleep(60)" % (tmp_path / "ready")
    )
    part = CommandPart(
        "p",
        [sys.executable, "-c", program],
        folder=tmp_path,
        health=(tmp_path / "ready").exists,
        stop_seconds=0.3,
    )
    part.start()
    part.stop()
    assert part.pid() is None
