"""The first of an order before the rest."""

from __future__ import annotations

from kwabo.adapters.postgres.migrations.sql import run_file

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the schema."""
    run_file("0039_order_head.sql")
