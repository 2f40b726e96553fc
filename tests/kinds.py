"""Run the kinds of tests that are named, or all of them, and print one table at the end.

A kind is a folder under tests/, and also `lint` (formatting, types, architecture) and `web` (the
front end's own tests). A kind that cannot run says why, loudly, and counts as skipped.

Kinds of different lanes run side by side: one lane computes, two wait for real time to pass.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
COMPUTING = (
    "lint",
    "unit",
    "property",
    "contract",
    "api",
    "live",
    "simulation",
    "migration",
    "web",
)
# They hear, ring and kill in real time: they mostly wait, and come first when they want a core.
SWITCH = ("asterisk",)
BROWSER = ("e2e", "chaos")
LANES = (COMPUTING, SWITCH, BROWSER)
KINDS = tuple(kind for lane in LANES for kind in lane)
_NICENESS = 10  # of the computing lane beside the other
_IN_REAL_SECONDS = frozenset({"live", *SWITCH, *BROWSER})  # do not give way
_CORES = os.cpu_count() or 1
_WORKERS = min(4, _CORES)


@dataclass(frozen=True, kw_only=True)
class _Spread:
    """How a kind's tests are given to several processes, each with its own database and switch.

    `loadscope` keeps modules whole, where their tests share what is dear to make; `load` gives out
    single tests, where a few long ones would leave the other workers idle.
    """

    by: str
    workers: int = _WORKERS
    largest_first: bool = True


_SPREAD = {
    "unit": _Spread(by="loadscope"),
    "property": _Spread(by="load"),
    "contract": _Spread(by="loadscope", workers=_WORKERS + 1),  # waits for a third of its time
    "api": _Spread(by="loadscope"),
    "live": _Spread(by="load"),
    "simulation": _Spread(by="load"),
    # Waits for most of its time; its longest module has few tests.
    "asterisk": _Spread(by="loadscope", workers=max(2, _WORKERS), largest_first=False),
}
_NO_TESTS = 5  # pytest's exit code


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What running one kind gave."""

    kind: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0  # of its processes, but those that outlive who started them
    not_run: str = ""  # why, when nothing was run


@dataclass(kw_only=True)
class _Run:
    """One kind under way: where its output goes, and what its processes have cost."""

    kind: str
    output: IO[str] | None = None  # None: the terminal
    niceness: int = 0
    cpu_seconds: float = 0.0
    begun: float = field(default_factory=time.monotonic)

    def call(self, command: list[str], folder: Path) -> int:
        """Run a command to its end; its exit code."""
        print("$", " ".join([Path(command[0]).name, *command[1:]]), file=self.output, flush=True)
        if self.niceness:
            command = ["nice", "-n", str(self.niceness), *command]
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT if self.output else None,
        )
        _, status, usage = os.wait4(process.pid, 0)  # of it and of all it waited for
        process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu_seconds += usage.ru_utime + usage.ru_stime
        return process.returncode


def main(wanted: list[str]) -> int:
    """Run and report; the exit code is 0 when nothing failed."""
    unknown = sorted(set(wanted) - set(KINDS))
    if unknown:
        print(f"There is no kind of test named {', '.join(unknown)}. Kinds: {' '.join(KINDS)}")
        return 2
    begun = time.monotonic()
    kinds = wanted or list(KINDS)
    lanes = [chosen for lane in LANES if (chosen := [kind for kind in kinds if kind in lane])]
    outcomes = _side_by_side(lanes) if len(lanes) > 1 else [_in_terminal(kind) for kind in kinds]
    _report(outcomes, time.monotonic() - begun)
    return 1 if any(outcome.failed for outcome in outcomes) else 0


def _in_terminal(kind: str) -> Outcome:
    print(_title(kind), flush=True)
    return _run(_Run(kind=kind))


def _side_by_side(lanes: list[list[str]]) -> list[Outcome]:
    """Each lane's kinds one after the other; a kind's output is shown in one piece at its end."""
    screen = threading.Lock()

    def lane(kinds: list[str]) -> list[Outcome]:
        return [_to_file(kind, screen) for kind in kinds]

    with ThreadPoolExecutor(len(lanes)) as threads:
        return [outcome for outcomes in threads.map(lane, lanes) for outcome in outcomes]


def _to_file(kind: str, screen: threading.Lock) -> Outcome:
    log = _reports() / f"{kind}.log"
    with screen:
        print(f"▸ {kind} begins; its output goes to {log} and is shown at its end", flush=True)
    with log.open("w") as output:
        niceness = 0 if kind in _IN_REAL_SECONDS else _NICENESS
        outcome = _run(_Run(kind=kind, output=output, niceness=niceness))
    with screen:
        print(_title(kind), log.read_text(errors="replace"), sep="\n", flush=True)
    return outcome


def _title(kind: str) -> str:
    return f"\n━━ {kind} " + "━" * (90 - len(kind))


def _reports() -> Path:
    home = Path(os.environ.get("KWABO_HOME") or ROOT / ".kwabo")
    folder = home / "test-reports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _run(run: _Run) -> Outcome:
    if run.kind == "lint":
        outcome = _commands(run, _lint_commands())
    elif run.kind == "web":
        outcome = _web(run)
    else:
        outcome = _pytest(run)
    return replace(outcome, seconds=time.monotonic() - run.begun, cpu_seconds=run.cpu_seconds)


def _lint_commands() -> list[tuple[list[str], Path]]:
    here = Path(sys.executable).parent
    commands = [
        ([sys.executable, str(ROOT / "tests" / "conflict_markers.py")], ROOT),
        ([str(here / "ruff"), "check", "."], ROOT),
        ([str(here / "ruff"), "format", "--check", "."], ROOT),
        ([str(here / "mypy")], ROOT),
        ([str(here / "lint-imports"), "--no-cache"], ROOT),
    ]
    biome = ROOT / "web/node_modules/.bin/biome"
    if biome.exists():
        commands.append(([str(biome), "check", "."], ROOT / "web"))
    return commands


def _web(run: _Run) -> Outcome:
    vitest = ROOT / "web/node_modules/.bin/vitest"
    if not vitest.exists():
        return Outcome(kind=run.kind, not_run="web/node_modules is missing: ./dev setup web")
    return _commands(run, [([str(vitest), "run"], ROOT / "web")])


def _commands(run: _Run, commands: list[tuple[list[str], Path]]) -> Outcome:
    """Each command counts as one check."""
    codes = [run.call(command, folder) for command, folder in commands]
    return Outcome(kind=run.kind, passed=codes.count(0), failed=len(codes) - codes.count(0))


def _pytest(run: _Run) -> Outcome:
    kind = run.kind
    folder = ROOT / "tests" / kind
    if not any(folder.rglob("test_*.py")):
        return Outcome(kind=kind, not_run=f"there is no test in tests/{kind}")
    missing = _missing_program(kind)
    if missing:
        return Outcome(kind=kind, not_run=missing)
    report = _reports() / f"{kind}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", str(folder), "-q", f"--junit-xml={report}"]
    if kind in _SPREAD:
        spread = _SPREAD[kind]
        command += ["-n", str(spread.workers), "--dist", spread.by]
        if not spread.largest_first:
            command.append("--no-loadscope-reorder")
    code = run.call(command, ROOT)
    if not report.exists():
        return Outcome(kind=kind, failed=1)
    counts = [suite.attrib for suite in ET.parse(report).iter("testsuite")]
    total, skipped, failed = (
        sum(sum(int(count.get(name, 0)) for name in names) for count in counts)
        for names in (("tests",), ("skipped",), ("failures", "errors"))
    )
    if code not in (0, _NO_TESTS) and failed == 0:
        failed = 1  # the run itself broke: a usage error, a crash, an internal error
    return Outcome(
        kind=kind, passed=max(0, total - skipped - failed), failed=failed, skipped=skipped
    )


def _missing_program(kind: str) -> str:
    if kind == "e2e" and not shutil.which("chromium"):
        return "Chromium is missing (Debian: apt install chromium)"
    return ""


def _report(outcomes: list[Outcome], seconds: float) -> None:
    print(f"\n{'kind':<12}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}{'CPU s':>8}")
    for outcome in outcomes:
        reason = f"   NOT RUN: {outcome.not_run}" if outcome.not_run else ""
        print(
            f"{outcome.kind:<12}{outcome.passed:>8}{outcome.failed:>8}{outcome.skipped:>9}"
            f"{outcome.seconds:>9.1f}{outcome.cpu_seconds:>8.1f}{reason}"
        )
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    skipped = sum(outcome.skipped + bool(outcome.not_run) for outcome in outcomes)
    print(
        f"\n{passed} passed, {failed} failed, {skipped} skipped in {seconds / 60:.1f} min",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
