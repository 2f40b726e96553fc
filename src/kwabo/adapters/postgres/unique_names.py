"""Names that may be taken: the database's refusal as an error that a person understands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from kwabo.kernel.errors import Conflict


@contextmanager
def unique_name(noun: str, name: str) -> Iterator[None]:
    """Raise Conflict `NAME_TAKEN` when what happens inside breaks a unique name."""
    try:
        yield
    except IntegrityError as error:
        if getattr(error.orig, "sqlstate", "") != "23505" or "_name_key" not in str(error.orig):
            raise
        raise Conflict(
            "NAME_TAKEN",
            f"There is a {noun} named '{name}' already. Choose another name.",
            field="name",
        ) from error
