"""Operations: campaigns."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from typing import Literal

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Campaigns:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_campaigns(
        self,
        *,
        state: Literal["ready", "running", "pausing", "paused", "stopped", "complete"]
        | None = None,
        limit: int | None = None,
    ) -> Pages[m.CampaignAnswer]:
        """Campaigns, the newest first.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.CampaignAnswer] = self._api.pages(
            "list_campaigns", query={"state": state, "limit": limit}
        )
        return answer

    def add_campaign(
        self,
        body: m.CampaignBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignAnswer:
        """Add a campaign, which is then ready to be started.

        Permission: `campaigns.write`.
        """
        answer: m.CampaignAnswer = self._api.call("add_campaign", body=body, key=idempotency_key)
        return answer

    def get_campaign(
        self,
        campaign_id: m.Id,
    ) -> m.CampaignAnswer:
        """One campaign.

        Permission: `campaigns.read`.
        """
        answer: m.CampaignAnswer = self._api.call("get_campaign", path={"campaign_id": campaign_id})
        return answer

    def change_campaign(
        self,
        campaign_id: m.Id,
        body: m.CampaignPatch,
    ) -> m.CampaignAnswer:
        """Change a campaign; null takes a callable time set, a response set, a flow or a callbacks'
        deputy away, and makes the campaign follow the organisation's `compliance_preset`.

        Permission: `campaigns.write`.
        """
        answer: m.CampaignAnswer = self._api.call(
            "change_campaign", path={"campaign_id": campaign_id}, body=body
        )
        return answer

    def delete_campaign(
        self,
        campaign_id: m.Id,
    ) -> None:
        """Delete a campaign that has never run.

        Permission: `campaigns.write`.
        """
        self._api.call("delete_campaign", path={"campaign_id": campaign_id})

    def copy_campaign(
        self,
        campaign_id: m.Id,
        body: m.CopyBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignAnswer:
        """A new campaign with the same settings, not begun.

        Copied too: rule sets in their order, the campaign's own wrap-up mapping, recycle plans that
        still recycle, and the schedule, turned off. Not copied: contacts' courses, attempts, outcomes,
        callbacks, firings, places in sequences, campaign rules.

        Permission: `campaigns.write`.
        """
        answer: m.CampaignAnswer = self._api.call(
            "copy_campaign", path={"campaign_id": campaign_id}, body=body, key=idempotency_key
        )
        return answer

    def start_campaign(
        self,
        campaign_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignRunAnswer:
        """Start or go on.

        Permission: `campaigns.run`.
        """
        answer: m.CampaignRunAnswer = self._api.call(
            "start_campaign", path={"campaign_id": campaign_id}, key=idempotency_key
        )
        return answer

    def pause_campaign(
        self,
        campaign_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignRunAnswer:
        """Dial nothing new; calls in progress go on.

        Permission: `campaigns.run`.
        """
        answer: m.CampaignRunAnswer = self._api.call(
            "pause_campaign", path={"campaign_id": campaign_id}, key=idempotency_key
        )
        return answer

    def stop_campaign(
        self,
        campaign_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignRunAnswer:
        """The emergency: unanswered calls are hung up at once.

        Permission: `campaigns.run`.
        """
        answer: m.CampaignRunAnswer = self._api.call(
            "stop_campaign", path={"campaign_id": campaign_id}, key=idempotency_key
        )
        return answer

    def campaign_progress(
        self,
        campaign_id: m.Id,
    ) -> m.ProgressAnswer:
        """Counts as of now.

        Permission: `campaigns.read`.
        """
        answer: m.ProgressAnswer = self._api.call(
            "campaign_progress", path={"campaign_id": campaign_id}
        )
        return answer

    def campaign_pacing(
        self,
        campaign_id: m.Id,
        *,
        minutes: int | None = None,
    ) -> m.PaceAnswer:
        """The last minutes' calls, and the abandon rate over its window.

        Permission: `campaigns.read`.
        """
        answer: m.PaceAnswer = self._api.call(
            "campaign_pacing", path={"campaign_id": campaign_id}, query={"minutes": minutes}
        )
        return answer

    def recycle_campaign(
        self,
        campaign_id: m.Id,
        body: m.RecycleBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.RecycleAnswer:
        """Open finished contacts again; a dry run only counts them.

        Permission: `campaigns.run`.
        """
        answer: m.RecycleAnswer = self._api.call(
            "recycle_campaign", path={"campaign_id": campaign_id}, body=body, key=idempotency_key
        )
        return answer

    def list_recycle_plans(
        self,
        campaign_id: m.Id,
    ) -> Pages[m.RecyclePlanAnswer]:
        """The campaign's plans.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.RecyclePlanAnswer] = self._api.pages(
            "list_recycle_plans", path={"campaign_id": campaign_id}
        )
        return answer

    def add_recycle_plan(
        self,
        campaign_id: m.Id,
        body: m.RecyclePlanBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.RecyclePlanAnswer:
        """Recycle at set times.

        Permission: `campaigns.run`.
        """
        answer: m.RecyclePlanAnswer = self._api.call(
            "add_recycle_plan", path={"campaign_id": campaign_id}, body=body, key=idempotency_key
        )
        return answer

    def delete_recycle_plan(
        self,
        campaign_id: m.Id,
        recycle_plan_id: m.Id,
    ) -> None:
        """Recycle at these times no more.

        Permission: `campaigns.run`.
        """
        self._api.call(
            "delete_recycle_plan",
            path={"campaign_id": campaign_id, "recycle_plan_id": recycle_plan_id},
        )

    def list_what_ifs(
        self,
        campaign_id: m.Id,
    ) -> m.WhatIfListAnswer:
        """The campaign's what-ifs, the newest first.

        Permission: `campaigns.read`.
        """
        answer: m.WhatIfListAnswer = self._api.call(
            "list_what_ifs", path={"campaign_id": campaign_id}
        )
        return answer

    def add_what_if(
        self,
        campaign_id: m.Id,
        body: m.WhatIfBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.WhatIfAnswer:
        """Have a day computed; follow it by its id.

        Permission: `campaigns.write`.
        """
        answer: m.WhatIfAnswer = self._api.call(
            "add_what_if", path={"campaign_id": campaign_id}, body=body, key=idempotency_key
        )
        return answer

    def get_what_if(
        self,
        what_if_id: m.Id,
    ) -> m.WhatIfAnswer:
        """One what-if.

        Permission: `campaigns.read`.
        """
        answer: m.WhatIfAnswer = self._api.call("get_what_if", path={"what_if_id": what_if_id})
        return answer

    def delete_what_if(
        self,
        what_if_id: m.Id,
    ) -> None:
        """Forget a what-if; one that is being computed is ended.

        Permission: `campaigns.write`.
        """
        self._api.call("delete_what_if", path={"what_if_id": what_if_id})

    def cancel_what_if(
        self,
        what_if_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.WhatIfAnswer:
        """Compute no further.

        Permission: `campaigns.write`.
        """
        answer: m.WhatIfAnswer = self._api.call(
            "cancel_what_if", path={"what_if_id": what_if_id}, key=idempotency_key
        )
        return answer

    def list_campaign_contacts(
        self,
        campaign_id: m.Id,
        *,
        search: str | None = None,
        state: Literal["untouched", "open", "in_progress", "finished"] | None = None,
        limit: int | None = None,
    ) -> Pages[m.CampaignContactAnswer]:
        """The campaign's contacts in the list's order, each with its explanation.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.CampaignContactAnswer] = self._api.pages(
            "list_campaign_contacts",
            path={"campaign_id": campaign_id},
            query={"search": search, "state": state, "limit": limit},
        )
        return answer

    def explain_contact(
        self,
        campaign_id: m.Id,
        contact_id: m.Id,
    ) -> m.ExplanationAnswer:
        """Why this contact is or is not called now, and when it will be.

        Permission: `campaigns.read`.
        """
        answer: m.ExplanationAnswer = self._api.call(
            "explain_contact", path={"campaign_id": campaign_id, "contact_id": contact_id}
        )
        return answer

    def diagnose_campaign(
        self,
        campaign_id: m.Id,
    ) -> m.DiagnosisAnswer:
        """Where every contact of its list stands, agents and lines, and what to change.

        Permission: `campaigns.read`.
        """
        answer: m.DiagnosisAnswer = self._api.call(
            "diagnose_campaign", path={"campaign_id": campaign_id}
        )
        return answer


class AsyncCampaigns:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_campaigns(
        self,
        *,
        state: Literal["ready", "running", "pausing", "paused", "stopped", "complete"]
        | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.CampaignAnswer]:
        """Campaigns, the newest first.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.CampaignAnswer] = self._api.pages(
            "list_campaigns", query={"state": state, "limit": limit}
        )
        return answer

    async def add_campaign(
        self,
        body: m.CampaignBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignAnswer:
        """Add a campaign, which is then ready to be started.

        Permission: `campaigns.write`.
        """
        answer: m.CampaignAnswer = await self._api.call(
            "add_campaign", body=body, key=idempotency_key
        )
        return answer

    async def get_campaign(
        self,
        campaign_id: m.Id,
    ) -> m.CampaignAnswer:
        """One campaign.

        Permission: `campaigns.read`.
        """
        answer: m.CampaignAnswer = await self._api.call(
            "get_campaign", path={"campaign_id": campaign_id}
        )
        return answer

    async def change_campaign(
        self,
        campaign_id: m.Id,
        body: m.CampaignPatch,
    ) -> m.CampaignAnswer:
        """Change a campaign; null takes a callable time set, a response set, a flow or a callbacks'
        deputy away, and makes the campaign follow the organisation's `compliance_preset`.

        Permission: `campaigns.write`.
        """
        answer: m.CampaignAnswer = await self._api.call(
            "change_campaign", path={"campaign_id": campaign_id}, body=body
        )
        return answer

    async def delete_campaign(
        self,
        campaign_id: m.Id,
    ) -> None:
        """Delete a campaign that has never run.

        Permission: `campaigns.write`.
        """
        await self._api.call("delete_campaign", path={"campaign_id": campaign_id})

    async def copy_campaign(
        self,
        campaign_id: m.Id,
        body: m.CopyBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignAnswer:
        """A new campaign with the same settings, not begun.

        Copied too: rule sets in their order, the campaign's own wrap-up mapping, recycle plans that
        still recycle, and the schedule, turned off. Not copied: contacts' courses, attempts, outcomes,
        callbacks, firings, places in sequences, campaign rules.

        Permission: `campaigns.write`.
        """
        answer: m.CampaignAnswer = await self._api.call(
            "copy_campaign", path={"campaign_id": campaign_id}, body=body, key=idempotency_key
        )
        return answer

    async def start_campaign(
        self,
        campaign_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignRunAnswer:
        """Start or go on.

        Permission: `campaigns.run`.
        """
        answer: m.CampaignRunAnswer = await self._api.call(
            "start_campaign", path={"campaign_id": campaign_id}, key=idempotency_key
        )
        return answer

    async def pause_campaign(
        self,
        campaign_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignRunAnswer:
        """Dial nothing new; calls in progress go on.

        Permission: `campaigns.run`.
        """
        answer: m.CampaignRunAnswer = await self._api.call(
            "pause_campaign", path={"campaign_id": campaign_id}, key=idempotency_key
        )
        return answer

    async def stop_campaign(
        self,
        campaign_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.CampaignRunAnswer:
        """The emergency: unanswered calls are hung up at once.

        Permission: `campaigns.run`.
        """
        answer: m.CampaignRunAnswer = await self._api.call(
            "stop_campaign", path={"campaign_id": campaign_id}, key=idempotency_key
        )
        return answer

    async def campaign_progress(
        self,
        campaign_id: m.Id,
    ) -> m.ProgressAnswer:
        """Counts as of now.

        Permission: `campaigns.read`.
        """
        answer: m.ProgressAnswer = await self._api.call(
            "campaign_progress", path={"campaign_id": campaign_id}
        )
        return answer

    async def campaign_pacing(
        self,
        campaign_id: m.Id,
        *,
        minutes: int | None = None,
    ) -> m.PaceAnswer:
        """The last minutes' calls, and the abandon rate over its window.

        Permission: `campaigns.read`.
        """
        answer: m.PaceAnswer = await self._api.call(
            "campaign_pacing", path={"campaign_id": campaign_id}, query={"minutes": minutes}
        )
        return answer

    async def recycle_campaign(
        self,
        campaign_id: m.Id,
        body: m.RecycleBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.RecycleAnswer:
        """Open finished contacts again; a dry run only counts them.

        Permission: `campaigns.run`.
        """
        answer: m.RecycleAnswer = await self._api.call(
            "recycle_campaign", path={"campaign_id": campaign_id}, body=body, key=idempotency_key
        )
        return answer

    def list_recycle_plans(
        self,
        campaign_id: m.Id,
    ) -> AsyncPages[m.RecyclePlanAnswer]:
        """The campaign's plans.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.RecyclePlanAnswer] = self._api.pages(
            "list_recycle_plans", path={"campaign_id": campaign_id}
        )
        return answer

    async def add_recycle_plan(
        self,
        campaign_id: m.Id,
        body: m.RecyclePlanBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.RecyclePlanAnswer:
        """Recycle at set times.

        Permission: `campaigns.run`.
        """
        answer: m.RecyclePlanAnswer = await self._api.call(
            "add_recycle_plan", path={"campaign_id": campaign_id}, body=body, key=idempotency_key
        )
        return answer

    async def delete_recycle_plan(
        self,
        campaign_id: m.Id,
        recycle_plan_id: m.Id,
    ) -> None:
        """Recycle at these times no more.

        Permission: `campaigns.run`.
        """
        await self._api.call(
            "delete_recycle_plan",
            path={"campaign_id": campaign_id, "recycle_plan_id": recycle_plan_id},
        )

    async def list_what_ifs(
        self,
        campaign_id: m.Id,
    ) -> m.WhatIfListAnswer:
        """The campaign's what-ifs, the newest first.

        Permission: `campaigns.read`.
        """
        answer: m.WhatIfListAnswer = await self._api.call(
            "list_what_ifs", path={"campaign_id": campaign_id}
        )
        return answer

    async def add_what_if(
        self,
        campaign_id: m.Id,
        body: m.WhatIfBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.WhatIfAnswer:
        """Have a day computed; follow it by its id.

        Permission: `campaigns.write`.
        """
        answer: m.WhatIfAnswer = await self._api.call(
            "add_what_if", path={"campaign_id": campaign_id}, body=body, key=idempotency_key
        )
        return answer

    async def get_what_if(
        self,
        what_if_id: m.Id,
    ) -> m.WhatIfAnswer:
        """One what-if.

        Permission: `campaigns.read`.
        """
        answer: m.WhatIfAnswer = await self._api.call(
            "get_what_if", path={"what_if_id": what_if_id}
        )
        return answer

    async def delete_what_if(
        self,
        what_if_id: m.Id,
    ) -> None:
        """Forget a what-if; one that is being computed is ended.

        Permission: `campaigns.write`.
        """
        await self._api.call("delete_what_if", path={"what_if_id": what_if_id})

    async def cancel_what_if(
        self,
        what_if_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.WhatIfAnswer:
        """Compute no further.

        Permission: `campaigns.write`.
        """
        answer: m.WhatIfAnswer = await self._api.call(
            "cancel_what_if", path={"what_if_id": what_if_id}, key=idempotency_key
        )
        return answer

    def list_campaign_contacts(
        self,
        campaign_id: m.Id,
        *,
        search: str | None = None,
        state: Literal["untouched", "open", "in_progress", "finished"] | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.CampaignContactAnswer]:
        """The campaign's contacts in the list's order, each with its explanation.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.CampaignContactAnswer] = self._api.pages(
            "list_campaign_contacts",
            path={"campaign_id": campaign_id},
            query={"search": search, "state": state, "limit": limit},
        )
        return answer

    async def explain_contact(
        self,
        campaign_id: m.Id,
        contact_id: m.Id,
    ) -> m.ExplanationAnswer:
        """Why this contact is or is not called now, and when it will be.

        Permission: `campaigns.read`.
        """
        answer: m.ExplanationAnswer = await self._api.call(
            "explain_contact", path={"campaign_id": campaign_id, "contact_id": contact_id}
        )
        return answer

    async def diagnose_campaign(
        self,
        campaign_id: m.Id,
    ) -> m.DiagnosisAnswer:
        """Where every contact of its list stands, agents and lines, and what to change.

        Permission: `campaigns.read`.
        """
        answer: m.DiagnosisAnswer = await self._api.call(
            "diagnose_campaign", path={"campaign_id": campaign_id}
        )
        return answer
