"""Operations: sandbox."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Sandbox:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_sandbox_messages(
        self,
        *,
        recipient: str | None = None,
        limit: int | None = None,
    ) -> Pages[m.SandboxMessageAnswer]:
        """The newest first; of one recipient if one is given.

        Permission: `messages.read`.
        """
        answer: Pages[m.SandboxMessageAnswer] = self._api.pages(
            "list_sandbox_messages", query={"recipient": recipient, "limit": limit}
        )
        return answer


class AsyncSandbox:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_sandbox_messages(
        self,
        *,
        recipient: str | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.SandboxMessageAnswer]:
        """The newest first; of one recipient if one is given.

        Permission: `messages.read`.
        """
        answer: AsyncPages[m.SandboxMessageAnswer] = self._api.pages(
            "list_sandbox_messages", query={"recipient": recipient, "limit": limit}
        )
        return answer
