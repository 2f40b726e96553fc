"""What-ifs."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of what-ifs."""
    run_file("0003_what_ifs.sql")
