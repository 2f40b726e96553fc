from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kwabo.adapters.carrier_lab.behaviours import Behaviour, Kind, demo_table
from kwabo.adapters.carrier_lab.dialplan import lab_dialplan

TEXT = lab_dialplan(
    replace(demo_table(), suffixes={"7": ("busy",), "07": ("fax",)}), Path("/tmp/calls.log")
)


def test_every_behaviour_has_its_context() -> None:
    for name in demo_table().behaviours:
        assert f"[lab-behaviour-{name}]" in TEXT


def test_every_draw_and_factor_is_there() -> None:
    assert len(re.findall(r"^DRAW_[0-9a-f]{2}=\w+$", TEXT, re.MULTILINE)) == 256
    assert len(re.findall(r"^FACTOR_[0-9a-f]{2}=[0-9.]+$", TEXT, re.MULTILINE)) == 256


def test_longer_suffixes_win_by_coming_later() -> None:
    assert TEXT.index("LAB_DIGITS:-1") < TEXT.index("LAB_DIGITS:-2")


def test_network_refusals_do_not_ring() -> None:
    busy = TEXT.split("[lab-behaviour-busy]")[1].split("\n[")[0]
    assert "Ringing" not in busy
    assert "Hangup(17)" in busy


def test_the_log_file_is_appended() -> None:
    assert "FILE(/tmp/calls.log,,,al,u)" in TEXT


def steps_of(behaviour: Behaviour) -> str:
    """The dialplan of a behaviour added to the demo table."""
    demo = demo_table()
    text = lab_dialplan(
        replace(demo, behaviours={**demo.behaviours, "own": behaviour}), Path("/tmp/calls.log")
    )
    return text.split("[lab-behaviour-own]")[1].split("\n[")[0]


def test_nothing_is_signalled_while_a_call_is_set_up() -> None:
    steps = steps_of(Behaviour(kind=Kind.PERSON, set_up_seconds=2.0, ring_seconds=5.0))
    assert steps.index("MATH(2.000") < steps.index("Ringing()") < steps.index("MATH(5.000")
    refusal = steps_of(Behaviour(kind=Kind.BUSY, set_up_seconds=2.0, ring_seconds=0.0))
    assert "Ringing" not in refusal
    assert "MATH(2.000" in refusal


def test_an_agents_phone_does_not_ring_and_hangs_up_after_hours_only() -> None:
    steps = steps_of(Behaviour(kind=Kind.AGENT))
    assert "Ringing" not in steps
    assert re.findall(r"TIMEOUT\(absolute\)=\$\{MATH\(([0-9.]+)", steps) == ["43200.000"]


def test_a_spread_of_its_own_has_its_own_factors() -> None:
    demo = demo_table()
    own = Behaviour(kind=Kind.PERSON, ring_spread=0.9)
    text = lab_dialplan(
        replace(demo, behaviours={**demo.behaviours, "own": own}), Path("/tmp/calls.log")
    )
    factors = re.findall(r"^FACTOR1_[0-9a-f]{2}=([0-9.]+)$", text, re.MULTILINE)
    assert [float(factor) for factor in factors] == list(demo.factors(0.9))
    steps = text.split("[lab-behaviour-own]")[1].split("\n[")[0]
    assert "FACTOR1_${LAB_HASH:2:2}" in steps  # ringing
    assert "FACTOR_${LAB_HASH:4:2}" in steps  # talking, by the table's


def test_only_a_person_who_listens_tells_what_was_heard() -> None:
    listening = steps_of(Behaviour(kind=Kind.PERSON, listen_seconds=6.0))
    assert listening.index("Playback(hello)") < listening.index("WaitForNoise(60,1,6)")
    assert "s,1(heard,-)" in listening
    assert "heard" not in steps_of(Behaviour(kind=Kind.PERSON))


def test_a_voicemail_records_after_its_beep_only_where_it_is_told_to() -> None:
    plain = steps_of(Behaviour(kind=Kind.VOICEMAIL))
    assert "Record(" not in plain
    steps = steps_of(Behaviour(kind=Kind.VOICEMAIL, records=True))
    assert steps.index("Playback(beep)") < steps.index("Record(/tmp/recorded-${LAB_CALL}.wav,")
    with pytest.raises(ValueError, match="records"):
        Behaviour(kind=Kind.PERSON, records=True)


def test_a_refusal_may_have_a_cause_of_its_own() -> None:
    assert "Hangup(1)" in steps_of(Behaviour(kind=Kind.SIT))
    steps = steps_of(Behaviour(kind=Kind.SIT, cause=20))
    assert "Hangup(20)" in steps
    assert "Hangup(1)" not in steps
    for wrong in ({"kind": Kind.PERSON, "cause": 20}, {"kind": Kind.BUSY, "cause": 128}):
        with pytest.raises(ValueError, match="cause"):
            Behaviour(**wrong)
