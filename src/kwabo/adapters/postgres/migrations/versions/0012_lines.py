"""Lines set aside."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0012_lines.sql")
