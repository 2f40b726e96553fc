from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kwabo.adapters.carrier_lab.behaviours import (
    LASTING,
    Behaviour,
    BehaviourTable,
    Kind,
    demo_table,
)
from kwabo.adapters.carrier_lab.table_file import read_table, table_from


def numbers(count: int) -> list[str]:
    return [f"+22901{number:08d}" for number in range(count)]


def test_the_same_number_always_meets_the_same_behaviour() -> None:
    first, again = demo_table(), demo_table()
    assert [first.decide(n) for n in numbers(200)] == [again.decide(n) for n in numbers(200)]


def test_another_seed_is_another_town() -> None:
    here, there = demo_table(), demo_table(seed="other")
    assert [here.decide(n).name for n in numbers(200)] != [
        there.decide(n).name for n in numbers(200)
    ]


def test_shares_are_kept() -> None:
    table = demo_table()
    counted = Counter(table.decide(n).name for n in numbers(5000))
    total = sum(table.shares.values())
    for name, weight in table.shares.items():
        assert counted[name] / 5000 == pytest.approx(weight / total, abs=0.025), name


def test_buckets_cover_every_draw() -> None:
    for shares in ({"person": 1.0}, {"person": 1, "busy": 1, "fax": 1}, {"person": 999, "fax": 1}):
        assert len(replace(demo_table(), shares=shares).buckets()) == 256


def test_lasting_kinds_last_over_tries() -> None:
    table = demo_table()
    for number in numbers(500):
        kinds = [table.decide(number, attempt).kind for attempt in (1, 2, 3, 4)]
        if set(kinds) & LASTING:
            assert kinds[0] in LASTING
            assert len(set(kinds)) == 1


def test_some_people_answer_on_a_later_try() -> None:
    table = demo_table()
    absent = [n for n in numbers(500) if table.decide(n).kind is Kind.NO_ANSWER]
    assert any(table.decide(n, 2).kind is Kind.PERSON for n in absent)


def test_agents_come_before_numbers_and_numbers_before_suffixes() -> None:
    table = replace(
        demo_table(),
        numbers={"+2290100000042": ("busy", "person")},
        suffixes={"42": ("fax",), "042": ("voicemail",), "9": ("sit",)},
    )
    assert table.decide("+2290121990042").name == "agent"
    assert [table.decide("+2290100000042", n).name for n in (1, 2, 3)] == [
        "busy",
        "person",
        "person",
    ]
    assert table.decide("+2290111111042").name == "voicemail"
    assert table.decide("+2290111111142").name == "fax"


def test_the_time_scale_does_not_send_agents_home() -> None:
    quick = replace(demo_table(time_scale=0.01), spread=0.0)
    assert quick.decide("+2290121990001").talk_seconds == 12 * 3600
    person = next(n for n in numbers(100) if quick.decide(n).kind is Kind.PERSON)
    assert quick.decide(person).talk_seconds == pytest.approx(0.25)


def test_an_agents_phone_answers_at_once_and_stays_where_no_seconds_are_given() -> None:
    for name in ("agent", "desk"):  # the demo's own, and one that a table adds
        table = table_from({"behaviours": {name: {"kind": "agent"}}, "spread": 0.0, "agents": name})
        leg = table.decide("+2290121990001")
        assert (leg.name, leg.ring_seconds, leg.talk_seconds) == (name, 0.0, 12 * 3600)
    short = replace(table.behaviours["desk"], talk_seconds=5.0)
    assert short.talk_median == 5.0
    person = Behaviour(kind=Kind.PERSON)
    assert (person.ring_median, person.talk_median) == (4.0, 30.0)


def test_a_table_is_read_from_toml(tmp_path: Path) -> None:
    path = tmp_path / "lab.toml"
    path.write_text(
        """
        seed = "abc"
        time_scale = 0.5
        [behaviours.patient]
        kind = "person"
        talk_seconds = 300
        [behaviours.person]
        ring_seconds = 1
        [shares]
        patient = 3
        busy = 1
        [numbers]
        "+2290100000001" = ["busy", "patient"]
        [suffixes]
        "99" = "fax"
        """
    )
    table = read_table(path)
    assert (table.seed, table.time_scale) == ("abc", 0.5)
    assert table.behaviours["patient"].talk_seconds == 300
    assert table.behaviours["person"].ring_seconds == 1
    assert table.behaviours["person"].talk_seconds == 25
    assert set(table.buckets()) == {"patient", "busy"}
    assert table.suffixes == {"99": ("fax",)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[shares]\nghost = 1", "no behaviour named ghost"),
        ('[numbers]\n"0612" = "busy"', "written"),
        ('[suffixes]\n"x" = "busy"', "suffix"),
        ("time_scale = 0", "time_scale"),
        ('[behaviours.person]\nkeys = "A"', "Keys"),
        ('[behaviours.new]\nkind = "robot"', "robot"),
        ("colour = 1", "colour"),
        ("[shares", "not a table"),
    ],
)
def test_a_wrong_table_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "lab.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=said):
        read_table(path)


def test_every_kind_is_in_the_demo() -> None:
    table: BehaviourTable = demo_table()
    assert {behaviour.kind for behaviour in table.behaviours.values()} == set(Kind)


def test_a_spread_of_its_own_changes_nothing_else() -> None:
    table = demo_table()
    person = replace(table.behaviours["person"], ring_spread=0.0, set_up_seconds=2.0)
    own = replace(table, behaviours={**table.behaviours, "person": person})
    for number in (n for n in numbers(200) if table.decide(n).name == "person"):
        before, after = table.decide(number), own.decide(number)
        assert after.ring_seconds == person.ring_seconds
        assert after.talk_seconds == before.talk_seconds
        assert (before.set_up_seconds, after.set_up_seconds > 0) == (0.0, True)


@pytest.mark.parametrize(
    "name",
    [
        "set_up_seconds",
        "ring_seconds",
        "talk_seconds",
        "ring_spread",
        "talk_spread",
        "listen_seconds",
    ],
)
def test_negative_values_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="must"):
        replace(demo_table().behaviours["person"], **{name: -1.0})
