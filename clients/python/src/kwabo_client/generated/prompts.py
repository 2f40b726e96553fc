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

        Permission: `campaigns.read` or `prompts.read`.
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
        """Upload WAV, MP3, FLAC, Ogg, AIFF or AU; `name` stands before the file in the form.

        Permission: `prompts.write`.
        """
        answer: m.PromptAnswer = self._api.upload(
            "add_prompt", file, fields={"name": name}, progress=progress
        )
        return answer

    def new_prompt(
        self,
        body: m.NewPrompt,
        *,
        idempotency_key: str | None = None,
    ) -> m.PromptAnswer:
        """Make a prompt that is recorded or written afterwards.

        Permission: `prompts.write`.
        """
        answer: m.PromptAnswer = self._api.call("new_prompt", body=body, key=idempotency_key)
        return answer

    def get_prompt(
        self,
        prompt_id: m.Id,
    ) -> m.PromptAnswer:
        """One prompt.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: m.PromptAnswer = self._api.call("get_prompt", path={"prompt_id": prompt_id})
        return answer

    def change_prompt(
        self,
        prompt_id: m.Id,
        body: m.PromptPatch,
    ) -> m.PromptAnswer:
        """Give the prompt another name, key or description.

        Permission: `prompts.write`.
        """
        answer: m.PromptAnswer = self._api.call(
            "change_prompt", path={"prompt_id": prompt_id}, body=body
        )
        return answer

    def delete_prompt(
        self,
        prompt_id: m.Id,
    ) -> None:
        """Delete a prompt that no response set plays.

        Permission: `prompts.write`.
        """
        self._api.call("delete_prompt", path={"prompt_id": prompt_id})

    def prompt_audio(
        self,
        prompt_id: m.Id,
    ) -> Download:
        """The sound as the switch plays it where no language is known (WAV, 8 kHz).

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: Download = self._api.download("prompt_audio", path={"prompt_id": prompt_id})
        return answer

    def list_prompt_variants(
        self,
        prompt_id: m.Id,
    ) -> Pages[m.PromptVariantAnswer]:
        """All versions of its variants, the newest first.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: Pages[m.PromptVariantAnswer] = self._api.pages(
            "list_prompt_variants", path={"prompt_id": prompt_id}
        )
        return answer

    def record_prompt(
        self,
        prompt_id: m.Id,
        file: File,
        *,
        language: str | None = None,
        words: str | None = None,
        trim: str | None = None,
        level: str | None = None,
        progress: Progress | None = None,
    ) -> m.PromptVariantAnswer:
        """Upload a recording in a language: the next version, as a draft.

        `trim` and `level` are `true` to take the silence off both ends and to make it as loud as the
        others. The fields stand before the file.

        Permission: `prompts.write`.
        """
        answer: m.PromptVariantAnswer = self._api.upload(
            "record_prompt",
            file,
            path={"prompt_id": prompt_id},
            fields={"language": language, "words": words, "trim": trim, "level": level},
            progress=progress,
        )
        return answer

    def write_prompt(
        self,
        prompt_id: m.Id,
        body: m.NewWords,
        *,
        idempotency_key: str | None = None,
    ) -> m.PromptVariantAnswer:
        """Write what is said by an engine or in a message: the next version, as a draft.

        Permission: `prompts.write`.
        """
        answer: m.PromptVariantAnswer = self._api.call(
            "write_prompt", path={"prompt_id": prompt_id}, body=body, key=idempotency_key
        )
        return answer

    def list_missing_prompts(
        self,
        *,
        language: list[str] | None = None,
    ) -> Pages[m.MissingAnswer]:
        """What cannot be heard, by language; without `language`, of those that are used.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: Pages[m.MissingAnswer] = self._api.pages(
            "list_missing_prompts", query={"language": language}
        )
        return answer

    def list_prompt_reviews(
        self,
    ) -> Pages[m.ReviewAnswer]:
        """What waits for an approver, the oldest first.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: Pages[m.ReviewAnswer] = self._api.pages("list_prompt_reviews")
        return answer

    def prompt_variant_audio(
        self,
        prompt_variant_id: m.Id,
    ) -> Download:
        """The sound of a recording (WAV, 8 kHz).

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: Download = self._api.download(
            "prompt_variant_audio", path={"prompt_variant_id": prompt_variant_id}
        )
        return answer

    def submit_prompt_variant(
        self,
        prompt_variant_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.PromptVariantAnswer:
        """Ask for its approval.

        Permission: `prompts.write`.
        """
        answer: m.PromptVariantAnswer = self._api.call(
            "submit_prompt_variant",
            path={"prompt_variant_id": prompt_variant_id},
            key=idempotency_key,
        )
        return answer

    def approve_prompt_variant(
        self,
        prompt_variant_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.PromptVariantAnswer:
        """Approve it: it takes the place of the version that was played until now.

        Permission: `prompts.approve`.
        """
        answer: m.PromptVariantAnswer = self._api.call(
            "approve_prompt_variant",
            path={"prompt_variant_id": prompt_variant_id},
            key=idempotency_key,
        )
        return answer

    def send_back_prompt_variant(
        self,
        prompt_variant_id: m.Id,
        body: m.SentBack,
        *,
        idempotency_key: str | None = None,
    ) -> m.PromptVariantAnswer:
        """Send it back, with what should be better.

        Permission: `prompts.approve`.
        """
        answer: m.PromptVariantAnswer = self._api.call(
            "send_back_prompt_variant",
            path={"prompt_variant_id": prompt_variant_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    def delete_prompt_variant(
        self,
        prompt_variant_id: m.Id,
    ) -> None:
        """Throw a draft away.

        Permission: `prompts.write`.
        """
        self._api.call("delete_prompt_variant", path={"prompt_variant_id": prompt_variant_id})

    def list_recording_numbers(
        self,
    ) -> Pages[m.RecordingNumberAnswer]:
        """The numbers whose flow lets callers record prompts by a code.

        Permission: `prompts.write`.
        """
        answer: Pages[m.RecordingNumberAnswer] = self._api.pages("list_recording_numbers")
        return answer

    def list_recording_sessions(
        self,
    ) -> Pages[m.RecordingSessionAnswer]:
        """Recordings by telephone of the last day, the newest first.

        Permission: `prompts.write`.
        """
        answer: Pages[m.RecordingSessionAnswer] = self._api.pages("list_recording_sessions")
        return answer

    def add_recording_session(
        self,
        body: m.NewRecordingSession,
    ) -> m.RecordingSessionAnswer:
        """Make a code, good for half an hour, by which a caller records these prompts as drafts.

        Permission: `prompts.write`.
        """
        answer: m.RecordingSessionAnswer = self._api.call("add_recording_session", body=body)
        return answer

    def get_recording_session(
        self,
        recording_session_id: m.Id,
    ) -> m.RecordingSessionAnswer:
        """How far a recording by telephone is.

        Permission: `prompts.write`.
        """
        answer: m.RecordingSessionAnswer = self._api.call(
            "get_recording_session", path={"recording_session_id": recording_session_id}
        )
        return answer

    def cancel_recording_session(
        self,
        recording_session_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.RecordingSessionAnswer:
        """Make the code good no more; what was recorded stays.

        Permission: `prompts.write`.
        """
        answer: m.RecordingSessionAnswer = self._api.call(
            "cancel_recording_session",
            path={"recording_session_id": recording_session_id},
            key=idempotency_key,
        )
        return answer


class AsyncPrompts:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_prompts(
        self,
    ) -> AsyncPages[m.PromptAnswer]:
        """Every prompt, by name.

        Permission: `campaigns.read` or `prompts.read`.
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
        """Upload WAV, MP3, FLAC, Ogg, AIFF or AU; `name` stands before the file in the form.

        Permission: `prompts.write`.
        """
        answer: m.PromptAnswer = await self._api.upload(
            "add_prompt", file, fields={"name": name}, progress=progress
        )
        return answer

    async def new_prompt(
        self,
        body: m.NewPrompt,
        *,
        idempotency_key: str | None = None,
    ) -> m.PromptAnswer:
        """Make a prompt that is recorded or written afterwards.

        Permission: `prompts.write`.
        """
        answer: m.PromptAnswer = await self._api.call("new_prompt", body=body, key=idempotency_key)
        return answer

    async def get_prompt(
        self,
        prompt_id: m.Id,
    ) -> m.PromptAnswer:
        """One prompt.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: m.PromptAnswer = await self._api.call("get_prompt", path={"prompt_id": prompt_id})
        return answer

    async def change_prompt(
        self,
        prompt_id: m.Id,
        body: m.PromptPatch,
    ) -> m.PromptAnswer:
        """Give the prompt another name, key or description.

        Permission: `prompts.write`.
        """
        answer: m.PromptAnswer = await self._api.call(
            "change_prompt", path={"prompt_id": prompt_id}, body=body
        )
        return answer

    async def delete_prompt(
        self,
        prompt_id: m.Id,
    ) -> None:
        """Delete a prompt that no response set plays.

        Permission: `prompts.write`.
        """
        await self._api.call("delete_prompt", path={"prompt_id": prompt_id})

    def prompt_audio(
        self,
        prompt_id: m.Id,
    ) -> AsyncDownload:
        """The sound as the switch plays it where no language is known (WAV, 8 kHz).

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: AsyncDownload = self._api.download("prompt_audio", path={"prompt_id": prompt_id})
        return answer

    def list_prompt_variants(
        self,
        prompt_id: m.Id,
    ) -> AsyncPages[m.PromptVariantAnswer]:
        """All versions of its variants, the newest first.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: AsyncPages[m.PromptVariantAnswer] = self._api.pages(
            "list_prompt_variants", path={"prompt_id": prompt_id}
        )
        return answer

    async def record_prompt(
        self,
        prompt_id: m.Id,
        file: File,
        *,
        language: str | None = None,
        words: str | None = None,
        trim: str | None = None,
        level: str | None = None,
        progress: Progress | None = None,
    ) -> m.PromptVariantAnswer:
        """Upload a recording in a language: the next version, as a draft.

        `trim` and `level` are `true` to take the silence off both ends and to make it as loud as the
        others. The fields stand before the file.

        Permission: `prompts.write`.
        """
        answer: m.PromptVariantAnswer = await self._api.upload(
            "record_prompt",
            file,
            path={"prompt_id": prompt_id},
            fields={"language": language, "words": words, "trim": trim, "level": level},
            progress=progress,
        )
        return answer

    async def write_prompt(
        self,
        prompt_id: m.Id,
        body: m.NewWords,
        *,
        idempotency_key: str | None = None,
    ) -> m.PromptVariantAnswer:
        """Write what is said by an engine or in a message: the next version, as a draft.

        Permission: `prompts.write`.
        """
        answer: m.PromptVariantAnswer = await self._api.call(
            "write_prompt", path={"prompt_id": prompt_id}, body=body, key=idempotency_key
        )
        return answer

    def list_missing_prompts(
        self,
        *,
        language: list[str] | None = None,
    ) -> AsyncPages[m.MissingAnswer]:
        """What cannot be heard, by language; without `language`, of those that are used.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: AsyncPages[m.MissingAnswer] = self._api.pages(
            "list_missing_prompts", query={"language": language}
        )
        return answer

    def list_prompt_reviews(
        self,
    ) -> AsyncPages[m.ReviewAnswer]:
        """What waits for an approver, the oldest first.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: AsyncPages[m.ReviewAnswer] = self._api.pages("list_prompt_reviews")
        return answer

    def prompt_variant_audio(
        self,
        prompt_variant_id: m.Id,
    ) -> AsyncDownload:
        """The sound of a recording (WAV, 8 kHz).

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: AsyncDownload = self._api.download(
            "prompt_variant_audio", path={"prompt_variant_id": prompt_variant_id}
        )
        return answer

    async def submit_prompt_variant(
        self,
        prompt_variant_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.PromptVariantAnswer:
        """Ask for its approval.

        Permission: `prompts.write`.
        """
        answer: m.PromptVariantAnswer = await self._api.call(
            "submit_prompt_variant",
            path={"prompt_variant_id": prompt_variant_id},
            key=idempotency_key,
        )
        return answer

    async def approve_prompt_variant(
        self,
        prompt_variant_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.PromptVariantAnswer:
        """Approve it: it takes the place of the version that was played until now.

        Permission: `prompts.approve`.
        """
        answer: m.PromptVariantAnswer = await self._api.call(
            "approve_prompt_variant",
            path={"prompt_variant_id": prompt_variant_id},
            key=idempotency_key,
        )
        return answer

    async def send_back_prompt_variant(
        self,
        prompt_variant_id: m.Id,
        body: m.SentBack,
        *,
        idempotency_key: str | None = None,
    ) -> m.PromptVariantAnswer:
        """Send it back, with what should be better.

        Permission: `prompts.approve`.
        """
        answer: m.PromptVariantAnswer = await self._api.call(
            "send_back_prompt_variant",
            path={"prompt_variant_id": prompt_variant_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    async def delete_prompt_variant(
        self,
        prompt_variant_id: m.Id,
    ) -> None:
        """Throw a draft away.

        Permission: `prompts.write`.
        """
        await self._api.call("delete_prompt_variant", path={"prompt_variant_id": prompt_variant_id})

    def list_recording_numbers(
        self,
    ) -> AsyncPages[m.RecordingNumberAnswer]:
        """The numbers whose flow lets callers record prompts by a code.

        Permission: `prompts.write`.
        """
        answer: AsyncPages[m.RecordingNumberAnswer] = self._api.pages("list_recording_numbers")
        return answer

    def list_recording_sessions(
        self,
    ) -> AsyncPages[m.RecordingSessionAnswer]:
        """Recordings by telephone of the last day, the newest first.

        Permission: `prompts.write`.
        """
        answer: AsyncPages[m.RecordingSessionAnswer] = self._api.pages("list_recording_sessions")
        return answer

    async def add_recording_session(
        self,
        body: m.NewRecordingSession,
    ) -> m.RecordingSessionAnswer:
        """Make a code, good for half an hour, by which a caller records these prompts as drafts.

        Permission: `prompts.write`.
        """
        answer: m.RecordingSessionAnswer = await self._api.call("add_recording_session", body=body)
        return answer

    async def get_recording_session(
        self,
        recording_session_id: m.Id,
    ) -> m.RecordingSessionAnswer:
        """How far a recording by telephone is.

        Permission: `prompts.write`.
        """
        answer: m.RecordingSessionAnswer = await self._api.call(
            "get_recording_session", path={"recording_session_id": recording_session_id}
        )
        return answer

    async def cancel_recording_session(
        self,
        recording_session_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.RecordingSessionAnswer:
        """Make the code good no more; what was recorded stays.

        Permission: `prompts.write`.
        """
        answer: m.RecordingSessionAnswer = await self._api.call(
            "cancel_recording_session",
            path={"recording_session_id": recording_session_id},
            key=idempotency_key,
        )
        return answer
