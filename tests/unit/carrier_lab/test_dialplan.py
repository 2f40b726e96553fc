from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from kwabo.adapters.carrier_lab.behaviours import demo_table
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
