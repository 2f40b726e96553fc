"""Conditions, values for readers and effective answers: the cases that the browser has too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kwabo.domain.scripts.answers import effective, missing
from kwabo.domain.scripts.conditions import Facts, holds
from kwabo.domain.scripts.document import fields_of
from kwabo.domain.scripts.shown import shown

CASES: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "shared" / "script-cases.json").read_text()
)
FACTS = Facts(
    **{
        **CASES["facts"],
        "answers": {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in CASES["facts"]["answers"].items()
        },
    }
)


@pytest.mark.parametrize("case", CASES["conditions"], ids=lambda case: case["is"])
def test_a_condition_holds_as_in_the_browser(case: dict[str, Any]) -> None:
    assert holds(case["when"], FACTS) is case["holds"]


@pytest.mark.parametrize("case", CASES["shown"], ids=lambda case: f"{case['kind']} {case['value']}")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_values_are_shown_as_they_are_read(case: dict[str, Any], language: str) -> None:
    assert shown(case["kind"], case["value"], language) == case[language]


@pytest.mark.parametrize("case", CASES["effective"]["cases"], ids=lambda case: case["is"])
def test_the_value_of_a_field(case: dict[str, Any]) -> None:
    fields = fields_of(CASES["effective"]["document"])
    values = effective(fields, case["answers"], case["columns"])
    told = {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}
    # Nothing chosen of several choices is written as either form.
    assert {k: v or "" for k, v in told.items()} == case["values"]
    found = missing(fields, {"un"}, Facts(columns=case["columns"], answers=values))
    assert [field.id for field in found] == case["missing"]
    assert missing(fields, set(), Facts(columns=case["columns"], answers=values)) == []
