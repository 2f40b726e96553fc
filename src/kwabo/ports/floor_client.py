"""Commands to the owner of a floor, from any process.

The floor takes the commands of an organisation in the order in which they were given, does each in
one transaction with its answer, and answers exactly once. Kinds and payloads are those of
`docs/developers/http-api.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from kwabo.kernel.errors import (
    Conflict,
    Forbidden,
    Invalid,
    KwaboError,
    NotAuthenticated,
    NotFound,
    TooMany,
    Unavailable,
)

_BY_STATUS: Mapping[int, type[KwaboError]] = {
    kind.status: kind
    for kind in (Conflict, Forbidden, Invalid, NotAuthenticated, NotFound, TooMany, Unavailable)
}


class FloorClient(Protocol):
    """Asks a floor to do something and waits until it is done."""

    async def send(
        self,
        organisation_id: UUID,
        user_id: UUID | None,
        kind: str,
        payload: dict[str, Any],
        *,
        timeout_seconds: float = 5.0,
    ) -> dict[str, Any]:
        """The floor's answer, without its `ok`.

        Raises the floor's refusal as the KwaboError of its status. Raises Unavailable
        `FLOOR_UNAVAILABLE` when the floor has not taken the command in time; the command is then
        withdrawn and will not be done later.
        """
        ...


def answer_or_refusal(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What `send` returns for a stored answer; raises the refusal when it is one."""
    if answer.get("ok"):
        return {name: value for name, value in answer.items() if name != "ok"}
    refusal = _BY_STATUS.get(int(answer.get("status") or 0), KwaboError)
    raise refusal(
        str(answer.get("code") or "FLOOR_REFUSED"),
        str(answer.get("message") or "The floor refused this command."),
        field=answer.get("field"),
        details=answer.get("details"),
    )


def refusal(error: KwaboError) -> dict[str, Any]:
    """The answer by which a floor refuses; `answer_or_refusal` makes the same error of it."""
    return {
        "ok": False,
        "code": error.code,
        "message": error.message,
        "status": error.status,
        "field": error.field,
        "details": error.details,
    }


def floor_unavailable() -> Unavailable:
    """The error of a floor that does not take commands."""
    return Unavailable(
        "FLOOR_UNAVAILABLE",
        "The engine did not take the command in time and it was withdrawn. Check that "
        "`kwabo serve --role engine` runs, then try again.",
    )
