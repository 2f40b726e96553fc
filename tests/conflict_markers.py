"""Refuses files that hold what a merge could not decide: `python tests/conflict_markers.py`.

Looks at every file that git tracks or would. A line of equal signs alone is none (it underlines
titles); each conflict has lines of the other kinds too.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_MARKERS = re.compile(rb"^(?:<{7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)


def found(root: Path) -> list[str]:
    """`file:line` of every marker in the files of a repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, check=True,
    ).stdout  # fmt: skip
    places = []
    for name in sorted(filter(None, listed.split(b"\0"))):
        path = root / name.decode()
        if path.is_symlink() or not path.is_file():
            continue
        content = path.read_bytes()
        for match in _MARKERS.finditer(content):
            line = content.count(b"\n", 0, match.start()) + 1
            places.append(f"{name.decode()}:{line}")
    return places


def main() -> int:
    """Print every place; 1 when there is one."""
    places = found(ROOT)
    for place in places:
        print(f"{place}: a merge was not decided here", file=sys.stderr)
    return 1 if places else 0


if __name__ == "__main__":
    sys.exit(main())
