"""Numbers in messages, as people of a language write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_LIMITS: Final = frozenset({"least", "most"})  # some errors tell them as texts


def written(details: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """The details of a message; broken numbers with a comma in French."""
    if language != "fr":
        return details
    return {name: _comma(name, value) for name, value in details.items()}


def _comma(name: str, value: Any) -> Any:
    if isinstance(value, float):
        return f"{value:.12g}".replace(".", ",")
    if name in _LIMITS and isinstance(value, str):
        return value.replace(".", ",")
    return value
