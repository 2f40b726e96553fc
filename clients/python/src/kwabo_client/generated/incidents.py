"""Operations: incidents."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from typing import Literal

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Incidents:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_incidents(
        self,
        *,
        state: Literal["declared", "over"] | None = None,
        limit: int | None = None,
    ) -> Pages[m.IncidentAnswer]:
        """The newest first.

        Permission: `incidents.read`.
        """
        answer: Pages[m.IncidentAnswer] = self._api.pages(
            "list_incidents", query={"state": state, "limit": limit}
        )
        return answer

    def declare_incident(
        self,
        body: m.IncidentBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.IncidentAnswer:
        """Declare an incident; callers whom it concerns hear it from its begin on.

        Permission: `incidents.write`.
        """
        answer: m.IncidentAnswer = self._api.call(
            "declare_incident", body=body, key=idempotency_key
        )
        return answer

    def get_incident(
        self,
        incident_id: m.Id,
    ) -> m.IncidentAnswer:
        """One incident.

        Permission: `incidents.read`.
        """
        answer: m.IncidentAnswer = self._api.call("get_incident", path={"incident_id": incident_id})
        return answer

    def change_incident(
        self,
        incident_id: m.Id,
        body: m.IncidentPatch,
    ) -> m.IncidentAnswer:
        """Change an incident that is not over.

        Permission: `incidents.write`.
        """
        answer: m.IncidentAnswer = self._api.call(
            "change_incident", path={"incident_id": incident_id}, body=body
        )
        return answer

    def declare_incident_over(
        self,
        incident_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.IncidentAnswer:
        """Declare an incident over, for good; who asked for it is told once.

        Permission: `incidents.write`.
        """
        answer: m.IncidentAnswer = self._api.call(
            "declare_incident_over", path={"incident_id": incident_id}, key=idempotency_key
        )
        return answer

    def get_incident_settings(
        self,
    ) -> m.IncidentSettingsAnswer:
        """By which columns callers are placed.

        Permission: `incidents.read`.
        """
        answer: m.IncidentSettingsAnswer = self._api.call("get_incident_settings")
        return answer

    def change_incident_settings(
        self,
        body: m.IncidentSettingsBody,
    ) -> m.IncidentSettingsAnswer:
        """Place callers by other columns.

        Permission: `settings.write`.
        """
        answer: m.IncidentSettingsAnswer = self._api.call("change_incident_settings", body=body)
        return answer


class AsyncIncidents:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_incidents(
        self,
        *,
        state: Literal["declared", "over"] | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.IncidentAnswer]:
        """The newest first.

        Permission: `incidents.read`.
        """
        answer: AsyncPages[m.IncidentAnswer] = self._api.pages(
            "list_incidents", query={"state": state, "limit": limit}
        )
        return answer

    async def declare_incident(
        self,
        body: m.IncidentBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.IncidentAnswer:
        """Declare an incident; callers whom it concerns hear it from its begin on.

        Permission: `incidents.write`.
        """
        answer: m.IncidentAnswer = await self._api.call(
            "declare_incident", body=body, key=idempotency_key
        )
        return answer

    async def get_incident(
        self,
        incident_id: m.Id,
    ) -> m.IncidentAnswer:
        """One incident.

        Permission: `incidents.read`.
        """
        answer: m.IncidentAnswer = await self._api.call(
            "get_incident", path={"incident_id": incident_id}
        )
        return answer

    async def change_incident(
        self,
        incident_id: m.Id,
        body: m.IncidentPatch,
    ) -> m.IncidentAnswer:
        """Change an incident that is not over.

        Permission: `incidents.write`.
        """
        answer: m.IncidentAnswer = await self._api.call(
            "change_incident", path={"incident_id": incident_id}, body=body
        )
        return answer

    async def declare_incident_over(
        self,
        incident_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.IncidentAnswer:
        """Declare an incident over, for good; who asked for it is told once.

        Permission: `incidents.write`.
        """
        answer: m.IncidentAnswer = await self._api.call(
            "declare_incident_over", path={"incident_id": incident_id}, key=idempotency_key
        )
        return answer

    async def get_incident_settings(
        self,
    ) -> m.IncidentSettingsAnswer:
        """By which columns callers are placed.

        Permission: `incidents.read`.
        """
        answer: m.IncidentSettingsAnswer = await self._api.call("get_incident_settings")
        return answer

    async def change_incident_settings(
        self,
        body: m.IncidentSettingsBody,
    ) -> m.IncidentSettingsAnswer:
        """Place callers by other columns.

        Permission: `settings.write`.
        """
        answer: m.IncidentSettingsAnswer = await self._api.call(
            "change_incident_settings", body=body
        )
        return answer
