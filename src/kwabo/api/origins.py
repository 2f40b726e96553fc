"""Who may open a WebSocket: pages of Kwabo's own origin, and programs with a token.

Browsers send cookies along with WebSockets of any page, and no CSRF header can be asked for: the
`Origin` header, which a page cannot change, decides.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.errors import Forbidden


def check_origin(connection: HTTPConnection, asker: Asker) -> None:
    """Raise Forbidden `CROSS_SITE` unless the page that asks is of this very host."""
    origin = connection.headers.get("origin")
    if origin is None and asker.api_token_id is not None:
        return
    host = connection.headers.get("host", "")
    parts = urlsplit(origin or "")
    if parts.scheme not in ("http", "https") or not host or parts.netloc.lower() != host.lower():
        raise Forbidden("CROSS_SITE", "This request comes from another site and was refused.")
