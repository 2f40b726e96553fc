"""Columns, import templates, scheduled imports, health of lists."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0006_lists.sql")
