"""Data actions, outcome mappings and further rules."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0014_data_actions.sql")
