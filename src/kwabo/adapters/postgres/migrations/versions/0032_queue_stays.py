"""Stays of calls in queues."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0032"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0032_queue_stays.sql")
