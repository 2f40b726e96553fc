"""Operations: prompts."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import (
    Api,
    AsyncApi,
    AsyncDownload,
    AsyncPages,
    Download,
    File,
    Pages,
    Progress,
)


class Prompts:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_prompts(
        self,
    ) -> Pages[m.PromptAnswer]:
        """Every prompt, by name.

        Permission: `campaigns.read`.
        """
        answer: Pages[m.PromptAnswer] = self._api.pages("list_prompts")
        return answer

    def add_prompt(
        self,
        file: File,
        *,
        name: str | None = None,
        progress: Progress | None = None,
    ) -> m.PromptAnswer:
        """Upload WAV, MP3, FLAC or Ogg Vorbis; `name` stands before the file in the form.

        Permission: `campaigns.write`.
        """
        answer: m.PromptAnswer = self._api.upload(
            "add_prompt", file, fields={"name": name}, progress=progress
        )
        return answer

    def get_prompt(
        self,
        prompt_id: m.Id,
    ) -> m.PromptAnswer:
        """One prompt.

        Permission: `campaigns.read`.
        """
        answer: m.PromptAnswer = self._api.call("get_prompt", path={"prompt_id": prompt_id})
        return answer

    def rename_prompt(
        self,
        prompt_id: m.Id,
        body: m.PromptPatch,
    ) -> m.PromptAnswer:
        """Give the prompt another name.

        Permission: `campaigns.write`.
        """
        answer: m.PromptAnswer = self._api.call(
            "rename_prompt", path={"prompt_id": prompt_id}, body=body
        )
        return answer

    def delete_prompt(
        self,
        prompt_id: m.Id,
    ) -> None:
        """Delete a prompt that no response set plays.

        Permission: `campaigns.write`.
        """
        self._api.call("delete_prompt", path={"prompt_id": prompt_id})

    def prompt_audio(
        self,
        prompt_id: m.Id,
    ) -> Download:
        """The sound as the switch plays it (WAV, 8 kHz).

        Permission: `campaigns.read`.
        """
        answer: Download = self._api.download("prompt_audio", path={"prompt_id": prompt_id})
        return answer


class AsyncPrompts:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_prompts(
        self,
    ) -> AsyncPages[m.PromptAnswer]:
        """Every prompt, by name.

        Permission: `campaigns.read`.
        """
        answer: AsyncPages[m.PromptAnswer] = self._api.pages("list_prompts")
        return answer

    async def add_prompt(
        self,
        file: File,
        *,
        name: str | None = None,
        progress: Progress | None = None,
    ) -> m.PromptAnswer:
        """Upload WAV, MP3, FLAC or Ogg Vorbis; `name` stands before the file in the form.

        Permission: `campaigns.write`.
        """
        answer: m.PromptAnswer = await self._api.upload(
            "add_prompt", file, fields={"name": name}, progress=progress
        )
        return answer

    async def get_prompt(
        self,
        prompt_id: m.Id,
    ) -> m.PromptAnswer:
        """One prompt.

        Permission: `campaigns.read`.
        """
        answer: m.PromptAnswer = await self._api.call("get_prompt", path={"prompt_id": prompt_id})
        return answer

    async def rename_prompt(
        self,
        prompt_id: m.Id,
        body: m.PromptPatch,
    ) -> m.PromptAnswer:
        """Give the prompt another name.

        Permission: `campaigns.write`.
        """
        answer: m.PromptAnswer = await self._api.call(
            "rename_prompt", path={"prompt_id": prompt_id}, body=body
        )
        return answer

    async def delete_prompt(
        self,
        prompt_id: m.Id,
    ) -> None:
        """Delete a prompt that no response set plays.

        Permission: `campaigns.write`.
        """
        await self._api.call("delete_prompt", path={"prompt_id": prompt_id})

    def prompt_audio(
        self,
        prompt_id: m.Id,
    ) -> AsyncDownload:
        """The sound as the switch plays it (WAV, 8 kHz).

        Permission: `campaigns.read`.
        """
        answer: AsyncDownload = self._api.download("prompt_audio", path={"prompt_id": prompt_id})
        return answer
