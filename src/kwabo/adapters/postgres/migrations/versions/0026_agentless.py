"""Campaigns whose answered calls go to a flow."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0026_agentless.sql")
