"""Flows: drafts and published versions."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0023_flows.sql")
