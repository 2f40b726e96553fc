"""What campaigns do with what flows note."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0038"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0038_agentless.sql")
