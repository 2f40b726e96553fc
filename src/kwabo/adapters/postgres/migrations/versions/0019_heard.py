"""Call results by quarter of an hour."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0019_heard.sql")
