"""A script as a JSON document: pages of blocks, and how one walks through them.

    {"required": "remind",
     "pages": [{"id": "accueil", "title": "Accueil", "next": "fin", "blocks": [
         {"type": "text", "text": "Bonjour **{{nom}}**, je suis {{agent:name}}."},
         {"type": "field", "id": "accord", "label": "D’accord ?", "input": "yes_no",
          "column": "consentement", "written": {"yes": "oui", "no": "non"}, "required": true},
         {"type": "section", "when": CONDITION, "blocks": [ … ]},
         {"type": "button", "id": "refus", "label": "Ne plus appeler", "when": CONDITION,
          "action": {"type": "do_not_call", "dnc_list_id": null, "days": null}}]},
      {"id": "fin", "title": "Fin", "finish": true, "blocks": []}]}

`required`: what a required field without a value does. `remind` says so and lets the outcome pass;
`success` refuses outcomes that count as a success. It never keeps anybody from ending a call.
A page's `next` may be a list of `{"page", "when"}`: the first that holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kwabo.domain.scripts.conditions import all_of

MOST_PAGES: Final = 60
MOST_BLOCKS: Final = 60  # on a page, sections and what is in them counted
DEEPEST: Final = 4  # sections within sections; groups within conditions
MOST_STATEMENTS: Final = 30  # of one condition
MOST_CHOICES: Final = 100
MOST_NEXT: Final = 20
LONGEST_TEXT: Final = 20_000
LONGEST_LABEL: Final = 300
LONGEST_VALUE: Final = 500
LARGEST: Final = 400_000  # characters of the document

INPUTS: Final = (
    "text", "long_text", "number", "date", "time", "choice", "choices", "yes_no", "phone",
)  # fmt: skip
ACTIONS: Final = (
    "go", "do_not_call", "uncallable", "callback", "transfer", "wrap_up", "open", "copy",
    "send_message",
)  # fmt: skip
CHANNELS: Final = ("any", "voice", "sms", "email", "whatsapp")
REQUIRED: Final = ("remind", "success")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A place for an answer."""

    id: str
    page: str
    label: str
    input: str
    column: str | None  # of the list; None: the answer is kept with the attempt alone
    required: bool
    read_only: bool
    default: str
    choices: tuple[str, ...]  # values
    written: Mapping[str, str]  # of yes and no, in the column
    personal: bool  # personal data
    when: Mapping[str, Any] | None  # of all sections around it


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A block with its path and what must hold for it to be seen."""

    path: str
    page: str
    block: Mapping[str, Any]
    when: Mapping[str, Any] | None


def pages_of(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The pages in their order."""
    return [page for page in _list(document.get("pages")) if isinstance(page, Mapping)]


def blocks_of(document: Mapping[str, Any]) -> Iterator[Placed]:
    """Every block of every page, sections before what is in them."""
    for index, page in enumerate(pages_of(document)):
        yield from _blocks(page.get("blocks"), f"pages.{index}.blocks", str(page.get("id")), ())


def _blocks(
    blocks: object, path: str, page: str, around: Sequence[Mapping[str, Any] | None]
) -> Iterator[Placed]:
    for index, block in enumerate(_list(blocks)):
        if not isinstance(block, Mapping):
            continue
        when = block.get("when") if isinstance(block.get("when"), Mapping) else None
        inside = (*around, when)
        yield Placed(path=f"{path}.{index}", page=page, block=block, when=all_of(inside))
        if block.get("type") == "section":
            yield from _blocks(block.get("blocks"), f"{path}.{index}.blocks", page, inside)


def fields_of(document: Mapping[str, Any]) -> dict[str, Field]:
    """The fields by id."""
    found: dict[str, Field] = {}
    for placed in blocks_of(document):
        block = placed.block
        if block.get("type") != "field":
            continue
        written = block.get("written")
        field = Field(
            id=str(block.get("id") or ""),
            page=placed.page,
            label=str(block.get("label") or ""),
            input=str(block.get("input") or "text"),
            column=str(block["column"]) if block.get("column") else None,
            required=block.get("required") is True,
            read_only=block.get("read_only") is True,
            default=str(block.get("default") or ""),
            choices=tuple(
                str(one.get("value"))
                for one in _list(block.get("choices"))
                if isinstance(one, Mapping)
            ),
            written={str(k): str(v) for k, v in written.items()}
            if isinstance(written, Mapping)
            else {},
            personal=block.get("personal") is True,
            when=placed.when,
        )
        found.setdefault(field.id, field)
    return found


def button_of(document: Mapping[str, Any], button_id: str) -> Mapping[str, Any] | None:
    """A button by its id."""
    for placed in blocks_of(document):
        if placed.block.get("type") == "button" and placed.block.get("id") == button_id:
            return placed.block
    return None


def ways_on(page: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any] | None]]:
    """Where a page's "next" leads, with the condition of each."""
    written = page.get("next")
    if isinstance(written, str):
        return [(written, None)] if written else []
    found = []
    for one in _list(written):
        if isinstance(one, Mapping):
            when = one.get("when") if isinstance(one.get("when"), Mapping) else None
            found.append((str(one.get("page") or ""), when))
    return found


def of_markdown(text: str, title: str) -> dict[str, Any]:
    """A campaign's Markdown as a script of one page."""
    page = {
        "id": "page-1",
        "title": title,
        "finish": True,
        "blocks": [{"type": "text", "text": text}],
    }
    return {"required": "remind", "pages": [page]}


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()
