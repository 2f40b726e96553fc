"""Scripts with pages."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0015_scripts.sql")
