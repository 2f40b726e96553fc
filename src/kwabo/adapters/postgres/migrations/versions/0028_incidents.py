"""Opening hours for flows, incidents, and the sandbox that messages go to."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0028"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0028_incidents.sql")
