"""Where installed things and stacks lie."""

from __future__ import annotations

import os
from pathlib import Path


def home_folder() -> Path:
    """Kwabo's home: KWABO_HOME, else `.kwabo` in the folder where the program was started."""
    return Path(os.environ.get("KWABO_HOME") or ".kwabo").resolve()


def stack_folder(name: str = "main") -> Path:
    """The folder of one stack under the home."""
    return home_folder() / "stacks" / name
