"""French sentences have one form of apostrophe, on the server and in the guides as in the pages."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "src", ROOT / "clients" / "python" / "src")
_ELIDED = re.compile(
    r"(?<![A-Za-zéèêà])(?:[LDNSJCMT]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Aa]ujourd|[ldnsjcmt])'"
    r"(?=[a-zéèêàâîôœ{«])"
)
_IN_GUIDE = re.compile(r"\w'(?=[\w*«\[`])")  # French all through, with marks of Markdown
_HEADING = re.compile(r"\"jusqu'au\"")  # of a file that people have kept, not a sentence


def straight(text: str) -> list[str]:
    return [line.strip() for line in _HEADING.sub("", text).splitlines() if _ELIDED.search(line)]


def test_a_straight_apostrophe_is_found() -> None:
    assert straight("x = \"L'appel n'est plus là\"")
    assert not straight('"It isn\'t there"')


def test_no_sentence_has_a_straight_apostrophe() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {line}"
        for source in SOURCES
        for path in (*source.rglob("*.py"), *source.rglob("*.json"))
        if "node_modules" not in path.parts and "static" not in path.parts
        for line in straight(path.read_text())
    }
    assert not found


def test_no_guide_has_a_straight_apostrophe() -> None:
    found = {
        f"{path.name}: {line}"
        for path in (ROOT / "docs" / "users" / "fr").glob("*.md")
        for line in path.read_text().splitlines()
        if _IN_GUIDE.search(line)
    }
    assert not found
