"""Property tests run without deadlines: a busy machine is no failure."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("kwabo", deadline=None)
settings.load_profile("kwabo")
