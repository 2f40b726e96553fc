"""The first schema."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, policy and function."""
    run_file("0001_first.sql")
