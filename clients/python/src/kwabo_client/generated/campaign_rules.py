"""Operations: campaign rules."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class CampaignRules:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_campaign_rules(
        self,
    ) -> Pages[m.CampaignRuleAnswer]:
        """Every campaign rule, by name.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.CampaignRuleAnswer] = self._api.pages("list_campaign_rules")
        return answer

    def add_campaign_rule(
        self,
        body: m.CampaignRuleBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignRuleAnswer:
        """Add a campaign rule; one that holds already fires at once.

        Permission: `campaigns.write`.
        """
        answer: m.CampaignRuleAnswer = self._api.call(
            "add_campaign_rule", body=body, key=idempotency_key
        )
        return answer

    def get_campaign_rule(
        self,
        campaign_rule_id: m.Id,
    ) -> m.CampaignRuleAnswer:
        """One campaign rule.

        Permission: `campaigns.read`.
        """
        answer: m.CampaignRuleAnswer = self._api.call(
            "get_campaign_rule", path={"campaign_rule_id": campaign_rule_id}
        )
        return answer

    def change_campaign_rule(
        self,
        campaign_rule_id: m.Id,
        body: m.CampaignRuleBody,
    ) -> m.CampaignRuleAnswer:
        """Replace a campaign rule.

        Permission: `campaigns.write`.
        """
        answer: m.CampaignRuleAnswer = self._api.call(
            "change_campaign_rule", path={"campaign_rule_id": campaign_rule_id}, body=body
        )
        return answer

    def delete_campaign_rule(
        self,
        campaign_rule_id: m.Id,
    ) -> None:
        """Delete a campaign rule; its firings stay.

        Permission: `campaigns.write`.
        """
        self._api.call("delete_campaign_rule", path={"campaign_rule_id": campaign_rule_id})


class AsyncCampaignRules:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_campaign_rules(
        self,
    ) -> AsyncPages[m.CampaignRuleAnswer]:
        """Every campaign rule, by name.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.CampaignRuleAnswer] = self._api.pages("list_campaign_rules")
        return answer

    async def add_campaign_rule(
        self,
        body: m.CampaignRuleBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignRuleAnswer:
        """Add a campaign rule; one that holds already fires at once.

        Permission: `campaigns.write`.
        """
        answer: m.CampaignRuleAnswer = await self._api.call(
            "add_campaign_rule", body=body, key=idempotency_key
        )
        return answer

    async def get_campaign_rule(
        self,
        campaign_rule_id: m.Id,
    ) -> m.CampaignRuleAnswer:
        """One campaign rule.

        Permission: `campaigns.read`.
        """
        answer: m.CampaignRuleAnswer = await self._api.call(
            "get_campaign_rule", path={"campaign_rule_id": campaign_rule_id}
        )
        return answer

    async def change_campaign_rule(
        self,
        campaign_rule_id: m.Id,
        body: m.CampaignRuleBody,
    ) -> m.CampaignRuleAnswer:
        """Replace a campaign rule.

        Permission: `campaigns.write`.
        """
        answer: m.CampaignRuleAnswer = await self._api.call(
            "change_campaign_rule", path={"campaign_rule_id": campaign_rule_id}, body=body
        )
        return answer

    async def delete_campaign_rule(
        self,
        campaign_rule_id: m.Id,
    ) -> None:
        """Delete a campaign rule; its firings stay.

        Permission: `campaigns.write`.
        """
        await self._api.call("delete_campaign_rule", path={"campaign_rule_id": campaign_rule_id})
