"""Getting Asterisk where it is missing.

In this order: the machine's own (20 or newer); the system's package, where there is one and we are
root; else a private copy in Kwabo's home folder, made from Debian's testing release (or sid): the
packages are fetched and checked by the machine's own apt, with a state of its own, and unpacked
over each other. Nothing of the machine is changed, no maintainer script runs, no root is needed;
the copy runs through its own loader (see `installation`).

A half-made copy never has the final name; downloads are kept until the copy is complete.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kwabo.adapters.switch.asterisk.installation import (
    OLDEST_VERSION,
    PRIVATE_ROOT,
    AsteriskInstallation,
    find_installation,
    find_private_installation,
    find_system_installation,
)

PACKAGES = (
    "asterisk",
    "asterisk-core-sounds-en-wav",
    "asterisk-core-sounds-fr-wav",
    "asterisk-moh-opsound-wav",
)
SUITES = ("testing", "sid")
MIRROR_VARIABLE = "KWABO_DEBIAN_MIRROR"
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# What nobody needs at run time; keeps the copy small.
_LEFT_OUT = ("./usr/share/doc/*", "./usr/share/man/*", "./usr/share/locale/*", "./usr/share/info/*")

Say = Callable[[str], None]


class AsteriskUnavailable(Exception):
    """Asterisk cannot be had here; the message says what to do."""


def install(home: Path, say: Say = print) -> AsteriskInstallation:
    """Return a usable Asterisk, getting one first where there is none.

    `say` is told each step in one line. Raises AsteriskUnavailable.
    """
    found = find_installation(home)
    if found is not None:
        say(f"Asterisk {found.version} is there.")
        return found
    home.mkdir(parents=True, exist_ok=True)
    with _only_one(home / "asterisk-install.lock"):
        found = find_installation(home) or _install_system_package(say)
        return found or _make_private_copy(home.resolve(), say)


# ── the system's package ─────────────────────────────────────────────────────────────────────────


def _install_system_package(say: Say) -> AsteriskInstallation | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    policy = _output(["apt-cache", "policy", "asterisk"])
    candidate = re.search(r"Candidate: (?:\d+:)?(\d+)\.", policy)
    if candidate is None or int(candidate.group(1)) < OLDEST_VERSION:
        return None
    say("Installing the system's package asterisk …")
    _checked(
        ["apt-get", "install", "--yes", "--no-install-recommends", *PACKAGES],
        environment={"DEBIAN_FRONTEND": "noninteractive"},
    )
    return find_system_installation()


# ── the private copy ─────────────────────────────────────────────────────────────────────────────


def _make_private_copy(home: Path, say: Say) -> AsteriskInstallation:
    missing = [name for name in ("apt-get", "dpkg-deb", "tar") if shutil.which(name) is None]
    if missing or not _KEYRING.exists():
        raise AsteriskUnavailable(
            "No Asterisk 20 or newer was found, and it can be fetched only on Debian and its "
            f"relatives (missing here: {', '.join(missing) or _KEYRING}). Install Asterisk 20 or "
            "newer or the package debian-archive-keyring, use the compose file in deploy/, or try "
            "Kwabo without real calls: --switch simulator."
        )
    work = home / "asterisk-download"
    options = _private_apt(work)
    for suite in SUITES:
        try:
            packages = _download(work, options, suite, say)
            break
        except subprocess.CalledProcessError as error:
            reason = f"{error.stdout or ''}{error.stderr or ''}".strip()
            say(f"Asterisk cannot be had from Debian {suite}.")
    else:
        raise AsteriskUnavailable(
            "Debian's packages of Asterisk could not be fetched. Is the package mirror reachable? "
            f"(Another one: {MIRROR_VARIABLE}=http://…/debian.) What apt said last:\n{reason}"
        )
    partial = home / f"{PRIVATE_ROOT}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    say(f"Unpacking {len(packages)} packages …")
    _unpack(packages, partial)
    _link_sounds(partial / "usr/share/asterisk/sounds")
    final = home / PRIVATE_ROOT
    shutil.rmtree(final, ignore_errors=True)
    partial.rename(final)
    found = find_private_installation(home)
    if found is None:
        raise AsteriskUnavailable(
            f"Asterisk was unpacked to {final} but does not start. Try: {final}/usr/sbin/asterisk "
            "-V; then remove that folder and run ./dev switch install again."
        )
    shutil.rmtree(work)
    say(f"Asterisk {found.version} is there.")
    return found


def _private_apt(work: Path) -> list[str]:
    """Options that give apt an empty machine of its own to think about, in `work`."""
    for folder in ("state/lists/partial", "cache/archives/partial"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    (work / "state/status").touch()
    settings = {
        "Dir::State": work / "state",
        "Dir::State::status": work / "state/status",
        "Dir::Cache": work / "cache",
        "Dir::Etc::sourcelist": work / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferences": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null",
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "root",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "Debug::NoLocking": "true",
    }
    return [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]


def _download(work: Path, options: list[str], suite: str, say: Say) -> list[Path]:
    say(f"Fetching Asterisk's packages from Debian {suite} (about 130 MB) …")
    sources = f"deb [signed-by={_KEYRING}] {_mirror()} {suite} main\n"
    (work / "sources.list").write_text(sources)
    _checked(["apt-get", *options, "update", "--error-on=any"])
    listed = _checked(["apt-get", *options, "install", "--print-uris", "--quiet", *PACKAGES])
    names = re.findall(r"^'[^']+' (\S+\.deb) \d+", listed, re.MULTILINE)
    _checked(["apt-get", *options, "--yes", "--download-only", "install", *PACKAGES])
    archives = work / "cache/archives"
    # Lists what this run needs: archives may also hold packages of an earlier, interrupted one.
    return [archives / name for name in names] or sorted(archives.glob("*.deb"))


def _mirror() -> str:
    """Debian's mirror: as told, else the one that this machine's apt uses."""
    told = os.environ.get(MIRROR_VARIABLE)
    if told:
        return told
    targets = _output(["apt-get", "indextargets", "--format", "$(ORIGIN) $(COMPONENT) $(REPO_URI)"])
    for line in targets.splitlines():
        parts = line.split(" ", 2)
        if parts[:2] == ["Debian", "main"] and "security" not in parts[2]:
            return parts[2]
    raise AsteriskUnavailable(
        "This machine's apt knows no mirror of Debian (run `apt-get update` once where it is "
        f"Debian). Name one, for example {MIRROR_VARIABLE}=http://<mirror>/debian, or try Kwabo "
        "without real calls: --switch simulator."
    )


def _unpack(packages: list[Path], root: Path) -> None:
    """Unpack all packages over each other, in a root whose /bin, /lib … lead into /usr."""
    for name in ("bin", "sbin", "lib", "lib64"):
        (root / "usr" / name).mkdir(parents=True)
        (root / name).symlink_to(f"usr/{name}")
    exclusions = [f"--exclude={pattern}" for pattern in _LEFT_OUT]
    for package in packages:
        with subprocess.Popen(
            ["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE
        ) as reader:
            subprocess.run(
                ["tar", "-x", "--keep-directory-symlink", "--no-same-owner", *exclusions,
                 "-C", str(root), "-f", "-"],
                stdin=reader.stdout, check=True,
            )  # fmt: skip
        if reader.returncode != 0:
            raise AsteriskUnavailable(f"{package} is damaged. Remove it and run this again.")


def _link_sounds(sounds: Path) -> None:
    """Give the languages their short names, which the packages' scripts would have made."""
    for language, pattern in (("en", "en_US_*"), ("fr", "fr_*")):
        voices = sorted(folder for folder in sounds.glob(pattern) if not folder.is_symlink())
        link = sounds / language
        if voices:
            link.unlink(missing_ok=True)
            link.symlink_to(voices[0].name)


# ── small things ─────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Let one process at a time install; the others wait and then find it done."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _checked(command: list[str], environment: dict[str, str] | None = None) -> str:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LC_ALL": "C", **(environment or {})},
    ).stdout


def _output(command: list[str]) -> str:
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        env={**os.environ, "LC_ALL": "C"},
    ).stdout  # fmt: skip
