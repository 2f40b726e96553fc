"""Operations: settings documents."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi


class SettingsDocuments:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def export_settings(
        self,
    ) -> m.SettingsDocumentAnswer:
        """All settings as one document: no persons' data, no secrets; what is missing is named.

        Who may not see all of them gets 403.

        Permission: `settings.read`.
        """
        answer: m.SettingsDocumentAnswer = self._api.call("export_settings")
        return answer

    def apply_settings(
        self,
        body: m.SettingsDocumentBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AppliedSettingsAnswer:
        """Make the settings what a document says: all of it, or nothing when a place is wrong.

        422 `SETTINGS_REFUSED` names every wrong place. The permissions of single changes are needed.

        Permission: `settings.write`.
        """
        answer: m.AppliedSettingsAnswer = self._api.call(
            "apply_settings", body=body, key=idempotency_key
        )
        return answer


class AsyncSettingsDocuments:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    async def export_settings(
        self,
    ) -> m.SettingsDocumentAnswer:
        """All settings as one document: no persons' data, no secrets; what is missing is named.

        Who may not see all of them gets 403.

        Permission: `settings.read`.
        """
        answer: m.SettingsDocumentAnswer = await self._api.call("export_settings")
        return answer

    async def apply_settings(
        self,
        body: m.SettingsDocumentBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AppliedSettingsAnswer:
        """Make the settings what a document says: all of it, or nothing when a place is wrong.

        422 `SETTINGS_REFUSED` names every wrong place. The permissions of single changes are needed.

        Permission: `settings.write`.
        """
        answer: m.AppliedSettingsAnswer = await self._api.call(
            "apply_settings", body=body, key=idempotency_key
        )
        return answer
