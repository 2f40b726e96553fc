"""Any provider that answers one HTTP request about one number."""

from __future__ import annotations

from aiohttp.abc import AbstractResolver

from kwabo.adapters.outgoing.http import HttpClient
from kwabo.domain.dnc_lists.providers import ProviderSettings, read_answer, request_about
from kwabo.kernel.clock import Clock
from kwabo.ports.dnc_providers import ProviderAnswer


class HttpDncProviderClient:
    """See `kwabo.ports.dnc_providers.DncProviderClient`; the arguments are those of HttpClient."""

    def __init__(
        self,
        clock: Clock,
        *,
        private_allowed: bool = False,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._client = HttpClient(clock, private_allowed=private_allowed, resolver=resolver)

    async def ask(self, settings: ProviderSettings, number: str, secret: str) -> ProviderAnswer:
        """Ask about an E.164 number."""
        sent = await self._client.send(request_about(settings, number, secret))
        listed: bool | None = None
        silence = sent.failure
        if not silence and sent.status is not None:
            outcome = read_answer(settings, sent.status, sent.body)
            silence = outcome if isinstance(outcome, str) else ""
            listed = None if isinstance(outcome, str) else outcome
        return ProviderAnswer(
            listed=listed, silence=silence, status=sent.status, seconds=sent.seconds
        )

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.close()
