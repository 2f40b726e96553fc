"""Rule sets, campaign rules, sequences, schedules."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0010_rules.sql")
