"""The versions of the schema are read from their files as Alembic reads them."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from kwabo.adapters.postgres import migrate
from kwabo.adapters.postgres.migrate import known_versions


def test_the_versions_are_those_of_alembic_in_its_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    newest_first = ScriptDirectory.from_config(config).walk_revisions()
    assert known_versions() == tuple(script.revision for script in newest_first)[::-1]
