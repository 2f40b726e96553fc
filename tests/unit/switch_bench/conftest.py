"""The package lies beside its command, as `python benchmarks/predictive_on_switch.py` finds it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
