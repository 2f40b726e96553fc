"""The page of the audit log has words for everything that services record, in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Acts end like these; what else has a dot is a permission, a field or a command of the floor.
_ACT = re.compile(r"[a-z_]+\.([a-z_]*(ed|undone|rolled_back|proof_read|tried_again|run))")
_COMMANDS = {"settings.changed", "consents.changed", "courses.reopened", "dnc.added"}


def _acts() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "src" / "kwabo" / "services").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and _ACT.fullmatch(value):
                found.add(value)
    return found - _COMMANDS


def _section(language: str, name: str) -> set[str]:
    path = ROOT / "web" / "src" / "features" / "audit" / f"messages.{language}.ts"
    body = re.search(rf"^  {name}: {{\n(.*?)^  }},", path.read_text(), re.DOTALL | re.MULTILINE)
    assert body is not None
    return set(re.findall(r'^    "?([a-z_.]+)"?:', body[1], re.MULTILINE))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_act_is_told_in_words(language: str) -> None:
    acts = _acts()
    assert len(acts) > 80
    assert acts - _section(language, "actions") == set()
