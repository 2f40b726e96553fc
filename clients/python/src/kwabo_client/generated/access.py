"""Operations: access."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Access:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def get_session(
        self,
    ) -> m.SessionAnswer:
        """Who is signed in.

        For anybody who is signed in.
        """
        answer: m.SessionAnswer = self._api.call("get_session")
        return answer

    def sign_in(
        self,
        body: m.Credentials,
    ) -> m.SessionAnswer:
        """Sign in; sets the session's cookie."""
        answer: m.SessionAnswer = self._api.call("sign_in", body=body)
        return answer

    def sign_out(
        self,
    ) -> None:
        """End the session.

        For anybody who is signed in.
        """
        self._api.call("sign_out")

    def change_profile(
        self,
        body: m.ProfileChange,
    ) -> m.UserAnswer:
        """Change one's language, name or password; a new password signs out everywhere else.

        For anybody who is signed in.
        """
        answer: m.UserAnswer = self._api.call("change_profile", body=body)
        return answer

    def list_users(
        self,
        *,
        search: str | None = None,
        limit: int | None = None,
    ) -> Pages[m.UserAnswer]:
        """The organisation's users, by login.

        Permission: `users.read`.
        """
        answer: Pages[m.UserAnswer] = self._api.pages(
            "list_users", query={"search": search, "limit": limit}
        )
        return answer

    def add_user(
        self,
        body: m.UserBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.UserAnswer:
        """Add a user.

        Permission: `users.write`.
        """
        answer: m.UserAnswer = self._api.call("add_user", body=body, key=idempotency_key)
        return answer

    def get_user(
        self,
        user_id: m.Id,
    ) -> m.UserAnswer:
        """One user.

        Permission: `users.read`.
        """
        answer: m.UserAnswer = self._api.call("get_user", path={"user_id": user_id})
        return answer

    def change_user(
        self,
        user_id: m.Id,
        body: m.UserPatch,
    ) -> m.UserAnswer:
        """Change a user; deactivating one or giving a new password ends their sessions.

        Permission: `users.write`.
        """
        answer: m.UserAnswer = self._api.call("change_user", path={"user_id": user_id}, body=body)
        return answer

    def list_roles(
        self,
    ) -> list[m.RoleAnswer]:
        """The roles and their permissions.

        For anybody who is signed in.
        """
        answer: list[m.RoleAnswer] = self._api.call("list_roles")
        return answer

    def list_api_tokens(
        self,
    ) -> Pages[m.ApiTokenAnswer]:
        """One's own tokens; everybody's for those who may edit users.

        Permission: `tokens.write`.
        """
        answer: Pages[m.ApiTokenAnswer] = self._api.pages("list_api_tokens")
        return answer

    def add_api_token(
        self,
        body: m.ApiTokenBody,
    ) -> m.NewApiTokenAnswer:
        """Make a token for oneself.

        Permission: `tokens.write`.
        """
        answer: m.NewApiTokenAnswer = self._api.call("add_api_token", body=body)
        return answer

    def revoke_api_token(
        self,
        api_token_id: m.Id,
    ) -> None:
        """End a token at once.

        Permission: `tokens.write`.
        """
        self._api.call("revoke_api_token", path={"api_token_id": api_token_id})

    def list_audit(
        self,
        *,
        subject_kind: str | None = None,
        subject_id: str | None = None,
        actor_user_id: m.Id | None = None,
        from_: m.Instant | None = None,
        until: m.Instant | None = None,
        limit: int | None = None,
    ) -> Pages[m.AuditAnswer]:
        """What was done, the newest first.

        Permission: `audit.read`.
        """
        answer: Pages[m.AuditAnswer] = self._api.pages(
            "list_audit",
            query={
                "subject_kind": subject_kind,
                "subject_id": subject_id,
                "actor_user_id": actor_user_id,
                "from": from_,
                "until": until,
                "limit": limit,
            },
        )
        return answer


class AsyncAccess:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    async def get_session(
        self,
    ) -> m.SessionAnswer:
        """Who is signed in.

        For anybody who is signed in.
        """
        answer: m.SessionAnswer = await self._api.call("get_session")
        return answer

    async def sign_in(
        self,
        body: m.Credentials,
    ) -> m.SessionAnswer:
        """Sign in; sets the session's cookie."""
        answer: m.SessionAnswer = await self._api.call("sign_in", body=body)
        return answer

    async def sign_out(
        self,
    ) -> None:
        """End the session.

        For anybody who is signed in.
        """
        await self._api.call("sign_out")

    async def change_profile(
        self,
        body: m.ProfileChange,
    ) -> m.UserAnswer:
        """Change one's language, name or password; a new password signs out everywhere else.

        For anybody who is signed in.
        """
        answer: m.UserAnswer = await self._api.call("change_profile", body=body)
        return answer

    def list_users(
        self,
        *,
        search: str | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.UserAnswer]:
        """The organisation's users, by login.

        Permission: `users.read`.
        """
        answer: AsyncPages[m.UserAnswer] = self._api.pages(
            "list_users", query={"search": search, "limit": limit}
        )
        return answer

    async def add_user(
        self,
        body: m.UserBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.UserAnswer:
        """Add a user.

        Permission: `users.write`.
        """
        answer: m.UserAnswer = await self._api.call("add_user", body=body, key=idempotency_key)
        return answer

    async def get_user(
        self,
        user_id: m.Id,
    ) -> m.UserAnswer:
        """One user.

        Permission: `users.read`.
        """
        answer: m.UserAnswer = await self._api.call("get_user", path={"user_id": user_id})
        return answer

    async def change_user(
        self,
        user_id: m.Id,
        body: m.UserPatch,
    ) -> m.UserAnswer:
        """Change a user; deactivating one or giving a new password ends their sessions.

        Permission: `users.write`.
        """
        answer: m.UserAnswer = await self._api.call(
            "change_user", path={"user_id": user_id}, body=body
        )
        return answer

    async def list_roles(
        self,
    ) -> list[m.RoleAnswer]:
        """The roles and their permissions.

        For anybody who is signed in.
        """
        answer: list[m.RoleAnswer] = await self._api.call("list_roles")
        return answer

    def list_api_tokens(
        self,
    ) -> AsyncPages[m.ApiTokenAnswer]:
        """One's own tokens; everybody's for those who may edit users.

        Permission: `tokens.write`.
        """
        answer: AsyncPages[m.ApiTokenAnswer] = self._api.pages("list_api_tokens")
        return answer

    async def add_api_token(
        self,
        body: m.ApiTokenBody,
    ) -> m.NewApiTokenAnswer:
        """Make a token for oneself.

        Permission: `tokens.write`.
        """
        answer: m.NewApiTokenAnswer = await self._api.call("add_api_token", body=body)
        return answer

    async def revoke_api_token(
        self,
        api_token_id: m.Id,
    ) -> None:
        """End a token at once.

        Permission: `tokens.write`.
        """
        await self._api.call("revoke_api_token", path={"api_token_id": api_token_id})

    def list_audit(
        self,
        *,
        subject_kind: str | None = None,
        subject_id: str | None = None,
        actor_user_id: m.Id | None = None,
        from_: m.Instant | None = None,
        until: m.Instant | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.AuditAnswer]:
        """What was done, the newest first.

        Permission: `audit.read`.
        """
        answer: AsyncPages[m.AuditAnswer] = self._api.pages(
            "list_audit",
            query={
                "subject_kind": subject_kind,
                "subject_id": subject_id,
                "actor_user_id": actor_user_id,
                "from": from_,
                "until": until,
                "limit": limit,
            },
        )
        return answer
