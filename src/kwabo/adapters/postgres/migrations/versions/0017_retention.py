"""Retention, opt-outs and consents from columns."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0017_retention.sql")
