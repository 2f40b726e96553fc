"""Answers of rules: allowed, denied for good, or not before an instant. Refusals are values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Allowed:
    """The rule has no objection."""


@dataclass(frozen=True, slots=True)
class Denied:
    """The rule forbids it until something else changes."""

    code: str


@dataclass(frozen=True, slots=True)
class Later:
    """The rule forbids it until an instant."""

    code: str
    retry_at: datetime


Verdict = Allowed | Denied | Later

ALLOWED = Allowed()
