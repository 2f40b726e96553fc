"""Secrets that an operator keeps for organisations: one file each, in a folder for each.

`KWABO_HOME/secrets/<short name of the organisation>/<name of the secret>`. An organisation can name
its own secrets only; nobody can read them through the program.
"""

from __future__ import annotations

import re
from pathlib import Path

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_MOST_BYTES = 10_000


class FolderSecrets:
    """See `kwabo.ports.dnc_providers.SecretFiles`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, organisation_slug: str, name: str) -> str | None:
        if not _NAME.fullmatch(organisation_slug) or not _NAME.fullmatch(name):
            return None
        try:
            with (self._folder / organisation_slug / name).open("rb") as file:
                return file.read(_MOST_BYTES).decode("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
