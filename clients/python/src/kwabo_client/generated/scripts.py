"""Operations: scripts."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncDownload, AsyncPages, Download, Pages


class Scripts:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_scripts(
        self,
    ) -> Pages[m.ScriptRow]:
        """Every script, by name.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.ScriptRow] = self._api.pages("list_scripts")
        return answer

    def add_script(
        self,
        body: m.ScriptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScriptAnswer:
        """Add a script; no campaign can use it before it is published.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptAnswer = self._api.call("add_script", body=body, key=idempotency_key)
        return answer

    def check_script(
        self,
        body: m.CheckBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScriptCheckAnswer:
        """Everything wrong with a document; nothing is kept.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptCheckAnswer = self._api.call("check_script", body=body, key=idempotency_key)
        return answer

    def get_script(
        self,
        script_id: m.Id,
    ) -> m.ScriptAnswer:
        """One script with its draft and everything wrong with it.

        Permission: `campaigns.read`.
        """
        answer: m.ScriptAnswer = self._api.call("get_script", path={"script_id": script_id})
        return answer

    def change_script(
        self,
        script_id: m.Id,
        body: m.ScriptPatch,
    ) -> m.ScriptAnswer:
        """Change a script's draft, name or list; campaigns notice nothing.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptAnswer = self._api.call(
            "change_script", path={"script_id": script_id}, body=body
        )
        return answer

    def delete_script(
        self,
        script_id: m.Id,
    ) -> None:
        """Delete a script that no campaign uses and no call was made with.

        Permission: `campaigns.write`.
        """
        self._api.call("delete_script", path={"script_id": script_id})

    def list_script_versions(
        self,
        script_id: m.Id,
    ) -> Pages[m.ScriptVersionAnswer]:
        """What was published, the newest first.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.ScriptVersionAnswer] = self._api.pages(
            "list_script_versions", path={"script_id": script_id}
        )
        return answer

    def publish_script(
        self,
        script_id: m.Id,
        body: m.PublishBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScriptAnswer:
        """Publish the draft: calls that begin from now on use it; 422 names every wrong place.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptAnswer = self._api.call(
            "publish_script", path={"script_id": script_id}, body=body, key=idempotency_key
        )
        return answer

    def roll_back_script(
        self,
        script_id: m.Id,
        body: m.RollBackBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScriptAnswer:
        """Publish an older version's document again; the draft stays.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptAnswer = self._api.call(
            "roll_back_script", path={"script_id": script_id}, body=body, key=idempotency_key
        )
        return answer

    def script_of_campaign(
        self,
        campaign_id: m.Id,
        body: m.FromCampaignBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScriptAnswer:
        """Make a script of a campaign's Markdown, publish it and have the campaign use it.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptAnswer = self._api.call(
            "script_of_campaign", path={"campaign_id": campaign_id}, body=body, key=idempotency_key
        )
        return answer

    def list_script_answers(
        self,
        campaign_id: m.Id,
        *,
        limit: int | None = None,
    ) -> Pages[m.AnsweredCallAnswer]:
        """The campaign's calls with answers, the newest first.

        Permission: `campaigns.read` or `contacts.read` or `reports.read`.
        """
        answer: Pages[m.AnsweredCallAnswer] = self._api.pages(
            "list_script_answers", path={"campaign_id": campaign_id}, query={"limit": limit}
        )
        return answer

    def export_script_answers(
        self,
        campaign_id: m.Id,
    ) -> Download:
        """The answers as a CSV file, with cells that a spreadsheet could run made harmless.

        Permission: `campaigns.read` or `contacts.read` or `reports.read`.
        """
        answer: Download = self._api.download(
            "export_script_answers", path={"campaign_id": campaign_id}
        )
        return answer

    def attempt_script_answers(
        self,
        attempt_id: m.Id,
    ) -> list[m.GivenAnswerAnswer]:
        """What was answered in one call.

        Permission: `campaigns.read` or `contacts.read` or `reports.read`.
        """
        answer: list[m.GivenAnswerAnswer] = self._api.call(
            "attempt_script_answers", path={"attempt_id": attempt_id}
        )
        return answer


class AsyncScripts:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_scripts(
        self,
    ) -> AsyncPages[m.ScriptRow]:
        """Every script, by name.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.ScriptRow] = self._api.pages("list_scripts")
        return answer

    async def add_script(
        self,
        body: m.ScriptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScriptAnswer:
        """Add a script; no campaign can use it before it is published.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptAnswer = await self._api.call("add_script", body=body, key=idempotency_key)
        return answer

    async def check_script(
        self,
        body: m.CheckBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScriptCheckAnswer:
        """Everything wrong with a document; nothing is kept.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptCheckAnswer = await self._api.call(
            "check_script", body=body, key=idempotency_key
        )
        return answer

    async def get_script(
        self,
        script_id: m.Id,
    ) -> m.ScriptAnswer:
        """One script with its draft and everything wrong with it.

        Permission: `campaigns.read`.
        """
        answer: m.ScriptAnswer = await self._api.call("get_script", path={"script_id": script_id})
        return answer

    async def change_script(
        self,
        script_id: m.Id,
        body: m.ScriptPatch,
    ) -> m.ScriptAnswer:
        """Change a script's draft, name or list; campaigns notice nothing.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptAnswer = await self._api.call(
            "change_script", path={"script_id": script_id}, body=body
        )
        return answer

    async def delete_script(
        self,
        script_id: m.Id,
    ) -> None:
        """Delete a script that no campaign uses and no call was made with.

        Permission: `campaigns.write`.
        """
        await self._api.call("delete_script", path={"script_id": script_id})

    def list_script_versions(
        self,
        script_id: m.Id,
    ) -> AsyncPages[m.ScriptVersionAnswer]:
        """What was published, the newest first.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.ScriptVersionAnswer] = self._api.pages(
            "list_script_versions", path={"script_id": script_id}
        )
        return answer

    async def publish_script(
        self,
        script_id: m.Id,
        body: m.PublishBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScriptAnswer:
        """Publish the draft: calls that begin from now on use it; 422 names every wrong place.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptAnswer = await self._api.call(
            "publish_script", path={"script_id": script_id}, body=body, key=idempotency_key
        )
        return answer

    async def roll_back_script(
        self,
        script_id: m.Id,
        body: m.RollBackBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScriptAnswer:
        """Publish an older version's document again; the draft stays.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptAnswer = await self._api.call(
            "roll_back_script", path={"script_id": script_id}, body=body, key=idempotency_key
        )
        return answer

    async def script_of_campaign(
        self,
        campaign_id: m.Id,
        body: m.FromCampaignBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ScriptAnswer:
        """Make a script of a campaign's Markdown, publish it and have the campaign use it.

        Permission: `campaigns.write`.
        """
        answer: m.ScriptAnswer = await self._api.call(
            "script_of_campaign", path={"campaign_id": campaign_id}, body=body, key=idempotency_key
        )
        return answer

    def list_script_answers(
        self,
        campaign_id: m.Id,
        *,
        limit: int | None = None,
    ) -> AsyncPages[m.AnsweredCallAnswer]:
        """The campaign's calls with answers, the newest first.

        Permission: `campaigns.read` or `contacts.read` or `reports.read`.
        """
        answer: AsyncPages[m.AnsweredCallAnswer] = self._api.pages(
            "list_script_answers", path={"campaign_id": campaign_id}, query={"limit": limit}
        )
        return answer

    def export_script_answers(
        self,
        campaign_id: m.Id,
    ) -> AsyncDownload:
        """The answers as a CSV file, with cells that a spreadsheet could run made harmless.

        Permission: `campaigns.read` or `contacts.read` or `reports.read`.
        """
        answer: AsyncDownload = self._api.download(
            "export_script_answers", path={"campaign_id": campaign_id}
        )
        return answer

    async def attempt_script_answers(
        self,
        attempt_id: m.Id,
    ) -> list[m.GivenAnswerAnswer]:
        """What was answered in one call.

        Permission: `campaigns.read` or `contacts.read` or `reports.read`.
        """
        answer: list[m.GivenAnswerAnswer] = await self._api.call(
            "attempt_script_answers", path={"attempt_id": attempt_id}
        )
        return answer
