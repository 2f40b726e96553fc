"""Prompts in several languages and media, with review."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0024_voices.sql")
