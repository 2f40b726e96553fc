"""The numbers of a call that comes in, as trunks send them, in the form of the port."""

from __future__ import annotations

import re
from functools import lru_cache

from kwabo.domain.contacts.phone_numbers import read_number

_DIGITS = re.compile(r"\+?[0-9]{3,20}")


@lru_cache(maxsize=4096)  # every comparison with the switch reads those of all calls again
def read_sent(sent: str, country: str) -> str:
    """E.164 of a SIP user part, or '' when it cannot be read.

    Carriers send national numbers, international ones with `+` or `00`, and international ones
    with nothing before them; the last are tried last.
    """
    if not _DIGITS.fullmatch(sent):
        return ""
    forms = [sent] if country or sent.startswith(("+", "00")) else []
    if not sent.startswith(("+", "0")):
        forms.append(f"+{sent}")
    for form in forms:
        number = read_number(form, country)
        if isinstance(number, str):
            return number
    return ""
