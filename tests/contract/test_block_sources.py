"""A file's blocks are the same whether they are read in the server's process or in one apart."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from kwabo.adapters.postgres.import_blocks import InProcessBlocks
from kwabo.adapters.postgres.import_process import ProcessBlocks
from kwabo.domain.contacts.column_guess import MappedColumn
from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.domain.contacts.consent_columns import ConsentColumns, ConsentPlan
from kwabo.domain.contacts.file_format import FileFormat
from kwabo.domain.contacts.import_plan import ImportPlan, Mapping
from kwabo.domain.contacts.import_reading import Reading, Replacement

FILE = (
    "Réf;Tél;Accord\n"
    "R-1;97000001;2026-09-01\n"
    "R-1;97000002;2026-09-02\n"
    "R-3;inconnu;2026-09-03\n"
    "R-4;97000004;hier\n"
)
PLAN = ImportPlan(
    file_format=FileFormat(encoding="utf-8", delimiter=";", mark_bytes=0),
    mapping=Mapping(
        columns=(
            MappedColumn(
                source="Réf", column=Column(name="ref", label="Réf", kind=ColumnKind.TEXT)
            ),
            MappedColumn(
                source="Tél",
                column=Column(name="tel", label="mobile", kind=ColumnKind.PHONE, position=1),
            ),
            MappedColumn(source="Accord", column=None),
        ),
        has_header=True,
    ),
    key_columns=("ref",),
    region="BJ",
    on_duplicate="update",
    reading=Reading(replacements={"Réf": (Replacement(find="R-", replace="C"),)}),
    workbook=True,
    consent=ConsentPlan(
        columns=ConsentColumns(columns={"at": "Accord"}, how="formulaire"),
        time_zone="Africa/Porto-Novo",
        now=datetime(2026, 11, 26, tzinfo=UTC),
    ),
)
BASE = UUID("01a219f7-e486-7552-b464-5d0b00000000")


@pytest.fixture
async def apart() -> AsyncIterator[ProcessBlocks]:
    """Blocks of a child process."""
    blocks = ProcessBlocks()
    yield blocks
    await blocks.close()


async def test_nothing_of_a_plan_or_a_block_is_lost_between_processes(
    apart: ProcessBlocks, tmp_path: Path
) -> None:
    for one in fields(PLAN):
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        assert getattr(PLAN, one.name) != default, f"the plan leaves {one.name} as it is"
    path = tmp_path / "file.csv"
    path.write_text(FILE, encoding="utf-8")

    here = await InProcessBlocks().prepare(PLAN, str(path), 0, 1, BASE)
    there = await apart.prepare(PLAN, str(path), 0, 1, BASE)

    assert there == here
    for one in fields(here):
        assert getattr(here, one.name), f"the file has nothing of {one.name}"
    assert [consent.number for consent in here.consents] == ["+2290197000001", "+2290197000002"]
