"""Prompts that are recorded by telephone."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0041_recording_sessions.sql")
