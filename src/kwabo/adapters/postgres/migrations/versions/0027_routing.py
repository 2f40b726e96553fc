"""Skills, who has them, and how queues find agents."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0027"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0027_routing.sql")
