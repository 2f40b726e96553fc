"""Following work that goes on in the server: imports, uploads, simulations, changes of columns."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

UNDER_WAY = ("waiting", "running")
RecordT = TypeVar("RecordT", bound=Mapping[str, Any])


def follow(
    record: RecordT, look: Callable[[], RecordT], *, seconds: float = 0.5
) -> Iterator[RecordT]:
    """The record, then what each look finds, until its `state` is no longer under way.

    `seconds` pass before each look: the server tells nobody by itself that work has ended. The
    last record that comes is the one in which it has. Raises what `look` raises.
    """
    yield record
    while record["state"] in UNDER_WAY:
        time.sleep(seconds)
        record = look()
        yield record
