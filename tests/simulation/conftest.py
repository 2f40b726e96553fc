"""The bench's package lies beside its commands, as `python benchmarks/…` finds it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
