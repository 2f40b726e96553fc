"""How often passwords may be tried: counted before a password is looked at, for each login, each
address and each signed-in user; good ones do not count."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from kwabo.kernel.errors import TooMany
from kwabo.services.unit_of_work import Stores

ATTEMPTS_WINDOW: Final = timedelta(minutes=15)
ATTEMPTS_PER_LOGIN: Final = 10  # failed ones in the window
ATTEMPTS_PER_ADDRESS: Final = 300  # a whole office may share one address


async def take_attempt(stores: Stores, limits: Mapping[str, int], now: datetime) -> None:
    """Count an attempt under every key. Raises TooMany `TOO_MANY_LOGINS`; then none is counted."""
    blocked_by = await stores.access.take_login_attempt(limits, now, now - ATTEMPTS_WINDOW)
    if blocked_by is None:
        return
    seconds = max(1, round((blocked_by + ATTEMPTS_WINDOW - now).total_seconds()))
    minutes = -(-seconds // 60)
    raise TooMany(
        "TOO_MANY_LOGINS",
        f"Too many attempts to sign in. Try again in {minutes} minutes.",
        details={"retry_after_seconds": seconds, "minutes": minutes},
    )


def attempts_of_login(login: str) -> str:
    """The key of a login; hashed, since people type passwords there."""
    return "login " + hashlib.sha256(login.encode()).hexdigest()


def attempts_of_user(user_id: UUID) -> str:
    """The key of somebody who is signed in and changes the password."""
    return f"user {user_id}"


def attempts_of_address(address: str) -> str:
    """The key of an address. IPv6 counts by its /64: one customer has all of it."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return f"address {address}"
    if parsed.version == 6:
        return f"address {ipaddress.ip_network((parsed, 64), strict=False)}"
    return f"address {parsed}"
