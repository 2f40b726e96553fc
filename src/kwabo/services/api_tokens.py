"""API tokens: a program's right to act for a user, for some of the user's permissions and a time.

The secret is shown once and only its hash is kept. A token cannot make tokens: what was lent for a
time cannot prolong itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Forbidden, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.access import ApiToken
from kwabo.ports.secret_source import SecretSource
from kwabo.services.profile import check_session
from kwabo.services.sessions import TOKEN_PREFIX, secret_hash
from kwabo.services.unit_of_work import UnitOfWork

MAX_DAYS: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApiToken:
    """A token that was just made, with its secret."""

    api_token: ApiToken
    token: str


class ApiTokenService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        secrets: SecretSource,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._secrets = secrets
        self._ids = ids
        self._clock = clock

    async def find(self, asker: Asker) -> Sequence[ApiToken]:
        """The asker's own tokens; everybody's for those who may edit users."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.access.api_tokens(
                None if asker.may("users.write") else asker.user_id
            )

    async def add(
        self, asker: Asker, *, name: str, scopes: Sequence[str], expires_in_days: int
    ) -> NewApiToken:
        """Raises Invalid `SCOPES_EMPTY`, `EXPIRY_OUT_OF_RANGE`; Forbidden `SCOPES_BEYOND_OWN`,
        `SESSION_NEEDED`."""
        check_session(asker)
        _check(asker, scopes, expires_in_days)
        now = self._clock.now()
        api_token = ApiToken(
            api_token_id=self._ids.new(),
            user_id=asker.user_id,
            name=name.strip(),
            scopes=tuple(sorted(set(scopes))),
            created_at=now,
            expires_at=now + timedelta(days=expires_in_days),
            last_used_at=None,
            revoked_at=None,
        )
        token = TOKEN_PREFIX + self._secrets.token()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.access.add_api_token(api_token, secret_hash(token))
            await stores.audit.record(
                "api_token.created",
                actor_user_id=asker.user_id,
                subject_kind="api_token",
                subject_id=api_token.api_token_id,
                at=now,
                details={"scopes": list(api_token.scopes), "expires_in_days": expires_in_days},
            )
        return NewApiToken(api_token=api_token, token=token)

    async def revoke(self, asker: Asker, api_token_id: UUID) -> None:
        """End a token at once; a second time changes nothing. Raises NotFound."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            api_token = await stores.access.get_api_token(api_token_id)
            if api_token is None or not (
                api_token.user_id == asker.user_id or asker.may("users.write")
            ):
                raise NotFound("NOT_FOUND", "There is no such API token.")
            if api_token.revoked_at is not None:
                return
            await stores.access.revoke_api_token(api_token_id, now)
            await stores.audit.record(
                "api_token.revoked",
                actor_user_id=asker.user_id,
                subject_kind="api_token",
                subject_id=api_token_id,
                at=now,
            )


def _check(asker: Asker, scopes: Sequence[str], expires_in_days: int) -> None:
    if not scopes:
        raise Invalid(
            "SCOPES_EMPTY", "Choose at least one permission for the token.", field="scopes"
        )
    beyond = sorted(set(scopes) - asker.permissions)
    if beyond:
        raise Forbidden(
            "SCOPES_BEYOND_OWN",
            f"You do not have these permissions yourself: {', '.join(beyond)}.",
            field="scopes",
            details={"permissions": ", ".join(beyond)},
        )
    if not 1 <= expires_in_days <= MAX_DAYS:
        raise Invalid(
            "EXPIRY_OUT_OF_RANGE",
            f"A token is valid for 1 to {MAX_DAYS} days.",
            field="expires_in_days",
            details={"max": MAX_DAYS},
        )
