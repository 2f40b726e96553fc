"""Text with names in double braces, filled from variables and facts. No code, no arithmetic.

`{{solde}}` is a variable; `{{call:caller}}`, `{{call:called}}`, `{{call:language}}`,
`{{call:medium}}`, `{{call:now}}`, `{{call:date}}`, `{{call:time}}` are of the call;
`{{person:segment}}` is a field that is known of the person, `{{contact:nom}}` a column.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

CALL_FACTS: Final = ("caller", "called", "language", "medium", "now", "date", "time")
SOURCES: Final = ("variable", "call", "person", "contact")  # of a condition's statements
_NAME = re.compile(r"\{\{[ \t]*([^{}\n]{1,200}?)[ \t]*\}\}")


def names_in(text: str) -> tuple[str, ...]:
    """Every name, in order."""
    return tuple(dict.fromkeys(_NAME.findall(text)))


def name_alone(text: str) -> str:
    """The name, where the text is nothing else; '' where it is."""
    match = _NAME.fullmatch(text.strip())
    return match[1] if match else ""


def split(name: str) -> tuple[str, str]:
    """Source and name: `("person", "segment")`; a variable has no prefix."""
    source, colon, rest = name.partition(":")
    return (source, rest) if colon and source in SOURCES[1:] else ("variable", name)


def filled(text: str, value: Callable[[str, str], str]) -> str:
    """The text with `value(source, name)` for each name."""
    return _NAME.sub(lambda match: value(*split(match[1])), text)
