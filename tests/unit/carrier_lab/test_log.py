from __future__ import annotations

from pathlib import Path

import pytest

from kwabo.adapters.carrier_lab.log import read_log

INVITE = "2026-11-23T10:34:07.948Z invite +2290100000002 +22921000000 a1 person 1 - c1@host"
ANSWERED = "2026-11-23T10:34:08.948Z answered +2290100000002 +22921000000 a1 person 1 - c1@host"
HEARD = "2026-11-23T10:34:09.948Z heard +2290100000002 +22921000000 a1 person 1 - c1@host"
ENDED = "2026-11-23T10:34:10.948Z ended +2290100000002 +22921000000 a1 person 1 16 c1@host"


def log(tmp_path: Path, *lines: str, end: str = "\n") -> Path:
    path = tmp_path / "calls.log"
    path.write_text("\n".join(lines) + end)
    return path


def test_a_call_is_put_together_from_its_lines(tmp_path: Path) -> None:
    (call,) = read_log(log(tmp_path, INVITE, ANSWERED, ENDED))
    assert (call.number, call.caller_id) == ("+2290100000002", "+22921000000")
    assert (call.attempt_id, call.call_id, call.behaviour) == ("a1", "c1@host", "person")
    assert call.answered_at is not None
    assert call.ended_at is not None
    assert (call.ended_at - call.invited_at).total_seconds() == 3.0
    assert call.cause == 16


def test_what_a_listening_person_heard_is_told(tmp_path: Path) -> None:
    (call,) = read_log(log(tmp_path, INVITE, ANSWERED, HEARD, ENDED))
    assert call.answered_at is not None
    assert call.heard_at is not None
    assert (call.heard_at - call.answered_at).total_seconds() == 1.0
    (deaf,) = read_log(log(tmp_path, INVITE, ANSWERED, ENDED))
    assert deaf.heard_at is None


def test_two_invites_are_two_calls(tmp_path: Path) -> None:
    second = INVITE.replace("c1@host", "c2@host")
    assert [call.call_id for call in read_log(log(tmp_path, INVITE, second))] == [
        "c1@host",
        "c2@host",
    ]


def test_what_is_absent_is_empty(tmp_path: Path) -> None:
    line = INVITE.replace("+22921000000 a1", "- -")
    (call,) = read_log(log(tmp_path, line))
    assert (call.caller_id, call.attempt_id, call.answered_at) == ("", "", None)


def test_a_line_being_written_is_left_for_later(tmp_path: Path) -> None:
    (call,) = read_log(log(tmp_path, INVITE, ENDED[:40], end=""))
    assert call.ended_at is None


def test_no_file_is_no_call(tmp_path: Path) -> None:
    assert read_log(tmp_path / "none") == []


def test_another_file_is_refused_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_log(log(tmp_path, INVITE, "hello"))
