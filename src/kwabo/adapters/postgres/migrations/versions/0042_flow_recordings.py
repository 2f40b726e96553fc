"""What flows have recorded of calls stays with them."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0042_flow_recordings.sql")
