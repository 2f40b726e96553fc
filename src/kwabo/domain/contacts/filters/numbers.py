"""Country and type of a number, by its numbering plan.

Country: the main country of the calling code; countries that share a code (+1, +7, +44 and a few
islands) count as the main one. Type: by the patterns of all countries of the code. Patterns are
those of the `phonenumbers` library, and go to the database as data (`PLANS`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import PhoneMetadata

TYPES: Final = ("mobile", "fixed_line", "fixed_line_or_mobile", "other")
# No alternative is the beginning of another: databases take the longest, Python the first.
CALLING_CODE: Final = (
    r"^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    r"|(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[0357-9]|9[679])[0-9])"
)
_CODE = re.compile(CALLING_CODE)


@lru_cache(maxsize=1)
def plans() -> dict[str, dict[str, str]]:
    """Calling code → `country`, and the patterns `mobile` and `fixed_line` of what follows it."""
    found: dict[str, dict[str, str]] = {}
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        if regions[0] == "001":  # no country's: satellites, freephone
            continue
        mobile, fixed = [], []
        for region in regions:
            described = PhoneMetadata.metadata_for_region(region, None)
            if described is None:
                continue
            mobile += _pattern(described.mobile)
            fixed += _pattern(described.fixed_line)
        found[str(code)] = {
            "country": regions[0],
            "mobile": f"^(?:{'|'.join(mobile) or '[^0-9]'})$",
            "fixed_line": f"^(?:{'|'.join(fixed) or '[^0-9]'})$",
        }
    return found


def _pattern(described: object) -> list[str]:
    pattern = getattr(described, "national_number_pattern", None)
    lengths = getattr(described, "possible_length", ())
    return [pattern] if pattern and tuple(lengths) != (-1,) else []


@lru_cache(maxsize=65536)
def country_of(number: str) -> str | None:
    """The country's two letters; None for a number of no country."""
    match = _CODE.match(number)
    plan = plans().get(match[1]) if match else None
    return plan["country"] if plan else None


@lru_cache(maxsize=65536)
def type_of(number: str) -> str:
    """One of `TYPES`."""
    match = _CODE.match(number)
    plan = plans().get(match[1]) if match else None
    if match is None or plan is None:
        return "other"
    rest = number[match.end() :]
    mobile = re.search(plan["mobile"], rest) is not None
    fixed = re.search(plan["fixed_line"], rest) is not None
    if mobile and fixed:
        return "fixed_line_or_mobile"
    return "mobile" if mobile else "fixed_line" if fixed else "other"
