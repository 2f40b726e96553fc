"""What searches and orders of a million contacts need, and calls by the hour."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0021_search.sql")
