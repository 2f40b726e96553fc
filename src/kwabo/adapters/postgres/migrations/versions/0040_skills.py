"""Contacts that wait for an agent with skills."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0040_skills.sql")
