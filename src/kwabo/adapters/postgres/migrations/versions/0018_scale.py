"""What a million rows need."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0018_scale.sql")
