"""The browser tests share one centre: no two of them may open the same number."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

E2E = Path(__file__).parents[1] / "e2e"
_NUMBER = re.compile(r'"(0121[0-9]{6})"')


def test_each_number_is_opened_by_one_file() -> None:
    files: dict[str, set[str]] = defaultdict(set)
    for file in E2E.glob("test_*.py"):
        for number in _NUMBER.findall(file.read_text()):
            files[number].add(file.name)
    assert len(files) > 8, "the tests are read as they are written"
    shared = {number: sorted(names) for number, names in files.items() if len(names) > 1}
    assert not shared, "numbers that several files open"
