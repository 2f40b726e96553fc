"""Run the kinds of tests that are named, or all of them, and print one table at the end.

A kind is a folder under tests/, and also `lint` (formatting, types, architecture) and `web` (the
front end's own tests). A kind that cannot run says why, loudly, and counts as skipped.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KINDS = (
    "lint",
    "unit",
    "property",
    "contract",
    "api",
    "live",
    "simulation",
    "migration",
    "web",
    "asterisk",
    "e2e",
    "chaos",
)
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


def main(wanted: list[str]) -> int:
    """Run and report; the exit code is 0 when nothing failed."""
    unknown = sorted(set(wanted) - set(KINDS))
    if unknown:
        print(f"There is no kind of test named {', '.join(unknown)}. Kinds: {' '.join(KINDS)}")
        return 2
    outcomes = []
    for kind in wanted or KINDS:
        print(f"\n━━ {kind} " + "━" * (90 - len(kind)), flush=True)
        outcomes.append(_run(kind))
    _report(outcomes)
    return 1 if any(outcome.failed for outcome in outcomes) else 0


def _run(kind: str) -> Outcome:
    begun, cpu_begun = time.monotonic(), _children_cpu_seconds()
    if kind == "lint":
        outcome = _commands(kind, _lint_commands())
    elif kind == "web":
        outcome = _web()
    else:
        outcome = _pytest(kind)
    took = {
        "seconds": time.monotonic() - begun,
        "cpu_seconds": _children_cpu_seconds() - cpu_begun,
    }
    return Outcome(**{**vars(outcome), **took})


def _children_cpu_seconds() -> float:
    """Of all children that have been waited for, and of theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _lint_commands() -> list[tuple[list[str], Path]]:
    here = Path(sys.executable).parent
    commands = [
        ([str(here / "ruff"), "check", "."], ROOT),
        ([str(here / "ruff"), "format", "--check", "."], ROOT),
        ([str(here / "mypy")], ROOT),
        ([str(here / "lint-imports"), "--no-cache"], ROOT),
    ]
    biome = ROOT / "web/node_modules/.bin/biome"
    if biome.exists():
        commands.append(([str(biome), "check", "."], ROOT / "web"))
    return commands


def _web() -> Outcome:
    vitest = ROOT / "web/node_modules/.bin/vitest"
    if not vitest.exists():
        return Outcome(kind="web", not_run="web/node_modules is missing: ./dev setup web")
    return _commands("web", [([str(vitest), "run"], ROOT / "web")])


def _commands(kind: str, commands: list[tuple[list[str], Path]]) -> Outcome:
    """Each command counts as one check."""
    codes = [_call(command, folder) for command, folder in commands]
    return Outcome(kind=kind, passed=codes.count(0), failed=len(codes) - codes.count(0))


def _pytest(kind: str) -> Outcome:
    folder = ROOT / "tests" / kind
    if not any(folder.rglob("test_*.py")):
        return Outcome(kind=kind, not_run=f"there is no test in tests/{kind}")
    missing = _missing_program(kind)
    if missing:
        return Outcome(kind=kind, not_run=missing)
    home = Path(os.environ.get("KWABO_HOME") or ROOT / ".kwabo")
    report = home / "test-reports" / f"{kind}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", str(folder), "-q", f"--junit-xml={report}"]
    if kind in _SPREAD:
        spread = _SPREAD[kind]
        command += ["-n", str(spread.workers), "--dist", spread.by]
        if not spread.largest_first:
            command.append("--no-loadscope-reorder")
    code = _call(command, ROOT)
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


def _call(command: list[str], folder: Path) -> int:
    print("$", " ".join([Path(command[0]).name, *command[1:]]), flush=True)
    return subprocess.run(command, cwd=folder, check=False, stdin=subprocess.DEVNULL).returncode


def _report(outcomes: list[Outcome]) -> None:
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
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
