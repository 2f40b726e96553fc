"""Contact list filters, sorting and the claim's order."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0007_filters.sql")
