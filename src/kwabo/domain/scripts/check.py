"""Everything wrong with a script, each with the path of its place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.campaigns.script import placeholders
from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.scripts import document as doc
from kwabo.domain.scripts.answers import read_answer
from kwabo.domain.scripts.condition_check import ConditionCheck
from kwabo.domain.scripts.placeholders import ANSWER, FACTS, names_in
from kwabo.domain.scripts.problems import problem
from kwabo.domain.scripts.ways import way_problems

MOST_PROBLEMS: Final = 100
MOST_MINUTES: Final = 366 * 24 * 60
_ID = re.compile(r"[A-Za-z0-9_-]{1,60}")
_INPUTS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "long_text", "choice", "choices", "yes_no", "phone", "time"),
    "number": ("number", "choice"),
    "date": ("date",),
}
_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "text": frozenset({"type", "text", "when"}),
    "section": frozenset({"type", "title", "when", "blocks"}),
    "button": frozenset({"type", "id", "label", "when", "action"}),
    "field": frozenset(
        {
            "type", "id", "label", "help", "input", "column", "required", "read_only", "default",
            "choices", "written", "personal", "when",
        }
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a script may name. None: not looked up, everything is taken to exist."""

    columns: Mapping[str, str] | None = None  # of the list: column → kind
    key_columns: frozenset[str] = frozenset()
    wrap_up_codes: frozenset[UUID] | None = None
    dnc_lists: frozenset[UUID] | None = None  # with entries of their own
    users: frozenset[UUID] | None = None
    region: str = "BJ"


def check_script(document: Mapping[str, Any], known: Known) -> list[Objection]:
    """Everything wrong, in the order of the document; at most 100."""
    return _Checker(document, known).found[:MOST_PROBLEMS]


def size_problem(document: Mapping[str, Any]) -> list[Objection]:
    """What keeps even a draft from being kept: its size."""
    if len(json.dumps(document, ensure_ascii=False)) > doc.LARGEST:
        return [problem("document", "SCRIPT_TOO_LARGE", most=f"{doc.LARGEST:,}")]
    return []


class _Checker:
    def __init__(self, document: Mapping[str, Any], known: Known) -> None:
        self.known = known
        self.found: list[Objection] = []
        self.fields = doc.fields_of(document)
        self.conditions = ConditionCheck(self.fields, known.columns, self.refuse)
        self.ids: set[str] = set()
        self.page_ids: set[str] = set()
        self.written: set[tuple[str, str]] = set()
        self.document(document)

    def refuse(self, path: str, code: str, **details: object) -> None:
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(problem(path, code, **details))

    def document(self, document: Mapping[str, Any]) -> None:
        self.found += size_problem(document)
        self.keys(document, frozenset({"required", "pages"}), "document")
        if document.get("required", "remind") not in doc.REQUIRED:
            self.refuse("required", "SCRIPT_CHOICE_OF", possible=", ".join(doc.REQUIRED))
        pages = document.get("pages")
        if not isinstance(pages, list | tuple) or not 1 <= len(pages) <= doc.MOST_PAGES:
            self.refuse("pages", "SCRIPT_LIST", least=1, most=doc.MOST_PAGES)
            return
        wrong = [i for i, page in enumerate(pages) if not isinstance(page, Mapping)]
        if wrong:
            self.refuse(f"pages.{wrong[0]}", "SCRIPT_LIST", least=1, most=doc.MOST_PAGES)
            return
        for index, page in enumerate(pages):
            self.page(page, f"pages.{index}")
        for path, code, details in way_problems(document):
            self.refuse(path, code, **details)

    def page(self, page: Mapping[str, Any], path: str) -> None:
        self.keys(page, frozenset({"id", "title", "blocks", "next", "finish"}), path)
        self.id(page.get("id"), f"{path}.id", self.page_ids)
        self.label(page.get("title"), f"{path}.title")
        self.flag(page.get("finish", False), f"{path}.finish")
        following = page.get("next")
        if isinstance(following, list | tuple):
            if len(following) > doc.MOST_NEXT:
                self.refuse(f"{path}.next", "SCRIPT_LIST", least=0, most=doc.MOST_NEXT)
            for index, one in enumerate(following):
                if not isinstance(one, Mapping):
                    self.refuse(f"{path}.next.{index}", "SCRIPT_CONDITION")
                elif one.get("when") is not None:
                    self.conditions.check(one["when"], f"{path}.next.{index}.when")
        elif following is not None and not isinstance(following, str):
            self.refuse(f"{path}.next", "SCRIPT_LIST", least=0, most=doc.MOST_NEXT)
        count = self.blocks(page.get("blocks"), f"{path}.blocks", 1, str(page.get("id")))
        if count > doc.MOST_BLOCKS:
            self.refuse(f"{path}.blocks", "SCRIPT_TOO_MANY_BLOCKS", most=doc.MOST_BLOCKS)

    def blocks(self, blocks: object, path: str, depth: int, page: str) -> int:
        if not isinstance(blocks, list | tuple) or len(blocks) > doc.MOST_BLOCKS:
            self.refuse(path, "SCRIPT_LIST", least=0, most=doc.MOST_BLOCKS)
            return 0
        count = 0
        for index, block in enumerate(blocks):
            at = f"{path}.{index}"
            kind = block.get("type") if isinstance(block, Mapping) else None
            if not isinstance(kind, str) or kind not in _KEYS:
                self.refuse(f"{at}.type", "SCRIPT_BLOCK_TYPE")
                continue
            count += 1
            self.keys(block, _KEYS[kind], at)
            if block.get("when") is not None:
                self.conditions.check(block["when"], f"{at}.when")
            if kind == "text":
                self.text(block, at)
            elif kind == "field":
                self.field(block, at, page)
            elif kind == "button":
                self.button(block, at)
            elif depth >= doc.DEEPEST:
                self.refuse(at, "SCRIPT_TOO_DEEP", most=doc.DEEPEST)
            else:
                if block.get("title"):
                    self.label(block["title"], f"{at}.title")
                count += self.blocks(block.get("blocks"), f"{at}.blocks", depth + 1, page)
        return count

    def text(self, block: Mapping[str, Any], path: str) -> None:
        text = block.get("text")
        if not isinstance(text, str) or "\0" in text:
            self.refuse(f"{path}.text", "SCRIPT_TEXT")
        elif len(text) > doc.LONGEST_TEXT:
            self.refuse(f"{path}.text", "SCRIPT_TEXT_LONG", most=f"{doc.LONGEST_TEXT:,}")
        else:
            self.names(sorted(placeholders(text)), f"{path}.text")

    def names(self, names: Sequence[str], path: str) -> None:
        columns = self.known.columns
        for name in names:
            if name.startswith(ANSWER):
                if name.removeprefix(ANSWER) not in self.fields:
                    self.refuse(path, "SCRIPT_ANSWER_UNKNOWN", name=name.removeprefix(ANSWER))
            elif name in FACTS:
                continue
            elif columns is not None and name not in columns:
                self.refuse(path, "SCRIPT_NAME_UNKNOWN", name=name)

    # ── Fields ───────────────────────────────────────────────────────────────────────────────────

    def field(self, block: Mapping[str, Any], path: str, page: str) -> None:
        self.id(block.get("id"), f"{path}.id", self.ids)
        self.label(block.get("label"), f"{path}.label")
        if block.get("help"):
            self.label(block["help"], f"{path}.help")
        for flag in ("required", "read_only", "personal"):
            self.flag(block.get(flag, False), f"{path}.{flag}")
        if block.get("input") not in doc.INPUTS:
            self.refuse(f"{path}.input", "SCRIPT_CHOICE_OF", possible=", ".join(doc.INPUTS))
            return
        if block["input"] in ("choice", "choices"):
            self.choices(block.get("choices"), f"{path}.choices")
        field = self.fields.get(str(block.get("id")))
        if block.get("required") is True and block.get("read_only") is True:
            self.refuse(f"{path}.required", "SCRIPT_REQUIRED_READ_ONLY")
        self.column(block, path, page)
        default = block.get("default")
        if field is not None and default not in (None, ""):
            value, code = read_answer(field, default, self.known.region)
            if code or not value:
                self.refuse(f"{path}.default", "SCRIPT_DEFAULT")

    def column(self, block: Mapping[str, Any], path: str, page: str) -> None:
        column, read_only = block.get("column"), block.get("read_only") is True
        if not column:
            if read_only:
                self.refuse(f"{path}.column", "SCRIPT_COLUMN_NEEDED")
            return
        columns = self.known.columns
        if not isinstance(column, str) or (columns is not None and column not in columns):
            self.refuse(f"{path}.column", "SCRIPT_COLUMN_UNKNOWN", column=str(column)[:100])
            return
        if read_only:
            return
        if (page, column) in self.written:
            self.refuse(f"{path}.column", "SCRIPT_COLUMN_TWICE", column=column)
        self.written.add((page, column))
        if columns is None:
            return
        possible = _INPUTS_OF.get(columns[column])
        if possible is None or column in self.known.key_columns:
            self.refuse(f"{path}.column", "SCRIPT_COLUMN_FIXED", column=column)
        elif block.get("input") not in possible:
            self.refuse(
                f"{path}.input", "SCRIPT_COLUMN_KIND",
                column=column, kind=columns[column], possible=", ".join(possible),
            )  # fmt: skip

    def choices(self, choices: object, path: str) -> None:
        good = isinstance(choices, list | tuple) and 1 <= len(choices) <= doc.MOST_CHOICES
        values = []
        for one in choices if isinstance(choices, list | tuple) else ():
            value = one.get("value") if isinstance(one, Mapping) else None
            label = one.get("label", value) if isinstance(one, Mapping) else None
            good = good and isinstance(value, str) and 1 <= len(value.strip()) <= doc.LONGEST_LABEL
            good = good and isinstance(label, str) and len(label) <= doc.LONGEST_LABEL
            good = good and ";" not in str(value) and value == str(value).strip()
            values.append(value)
        if not good or len({str(value).lower() for value in values}) != len(values):
            self.refuse(path, "SCRIPT_CHOICES", most=doc.MOST_CHOICES)

    # ── Buttons ──────────────────────────────────────────────────────────────────────────────────

    def button(self, block: Mapping[str, Any], path: str) -> None:
        self.id(block.get("id"), f"{path}.id", self.ids)
        self.label(block.get("label"), f"{path}.label")
        action = block.get("action")
        kind = action.get("type") if isinstance(action, Mapping) else None
        if not isinstance(action, Mapping) or kind not in doc.ACTIONS:
            self.refuse(f"{path}.action.type", "SCRIPT_CHOICE_OF", possible=", ".join(doc.ACTIONS))
            return
        self.action(str(kind), action, f"{path}.action")

    def action(self, kind: str, action: Mapping[str, Any], path: str) -> None:
        match kind:
            case "send_message":
                self.refuse(f"{path}.type", "SCRIPT_NO_CHANNEL")
            case "do_not_call" | "uncallable":
                self.list_action(kind, action, path)
            case "callback":
                self.whole(action.get("minutes"), 5, MOST_MINUTES, f"{path}.minutes")
                self.flag(action.get("mine", True), f"{path}.mine")
                self.filled_text(action.get("note", ""), f"{path}.note", least=0)
            case "transfer":
                self.transfer(action, path)
            case "wrap_up":
                known = self.known.wrap_up_codes
                code = action.get("wrap_up_code_id")
                self.exists(code, known, f"{path}.wrap_up_code_id", "SCRIPT_WRAP_UP_CODE")
                self.flag(action.get("finish", False), f"{path}.finish")
            case "open":
                self.address(action.get("url"), f"{path}.url")
            case "copy":
                self.filled_text(action.get("text"), f"{path}.text", least=1)

    def list_action(self, kind: str, action: Mapping[str, Any], path: str) -> None:
        if kind == "uncallable":
            if action.get("what") not in ("contact", "number"):
                self.refuse(f"{path}.what", "SCRIPT_CHOICE_OF", possible="contact, number")
            return
        dnc_list_id = action.get("dnc_list_id")
        if dnc_list_id is not None:
            known = self.known.dnc_lists
            self.exists(dnc_list_id, known, f"{path}.dnc_list_id", "SCRIPT_DNC_LIST")
        self.whole(action.get("days"), 1, 36_500, f"{path}.days")

    def transfer(self, action: Mapping[str, Any], path: str) -> None:
        number, user_id = action.get("number"), action.get("user_id")
        if number and user_id:
            self.refuse(path, "SCRIPT_TO")
        elif user_id:
            self.exists(user_id, self.known.users, f"{path}.user_id", "SCRIPT_USER")
        elif number and not isinstance(read_number(str(number), self.known.region), str):
            self.refuse(f"{path}.number", "SCRIPT_PHONE")

    def address(self, url: object, path: str) -> None:
        text = url if isinstance(url, str) and len(url) <= 2_000 else ""
        try:
            parts = urlsplit(text)
            good = parts.scheme == "https" and bool(parts.hostname)
        except ValueError:
            good = False
        host = text.removeprefix("https://").split("/")[0].split("?")[0].split("#")[0]
        if not good or "{" in host or "@" in host or any(c.isspace() for c in host):
            self.refuse(path, "SCRIPT_ADDRESS")
            return
        self.names(sorted(names_in(text)), path)

    def filled_text(self, text: object, path: str, *, least: int) -> None:
        if not isinstance(text, str) or not least <= len(text.strip()) <= doc.LONGEST_VALUE:
            self.refuse(path, "SCRIPT_VALUE", most=doc.LONGEST_VALUE)
            return
        self.names(sorted(names_in(text)), path)

    # ── Small things ─────────────────────────────────────────────────────────────────────────────

    def keys(self, written: Mapping[str, Any], possible: frozenset[str], path: str) -> None:
        unknown = sorted(set(map(str, written)) - possible)
        if unknown:
            self.refuse(path, "SCRIPT_KEY", keys=", ".join(unknown)[:200])

    def flag(self, value: object, path: str) -> None:
        if not isinstance(value, bool):
            self.refuse(path, "SCRIPT_FLAG")

    def id(self, value: object, path: str, taken: set[str]) -> None:
        if not isinstance(value, str) or not _ID.fullmatch(value):
            self.refuse(path, "SCRIPT_ID")
        elif value in taken:
            self.refuse(path, "SCRIPT_ID_TWICE", id=value)
        else:
            taken.add(value)

    def label(self, value: object, path: str) -> None:
        good = isinstance(value, str) and "\0" not in value
        if not good or not 1 <= len(str(value).strip()) <= doc.LONGEST_LABEL:
            self.refuse(path, "SCRIPT_LABEL", most=doc.LONGEST_LABEL)

    def whole(self, value: object, least: int, most: int, path: str) -> None:
        if value is None:
            return
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.refuse(path, "SCRIPT_WHOLE", least=least, most=most)

    def exists(self, value: object, known: frozenset[UUID] | None, path: str, code: str) -> None:
        try:
            found = UUID(str(value))
        except ValueError:
            self.refuse(path, code)
            return
        if known is not None and found not in known:
            self.refuse(path, code)
