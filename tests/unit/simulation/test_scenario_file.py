"""What is wrong with a scenario file is named: the field, what is wrong, and the mend."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from kwabo.simulation import ScenarioInvalid, read_scenario, scenario_of
from kwabo.simulation.distributions import Clamped, Constant, Empirical, Mixture
from unit.simulation.day import HERE, day, document

BUSY, BEGINS = "inbound[0].rates[0].calls_per_hour", "teams[0].begins"
CRASH, OUTAGE = {"at": "09:05", "kind": "engine_crash"}, {"begins": "09:05", "seconds": 60}
PAUSE, LATER = {"at": "09:02", "seconds": 120}, {"at": "09:05", "seconds": 60}
QUEUE = {"name": "q", "members": [{"team": "team"}]}
EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "scenarios"


def problems(changed: dict[str, Any]) -> dict[str, str]:
    """Field → what is wrong and the mend."""
    with pytest.raises(ScenarioInvalid) as caught:
        scenario_of(changed, HERE)
    assert all(one.what and one.mend for one in caught.value.problems)
    return {one.field: f"{one.what} {one.mend}" for one in caught.value.problems}


def with_value(path: str, value: Any) -> dict[str, Any]:
    """The day with one value changed; None takes the key away."""
    changed = copy.deepcopy(document())
    place: Any = changed
    *way, last = path.split(".")
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("name", None, "name"),
        ("name", 7, "name"),
        ("ends", "25:00", "ends"),
        ("ends", "9 o'clock", "ends"),
        ("ends", "08:00", "ends"),
        ("date", "2026-01-05", "date"),
        ("time_zone", "Africa/Nowhere", "time_zone"),
        ("seed", -1, "seed"),
        ("teams", [], "teams"),
        ("teams", {"name": "team"}, "teams"),
        ("teams.0.agents", 0, "teams[0].agents"),
        ("teams.0.agents", 2.5, "teams[0].agents"),
        ("teams.0.agents", True, "teams[0].agents"),
        ("teams.0.agents", None, "teams[0].agents"),
        ("teams.0.ends", "08:59", "teams[0].ends"),
        ("teams.0.talk", -3, "teams[0].talk"),
        ("teams.0.talk", "long", "teams[0].talk"),
        ("teams.0.talk", {"shape": "normal"}, "teams[0].talk.shape"),
        ("teams.0.talk", {"shape": "uniform", "from": 1}, "teams[0].talk.to"),
        ("teams.0.talk", {"shape": "uniform", "from": 5, "to": 1}, "teams[0].talk.from"),
        ("teams.0.talk", {"shape": "lognormal", "mean": 0, "cv": 1}, "teams[0].talk.mean"),
        (
            "teams.0.talk",
            {"shape": "lognormal", "mean": 5, "cv": 1, "median": 4, "sigma": 1},
            "teams[0].talk.mean",
        ),
        ("teams.0.talk", {"shape": "constant", "seconds": 5, "mean": 5}, "teams[0].talk.mean"),
        ("teams.0.talk", {"shape": "mixture", "parts": []}, "teams[0].talk.parts"),
        (
            "teams.0.talk",
            {"shape": "mixture", "parts": [{"share": 0.5, "shape": "constant", "seconds": 1}]},
            "teams[0].talk.parts",
        ),
        ("teams.0.talk", {"shape": "empirical", "file": "none.csv"}, "teams[0].talk.file"),
        ("teams.0.breaks", [{"seconds": 60}], "teams[0].breaks[0].at"),
        ("trunks.0.outages", [{"begins": "09:05", "kind": "slow"}], "trunks[0].outages[0].kind"),
        ("callees.0.rates", [], "callees[0].rates"),
        ("callees.0.rates.0.person", 1.2, "callees[0].rates[0].person"),
        ("callees.0.rates.0.person", 0.9, "callees[0].rates[0]"),
        ("callees.0.rates", [{"person": 0.1}, {"person": 0.2}], "callees[0].rates[1].at"),
        ("lists.0.callees", "nobody", "lists[0].callees"),
        ("lists.0.groups", [{"share": 0.4}], "lists[0].groups"),
        ("lists.0.groups", [{"share": 1, "prefix": "0197"}], "lists[0].groups[0].prefix"),
        ("campaigns.0.list", "nothing", "campaigns[0].list"),
        ("campaigns.0.team", "nobody", "campaigns[0].team"),
        ("campaigns.0.trunk", "none", "campaigns[0].trunk"),
        ("campaigns.0.mode", "preview", "campaigns[0].mode"),
        ("campaigns.0.recall_seconds", {"bussy": 5}, "campaigns[0].recall_seconds.bussy"),
        ("campaigns.0.recall_seconds", {"busy": True}, "campaigns[0].recall_seconds.busy"),
        ("campaigns.0.outcomes", [{"name": "a", "share": 0.2}], "campaigns[0].outcomes"),
        (
            "campaigns.0.outcomes",
            [{"name": "a", "share": 1, "flags": ["happy"]}],
            "campaigns[0].outcomes[0].flags",
        ),
        ("campaigns", [document()["campaigns"][0]] * 2, "campaigns[1].name"),
        ("inbound", [{"queue": "nobody", "rates": []}], "inbound[0].queue"),
        ("inbound", [{"queue": "team", "rates": [], "trunk": "none"}], "inbound[0].trunk"),
        ("inbound", [{"queue": "team", "rates": [], "skills": ["chess"]}], "inbound[0].skills"),
        ("inbound", [{"queue": "team", "rates": [], "flow": "none.json"}], "inbound[0].flow"),
        ("queues", [{"name": "team", "members": [{"team": "team"}]}], "queues[0].name"),
        ("queues", [{"name": "q", "members": [{"team": "x"}]}], "queues[0].members[0].team"),
        ("queues", [{**QUEUE, "overflow": [{"to": "q"}]}], "queues[0].overflow[0].to"),
        ("queues", [{**QUEUE, "overflow": [{"to": "x"}]}], "queues[0].overflow[0].to"),
        ("inbound", [{"queue": "team", "rates": [{"calls_per_hour": 1e9}]}], BUSY),
        ("faults", [{"at": "09:05", "kind": "flood"}], "faults[0].kind"),
        ("faults", [{"at": "08:05", "kind": "engine_crash"}], "faults[0].at"),
        ("faults", [{"at": "23:05", "kind": "engine_crash"}], "faults[0].at"),
        ("faults", [CRASH, {**CRASH, "at": "09:05:09"}], "faults[1].at"),
        ("faults", [{**CRASH, "at": "09:05:09"}, CRASH], "faults[0].at"),
        ("trunks.0.outages", [{"begins": "23:05"}], "trunks[0].outages[0].begins"),
        ("trunks.0.outages", [OUTAGE, OUTAGE], "trunks[0].outages[1].begins"),
        ("teams.0.begins", "23:00", "teams[0].ends"),
        ("teams", [{"name": "team", "agents": 1, "begins": "23:00", "ends": "24:00"}], BEGINS),
        ("teams.0.breaks", [{"at": "08:00"}], "teams[0].breaks[0].at"),
        ("teams.0.breaks", [PAUSE, {**PAUSE, "at": "09:03"}], "teams[0].breaks[1].at"),
        ("teams.0.breaks", [{**PAUSE, "spread_seconds": 300}, LATER], "teams[0].breaks[1].at"),
        ("campaigns.0.begins", "23:00", "campaigns[0].begins"),
        ("campaigns.0.callable_from", "23:00", "campaigns[0].callable_from"),
        ("campaigns.0.callable_until", "08:00", "campaigns[0].callable_from"),
    ],
)
def test_the_field_is_named(path: str, value: Any, field: str) -> None:
    assert field in problems(with_value(path, value))


def test_everything_wrong_is_named_at_once() -> None:
    changed = document(name="", seed=-1, ends="never")
    assert set(problems(changed)) == {"name", "seed", "ends"}


def test_a_key_that_is_nearly_right() -> None:
    told = problems(document(time_zon="Africa/Porto-Novo"))
    assert "Did you mean 'time_zone'?" in told["time_zon"]


def test_what_there_is_is_told() -> None:
    assert "people" in problems(with_value("lists.0.callees", "nobody"))["lists[0].callees"]


def test_measurements_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "talks.csv").write_text("agent,seconds\n1,30\n2,10.5\n", encoding="utf-8")
    changed = with_value("teams.0.talk", {"shape": "empirical", "file": "talks.csv"})
    assert scenario_of(changed, tmp_path).teams[0].talk == Empirical((10.5, 30.0))


def test_a_share_stands_only_in_a_mixture() -> None:
    talk = {"shape": "constant", "seconds": 5, "share": 0.5}
    assert "teams[0].talk.share" in problems(with_value("teams.0.talk", talk))


def test_faults_that_do_not_last_may_come_at_once() -> None:
    restart = {"at": "09:05", "kind": "switch_restart"}
    assert len(scenario_of(document(faults=[restart, restart, CRASH]), HERE).faults) == 3


def test_hours_in_another_zone_are_not_judged() -> None:
    changed = with_value("lists.0.groups", [{"share": 1, "time_zone": "Asia/Tokyo"}])
    changed["campaigns"][0]["callable_from"] = "17:00"
    assert scenario_of(changed, HERE).campaigns[0].callable_from == 17 * 3600


def test_a_file_begins_with_a_mark_of_its_encoding(tmp_path: Path) -> None:
    file = tmp_path / "day.toml"
    text = (EXAMPLES / "small-team.toml").read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8-sig")
    assert read_scenario(file) == read_scenario(EXAMPLES / "small-team.toml")


def test_what_does_not_exist_is_told_where_there_is_none() -> None:
    told = problems(with_value("trunks", []))
    assert told["trunks"] == "is empty. Write [[trunks]] at least once."
    assert told["campaigns[0].trunk"] == "'main' does not exist. There is none."
    told = problems(with_value("callees.0.rates", []))
    assert told["callees[0].rates"] == "is empty. Write [[callees.rates]] at least once."


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffseconds\r\n10,5\r\n30\r\n",
        "agent;seconds\nA;30\nB;10,5\n",
        "agent\tseconds\nA\t30\nB\t10.5\n",
        'seconds, agent\n30,"a, b"\n10.5,c\n',
    ],
)
def test_measurements_as_spreadsheets_write_them(tmp_path: Path, text: str) -> None:
    (tmp_path / "talks.csv").write_text(text, encoding="utf-8", newline="")
    changed = with_value("teams.0.talk", {"shape": "empirical", "file": "talks.csv"})
    assert scenario_of(changed, tmp_path).teams[0].talk == Empirical((10.5, 30.0))


@pytest.mark.parametrize(
    ("content", "field", "told"),
    [
        (b"dur\xe9e;seconds\n1;2\n", "file", "UTF-8"),
        (b"talk;wrap\n1;2\n", "column", "talk, wrap"),
        (b'a,seconds\n1,"2,5"\n', "file", "line 2 has '2,5'"),
    ],
)
def test_what_is_wrong_with_measurements(
    tmp_path: Path, content: bytes, field: str, told: str
) -> None:
    (tmp_path / "talks.csv").write_bytes(content)
    changed = with_value("teams.0.talk", {"shape": "empirical", "file": "talks.csv"})
    with pytest.raises(ScenarioInvalid) as caught:
        scenario_of(changed, tmp_path)
    [problem] = caught.value.problems
    assert problem.field == f"teams[0].talk.{field}"
    assert told in str(problem)


@pytest.mark.parametrize("text", ["seconds\n", "seconds\nmany\n", "seconds\n-1\n", ""])
def test_files_without_measurements(tmp_path: Path, text: str) -> None:
    (tmp_path / "talks.csv").write_text(text, encoding="utf-8")
    changed = with_value("teams.0.talk", {"shape": "empirical", "file": "talks.csv"})
    with pytest.raises(ScenarioInvalid) as caught:
        scenario_of(changed, tmp_path)
    assert [one.field for one in caught.value.problems] == ["teams[0].talk.file"]


def test_values_are_read() -> None:
    read = day(
        begins="08:30:15",
        campaigns=[
            {
                **document()["campaigns"][0],
                "mode": "predictive",
                "recall_seconds": {"busy": 120, "machine": False},
            }
        ],
        callees=[
            {
                **document()["callees"][0],
                "answer": {"shape": "constant", "seconds": 9, "most": 5},
                "patience": {
                    "shape": "mixture",
                    "parts": [
                        {"share": 0.5, "shape": "constant", "seconds": 1},
                        {"share": 0.5, "shape": "constant", "seconds": 3},
                    ],
                },
            }
        ],
    )
    assert read.begins == 8 * 3600 + 30 * 60 + 15
    assert read.campaigns[0].recall_seconds == {"busy": 120, "machine": None}
    assert read.callees[0].answer == Clamped(Constant(9.0), most=5.0)
    assert read.callees[0].patience == Mixture(((0.5, Constant(1.0)), (0.5, Constant(3.0))))


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    (tmp_path / "day.toml").write_text("name = ", encoding="utf-8")
    with pytest.raises(ScenarioInvalid) as caught:
        read_scenario(tmp_path / "day.toml")
    assert [one.field for one in caught.value.problems] == ["day.toml"]


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_examples_are_valid(file: Path) -> None:
    scenario = read_scenario(file)
    assert scenario.campaigns or scenario.inbound
