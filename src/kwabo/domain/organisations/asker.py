"""Who asks: the person behind a request, the organisation, and the permissions of now."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kwabo.kernel.errors import Forbidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A person who is signed in, or whose API token is used."""

    user_id: UUID
    organisation_id: UUID
    display_name: str
    language: str  # fr or en
    role: str
    permissions: frozenset[str]
    session_hash: bytes | None = None  # SHA-256 of the session's token; None with an API token
    csrf_token: str | None = None  # of the session
    api_token_id: UUID | None = None

    def may(self, permission: str) -> bool:
        """Whether the asker has this permission."""
        return permission in self.permissions

    def must_have(self, *any_of: str) -> None:
        """Raise Forbidden `PERMISSION_NEEDED` unless the asker has one of these permissions."""
        if not self.permissions.intersection(any_of):
            raise Forbidden(
                "PERMISSION_NEEDED",
                f"This needs the permission {' or '.join(any_of)}. "
                "Ask an administrator to grant it to you.",
                details={"permissions": list(any_of), "permission": ", ".join(any_of)},
            )
