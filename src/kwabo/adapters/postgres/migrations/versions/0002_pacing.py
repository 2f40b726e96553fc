"""Power and predictive dialling."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the settings of pacing and the proof of the abandon message."""
    run_file("0002_pacing.sql")
