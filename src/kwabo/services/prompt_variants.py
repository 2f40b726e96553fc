"""Variants of prompts: recorded, written, submitted, approved or sent back; and the fragments."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from kwabo.domain.languages.catalogue import languages
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.speech.review import Medium, VariantState, goes_on, may_approve
from kwabo.domain.speech.spoken import ValueKind
from kwabo.domain.speech.values import all_fragments, fragments
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.prompts import Prompt, PromptFiles, PromptVariant, Sound
from kwabo.services.prompts import MOST_SECONDS, checked_words, collected, found
from kwabo.services.unit_of_work import Stores, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A piece of numbers or dates in one language, and what there is of it."""

    key: str
    text: str  # to be read aloud
    kinds: tuple[str, ...]  # of values that need it
    variants: tuple[PromptVariant, ...]  # recordings in the language, not the retired ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A recording as it comes in."""

    language: str
    words: str = ""
    file_name: str = ""
    trim: bool = False  # take the silence off both ends
    level: bool = False  # make it as loud as the others


class PromptVariantService:
    """See the module."""

    def __init__(
        self, unit_of_work: UnitOfWork, *, files: PromptFiles, ids: IdFactory, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._files = files
        self._ids = ids
        self._clock = clock

    async def versions(self, asker: Asker, prompt_id: UUID) -> Sequence[PromptVariant]:
        """All versions of all variants of a prompt, the newest first. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found(await stores.prompts.get(prompt_id))
            return await stores.prompt_variants.versions(prompt_id)

    async def audio(self, asker: Asker, variant_id: UUID) -> bytes:
        """The WAV of a recording. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            variant = _known(await stores.prompt_variants.get(variant_id))
        if variant.path is None:
            raise NotFound("NOT_FOUND", "This variant is words, not a recording.")
        return await self._files.read(variant.path)

    async def record(
        self, asker: Asker, prompt_id: UUID, take: Take, chunks: AsyncIterator[bytes]
    ) -> PromptVariant:
        """The next version, as a draft. Raises NotFound, Invalid `AUDIO_…`, `LANGUAGE_UNKNOWN`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found(await stores.prompts.get(prompt_id))
        return await self.take_recording(asker, prompt_id, take, await collected(chunks))

    async def take_recording(
        self, asker: Asker, prompt_id: UUID, take: Take, audio: bytes
    ) -> PromptVariant:
        """The same for audio that is here already, such as a recorded call's."""
        check_language(take.language)
        sound = await self._converted(take, audio)
        path = await self._files.save(self._ids.new(), sound)
        async with (
            self._kept(path),
            self._unit_of_work.begin(asker.organisation_id) as stores,
        ):
            prompt = found(await stores.prompts.get_for_change(prompt_id))
            return await self._add_recording(stores, asker, prompt, take, sound, path)

    async def record_fragment(
        self, asker: Asker, key: str, take: Take, chunks: AsyncIterator[bytes]
    ) -> PromptVariant:
        """A fragment's recording; its prompt is made with the first. Raises as `record`."""
        return await self.take_fragment(asker, key, take, await collected(chunks))

    async def take_fragment(
        self, asker: Asker, key: str, take: Take, audio: bytes
    ) -> PromptVariant:
        """The same for audio that is here already."""
        check_language(take.language)
        text = all_fragments(take.language).get(key)
        if text is None:
            raise Invalid(
                "FRAGMENT_UNKNOWN",
                f"The numbers of this language have no fragment '{key}'.",
                field="key",
                details={"key": key},
            )
        take = replace(take, words=take.words or text)
        sound = await self._converted(take, audio)
        prompt_id = self._ids.new()
        path = await self._files.save(self._ids.new(), sound)
        async with (
            self._kept(path),
            self._unit_of_work.begin(asker.organisation_id) as stores,
        ):
            prompt = await stores.prompts.get_by_key(key)
            if prompt is None:
                prompt = Prompt(
                    prompt_id=prompt_id,
                    key=key,
                    name=key,
                    fragment=True,
                    created_by=asker.user_id,
                    created_at=self._clock.now(),
                )
                await stores.prompts.add(prompt)
            return await self._add_recording(stores, asker, prompt, take, sound, path)

    async def write(
        self, asker: Asker, prompt_id: UUID, *, language: str, medium: Medium, words: str
    ) -> PromptVariant:
        """The next version of words for an engine or for messages, as a draft."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            prompt = found(await stores.prompts.get_for_change(prompt_id))
            check_language(language)
            words = checked_words(words)
            if not words or medium is Medium.RECORDED:
                raise Invalid("PROMPT_WORDS", "Write what is to be said.", field="words")
            variant = await self._next(stores, asker, prompt, language, medium, words)
            return await self._added(stores, asker, prompt, variant)

    async def submit(self, asker: Asker, variant_id: UUID) -> PromptVariant:
        """Ask for its approval. Raises NotFound, Conflict `VARIANT_STATE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            variant = _known(await stores.prompt_variants.get_for_change(variant_id))
            changed = replace(
                _moved(variant, VariantState.IN_REVIEW),
                note="",
                submitted_by=asker.user_id,
                submitted_at=self._clock.now(),
            )
            return await self._changed(stores, asker, changed, "prompt_variant.submitted")

    async def approve(self, asker: Asker, variant_id: UUID) -> PromptVariant:
        """It is played from now on. Raises NotFound, Forbidden `SECOND_PERSON`, Conflict."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            variant = _known(await stores.prompt_variants.get_for_change(variant_id))
            makers = frozenset({variant.created_by, variant.submitted_by})
            second_person = await stores.languages.second_person()
            if not may_approve(makers=makers, approver=asker.user_id, second_person=second_person):
                raise Forbidden(
                    "SECOND_PERSON", "You have made it yourself: somebody else has to approve it."
                )
            changed = self._decided(_moved(variant, VariantState.APPROVED), asker)
            for other in await stores.prompt_variants.versions(variant.prompt_id):
                if other.state == VariantState.APPROVED and _place(other) == _place(variant):
                    retired = _moved(other, VariantState.RETIRED)
                    await stores.prompt_variants.change(retired)
            return await self._changed(stores, asker, changed, "prompt_variant.approved")

    async def send_back(self, asker: Asker, variant_id: UUID, note: str) -> PromptVariant:
        """A draft again, with the reason. Raises NotFound, Invalid, Conflict `VARIANT_STATE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            variant = _known(await stores.prompt_variants.get_for_change(variant_id))
            note = checked_words(note, field="note")
            if not note:
                raise Invalid("NOTE_NEEDED", "Say what should be better.", field="note")
            changed = self._decided(replace(_moved(variant, VariantState.DRAFT), note=note), asker)
            return await self._changed(stores, asker, changed, "prompt_variant.sent_back")

    async def delete(self, asker: Asker, variant_id: UUID) -> None:
        """Throw a draft away. Raises NotFound, Conflict `VARIANT_STATE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            variant = _known(await stores.prompt_variants.get_for_change(variant_id))
            if variant.state != VariantState.DRAFT:
                raise _wrong_state(variant)
            await stores.prompt_variants.delete(variant_id)
            await self._audit(stores, asker, variant, "prompt_variant.deleted")
        if variant.path is not None:
            await self._files.remove(variant.path)

    async def in_review(self, asker: Asker) -> Sequence[tuple[Prompt, PromptVariant]]:
        """What waits for an approver, the oldest first."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.prompt_variants.in_review()

    async def fragments(self, asker: Asker, language: str) -> Sequence[Fragment]:
        """All fragments of a language with their recordings. Raises Invalid `LANGUAGE_UNKNOWN`."""
        check_language(language)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            prompts = {one.key: one for one in await stores.prompts.all(fragments=True)}
        of_kind = {kind: fragments(language, kind) for kind in ValueKind}
        return [
            Fragment(
                key=key,
                text=text,
                kinds=tuple(kind.value for kind, keys in of_kind.items() if key in keys),
                variants=_of_language(prompts, key, language),
            )
            for key, text in all_fragments(language).items()
        ]

    async def _converted(self, take: Take, audio: bytes) -> Sound:
        return await self._files.convert(
            audio, most_seconds=MOST_SECONDS, trim=take.trim, level=take.level
        )

    @asynccontextmanager
    async def _kept(self, path: str) -> AsyncIterator[None]:
        """The file stays only when what is done with it succeeds."""
        try:
            yield
        except BaseException:
            await self._files.remove(path)
            raise

    async def _add_recording(
        self,
        stores: Stores,
        asker: Asker,
        prompt: Prompt,
        take: Take,
        sound: Sound,
        path: str,
    ) -> PromptVariant:
        words = checked_words(take.words)
        variant = await self._next(stores, asker, prompt, take.language, Medium.RECORDED, words)
        recorded = replace(
            variant,
            path=path,
            seconds=sound.seconds,
            bytes=len(sound.wav),
            file_name=take.file_name[:200],
            loudness=sound.loudness,
            warnings=sound.warnings,
        )
        return await self._added(stores, asker, prompt, recorded)

    async def _next(
        self,
        stores: Stores,
        asker: Asker,
        prompt: Prompt,
        language: str,
        medium: Medium,
        words: str,
    ) -> PromptVariant:
        versions = await stores.prompt_variants.versions(prompt.prompt_id)
        last = max(
            (one.version for one in versions if _place(one) == (language, medium)), default=0
        )
        return PromptVariant(
            variant_id=self._ids.new(),
            prompt_id=prompt.prompt_id,
            language=language,
            medium=medium,
            version=last + 1,
            state=VariantState.DRAFT,
            words=words,
            created_by=asker.user_id,
            created_at=self._clock.now(),
        )

    async def _added(
        self, stores: Stores, asker: Asker, prompt: Prompt, variant: PromptVariant
    ) -> PromptVariant:
        await stores.prompt_variants.add(variant)
        await self._audit(stores, asker, variant, "prompt_variant.made", key=prompt.key)
        return variant

    async def _changed(
        self, stores: Stores, asker: Asker, variant: PromptVariant, action: str
    ) -> PromptVariant:
        await stores.prompt_variants.change(variant)
        await self._audit(stores, asker, variant, action)
        return variant

    def _decided(self, variant: PromptVariant, asker: Asker) -> PromptVariant:
        return replace(variant, decided_by=asker.user_id, decided_at=self._clock.now())

    async def _audit(
        self, stores: Stores, asker: Asker, variant: PromptVariant, action: str, **more: str
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="prompt_variant",
            subject_id=variant.variant_id,
            at=self._clock.now(),
            details={
                "prompt_id": str(variant.prompt_id),
                "language": variant.language,
                "medium": variant.medium,
                "version": variant.version,
                **more,
            },
        )


def _place(variant: PromptVariant) -> tuple[str, str]:
    return (variant.language, variant.medium)


def _known(variant: PromptVariant | None) -> PromptVariant:
    if variant is None:
        raise NotFound("NOT_FOUND", "There is no such variant of a prompt.")
    return variant


def _moved(variant: PromptVariant, to: VariantState) -> PromptVariant:
    if to not in goes_on(VariantState(variant.state)):
        raise _wrong_state(variant)
    return replace(variant, state=to)


def _wrong_state(variant: PromptVariant) -> Conflict:
    return Conflict(
        "VARIANT_STATE",
        f"This version is {variant.state}, so this cannot be done with it. Load the page again.",
        details={"state": variant.state},
    )


def check_language(language: str) -> None:
    """Raises Invalid `LANGUAGE_UNKNOWN`."""
    if language not in languages():
        raise Invalid(
            "LANGUAGE_UNKNOWN",
            f"There is no such language. Known: {', '.join(languages())}.",
            field="language",
            details={"possible": ", ".join(languages())},
        )


def _of_language(
    prompts: Mapping[str, Prompt], key: str, language: str
) -> tuple[PromptVariant, ...]:
    prompt = prompts.get(key)
    variants = () if prompt is None else prompt.variants
    return tuple(one for one in variants if one.language == language)
