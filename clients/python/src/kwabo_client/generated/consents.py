"""Operations: consents."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Consents:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_consents(
        self,
        *,
        search: str | None = None,
        limit: int | None = None,
    ) -> Pages[m.ConsentAnswer]:
        """The ledger, the newest line first; `search`: a part of the number.

        Permission: `contacts.read`.
        """
        answer: Pages[m.ConsentAnswer] = self._api.pages(
            "list_consents", query={"search": search, "limit": limit}
        )
        return answer

    def add_consent(
        self,
        body: m.NumberConsentBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ConsentLines:
        """Note that consent was given or withdrawn for a number.

        Permission: `contacts.write`.
        """
        answer: m.ConsentLines = self._api.call("add_consent", body=body, key=idempotency_key)
        return answer

    def import_consents(
        self,
        body: m.ConsentFileBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.FileReportAnswer:
        """A line for each row of a CSV text (at most 10,000); bad rows do not stop the others.

        Permission: `contacts.write`.
        """
        answer: m.FileReportAnswer = self._api.call(
            "import_consents", body=body, key=idempotency_key
        )
        return answer

    def void_consent(
        self,
        consent_id: m.Id,
        body: m.VoidBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ConsentAnswer:
        """Declare a line wrong by a new one; the wrong one stays.

        Permission: `contacts.write`.
        """
        answer: m.ConsentAnswer = self._api.call(
            "void_consent", path={"consent_id": consent_id}, body=body, key=idempotency_key
        )
        return answer

    def contact_consents(
        self,
        contact_id: m.Id,
    ) -> m.ContactConsentsAnswer:
        """What the ledger says of a contact's numbers.

        Permission: `contacts.read`.
        """
        answer: m.ContactConsentsAnswer = self._api.call(
            "contact_consents", path={"contact_id": contact_id}
        )
        return answer

    def add_contact_consent(
        self,
        contact_id: m.Id,
        body: m.ContactConsentBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ConsentLines:
        """Note that consent was given or withdrawn for a contact's numbers.

        Permission: `contacts.write`.
        """
        answer: m.ConsentLines = self._api.call(
            "add_contact_consent", path={"contact_id": contact_id}, body=body, key=idempotency_key
        )
        return answer

    def add_consent_in_call(
        self,
        body: m.CallConsentBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ConsentLines:
        """Note what the person on the agent's own call said.

        Permission: `agent.desktop`.
        """
        answer: m.ConsentLines = self._api.call(
            "add_consent_in_call", body=body, key=idempotency_key
        )
        return answer


class AsyncConsents:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_consents(
        self,
        *,
        search: str | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.ConsentAnswer]:
        """The ledger, the newest line first; `search`: a part of the number.

        Permission: `contacts.read`.
        """
        answer: AsyncPages[m.ConsentAnswer] = self._api.pages(
            "list_consents", query={"search": search, "limit": limit}
        )
        return answer

    async def add_consent(
        self,
        body: m.NumberConsentBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ConsentLines:
        """Note that consent was given or withdrawn for a number.

        Permission: `contacts.write`.
        """
        answer: m.ConsentLines = await self._api.call("add_consent", body=body, key=idempotency_key)
        return answer

    async def import_consents(
        self,
        body: m.ConsentFileBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.FileReportAnswer:
        """A line for each row of a CSV text (at most 10,000); bad rows do not stop the others.

        Permission: `contacts.write`.
        """
        answer: m.FileReportAnswer = await self._api.call(
            "import_consents", body=body, key=idempotency_key
        )
        return answer

    async def void_consent(
        self,
        consent_id: m.Id,
        body: m.VoidBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ConsentAnswer:
        """Declare a line wrong by a new one; the wrong one stays.

        Permission: `contacts.write`.
        """
        answer: m.ConsentAnswer = await self._api.call(
            "void_consent", path={"consent_id": consent_id}, body=body, key=idempotency_key
        )
        return answer

    async def contact_consents(
        self,
        contact_id: m.Id,
    ) -> m.ContactConsentsAnswer:
        """What the ledger says of a contact's numbers.

        Permission: `contacts.read`.
        """
        answer: m.ContactConsentsAnswer = await self._api.call(
            "contact_consents", path={"contact_id": contact_id}
        )
        return answer

    async def add_contact_consent(
        self,
        contact_id: m.Id,
        body: m.ContactConsentBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ConsentLines:
        """Note that consent was given or withdrawn for a contact's numbers.

        Permission: `contacts.write`.
        """
        answer: m.ConsentLines = await self._api.call(
            "add_contact_consent", path={"contact_id": contact_id}, body=body, key=idempotency_key
        )
        return answer

    async def add_consent_in_call(
        self,
        body: m.CallConsentBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ConsentLines:
        """Note what the person on the agent's own call said.

        Permission: `agent.desktop`.
        """
        answer: m.ConsentLines = await self._api.call(
            "add_consent_in_call", body=body, key=idempotency_key
        )
        return answer
