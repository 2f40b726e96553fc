"""Prompts: made, listened to, renamed, deleted when nothing plays them any more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from kwabo.domain.flows.surroundings import Missing
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.speech.book import PromptBook
from kwabo.domain.speech.keys import is_key, key_of
from kwabo.domain.speech.missing import missing_words
from kwabo.domain.speech.review import Medium, VariantState
from kwabo.domain.speech.spoken import ValueKind
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.prompts import Prompt, PromptFiles, PromptVariant, Sound
from kwabo.ports.speech import Speech
from kwabo.services.languages import book_of, used_languages
from kwabo.services.names import checked_name
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused

MOST_BYTES: Final = 20_000_000  # of an upload
MOST_SECONDS: Final = 120.0
MOST_PROMPTS: Final = 2000
LONGEST_WORDS: Final = 2000


class PromptService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        files: PromptFiles,
        speech: Speech,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._files = files
        self._speech = speech
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[Prompt]:
        """Every prompt, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.prompts.all()

    async def get(self, asker: Asker, prompt_id: UUID) -> Prompt:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return found(await stores.prompts.get(prompt_id))

    async def audio(self, asker: Asker, prompt_id: UUID) -> bytes:
        """The WAV as the switch plays it where no language is known. Raises NotFound."""
        sound = (await self.get(asker, prompt_id)).sound
        if sound is None or sound.path is None:
            raise NotFound("NOT_FOUND", "Nobody has recorded this prompt.")
        return await self._files.read(sound.path)

    async def make(self, asker: Asker, *, key: str, name: str, description: str) -> Prompt:
        """Without any words yet. Raises Invalid `PROMPT_KEY`, Conflict `KEY_TAKEN`, …"""
        prompt = self._new(asker, key=checked_key(key), name=name, description=description)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await self._add(stores, asker, prompt)
        return prompt

    async def add(
        self, asker: Asker, name: str, file_name: str, chunks: AsyncIterator[bytes]
    ) -> Prompt:
        """A prompt that is this recording, in the organisation's first language.

        It is approved at once where the person may do so. Raises Invalid `AUDIO_…`,
        `FILE_TOO_LARGE`; Conflict `NAME_TAKEN`.
        """
        name = checked_name(name or file_name.rpartition(".")[0] or file_name)
        sound = await self._files.convert(await collected(chunks), most_seconds=MOST_SECONDS)
        prompt_id = self._ids.new()
        path = await self._files.save(prompt_id, sound)
        try:
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                key = key_of(name)
                if not is_key(key) or await stores.prompts.get_by_key(key) is not None:
                    key = key_of(name, f"-{prompt_id.hex[-8:]}")
                prompt = replace(
                    self._new(asker, key=key, name=name, description=""), prompt_id=prompt_id
                )
                variant = self._first(asker, prompt_id, sound, path, file_name)
                used = await used_languages(stores)
                variant = replace(variant, language=used[0].language)
                if asker.may("prompts.approve") and not await stores.languages.second_person():
                    variant = replace(
                        variant,
                        state=VariantState.APPROVED,
                        decided_by=asker.user_id,
                        decided_at=self._clock.now(),
                    )
                await self._add(stores, asker, prompt)
                await stores.prompt_variants.add(variant)
        except BaseException:
            await self._files.remove(path)
            raise
        return replace(prompt, variants=(variant,))

    async def change(
        self,
        asker: Asker,
        prompt_id: UUID,
        *,
        name: str | None = None,
        key: str | None = None,
        description: str | None = None,
    ) -> Prompt:
        """Raises NotFound, Conflict `NAME_TAKEN`, `KEY_TAKEN`, `PROMPT_IN_FLOW`; Invalid
        `PROMPT_KEY`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            prompt = found(await stores.prompts.get_for_change(prompt_id))
            if key not in (None, prompt.key):
                await _check_flows(stores, prompt)
            changed = replace(
                prompt,
                name=prompt.name if name is None else checked_name(name),
                key=prompt.key if key in (None, prompt.key) else checked_key(key or ""),
                description=prompt.description if description is None else described(description),
            )
            await stores.prompts.change(changed)
            await self._audit(stores, asker, "prompt.changed", changed)
        return changed

    async def delete(self, asker: Asker, prompt_id: UUID) -> None:
        """Raises NotFound, Conflict `PROMPT_IN_USE`, `PROMPT_PLAYED_BY_QUEUES`,
        `PROMPT_IN_FLOW`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            prompt = found(await stores.prompts.get_for_change(prompt_id))
            check_unused(
                "PROMPT_IN_USE",
                prompt.response_sets,
                "These response sets play it: {names}. Take it out of them first.",
                detail="response_sets",
            )
            check_unused(
                "PROMPT_PLAYED_BY_QUEUES",
                await stores.queue_routing.queues_playing(prompt_id),
                "These queues play it to callers or agents: {names}. Take it out of them first.",
                detail="queues",
            )
            await _check_flows(stores, prompt)
            paths = await stores.prompts.paths_of(prompt_id)
            await stores.prompts.delete(prompt_id)
            await self._audit(stores, asker, "prompt.deleted", prompt)
        for path in paths:
            await self._files.remove(path)

    async def missing(self, asker: Asker, languages: Sequence[str] = ()) -> Sequence[Missing]:
        """What cannot be heard in each language (none named: those that are used)."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            book = await book_of(stores, self._speech)
        kinds = [kind.value for kind in ValueKind]
        return missing_words(book)(sorted(book.known), kinds, languages or book.languages)

    async def book(self, organisation_id: UUID) -> PromptBook:
        """What can be said in the organisation now, for who renders utterances."""
        async with self._unit_of_work.begin(organisation_id) as stores:
            return await book_of(stores, self._speech)

    def _new(self, asker: Asker, *, key: str, name: str, description: str) -> Prompt:
        return Prompt(
            prompt_id=self._ids.new(),
            key=key,
            name=checked_name(name),
            description=described(description),
            created_by=asker.user_id,
            created_at=self._clock.now(),
        )

    def _first(
        self, asker: Asker, prompt_id: UUID, sound: Sound, path: str, file_name: str
    ) -> PromptVariant:
        return PromptVariant(
            variant_id=self._ids.new(),
            prompt_id=prompt_id,
            language="",
            medium=Medium.RECORDED,
            version=1,
            state=VariantState.DRAFT,
            path=path,
            seconds=sound.seconds,
            bytes=len(sound.wav),
            file_name=file_name[:200],
            loudness=sound.loudness,
            warnings=sound.warnings,
            created_by=asker.user_id,
            created_at=self._clock.now(),
        )

    async def _add(self, stores: Stores, asker: Asker, prompt: Prompt) -> None:
        if len(await stores.prompts.all()) >= MOST_PROMPTS:
            raise Conflict(
                "TOO_MANY_PROMPTS",
                f"There are {MOST_PROMPTS} prompts already. Delete some first.",
                details={"most": str(MOST_PROMPTS)},
            )
        await stores.prompts.add(prompt)
        await self._audit(stores, asker, "prompt.created", prompt)

    async def _audit(self, stores: Stores, asker: Asker, action: str, prompt: Prompt) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="prompt",
            subject_id=prompt.prompt_id,
            at=self._clock.now(),
            details={"name": prompt.name, "key": prompt.key},
        )


def found(prompt: Prompt | None) -> Prompt:
    """The prompt. Raises NotFound."""
    if prompt is None:
        raise NotFound("NOT_FOUND", "There is no such prompt.")
    return prompt


def checked_key(key: str) -> str:
    """Raises Invalid `PROMPT_KEY`."""
    if not is_key(key):
        raise Invalid(
            "PROMPT_KEY",
            "A key has 1 to 80 small letters, digits, dots, hyphens and underscores, begins with a "
            "letter or digit, and does not begin as the fragments of numbers and dates do.",
            field="key",
        )
    return key


def described(description: str) -> str:
    """Raises Invalid `PROMPT_WORDS_LENGTH`."""
    return checked_words(description, field="description")


def checked_words(words: str, *, field: str = "words") -> str:
    """Without spaces around. Raises Invalid `PROMPT_WORDS_LENGTH`."""
    words = words.strip()
    if len(words) > LONGEST_WORDS:
        raise Invalid(
            "PROMPT_WORDS_LENGTH",
            f"At most {LONGEST_WORDS} characters.",
            field=field,
            details={"most": LONGEST_WORDS},
        )
    return words


async def collected(chunks: AsyncIterator[bytes]) -> bytes:
    """An upload as a whole. Raises Invalid `FILE_TOO_LARGE`."""
    audio = bytearray()
    async for chunk in chunks:
        audio += chunk
        if len(audio) > MOST_BYTES:
            raise Invalid(
                "FILE_TOO_LARGE",
                f"The file is larger than {MOST_BYTES // 1_000_000} MB. Shorten it.",
                field="file",
            )
    return bytes(audio)


async def _check_flows(stores: Stores, prompt: Prompt) -> None:
    """Flows name prompts by their keys. Raises Conflict."""
    check_unused(
        "PROMPT_IN_FLOW",
        await stores.flows.using("prompt", prompt.key),
        "These flows say it: {names}. Take it out of them first.",
        detail="flows",
    )
