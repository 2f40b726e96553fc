"""What others use stays until they use it no more."""

from __future__ import annotations

from collections.abc import Sequence

from kwabo.kernel.errors import Conflict


def check_unused(
    code: str, users: Sequence[str], message: str, *, detail: str = "campaigns"
) -> None:
    """Raise Conflict `code` unless `users`, names of what uses it, is empty.

    `message` says what to do first, with `{names}` in it; `detail` is their name in the details.
    """
    if users:
        names = ", ".join(users)
        raise Conflict(code, message.format(names=names), details={detail: names})
