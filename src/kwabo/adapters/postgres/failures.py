"""What the database's failures mean to whoever asked.

Only failures that certainly changed nothing become business errors. A connection that breaks while
a transaction is being committed is not one of them: nobody knows then whether it was kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy.exc

from kwabo.kernel.errors import Invalid, KwaboError, Unavailable

_TEXT_CODES = frozenset({"22021", "22P05"})  # U+0000 in text, \u0000 in jsonb
_BUSY_CODES = frozenset({"55P03", "57014", "40001", "40P01", "53300"})


@contextmanager
def failures_as_errors() -> Iterator[None]:
    """Raise the business error in place of the driver's, where there is one.

    Invalid `TEXT_INVALID`; Unavailable `DATABASE_BUSY`, `DATABASE_UNAVAILABLE`.
    """
    try:
        yield
    except sqlalchemy.exc.DBAPIError as error:
        meaning = _meaning(error)
        if meaning is None:
            raise
        raise meaning from error


@contextmanager
def failures_to_connect() -> Iterator[None]:
    """Whatever goes wrong while a connection is had: nothing was asked yet."""
    try:
        yield
    except sqlalchemy.exc.TimeoutError as error:
        raise _busy() from error
    except (sqlalchemy.exc.DBAPIError, OSError, TimeoutError) as error:
        raise _unavailable() from error


def _meaning(error: sqlalchemy.exc.DBAPIError) -> KwaboError | None:
    code = getattr(error.orig, "sqlstate", None) or ""
    if code in _TEXT_CODES:
        return Invalid(
            "TEXT_INVALID",
            "A text contains the character U+0000, which cannot be kept. Remove it.",
        )
    if code in _BUSY_CODES:
        return _busy()
    if error.connection_invalidated or code.startswith(("08", "57P")):
        return _unavailable()
    return None


def _busy() -> Unavailable:
    return Unavailable("DATABASE_BUSY", "The database is very busy. Try again in a moment.")


def _unavailable() -> Unavailable:
    return Unavailable(
        "DATABASE_UNAVAILABLE",
        "The database does not answer. Try again in a moment; if this stays, tell your "
        "administrator.",
    )
