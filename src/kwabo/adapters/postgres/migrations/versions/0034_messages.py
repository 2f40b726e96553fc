"""One queue for all messages."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0034"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0034_messages.sql")
