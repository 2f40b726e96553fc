"""Files with undecided merges are found."""

from __future__ import annotations

import subprocess
from pathlib import Path

import conflict_markers


def test_each_marker_is_found_and_titles_are_none(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    ours, theirs, base = "<" * 7, ">" * 7, "|" * 7
    text = f"a\n{ours} HEAD\nb\n{base} 1234567\nc\n=======\nd\n{theirs} other\n"
    (tmp_path / "left.md").write_text(text)
    (tmp_path / "good.md").write_text(f"Title\n=======\n\n {ours} indented\n{ours}x {ours}\n")
    (tmp_path / "binary").write_bytes(b"\x00\xff<<<<<< <\n")
    (tmp_path / "ignored").write_text(text)
    (tmp_path / ".gitignore").write_text("ignored\n")
    assert conflict_markers.found(tmp_path) == ["left.md:2", "left.md:4", "left.md:8"]


def test_this_repository_has_none() -> None:
    assert conflict_markers.found(conflict_markers.ROOT) == []
