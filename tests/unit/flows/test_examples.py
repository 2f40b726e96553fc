"""The flows that come along are right, pass their tests, and their tests go everywhere."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kwabo.domain.flows.check import check, flows_run
from kwabo.domain.flows.document import nodes_of
from kwabo.domain.flows.flow import flow_of
from kwabo.domain.flows.flow_tests import check_tests, run_tests
from kwabo.domain.flows.references import references
from kwabo.domain.flows.surroundings import Surroundings

FOLDER = Path(__file__).parents[3] / "examples" / "flows"
FILES: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))
}
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
NOT_MET = {"desole"}  # where calls go that met with an error


@pytest.mark.parametrize("name", FILES)
def test_an_example_is_right_and_passes_its_tests(name: str) -> None:
    file = FILES[name]
    named = file["names"]
    around = Surroundings(
        queues=frozenset(named["queue"]),
        schedules=frozenset(named.get("schedule", ())),
        dnc_lists=frozenset(named["dnc_list"]),
        flows={one: frozenset() for one in named["flow"]},
        channels=frozenset({"sms"}),
        languages=frozenset({"fr", "en", "fon", "bba"}),
    )
    assert check(file["document"], around) == []
    assert check_tests(file["tests"]) == []
    by_name = {one["name"]: one["document"] for one in FILES.values()}
    documents = {"main": file["document"]} | {
        flow_id: by_name[named["flow"][flow_id]] for flow_id in flows_run(file["document"])
    }
    results = run_tests(
        flow_of("main", documents), file["tests"], time_zone="Africa/Porto-Novo", now=NOW
    )
    assert [one.message for result in results for one in result.differences] == []
    assert [result.name for result in results if result.found.unused] == []
    met = {node for result in results for node in result.found.trail}
    assert set(nodes_of(file["document"])) - met - NOT_MET == set()
    for noun, one in references(file["document"]):
        assert noun == "prompt" or one in named[noun], (noun, one)


def test_there_are_examples() -> None:
    assert set(FILES) == {
        "accueil-deux-langues",
        "service-client",
        "satisfaction",
        "rappel-de-paiement",
        "enregistrement-par-telephone",
    }


def test_the_page_of_prompts_makes_the_flow_that_comes_along() -> None:
    of_page = FOLDER.parents[1] / "web" / "src" / "features" / "prompts" / "telephone-flow.json"
    assert json.loads(of_page.read_text()) == FILES["enregistrement-par-telephone"]
