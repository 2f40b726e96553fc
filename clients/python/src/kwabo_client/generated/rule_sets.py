"""Operations: rule sets."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class RuleSets:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_rule_sets(
        self,
    ) -> Pages[m.RuleSetAnswer]:
        """Every rule set, by name.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.RuleSetAnswer] = self._api.pages("list_rule_sets")
        return answer

    def add_rule_set(
        self,
        body: m.RuleSetBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.RuleSetAnswer:
        """Add a rule set; no campaign asks it yet.

        Permission: `campaigns.write`.
        """
        answer: m.RuleSetAnswer = self._api.call("add_rule_set", body=body, key=idempotency_key)
        return answer

    def get_rule_set(
        self,
        rule_set_id: m.Id,
    ) -> m.RuleSetAnswer:
        """One rule set.

        Permission: `campaigns.read`.
        """
        answer: m.RuleSetAnswer = self._api.call("get_rule_set", path={"rule_set_id": rule_set_id})
        return answer

    def change_rule_set(
        self,
        rule_set_id: m.Id,
        body: m.RuleSetPatch,
    ) -> m.RuleSetAnswer:
        """Change a rule set; its campaigns ask the new rules from the next contact on.

        Permission: `campaigns.write`.
        """
        answer: m.RuleSetAnswer = self._api.call(
            "change_rule_set", path={"rule_set_id": rule_set_id}, body=body
        )
        return answer

    def delete_rule_set(
        self,
        rule_set_id: m.Id,
    ) -> None:
        """Delete a rule set that no campaign asks.

        Permission: `campaigns.write`.
        """
        self._api.call("delete_rule_set", path={"rule_set_id": rule_set_id})

    def try_rule_set(
        self,
        rule_set_id: m.Id,
        body: m.TryBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ListAnswer[m.TriedAnswer]:
        """What the rules would do with the first contacts of a campaign's list; nothing is changed.

        Permission: `campaigns.read`.
        """
        answer: m.ListAnswer[m.TriedAnswer] = self._api.call(
            "try_rule_set", path={"rule_set_id": rule_set_id}, body=body, key=idempotency_key
        )
        return answer

    def campaign_rule_sets(
        self,
        campaign_id: m.Id,
    ) -> Pages[m.RuleSetAnswer]:
        """The rule sets that the campaign asks, in their order.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.RuleSetAnswer] = self._api.pages(
            "campaign_rule_sets", path={"campaign_id": campaign_id}
        )
        return answer

    def give_rule_sets(
        self,
        campaign_id: m.Id,
        body: m.GivenBody,
    ) -> m.ListAnswer[m.RuleSetAnswer]:
        """Have the campaign ask these rule sets, from the next contact on.

        Permission: `campaigns.write`.
        """
        answer: m.ListAnswer[m.RuleSetAnswer] = self._api.call(
            "give_rule_sets", path={"campaign_id": campaign_id}, body=body
        )
        return answer

    def campaign_rule_firings(
        self,
        campaign_id: m.Id,
        *,
        limit: int | None = None,
    ) -> Pages[m.RuleFiringAnswer]:
        """Rules that fired in the campaign, the newest first.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.RuleFiringAnswer] = self._api.pages(
            "campaign_rule_firings", path={"campaign_id": campaign_id}, query={"limit": limit}
        )
        return answer

    def attempt_rule_firings(
        self,
        attempt_id: m.Id,
    ) -> Pages[m.RuleFiringAnswer]:
        """Rules that fired for the attempt, in the order in which they did.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.RuleFiringAnswer] = self._api.pages(
            "attempt_rule_firings", path={"attempt_id": attempt_id}
        )
        return answer


class AsyncRuleSets:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_rule_sets(
        self,
    ) -> AsyncPages[m.RuleSetAnswer]:
        """Every rule set, by name.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.RuleSetAnswer] = self._api.pages("list_rule_sets")
        return answer

    async def add_rule_set(
        self,
        body: m.RuleSetBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.RuleSetAnswer:
        """Add a rule set; no campaign asks it yet.

        Permission: `campaigns.write`.
        """
        answer: m.RuleSetAnswer = await self._api.call(
            "add_rule_set", body=body, key=idempotency_key
        )
        return answer

    async def get_rule_set(
        self,
        rule_set_id: m.Id,
    ) -> m.RuleSetAnswer:
        """One rule set.

        Permission: `campaigns.read`.
        """
        answer: m.RuleSetAnswer = await self._api.call(
            "get_rule_set", path={"rule_set_id": rule_set_id}
        )
        return answer

    async def change_rule_set(
        self,
        rule_set_id: m.Id,
        body: m.RuleSetPatch,
    ) -> m.RuleSetAnswer:
        """Change a rule set; its campaigns ask the new rules from the next contact on.

        Permission: `campaigns.write`.
        """
        answer: m.RuleSetAnswer = await self._api.call(
            "change_rule_set", path={"rule_set_id": rule_set_id}, body=body
        )
        return answer

    async def delete_rule_set(
        self,
        rule_set_id: m.Id,
    ) -> None:
        """Delete a rule set that no campaign asks.

        Permission: `campaigns.write`.
        """
        await self._api.call("delete_rule_set", path={"rule_set_id": rule_set_id})

    async def try_rule_set(
        self,
        rule_set_id: m.Id,
        body: m.TryBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ListAnswer[m.TriedAnswer]:
        """What the rules would do with the first contacts of a campaign's list; nothing is changed.

        Permission: `campaigns.read`.
        """
        answer: m.ListAnswer[m.TriedAnswer] = await self._api.call(
            "try_rule_set", path={"rule_set_id": rule_set_id}, body=body, key=idempotency_key
        )
        return answer

    def campaign_rule_sets(
        self,
        campaign_id: m.Id,
    ) -> AsyncPages[m.RuleSetAnswer]:
        """The rule sets that the campaign asks, in their order.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.RuleSetAnswer] = self._api.pages(
            "campaign_rule_sets", path={"campaign_id": campaign_id}
        )
        return answer

    async def give_rule_sets(
        self,
        campaign_id: m.Id,
        body: m.GivenBody,
    ) -> m.ListAnswer[m.RuleSetAnswer]:
        """Have the campaign ask these rule sets, from the next contact on.

        Permission: `campaigns.write`.
        """
        answer: m.ListAnswer[m.RuleSetAnswer] = await self._api.call(
            "give_rule_sets", path={"campaign_id": campaign_id}, body=body
        )
        return answer

    def campaign_rule_firings(
        self,
        campaign_id: m.Id,
        *,
        limit: int | None = None,
    ) -> AsyncPages[m.RuleFiringAnswer]:
        """Rules that fired in the campaign, the newest first.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.RuleFiringAnswer] = self._api.pages(
            "campaign_rule_firings", path={"campaign_id": campaign_id}, query={"limit": limit}
        )
        return answer

    def attempt_rule_firings(
        self,
        attempt_id: m.Id,
    ) -> AsyncPages[m.RuleFiringAnswer]:
        """Rules that fired for the attempt, in the order in which they did.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.RuleFiringAnswer] = self._api.pages(
            "attempt_rule_firings", path={"attempt_id": attempt_id}
        )
        return answer
