"""Reactions of call analysis and what it found."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0013_call_analysis.sql")
