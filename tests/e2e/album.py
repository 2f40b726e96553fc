"""One page to look through pictures: a line for each page, a picture for each look."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Kwabo, every page</title>
<style>
body { font: 15px system-ui, sans-serif; margin: 2rem; background: #eee; color: #222; }
nav { columns: 16rem; margin-bottom: 2rem; }
nav a { display: block; color: inherit; }
section > div { display: flex; gap: 1rem; overflow-x: auto; align-items: start; }
figure { margin: 0; flex: none; }
img { height: 26rem; object-fit: cover; object-position: top; border: 1px solid #999; }
.fault { color: #b00020; }
</style>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page as it looked."""

    page: str
    look: str
    file: Path  # below the album's folder
    faults: tuple[str, ...]  # what was wrong with it


def write_album(folder: Path, pictures: Sequence[Picture]) -> None:
    """index.html in this folder."""
    pages: dict[str, list[Picture]] = {}
    for picture in pictures:
        pages.setdefault(picture.page, []).append(picture)
    links = "".join(
        f'<a href="#{number}"{_class(of_page)}>{html.escape(page)}</a>'
        for number, (page, of_page) in enumerate(pages.items())
    )
    sections = "".join(
        f'<section id="{number}"><h2>{html.escape(page)}</h2>'
        f"<div>{''.join(map(_figure, of_page))}</div></section>"
        for number, (page, of_page) in enumerate(pages.items())
    )
    (folder / "index.html").write_text(f"{_HEAD}<nav>{links}</nav>{sections}</html>\n")


def _class(pictures: Sequence[Picture]) -> str:
    return ' class="fault"' if any(picture.faults for picture in pictures) else ""


def _figure(picture: Picture) -> str:
    file = html.escape(picture.file.as_posix())
    faults = "".join(f'<p class="fault">{html.escape(fault)}</p>' for fault in picture.faults)
    return (
        f'<figure><a href="{file}"><img loading="lazy" src="{file}" alt=""></a>'
        f"<figcaption>{html.escape(picture.look)}{faults}</figcaption></figure>"
    )
