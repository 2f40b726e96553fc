"""Placeholders in a data action's templates, and how a value is written in each place.

A value can never change what stands around it: in an address every character that has a meaning
there is encoded, in JSON it is escaped within its string, in a form it is encoded, in a header it
is one line of ASCII. `.` and `..` as a part of an address would lead elsewhere: they are refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote, quote_plus

CONTACT: Final = "contact."
THE_SECRET: Final = "secret"  # noqa: S105 (a name)
PLAIN: Final = (
    "contact_id",
    "number",  # E.164
    "digits",  # without the plus
    "number_label",
    "campaign_id",
    "campaign_name",
    "attempt_id",  # this and those that follow: '' before a call
    "result",
    "wrap_up_code_id",
    "wrap_up_code",
)
# What a rule's condition cannot be asked about ahead.
AFTERWARDS: Final = ("attempt_id", "result", "wrap_up_code_id", "wrap_up_code")
_PLACEHOLDER = re.compile(r"\{(contact\.[^{}\"\\]{1,128}|[a-z_]{1,40})\}")
_PRINTABLE = "".join(chr(c) for c in range(0x20, 0x7F))


class UnsafeValue(ValueError):
    """A value that would lead the request elsewhere."""


def placeholders(template: str) -> list[str]:
    """The names in braces, each once, in their order."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(template)))


def is_known(name: str) -> bool:
    """Whether there is such a placeholder; the secret is one of headers only."""
    return name in PLAIN or (name.startswith(CONTACT) and len(name) > len(CONTACT))


def in_url(template: str, values: Mapping[str, str]) -> str:
    """An address with the values encoded. Raises UnsafeValue."""

    def encoded(value: str) -> str:
        if value in (".", ".."):
            raise UnsafeValue(value)
        return quote(value, safe="")

    return _filled(template, values, encoded)


def in_json(template: str, values: Mapping[str, str]) -> str:
    """A JSON document; placeholders stand inside of strings (`sample_json` has been asked)."""
    return _filled(template, values, lambda value: json.dumps(value)[1:-1])


def in_form(template: str, values: Mapping[str, str]) -> str:
    """A form as browsers send it: name=value&name=value."""
    return _filled(template, values, lambda value: quote_plus(value, safe=""))


def in_header(template: str, values: Mapping[str, str]) -> str:
    """One line of ASCII; what is not is percent-encoded."""
    return _filled(template, values, lambda value: quote(value, safe=_PRINTABLE))


def replaced(template: str, write: Callable[[str], str]) -> str:
    """The text with what `write` makes of each placeholder's name in its place."""
    return _PLACEHOLDER.sub(lambda match: write(match.group(1)), template)


def without(template: str) -> str:
    """The text with a 0 for each placeholder."""
    return _PLACEHOLDER.sub(" 0 ", template)


def is_json(template: str) -> bool:
    """Whether the template gives JSON whatever the values: every placeholder is in a string."""
    try:
        json.loads(_PLACEHOLDER.sub("x", template))
    except (ValueError, RecursionError):
        return False
    return True


def _filled(template: str, values: Mapping[str, str], write: Callable[[str], str]) -> str:
    def value(match: re.Match[str]) -> str:
        return write(values.get(match.group(1), ""))

    return _PLACEHOLDER.sub(value, template)
