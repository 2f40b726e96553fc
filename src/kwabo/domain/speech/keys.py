"""Keys by which flows name prompts, and those that belong to the fragments of values."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST_KEY: Final = 80
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_RESERVED: Final = (
    "number.",
    "currency.",
    "ordinal.",
    "weekday.",
    "month.",
    "hour.",
    "minute.",
    "date.",
    "time.",
    "telephone.",
)


def is_key(key: str) -> bool:
    """Whether it may be the key of a prompt."""
    return _KEY.fullmatch(key) is not None and not key.startswith(_RESERVED)


def key_of(name: str, suffix: str = "") -> str:
    """A key made from a name, for who has given none: « Solde du compte » is `solde-du-compte`."""
    if is_key(name) and not suffix:
        return name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain)) or "prompt"
    return f"{words[: LONGEST_KEY - len(suffix)].strip('-')}{suffix}"
