"""Operations: contact list filters."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class ContactListFilters:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_filters(
        self,
        contact_list_id: m.Id,
    ) -> Pages[m.ContactListFilterAnswer]:
        """A list's filters, by name.

        Permission: `campaigns.read` or `contacts.read`.
        """
        answer: Pages[m.ContactListFilterAnswer] = self._api.pages(
            "list_filters", path={"contact_list_id": contact_list_id}
        )
        return answer

    def add_filter(
        self,
        contact_list_id: m.Id,
        body: m.ContactListFilterBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ContactListFilterAnswer:
        """Add a filter to a list.

        Permission: `campaigns.write` or `lists.write`.
        """
        answer: m.ContactListFilterAnswer = self._api.call(
            "add_filter", path={"contact_list_id": contact_list_id}, body=body, key=idempotency_key
        )
        return answer

    def list_filter_fields(
        self,
        contact_list_id: m.Id,
    ) -> Pages[m.FilterFieldAnswer]:
        """What clauses and orders can be about.

        Permission: `campaigns.read` or `contacts.read`.
        """
        answer: Pages[m.FilterFieldAnswer] = self._api.pages(
            "list_filter_fields", path={"contact_list_id": contact_list_id}
        )
        return answer

    def find_filter_matches(
        self,
        contact_list_id: m.Id,
        body: m.MatchesBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.MatchesAnswer:
        """Try a filter out: a count, or an estimate when counting takes long, and some contacts.

        Permission: `contacts.read`.
        """
        answer: m.MatchesAnswer = self._api.call(
            "find_filter_matches",
            path={"contact_list_id": contact_list_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    def get_filter(
        self,
        contact_list_filter_id: m.Id,
    ) -> m.ContactListFilterAnswer:
        """One filter.

        Permission: `campaigns.read` or `contacts.read`.
        """
        answer: m.ContactListFilterAnswer = self._api.call(
            "get_filter", path={"contact_list_filter_id": contact_list_filter_id}
        )
        return answer

    def change_filter(
        self,
        contact_list_filter_id: m.Id,
        body: m.ContactListFilterPatch,
    ) -> m.ContactListFilterAnswer:
        """Change a filter; campaigns that run keep to it from their next claim.

        Permission: `campaigns.write` or `lists.write`.
        """
        answer: m.ContactListFilterAnswer = self._api.call(
            "change_filter", path={"contact_list_filter_id": contact_list_filter_id}, body=body
        )
        return answer

    def delete_filter(
        self,
        contact_list_filter_id: m.Id,
    ) -> None:
        """Delete a filter that no campaign uses.

        Permission: `campaigns.write` or `lists.write`.
        """
        self._api.call("delete_filter", path={"contact_list_filter_id": contact_list_filter_id})


class AsyncContactListFilters:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_filters(
        self,
        contact_list_id: m.Id,
    ) -> AsyncPages[m.ContactListFilterAnswer]:
        """A list's filters, by name.

        Permission: `campaigns.read` or `contacts.read`.
        """
        answer: AsyncPages[m.ContactListFilterAnswer] = self._api.pages(
            "list_filters", path={"contact_list_id": contact_list_id}
        )
        return answer

    async def add_filter(
        self,
        contact_list_id: m.Id,
        body: m.ContactListFilterBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ContactListFilterAnswer:
        """Add a filter to a list.

        Permission: `campaigns.write` or `lists.write`.
        """
        answer: m.ContactListFilterAnswer = await self._api.call(
            "add_filter", path={"contact_list_id": contact_list_id}, body=body, key=idempotency_key
        )
        return answer

    def list_filter_fields(
        self,
        contact_list_id: m.Id,
    ) -> AsyncPages[m.FilterFieldAnswer]:
        """What clauses and orders can be about.

        Permission: `campaigns.read` or `contacts.read`.
        """
        answer: AsyncPages[m.FilterFieldAnswer] = self._api.pages(
            "list_filter_fields", path={"contact_list_id": contact_list_id}
        )
        return answer

    async def find_filter_matches(
        self,
        contact_list_id: m.Id,
        body: m.MatchesBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.MatchesAnswer:
        """Try a filter out: a count, or an estimate when counting takes long, and some contacts.

        Permission: `contacts.read`.
        """
        answer: m.MatchesAnswer = await self._api.call(
            "find_filter_matches",
            path={"contact_list_id": contact_list_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    async def get_filter(
        self,
        contact_list_filter_id: m.Id,
    ) -> m.ContactListFilterAnswer:
        """One filter.

        Permission: `campaigns.read` or `contacts.read`.
        """
        answer: m.ContactListFilterAnswer = await self._api.call(
            "get_filter", path={"contact_list_filter_id": contact_list_filter_id}
        )
        return answer

    async def change_filter(
        self,
        contact_list_filter_id: m.Id,
        body: m.ContactListFilterPatch,
    ) -> m.ContactListFilterAnswer:
        """Change a filter; campaigns that run keep to it from their next claim.

        Permission: `campaigns.write` or `lists.write`.
        """
        answer: m.ContactListFilterAnswer = await self._api.call(
            "change_filter", path={"contact_list_filter_id": contact_list_filter_id}, body=body
        )
        return answer

    async def delete_filter(
        self,
        contact_list_filter_id: m.Id,
    ) -> None:
        """Delete a filter that no campaign uses.

        Permission: `campaigns.write` or `lists.write`.
        """
        await self._api.call(
            "delete_filter", path={"contact_list_filter_id": contact_list_filter_id}
        )
