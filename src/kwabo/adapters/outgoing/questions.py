"""The questions of data actions: by HTTP, or to a database."""

from __future__ import annotations

from kwabo.adapters.outgoing.databases import DatabaseClient
from kwabo.adapters.outgoing.http import HttpClient
from kwabo.domain.data_actions.statements import DatabaseQuestion
from kwabo.domain.outgoing.requests import OutgoingRequest
from kwabo.ports.outgoing import Sent


class Questions:
    """See `kwabo.ports.outgoing.QuestionClient`."""

    def __init__(self, http: HttpClient, databases: DatabaseClient) -> None:
        self._http = http
        self._databases = databases

    async def send(self, question: OutgoingRequest | DatabaseQuestion) -> Sent:
        """Send it once."""
        if isinstance(question, DatabaseQuestion):
            return await self._databases.ask(question)
        return await self._http.send(question)

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()
        await self._databases.close()
