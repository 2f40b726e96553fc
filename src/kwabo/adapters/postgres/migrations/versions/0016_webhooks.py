"""Events for people and for other programs."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0016_webhooks.sql")
