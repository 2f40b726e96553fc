"""Reading one value out of an HTTP answer.

It stands somewhere in a JSON document (`data.results[0].status`), is the whole text ('') or the
HTTP status (`@status`).
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

STATUS: Final = "@status"
LONGEST_PATH: Final = 200
_STEP = re.compile(r"([^.\[\]]+)|\[(\d{1,4})\]")


def is_path(path: str) -> bool:
    """Whether a value can be found by this path."""
    if path in ("", STATUS):
        return True
    return len(path) <= LONGEST_PATH and not _STEP.sub("", path).strip(".")


def value_at(path: str, status: int, body: bytes) -> tuple[str, str]:
    """The value as text and '', or '' and the code of why there is none."""
    if path == STATUS:
        return str(status), ""
    if not 200 <= status < 300:
        return "", "HTTP_STATUS"
    if not path:
        return body.decode("utf-8", "replace").strip(), ""
    try:
        found = _at(json.loads(body), path)
    except (ValueError, RecursionError):
        return "", "ANSWER_UNREADABLE"
    if found is None or isinstance(found, dict | list):
        return "", "ANSWER_WITHOUT_VALUE"
    return (json.dumps(found) if isinstance(found, bool) else str(found)), ""


def _at(document: Any, path: str) -> Any:
    for name, place in _STEP.findall(path):
        if place and isinstance(document, list) and int(place) < len(document):
            document = document[int(place)]
        elif not place and isinstance(document, dict):
            document = document.get(name)
        else:
            return None
    return document
