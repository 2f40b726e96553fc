"""Number ranges: the operator's prefix where the plan tells it, else country and kind of line."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

from kwabo.domain.contacts.phone_numbers import kind_of

_BENIN = re.compile(r"\+22901[0-9]{8}")
_BENIN_PREFIX = 8  # +229, 01, and two digits that are an operator's
OTHER = "other"


@lru_cache(maxsize=65_536)
def number_range(number: str) -> str:
    """`+2290197` for a number of Benin, `FR mobile` for a French mobile, else `other`."""
    if _BENIN.fullmatch(number):
        return number[:_BENIN_PREFIX]
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return OTHER
    region = phonenumbers.region_code_for_number(parsed)
    return f"{region} {kind_of(number)}" if region else OTHER


@lru_cache(maxsize=4096)
def operator_of(range_name: str) -> str:
    """The operator's name as the numbering plan has it, or ''. A ported number keeps its prefix."""
    from phonenumbers import carrier  # its table is large: for who asks only

    if not range_name.startswith("+"):
        return ""
    try:
        sample = phonenumbers.parse(range_name + "000000")
    except phonenumbers.NumberParseException:
        return ""
    return str(carrier.name_for_number(sample, "en"))
