"""Operations: persons."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Persons:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

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
