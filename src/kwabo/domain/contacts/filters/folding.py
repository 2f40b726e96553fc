"""Text for comparison without case and accents: "Porto-Novo", "PORTO-NOVO" and "Pörto-Nóvo".

The database has the same function (`folded_text`, migration 0007): letters are taken apart, the
combining marks U+0300–U+036F go, and capitals of the Latin, Greek and Cyrillic alphabets become
small letters by a table that both share. `tests/contract/postgres/test_filter_sql.py` holds them
together.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MARKS = re.compile("[\u0300-\u036f]")
_BLOCKS: Final = (
    range(0x41, 0x5B),
    range(0xC0, 0x250),  # Latin-1, Latin Extended-A and -B
    range(0x370, 0x530),  # Greek, Cyrillic
    range(0x1E00, 0x2000),  # Latin Extended Additional, Greek Extended
    range(0x2C60, 0x2C80),  # Latin Extended-C
    range(0xA640, 0xA660),
    range(0xA720, 0xA7D0),  # Latin Extended-D
)


def _pairs() -> list[tuple[str, str]]:
    pairs = []
    for block in _BLOCKS:
        for code in block:
            capital = chr(code)
            small = capital.lower()
            whole = len(small) == 1 and small != capital
            if whole and unicodedata.normalize("NFD", capital) == capital:
                pairs.append((capital, small))
    return pairs


_PAIRS = _pairs()
CAPITALS: Final = "".join(capital for capital, _ in _PAIRS)
SMALL: Final = "".join(small for _, small in _PAIRS)
_TABLE = str.maketrans(CAPITALS, SMALL)


def folded_text(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_TABLE)
