"""Persons, attempt limits, recall rules."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0008_attempts.sql")
