"""What callers are told to do, and what the log tells of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kwabo.adapters.carrier_lab.callers import (
    CallIn,
    HangUp,
    Hear,
    Meet,
    Press,
    Say,
    Wait,
    caller_dialplan,
    read_step,
)
from kwabo.adapters.carrier_lab.log import read_callers, read_log


@pytest.mark.parametrize(
    ("text", "step", "written"),
    [
        ("wait:2.5", Wait(seconds=2.5), "w2.500"),
        ("hear", Hear(), "h0.700"),
        ("hear:1", Hear(silence_seconds=1.0), "h1.000"),
        ("meet:30", Meet(patience_seconds=30), "m30:10.000"),
        ("meet:30:2.5", Meet(patience_seconds=30, talk_seconds=2.5), "m30:2.500"),
        ("press:12#", Press(keys="12#"), "k12#"),
        ("say", Say(), "sdemo-moreinfo"),
        ("say:/tmp/a.wav", Say(path=Path("/tmp/a.wav")), "s/tmp/a"),
        ("hang-up", HangUp(), "x"),
    ],
)
def test_steps_are_read_and_written(text: str, step: object, written: str) -> None:
    read = read_step(text)
    assert read == step
    assert read.written() == written


@pytest.mark.parametrize("text", ["", "wait", "wait:long", "jump", "hang-up:now"])
def test_what_is_no_step_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"step|float"):
        read_step(text)


@pytest.mark.parametrize(
    "values",
    [
        {"number": "+229,1"},
        {"number": "1", "caller": 'x"'},
        {"number": "1", "caller_name": "a;b"},
        {"number": "1", "steps": (Press(keys="1,2"),)},
        {"number": "1", "steps": (Say(path=Path("/tmp/a&b.wav")),)},
        {"number": "1", "steps": (Wait(seconds=-1),)},
        {"number": "1", "steps": (Meet(patience_seconds=0),)},
        {"number": "1", "steps": (Meet(patience_seconds=5, talk_seconds=-1),)},
        {"number": "1", "steps": (HangUp(),) * 201},
        {"number": "1", "rings_seconds": 0},
        {"number": "1", "call_id": "A B"},
    ],
)
def test_what_a_dialplan_could_misread_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        CallIn(**values)  # type: ignore[arg-type]


def test_a_call_is_told_in_variables_that_its_channels_inherit() -> None:
    call = CallIn(number="0121000000", steps=(Hear(), Press(keys="1")), call_id="c1")
    told = call.variables(Path("/lab/calls.log"))
    assert told["__LAB_IN_STEPS"] == "h0.700&k1"
    assert told["__LAB_IN_HEARD"] == "/lab/heard-c1.wav"
    assert "PJSIP/${LAB_IN_NUMBER}@kwabo" in caller_dialplan(Path("/lab/calls.log"), "kwabo")


def test_the_log_tells_callers_from_called(tmp_path: Path) -> None:
    log = tmp_path / "calls.log"
    when = "2026-11-27T01:00:0{}.000Z {} 0121000000 {} {} caller 1 {} /lab/heard-{}.wav\n"
    log.write_text(
        when.format(0, "calls", "+2290197000001", "c1", "-", "c1")
        + when.format(1, "calls", "-", "c2", "-", "c2")
        + when.format(2, "taken", "+2290197000001", "c1", "-", "c1")
        + when.format(2, "pressed", "+2290197000001", "c1", "9", "c1")
        + when.format(3, "met", "+2290197000001", "c1", "-", "c1")
        + when.format(3, "left", "-", "c2", "17", "c2")
        + when.format(4, "left", "+2290197000001", "c1", "16", "c1")
        + "2026-11-27T01:00:05.000Z invite +22901 - - person 1 - call-7\n"
    )
    first, second = read_callers(log)
    assert (first.caller, first.cause) == ("+2290197000001", 16)
    assert first.answered_at is not None
    assert [(at.second, keys) for at, keys in first.pressed] == [(2, "9")]
    assert first.met_at is not None
    assert first.met_at.second == 3
    assert first.heard == Path("/lab/heard-c1.wav")
    assert (second.caller, second.answered_at, second.cause) == ("", None, 17)
    assert [call.call_id for call in read_log(log)] == ["call-7"]
