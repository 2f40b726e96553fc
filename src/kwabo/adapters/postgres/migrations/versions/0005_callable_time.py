"""Callable time sets, holidays, zones of numbers."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0005_callable_time.sql")
