"""Which Asterisk is there: the machine's own, or the private one in Kwabo's home folder."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST_VERSION = 20
PRIVATE_ROOT = "asterisk-root"  # in Kwabo's home folder


@dataclass(frozen=True, slots=True, kw_only=True)
class AsteriskInstallation:
    """An Asterisk that can be run."""

    command: tuple[str, ...]  # the program, with its own loader in front where it needs one
    version: str  # as it says itself: '22.10.1…'
    modules: Path  # folder of *.so
    data: Path  # folder with sounds/, moh/ and documentation/

    @property
    def major(self) -> int:
        """The major version: 20, 22 …"""
        return int(self.version.split(".", 1)[0])

    def has_module(self, name: str) -> bool:
        """Whether the module (without `.so`) exists: optional codecs differ between builds."""
        return (self.modules / f"{name}.so").exists()


def find_installation(home: Path) -> AsteriskInstallation | None:
    """The Asterisk to use: the machine's when it is new enough, else the private one, else None."""
    return find_system_installation() or find_private_installation(home)


def find_system_installation() -> AsteriskInstallation | None:
    """The machine's own Asterisk, when it is new enough and its modules are found."""
    program = shutil.which("asterisk", path="/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin")
    if program is None:
        return None
    modules = _first_folder(
        [*Path("/usr/lib").glob("*/asterisk/modules"), Path("/usr/lib/asterisk/modules"),
         Path("/usr/lib64/asterisk/modules"), Path("/usr/local/lib/asterisk/modules")]
    )  # fmt: skip
    data = _first_folder([Path("/usr/share/asterisk"), Path("/var/lib/asterisk")])
    if modules is None or data is None:
        return None
    return _usable(command=(program,), modules=modules, data=data)


def find_private_installation(home: Path) -> AsteriskInstallation | None:
    """The Asterisk under `home`, which runs through its own loader with its own libraries."""
    root = home.resolve() / PRIVATE_ROOT
    libraries = _first_folder(sorted(root.glob("usr/lib/*-linux-gnu*")))
    if libraries is None:
        return None
    loaders = sorted(libraries.glob("ld-linux*.so.*"))
    if not loaders:
        return None
    return _usable(
        command=(
            str(loaders[0]),
            "--library-path",
            str(libraries),
            str(root / "usr/sbin/asterisk"),
        ),
        modules=libraries / "asterisk" / "modules",
        data=root / "usr/share/asterisk",
    )


def _usable(*, command: tuple[str, ...], modules: Path, data: Path) -> AsteriskInstallation | None:
    try:
        said = subprocess.run(
            [*command, "-V"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.match(r"Asterisk (\d+\.\S*)", said)
    if match is None:
        return None
    found = AsteriskInstallation(
        command=command, version=match.group(1), modules=modules, data=data
    )
    return found if found.major >= OLDEST_VERSION else None


def _first_folder(candidates: list[Path]) -> Path | None:
    return next((folder for folder in candidates if folder.is_dir()), None)
