"""Importing this makes the tests' modules importable: their database and their organisations."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
