"""What a webhook may be: an address that can be asked, and kinds that exist."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.outgoing.addresses import is_public
from kwabo.domain.webhooks.catalogue import KINDS

MOST_WEBHOOKS: Final = 20  # of one organisation
MOST_CAMPAIGNS: Final = 200


def objections(
    *, url: str, kinds: Sequence[str], description: str, private_allowed: bool
) -> list[Objection]:
    """What is wrong. Whether a name leads to a private address shows only when it is asked."""
    found: list[Objection] = []
    wrong = _wrong_url(url, private_allowed)
    if wrong is not None:
        found.append(Objection(field="url", code=wrong[0], message=wrong[1]))
    if not kinds:
        found.append(
            Objection(
                field="kinds", code="WEBHOOK_KINDS_EMPTY", message="Choose at least one kind."
            )
        )
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        found.append(
            Objection(
                field="kinds",
                code="WEBHOOK_KIND_UNKNOWN",
                message=f"There is no kind {', '.join(unknown)}. GET /webhook-kinds names all.",
                details={"kinds": ", ".join(unknown)},
            )
        )
    if len(description) > 500:
        found.append(
            Objection(
                field="description",
                code="WEBHOOK_DESCRIPTION",
                message="A description has at most 500 characters.",
            )
        )
    return found


def _wrong_url(url: str, private_allowed: bool) -> tuple[str, str] | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or len(url) > 2000 or any(c.isspace() or ord(c) < 32 for c in url):
        return "WEBHOOK_URL", "Give a whole address, for example https://crm.example.com/kwabo."
    if parts.username or parts.password or parts.fragment:
        return "WEBHOOK_URL_PARTS", "Leave user, password and # out of the address."
    if parts.scheme != "https" and not (private_allowed and parts.scheme == "http"):
        return "WEBHOOK_URL_HTTPS", "The address must begin with https://."
    try:
        written = str(ip_address(host))
    except ValueError:
        written = ""
    local = host == "localhost" or host.endswith(".localhost")
    if not private_allowed and (local or (written and not is_public(written))):
        return "WEBHOOK_URL_PRIVATE", "The address must be one of the public internet."
    return None
