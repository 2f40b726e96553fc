"""What a password must be: long enough and not the login.

No rules of composition and no forced renewal (NIST SP 800-63B, 5.1.1.2: they make passwords worse).
"""

from __future__ import annotations

import unicodedata
from typing import Final

from kwabo.kernel.errors import Invalid

MIN_CHARACTERS: Final = 10
MAX_CHARACTERS: Final = 1000


def normalised(password: str) -> str:
    """One form for what different keyboards send for the same characters (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, login: str, field: str = "password") -> None:
    """Raise Invalid `PASSWORD_TOO_SHORT`, `PASSWORD_TOO_LONG` or `PASSWORD_IS_LOGIN`."""
    if len(password) < MIN_CHARACTERS:
        raise Invalid(
            "PASSWORD_TOO_SHORT",
            f"The password needs at least {MIN_CHARACTERS} characters.",
            field=field,
            details={"min": MIN_CHARACTERS},
        )
    if len(password) > MAX_CHARACTERS:
        raise Invalid(
            "PASSWORD_TOO_LONG",
            f"The password may have at most {MAX_CHARACTERS} characters.",
            field=field,
            details={"max": MAX_CHARACTERS},
        )
    if password.casefold().strip() == login.casefold():
        raise Invalid("PASSWORD_IS_LOGIN", "The password must not be the login.", field=field)
