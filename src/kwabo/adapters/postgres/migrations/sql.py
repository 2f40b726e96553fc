"""Run a file of SQL statements inside a migration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import op
from sqlalchemy import text


def run_file(name: str) -> None:
    """Run every statement of a file beside this module, in the migration's transaction."""
    statements = (Path(__file__).parent / name).read_text(encoding="utf-8")
    connection = op.get_bind()
    connection.execute(text("SELECT 1"))  # the driver opens the transaction at the first statement
    adapted: Any = connection.connection.dbapi_connection
    adapted.run_async(lambda driver: driver.execute(statements))
