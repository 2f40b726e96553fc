"""Property tests run without deadlines: a busy machine is no failure."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))  # definitions to compare with
settings.register_profile("kwabo", deadline=None)
settings.load_profile("kwabo")
