"""Fax machines and the network's announcements are not persons who answered."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0043_nobody_answered.sql")
