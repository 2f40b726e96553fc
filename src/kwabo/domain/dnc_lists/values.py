"""What a DNC list's entries are compared by.

A list by number holds E.164 numbers: every written form of a number is one entry. A list by column
holds values of a contact column; two values are the same when they differ only in case, in accents
written in another way, or in spaces.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.contacts.problems import Problem, shown

CHANNELS: Final = ("any", "voice", "sms", "whatsapp", "email", "messenger")
CALL_CHANNELS: Final = frozenset({"any", "voice"})  # those whose lists stand against calls
LONGEST_VALUE: Final = 200


def canonical_value(text: str) -> str:
    """The form in which a column's value is listed and looked up; '' when there is nothing."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def read_entry(text: str, key_column: str | None, region: str) -> str | Problem:
    """An entry as it is kept, or why the text is none; `key_column`: the list's, None: a number."""
    if key_column is None:
        number = read_number(text, region)
        return number if isinstance(number, str) else Problem(code=number.code, value=number.value)
    value = canonical_value(text)
    if not value or "\0" in value:
        return Problem(code="DNC_VALUE_EMPTY", column=key_column, value=shown(text))
    if len(value) > LONGEST_VALUE:
        return Problem(code="DNC_VALUE_TOO_LONG", column=key_column, value=shown(text))
    return value
