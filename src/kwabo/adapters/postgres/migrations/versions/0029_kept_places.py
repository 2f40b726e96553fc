"""Callbacks that keep their caller's place in a queue."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0029_kept_places.sql")
