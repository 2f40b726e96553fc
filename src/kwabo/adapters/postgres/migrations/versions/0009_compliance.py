"""Presets, consent, caller ids, toll fraud."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0009_compliance.sql")
