"""Prompts: uploaded, listened to, renamed, deleted when nothing plays them any more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Final
from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.prompts import Prompt, PromptFiles
from kwabo.services.names import checked_name
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused

MOST_BYTES: Final = 20_000_000  # of an upload
MOST_SECONDS: Final = 120.0
MOST_PROMPTS: Final = 500


class PromptService:
    """See the module."""

    def __init__(
        self, unit_of_work: UnitOfWork, *, files: PromptFiles, ids: IdFactory, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._files = files
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[Prompt]:
        """Every prompt, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.prompts.all()

    async def get(self, asker: Asker, prompt_id: UUID) -> Prompt:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.prompts.get(prompt_id))

    async def audio(self, asker: Asker, prompt_id: UUID) -> bytes:
        """The WAV as the switch plays it. Raises NotFound."""
        return await self._files.read((await self.get(asker, prompt_id)).path)

    async def add(
        self, asker: Asker, name: str, file_name: str, chunks: AsyncIterator[bytes]
    ) -> Prompt:
        """Raises Invalid `AUDIO_…`, `FILE_TOO_LARGE`; Conflict `NAME_TAKEN`."""
        name = checked_name(name or file_name.rpartition(".")[0] or file_name)
        audio = bytearray()
        async for chunk in chunks:
            audio += chunk
            if len(audio) > MOST_BYTES:
                raise Invalid(
                    "FILE_TOO_LARGE",
                    f"The file is larger than {MOST_BYTES // 1_000_000} MB. Shorten it.",
                    field="file",
                )
        sound = await self._files.convert(bytes(audio), most_seconds=MOST_SECONDS)
        prompt_id = self._ids.new()
        path = await self._files.save(prompt_id, sound)
        prompt = Prompt(
            prompt_id=prompt_id,
            name=name,
            path=path,
            seconds=sound.seconds,
            bytes=len(sound.wav),
            file_name=file_name[:200],
            created_by=asker.user_id,
            created_at=self._clock.now(),
        )
        try:
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                if len(await stores.prompts.all()) >= MOST_PROMPTS:
                    raise Conflict(
                        "TOO_MANY_PROMPTS",
                        f"There are {MOST_PROMPTS} prompts already. Delete some first.",
                        details={"most": str(MOST_PROMPTS)},
                    )
                await stores.prompts.add(prompt)
                await self._audit(stores, asker, "prompt.created", prompt)
        except BaseException:
            await self._files.remove(path)
            raise
        return prompt

    async def rename(self, asker: Asker, prompt_id: UUID, name: str) -> Prompt:
        """Raises NotFound, Conflict `NAME_TAKEN`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            _found(await stores.prompts.get_for_change(prompt_id))
            await stores.prompts.rename(prompt_id, checked_name(name))
            prompt = _found(await stores.prompts.get(prompt_id))
            await self._audit(stores, asker, "prompt.renamed", prompt)
        return prompt

    async def delete(self, asker: Asker, prompt_id: UUID) -> None:
        """Raises NotFound, Conflict `PROMPT_IN_USE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            prompt = _found(await stores.prompts.get_for_change(prompt_id))
            check_unused(
                "PROMPT_IN_USE",
                prompt.response_sets,
                "These response sets play it: {names}. Take it out of them first.",
                detail="response_sets",
            )
            await stores.prompts.delete(prompt_id)
            await self._audit(stores, asker, "prompt.deleted", prompt)
        await self._files.remove(prompt.path)

    async def _audit(self, stores: Stores, asker: Asker, action: str, prompt: Prompt) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="prompt",
            subject_id=prompt.prompt_id,
            at=self._clock.now(),
            details={"name": prompt.name, "seconds": round(prompt.seconds, 1)},
        )


def _found(prompt: Prompt | None) -> Prompt:
    if prompt is None:
        raise NotFound("NOT_FOUND", "There is no such prompt.")
    return prompt
