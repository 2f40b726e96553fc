"""Profiles: a server and a token under a name, in a file that only its owner can read."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

import click

DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Where to ask, and as whom."""

    server: str
    token: str


class ProfilesOpen(Exception):
    """Others can read the file with the tokens; `path` names it."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def path() -> Path:
    """The file: in the folder of settings that this system has."""
    return Path(click.get_app_dir("kwabo")) / "profiles.toml"


def read() -> dict[str, Profile]:
    """Every profile. Raises ProfilesOpen when the file is not its owner's alone."""
    file = path()
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        return {}
    if os.name == "posix" and mode & 0o077:
        raise ProfilesOpen(file)
    found = tomllib.loads(file.read_text(encoding="utf-8")).get("profiles", {})
    return {
        name: Profile(server=one["server"], token=one["token"])
        for name, one in found.items()
        if isinstance(one, dict) and {"server", "token"} <= set(one)
    }


def write(profiles: dict[str, Profile]) -> None:
    """Replace the file, in one step."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = file.with_suffix(".new")
    lines = [
        f"[profiles.{json.dumps(name)}]\nserver = {json.dumps(one.server)}\n"
        f"token = {json.dumps(one.token)}\n"
        for name, one in sorted(profiles.items())
    ]
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines))
    partial.replace(file)
