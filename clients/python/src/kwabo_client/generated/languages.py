"""Operations: languages."""

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


class Languages:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_languages(
        self,
    ) -> m.LanguagesAnswer:
        """Every language, those that are used first.

        For anybody who is signed in.
        """
        answer: m.LanguagesAnswer = self._api.call("list_languages")
        return answer

    def choose_languages(
        self,
        body: m.LanguageChoice,
    ) -> m.LanguagesAnswer:
        """Choose the languages and whether a second person approves.

        Permission: `settings.write`.
        """
        answer: m.LanguagesAnswer = self._api.call("choose_languages", body=body)
        return answer

    def approve_numbers(
        self,
        body: m.NumbersApproval,
        *,
        idempotency_key: str | None = None,
    ) -> m.LanguagesAnswer:
        """Approve the numbers of a language as one who speaks it, or take that back.

        Permission: `prompts.approve`.
        """
        answer: m.LanguagesAnswer = self._api.call(
            "approve_numbers", body=body, key=idempotency_key
        )
        return answer

    def list_prompt_fragments(
        self,
        *,
        language: str,
    ) -> Pages[m.FragmentAnswer]:
        """The pieces of which values are put together in a language, with their recordings.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: Pages[m.FragmentAnswer] = self._api.pages(
            "list_prompt_fragments", query={"language": language}
        )
        return answer

    def record_prompt_fragment(
        self,
        file: File,
        *,
        key: str | None = None,
        language: str | None = None,
        words: str | None = None,
        trim: str | None = None,
        level: str | None = None,
        progress: Progress | None = None,
    ) -> m.PromptVariantAnswer:
        """Upload a fragment's recording: the next version, as a draft.

        Permission: `prompts.write`.
        """
        answer: m.PromptVariantAnswer = self._api.upload(
            "record_prompt_fragment",
            file,
            fields={"key": key, "language": language, "words": words, "trim": trim, "level": level},
            progress=progress,
        )
        return answer

    def say_value(
        self,
        *,
        language: str,
        kind: m.ValueKind,
        value: str,
    ) -> m.SpokenValue:
        """How a value is said, with the language's own numbers as far as they reach.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: m.SpokenValue = self._api.call(
            "say_value", query={"language": language, "kind": kind, "value": value}
        )
        return answer

    def list_speech_engines(
        self,
    ) -> Pages[m.SpeechEngineAnswer]:
        """The text-to-speech engines in the order in which they are asked.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: Pages[m.SpeechEngineAnswer] = self._api.pages("list_speech_engines")
        return answer

    def say_sample(
        self,
        *,
        text: str,
        language: str,
        voice: str | None = None,
        speed: float | None = None,
    ) -> Download:
        """What a text sounds like (WAV, 8 kHz).

        Permission: `prompts.write`.
        """
        answer: Download = self._api.download(
            "say_sample", query={"text": text, "language": language, "voice": voice, "speed": speed}
        )
        return answer


class AsyncLanguages:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    async def list_languages(
        self,
    ) -> m.LanguagesAnswer:
        """Every language, those that are used first.

        For anybody who is signed in.
        """
        answer: m.LanguagesAnswer = await self._api.call("list_languages")
        return answer

    async def choose_languages(
        self,
        body: m.LanguageChoice,
    ) -> m.LanguagesAnswer:
        """Choose the languages and whether a second person approves.

        Permission: `settings.write`.
        """
        answer: m.LanguagesAnswer = await self._api.call("choose_languages", body=body)
        return answer

    async def approve_numbers(
        self,
        body: m.NumbersApproval,
        *,
        idempotency_key: str | None = None,
    ) -> m.LanguagesAnswer:
        """Approve the numbers of a language as one who speaks it, or take that back.

        Permission: `prompts.approve`.
        """
        answer: m.LanguagesAnswer = await self._api.call(
            "approve_numbers", body=body, key=idempotency_key
        )
        return answer

    def list_prompt_fragments(
        self,
        *,
        language: str,
    ) -> AsyncPages[m.FragmentAnswer]:
        """The pieces of which values are put together in a language, with their recordings.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: AsyncPages[m.FragmentAnswer] = self._api.pages(
            "list_prompt_fragments", query={"language": language}
        )
        return answer

    async def record_prompt_fragment(
        self,
        file: File,
        *,
        key: str | None = None,
        language: str | None = None,
        words: str | None = None,
        trim: str | None = None,
        level: str | None = None,
        progress: Progress | None = None,
    ) -> m.PromptVariantAnswer:
        """Upload a fragment's recording: the next version, as a draft.

        Permission: `prompts.write`.
        """
        answer: m.PromptVariantAnswer = await self._api.upload(
            "record_prompt_fragment",
            file,
            fields={"key": key, "language": language, "words": words, "trim": trim, "level": level},
            progress=progress,
        )
        return answer

    async def say_value(
        self,
        *,
        language: str,
        kind: m.ValueKind,
        value: str,
    ) -> m.SpokenValue:
        """How a value is said, with the language's own numbers as far as they reach.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: m.SpokenValue = await self._api.call(
            "say_value", query={"language": language, "kind": kind, "value": value}
        )
        return answer

    def list_speech_engines(
        self,
    ) -> AsyncPages[m.SpeechEngineAnswer]:
        """The text-to-speech engines in the order in which they are asked.

        Permission: `campaigns.read` or `prompts.read`.
        """
        answer: AsyncPages[m.SpeechEngineAnswer] = self._api.pages("list_speech_engines")
        return answer

    def say_sample(
        self,
        *,
        text: str,
        language: str,
        voice: str | None = None,
        speed: float | None = None,
    ) -> AsyncDownload:
        """What a text sounds like (WAV, 8 kHz).

        Permission: `prompts.write`.
        """
        answer: AsyncDownload = self._api.download(
            "say_sample", query={"text": text, "language": language, "voice": voice, "speed": speed}
        )
        return answer
