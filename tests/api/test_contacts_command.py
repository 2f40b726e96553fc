"""`kwabo contacts import` against a server that really listens."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from kwabo.cli import main
from world import Application

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", ["contacts-benin.csv", "contacts-benin-windows-1252.csv"])
async def test_the_example_is_imported(
    application: Application,
    admin: httpx.AsyncClient,
    server: str,
    worker: None,
    tmp_path: Path,
    name: str,
) -> None:
    token = (await application.with_token("a.admin")).headers["Authorization"].split()[1]
    report = tmp_path / "report.csv"
    arguments = [
        "contacts", "import", str(EXAMPLES / name), "--list", "Bénin", "--key", "Référence",
        "--server", server, "--token", token, "--report", str(report),
    ]  # fmt: skip

    first = await asyncio.to_thread(CliRunner().invoke, main, arguments)
    again = await asyncio.to_thread(CliRunner().invoke, main, arguments)

    assert first.exit_code == 0, first.output
    assert "60 read, 53 added, 2 updated, 0 duplicate, 5 rejected" in _joined(first.output)
    assert "60 read, 0 added, 55 updated, 0 duplicate, 5 rejected" in _joined(again.output)
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {"PHONE_LETTERS", "PHONE_ROUNDED", "DATE_FORMAT"} <= {row["code"] for row in rows}
    lists = (await admin.get("/api/v1/contact-lists")).json()["items"]
    assert [(found["name"], found["contacts"]) for found in lists] == [("Bénin", 53)]


async def test_a_wrong_token_is_explained(server: str) -> None:
    arguments = ["contacts", "import", str(EXAMPLES / "contacts-clean.csv"), "--list", "x"]
    result = await asyncio.to_thread(
        CliRunner().invoke, main, [*arguments, "--server", server, "--token", "kwb_wrong"]
    )

    assert result.exit_code == 1
    assert "TOKEN_INVALID" in result.output


def _joined(output: str) -> str:
    """The output without the breaks that a narrow terminal makes."""
    return " ".join(output.split())
