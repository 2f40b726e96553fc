"""Operations: wrap up codes."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class WrapUpCodes:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_wrap_up_codes(
        self,
    ) -> Pages[m.WrapUpCodeAnswer]:
        """Every code, inactive ones too, in their order.

        Permission: `campaigns.read` or `reports.read` or `settings.read`.
        """
        answer: Pages[m.WrapUpCodeAnswer] = self._api.pages("list_wrap_up_codes")
        return answer

    def add_wrap_up_code(
        self,
        body: m.WrapUpCodeBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.WrapUpCodeAnswer:
        """Add a code.

        Permission: `settings.write`.
        """
        answer: m.WrapUpCodeAnswer = self._api.call(
            "add_wrap_up_code", body=body, key=idempotency_key
        )
        return answer

    def get_wrap_up_code(
        self,
        wrap_up_code_id: m.Id,
    ) -> m.WrapUpCodeAnswer:
        """One code.

        Permission: `campaigns.read` or `reports.read` or `settings.read`.
        """
        answer: m.WrapUpCodeAnswer = self._api.call(
            "get_wrap_up_code", path={"wrap_up_code_id": wrap_up_code_id}
        )
        return answer

    def change_wrap_up_code(
        self,
        wrap_up_code_id: m.Id,
        body: m.WrapUpCodePatch,
    ) -> m.WrapUpCodeAnswer:
        """Change a code; outcomes already given keep it.

        Permission: `settings.write`.
        """
        answer: m.WrapUpCodeAnswer = self._api.call(
            "change_wrap_up_code", path={"wrap_up_code_id": wrap_up_code_id}, body=body
        )
        return answer

    def get_wrap_up_mapping(
        self,
    ) -> m.WrapUpMappingAnswer:
        """What outcomes mean in the organisation: of codes and of the system.

        Permission: `campaigns.read` or `reports.read` or `settings.read`.
        """
        answer: m.WrapUpMappingAnswer = self._api.call("get_wrap_up_mapping")
        return answer

    def change_wrap_up_mapping(
        self,
        body: m.MappingPatch,
    ) -> m.WrapUpMappingAnswer:
        """Change it; outcomes of the past count by the new table too.

        Permission: `settings.write`.
        """
        answer: m.WrapUpMappingAnswer = self._api.call("change_wrap_up_mapping", body=body)
        return answer

    def get_campaign_mapping(
        self,
        campaign_id: m.Id,
    ) -> m.WrapUpMappingAnswer:
        """What outcomes mean in a campaign.

        Permission: `campaigns.read` or `reports.read` or `settings.read`.
        """
        answer: m.WrapUpMappingAnswer = self._api.call(
            "get_campaign_mapping", path={"campaign_id": campaign_id}
        )
        return answer

    def change_campaign_mapping(
        self,
        campaign_id: m.Id,
        body: m.CampaignMappingPatch,
    ) -> m.WrapUpMappingAnswer:
        """Set what outcomes mean in this campaign alone; null: as in the organisation.

        Permission: `campaigns.write`.
        """
        answer: m.WrapUpMappingAnswer = self._api.call(
            "change_campaign_mapping", path={"campaign_id": campaign_id}, body=body
        )
        return answer


class AsyncWrapUpCodes:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_wrap_up_codes(
        self,
    ) -> AsyncPages[m.WrapUpCodeAnswer]:
        """Every code, inactive ones too, in their order.

        Permission: `campaigns.read` or `reports.read` or `settings.read`.
        """
        answer: AsyncPages[m.WrapUpCodeAnswer] = self._api.pages("list_wrap_up_codes")
        return answer

    async def add_wrap_up_code(
        self,
        body: m.WrapUpCodeBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.WrapUpCodeAnswer:
        """Add a code.

        Permission: `settings.write`.
        """
        answer: m.WrapUpCodeAnswer = await self._api.call(
            "add_wrap_up_code", body=body, key=idempotency_key
        )
        return answer

    async def get_wrap_up_code(
        self,
        wrap_up_code_id: m.Id,
    ) -> m.WrapUpCodeAnswer:
        """One code.

        Permission: `campaigns.read` or `reports.read` or `settings.read`.
        """
        answer: m.WrapUpCodeAnswer = await self._api.call(
            "get_wrap_up_code", path={"wrap_up_code_id": wrap_up_code_id}
        )
        return answer

    async def change_wrap_up_code(
        self,
        wrap_up_code_id: m.Id,
        body: m.WrapUpCodePatch,
    ) -> m.WrapUpCodeAnswer:
        """Change a code; outcomes already given keep it.

        Permission: `settings.write`.
        """
        answer: m.WrapUpCodeAnswer = await self._api.call(
            "change_wrap_up_code", path={"wrap_up_code_id": wrap_up_code_id}, body=body
        )
        return answer

    async def get_wrap_up_mapping(
        self,
    ) -> m.WrapUpMappingAnswer:
        """What outcomes mean in the organisation: of codes and of the system.

        Permission: `campaigns.read` or `reports.read` or `settings.read`.
        """
        answer: m.WrapUpMappingAnswer = await self._api.call("get_wrap_up_mapping")
        return answer

    async def change_wrap_up_mapping(
        self,
        body: m.MappingPatch,
    ) -> m.WrapUpMappingAnswer:
        """Change it; outcomes of the past count by the new table too.

        Permission: `settings.write`.
        """
        answer: m.WrapUpMappingAnswer = await self._api.call("change_wrap_up_mapping", body=body)
        return answer

    async def get_campaign_mapping(
        self,
        campaign_id: m.Id,
    ) -> m.WrapUpMappingAnswer:
        """What outcomes mean in a campaign.

        Permission: `campaigns.read` or `reports.read` or `settings.read`.
        """
        answer: m.WrapUpMappingAnswer = await self._api.call(
            "get_campaign_mapping", path={"campaign_id": campaign_id}
        )
        return answer

    async def change_campaign_mapping(
        self,
        campaign_id: m.Id,
        body: m.CampaignMappingPatch,
    ) -> m.WrapUpMappingAnswer:
        """Set what outcomes mean in this campaign alone; null: as in the organisation.

        Permission: `campaigns.write`.
        """
        answer: m.WrapUpMappingAnswer = await self._api.call(
            "change_campaign_mapping", path={"campaign_id": campaign_id}, body=body
        )
        return answer
