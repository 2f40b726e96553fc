"""Ways from page to page: links to nowhere, pages nobody comes to, pages nobody leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kwabo.domain.scripts.document import blocks_of, pages_of, ways_on

Found = tuple[str, str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Way:
    path: str  # of the page's name in the document
    page: str
    to: str | None  # None: the end
    always: bool


def way_problems(document: Mapping[str, Any]) -> Iterator[Found]:
    """(path, code, details) of everything wrong with a script's ways."""
    pages = [str(page.get("id")) for page in pages_of(document)]
    if not pages:
        return
    ways = [*_nexts(document), *_buttons(document)]
    for way in ways:
        if way.to is not None and way.to not in pages:
            yield way.path, "SCRIPT_PAGE_MISSING", {"page": way.to}
    reached = _reached(ways, pages[0])
    for index, here in enumerate(pages):
        if here not in reached:
            yield f"pages.{index}", "SCRIPT_PAGE_UNREACHABLE", {"page": here}
        own = [way for way in ways if way.page == here]
        if not own:
            yield f"pages.{index}", "SCRIPT_DEAD_END", {"page": here}
        elif not any(way.always for way in own):
            yield f"pages.{index}.next", "SCRIPT_ALWAYS_ONE", {"page": here}


def _nexts(document: Mapping[str, Any]) -> Iterator[_Way]:
    for index, page in enumerate(pages_of(document)):
        here, path = str(page.get("id")), f"pages.{index}.next"
        if page.get("finish") is True:
            yield _Way(path, here, None, True)
        for number, (to, when) in enumerate(ways_on(page)):
            at = path if isinstance(page.get("next"), str) else f"{path}.{number}.page"
            yield _Way(at, here, to, when is None)


def _buttons(document: Mapping[str, Any]) -> Iterator[_Way]:
    for placed in blocks_of(document):
        action = placed.block.get("action")
        if placed.block.get("type") != "button" or not isinstance(action, Mapping):
            continue
        if action.get("type") == "go":
            to = str(action.get("page") or "")
            yield _Way(f"{placed.path}.action.page", placed.page, to, placed.when is None)
        elif action.get("type") == "wrap_up":
            yield _Way(placed.path, placed.page, None, placed.when is None)


def _reached(ways: list[_Way], first: str) -> set[str]:
    reached, todo = {first}, [first]
    while todo:
        here = todo.pop()
        for way in ways:
            if way.page == here and way.to is not None and way.to not in reached:
                reached.add(way.to)
                todo.append(way.to)
    return reached
