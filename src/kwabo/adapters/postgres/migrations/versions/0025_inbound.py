"""Calls that come in: numbers, and what an attempt keeps of a flow and a queue."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0025"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0025_inbound.sql")
