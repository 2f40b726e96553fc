"""Parts of a file, for players that jump in it (RFC 9110, section 14)."""

from __future__ import annotations

import re
from typing import Final

from fastapi.responses import Response

_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def in_parts(content: bytes, wanted: str | None, media_type: str) -> Response:
    """The content, or the one part of it that a `Range` header asks for.

    Several parts at once, and what is no range, are answered with the whole.
    """
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, no-store"}
    found = _RANGE.fullmatch(wanted.strip()) if wanted else None
    if found is None or found[0] == "bytes=-":
        return Response(content, media_type=media_type, headers=headers)
    size = len(content)
    if found[1]:
        first = int(found[1])
        last = min(int(found[2]), size - 1) if found[2] else size - 1
        if found[2] and int(found[2]) < first:
            return Response(content, media_type=media_type, headers=headers)
    else:
        first, last = max(0, size - int(found[2])), size - 1
    if first >= size or first > last:
        headers["Content-Range"] = f"bytes */{size}"
        return Response(status_code=416, headers=headers)
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return Response(content[first : last + 1], 206, media_type=media_type, headers=headers)
