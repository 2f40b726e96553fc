"""Operations: persons."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Persons:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def preview_erasure(
        self,
        person_id: m.Id,
        *,
        keep_do_not_call: bool | None = None,
    ) -> m.ErasurePreviewAnswer:
        """What an erasure would take, counted; nothing is changed.

        Permission: `persons.erase`.
        """
        answer: m.ErasurePreviewAnswer = self._api.call(
            "preview_erasure",
            path={"person_id": person_id},
            query={"keep_do_not_call": keep_do_not_call},
        )
        return answer

    def erase_person(
        self,
        person_id: m.Id,
        body: m.ErasureBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ErasureAnswer:
        """Erase a person: contacts of every list, numbers, texts of calls. Counts stay.

        Permission: `persons.erase`.
        """
        answer: m.ErasureAnswer = self._api.call(
            "erase_person", path={"person_id": person_id}, body=body, key=idempotency_key
        )
        return answer

    def list_erasures(
        self,
    ) -> Pages[m.ErasureAnswer]:
        """The last 100, the newest first.

        Permission: `persons.erase`.
        """
        answer: Pages[m.ErasureAnswer] = self._api.pages("list_erasures")
        return answer

    def get_erasure_receipt(
        self,
        erasure_id: m.Id,
    ) -> m.ErasureReceiptAnswer:
        """What was erased, to hand out.

        Permission: `persons.erase`.
        """
        answer: m.ErasureReceiptAnswer = self._api.call(
            "get_erasure_receipt", path={"erasure_id": erasure_id}
        )
        return answer

    def list_persons_of_contact(
        self,
        contact_id: m.Id,
    ) -> Pages[m.PersonAnswer]:
        """To whom the contact's numbers belong: one person, unless people have parted them.

        Permission: `contacts.read`.
        """
        answer: Pages[m.PersonAnswer] = self._api.pages(
            "list_persons_of_contact", path={"contact_id": contact_id}
        )
        return answer

    def undo_person_merge(
        self,
        person_merge_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> None:
        """Part two persons who were taken for one; they are never joined again.

        Permission: `contacts.write`.
        """
        self._api.call(
            "undo_person_merge", path={"person_merge_id": person_merge_id}, key=idempotency_key
        )


class AsyncPersons:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    async def preview_erasure(
        self,
        person_id: m.Id,
        *,
        keep_do_not_call: bool | None = None,
    ) -> m.ErasurePreviewAnswer:
        """What an erasure would take, counted; nothing is changed.

        Permission: `persons.erase`.
        """
        answer: m.ErasurePreviewAnswer = await self._api.call(
            "preview_erasure",
            path={"person_id": person_id},
            query={"keep_do_not_call": keep_do_not_call},
        )
        return answer

    async def erase_person(
        self,
        person_id: m.Id,
        body: m.ErasureBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ErasureAnswer:
        """Erase a person: contacts of every list, numbers, texts of calls. Counts stay.

        Permission: `persons.erase`.
        """
        answer: m.ErasureAnswer = await self._api.call(
            "erase_person", path={"person_id": person_id}, body=body, key=idempotency_key
        )
        return answer

    def list_erasures(
        self,
    ) -> AsyncPages[m.ErasureAnswer]:
        """The last 100, the newest first.

        Permission: `persons.erase`.
        """
        answer: AsyncPages[m.ErasureAnswer] = self._api.pages("list_erasures")
        return answer

    async def get_erasure_receipt(
        self,
        erasure_id: m.Id,
    ) -> m.ErasureReceiptAnswer:
        """What was erased, to hand out.

        Permission: `persons.erase`.
        """
        answer: m.ErasureReceiptAnswer = await self._api.call(
            "get_erasure_receipt", path={"erasure_id": erasure_id}
        )
        return answer

    def list_persons_of_contact(
        self,
        contact_id: m.Id,
    ) -> AsyncPages[m.PersonAnswer]:
        """To whom the contact's numbers belong: one person, unless people have parted them.

        Permission: `contacts.read`.
        """
        answer: AsyncPages[m.PersonAnswer] = self._api.pages(
            "list_persons_of_contact", path={"contact_id": contact_id}
        )
        return answer

    async def undo_person_merge(
        self,
        person_merge_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> None:
        """Part two persons who were taken for one; they are never joined again.

        Permission: `contacts.write`.
        """
        await self._api.call(
            "undo_person_merge", path={"person_merge_id": person_merge_id}, key=idempotency_key
        )
