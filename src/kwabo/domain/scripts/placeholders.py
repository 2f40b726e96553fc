"""Names in double braces: columns, and the few facts beside them.

`{{nom}}` is a column; `{{answer:id}}` a field's value, `{{agent:name}}` the agent,
`{{campaign:name}}` the campaign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from kwabo.domain.campaigns.script import placeholders
from kwabo.domain.scripts.conditions import statements
from kwabo.domain.scripts.document import blocks_of, fields_of, pages_of, ways_on

FACTS: Final = frozenset({"agent:name", "campaign:name"})
ANSWER: Final = "answer:"
_PLAIN = re.compile(r"\{\{[ \t]*([^{}\n]{1,200}?)[ \t]*\}\}")


def names_in(text: str) -> frozenset[str]:
    """Every name in a plain text."""
    return frozenset(_PLAIN.findall(text))


def filled(text: str, values: Mapping[str, str], *, encoded: bool = False) -> str:
    """The text with its names filled in; `encoded`: for an address."""

    def value(match: re.Match[str]) -> str:
        found = values.get(match[1]) or ""
        return quote(found, safe="") if encoded else found

    return _PLAIN.sub(value, text)


def texts_with_names(document: Mapping[str, Any]) -> Iterable[tuple[str, frozenset[str]]]:
    """Paths of texts that show values, with the names in each."""
    for placed in blocks_of(document):
        block = placed.block
        if block.get("type") == "text":
            yield f"{placed.path}.text", placeholders(str(block.get("text") or ""))
        action = block.get("action")
        if isinstance(action, Mapping):
            for key in ("url", "text", "note"):
                if isinstance(action.get(key), str):
                    yield f"{placed.path}.action.{key}", names_in(action[key])


def conditions_of(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every condition with its path."""
    for placed in blocks_of(document):
        when = placed.block.get("when")
        if isinstance(when, Mapping):
            yield f"{placed.path}.when", when
    for index, page in enumerate(pages_of(document)):
        for number, (_, way) in enumerate(ways_on(page)):
            if way is not None:
                yield f"pages.{index}.next.{number}.when", way


def columns_of(document: Mapping[str, Any]) -> frozenset[str]:
    """The columns that a well-formed script shows, asks for or compares."""
    found: set[str] = set()
    for _, names in texts_with_names(document):
        found |= {name for name in names - FACTS if not name.startswith(ANSWER)}
    found |= {field.column for field in fields_of(document).values() if field.column}
    for _, when in conditions_of(document):
        found |= {str(one.get("name")) for _, one in statements(when) if one.get("of") == "column"}
    return frozenset(found)
