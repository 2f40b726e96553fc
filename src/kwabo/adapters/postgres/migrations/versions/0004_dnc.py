"""What do-not-call lists hold and who uses them."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0004_dnc.sql")
