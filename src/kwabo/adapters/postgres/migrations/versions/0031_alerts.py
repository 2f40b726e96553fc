"""Agents who are asked; messages that are still to come."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0031"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0031_alerts.sql")
