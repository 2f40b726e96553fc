"""Operations: flow results."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncDownload, Download


class FlowResults:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def get_flow_results(
        self,
        campaign_id: m.Id,
    ) -> m.FlowResultsAnswer:
        """How often each answer was given to the campaign's flow.

        Permission: `campaigns.read` or `reports.read`.
        """
        answer: m.FlowResultsAnswer = self._api.call(
            "get_flow_results", path={"campaign_id": campaign_id}
        )
        return answer

    def export_flow_results(
        self,
        campaign_id: m.Id,
    ) -> Download:
        """The calls with what was noted as a CSV file; personal data only for who may read contacts.

        Permission: `campaigns.read` or `reports.read`.
        """
        answer: Download = self._api.download(
            "export_flow_results", path={"campaign_id": campaign_id}
        )
        return answer


class AsyncFlowResults:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    async def get_flow_results(
        self,
        campaign_id: m.Id,
    ) -> m.FlowResultsAnswer:
        """How often each answer was given to the campaign's flow.

        Permission: `campaigns.read` or `reports.read`.
        """
        answer: m.FlowResultsAnswer = await self._api.call(
            "get_flow_results", path={"campaign_id": campaign_id}
        )
        return answer

    def export_flow_results(
        self,
        campaign_id: m.Id,
    ) -> AsyncDownload:
        """The calls with what was noted as a CSV file; personal data only for who may read contacts.

        Permission: `campaigns.read` or `reports.read`.
        """
        answer: AsyncDownload = self._api.download(
            "export_flow_results", path={"campaign_id": campaign_id}
        )
        return answer
