"""Callbacks, owned records, precise dialling."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0011_callbacks.sql")
