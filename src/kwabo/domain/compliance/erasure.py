"""Erasure of one person: when it may be done, and the receipt that says what was.

What happens to each table: `docs/operators/compliance.md`; a test goes through the catalogue.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from kwabo.domain.compliance.preset import Preset

ENDING_DIGITS: Final = 4  # of a number, typed to confirm
NATIONAL_DIGITS: Final = 8  # at the end of a number, however it is written
SHORTEST_VALUE: Final = 4  # shorter ones are everybody's: in reports they stay
MESSAGES: Final = {
    "ERASURE_REASON": "Say why (3 to 500 characters); it is kept.",
    "ERASURE_REASON_NUMBER": "Leave the person's number out of the reason: the reason is kept.",
    "ERASURE_CONFIRMATION": "Type the last {digits} digits of one of the person's numbers.",
    "ERASURE_HELD": "A legal hold keeps this person's data: {reason}",
    "PERSON_IN_CALL": (
        "This person is in a call, or an agent still works on one. Try again after it."
    ),
    "ERASURE_DNC_LIST": (
        "To keep the numbers from being called, make an organisation-wide DNC list by number first."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsLaw:
    """A followed preset that demands call records for some years."""

    preset_id: str
    years: int
    source: str


def records_laws(presets: Iterable[Preset]) -> list[RecordsLaw]:
    """What stands against erasing records of calls; a person decides."""
    return [
        RecordsLaw(
            preset_id=one.preset_id,
            years=one.keep_records_years,
            source=next(v.source for v in one.values if v.name == "keep_records_years"),
        )
        for one in presets
        if one.keep_records_years is not None
    ]


def digits_of(text: str) -> str:
    """The digits alone."""
    return re.sub(r"\D", "", text)


def names_a_number(text: str, numbers: Sequence[str]) -> bool:
    """Whether one of the numbers stands in the text, however it is written."""
    digits = digits_of(text)
    return any(number[-NATIONAL_DIGITS:] in digits for number in numbers)


def confirms(typed: str, numbers: Sequence[str]) -> bool:
    """Whether the last digits of one of the numbers were typed; without numbers nothing is."""
    typed = typed.strip()
    if not numbers:
        return typed == ""
    return len(typed) == ENDING_DIGITS and any(number.endswith(typed) for number in numbers)


def receipt(
    *,
    erasure_id: UUID,
    organisation: str,
    person_id: UUID,
    user_id: UUID | None,
    reason: str,
    keep_do_not_call: bool,
    counts: Mapping[str, int],
    files: int,
    erased_at: datetime,
) -> dict[str, Any]:
    """What is handed out, and what its digest is made of."""
    return {
        "erasure_id": str(erasure_id),
        "organisation": organisation,
        "person_id": str(person_id),
        "user_id": None if user_id is None else str(user_id),
        "reason": reason,
        "keep_do_not_call": keep_do_not_call,
        "erased": dict(sorted(counts.items())),
        "files": files,
        "erased_at": erased_at.isoformat(),
    }


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the receipt as JSON with sorted keys and no spaces, in UTF-8."""
    plain = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()
