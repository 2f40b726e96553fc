"""Voicemail that people deal with."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0030_voicemail.sql")
