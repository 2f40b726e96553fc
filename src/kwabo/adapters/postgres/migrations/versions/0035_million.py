"""Work on a list of a million contacts."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0035_million.sql")
