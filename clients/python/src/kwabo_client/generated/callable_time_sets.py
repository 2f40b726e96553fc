"""Operations: callable time sets."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class CallableTimeSets:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_callable_time_sets(
        self,
    ) -> Pages[m.CallableTimeSetAnswer]:
        """Every set, by name.

        Permission: `campaigns.read` or `campaigns.write` or `settings.read`.
        """
        answer: Pages[m.CallableTimeSetAnswer] = self._api.pages("list_callable_time_sets")
        return answer

    def add_callable_time_set(
        self,
        body: m.CallableTimeSetBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallableTimeSetAnswer:
        """Add a set.

        Permission: `campaigns.write`.
        """
        answer: m.CallableTimeSetAnswer = self._api.call(
            "add_callable_time_set", body=body, key=idempotency_key
        )
        return answer

    def preview_callable_time_set(
        self,
        body: m.PreviewBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.HoursPreviewAnswer:
        """The days to come of a set that need not be kept yet.

        Permission: `campaigns.read` or `campaigns.write` or `settings.read`.
        """
        answer: m.HoursPreviewAnswer = self._api.call(
            "preview_callable_time_set", body=body, key=idempotency_key
        )
        return answer

    def get_callable_time_set(
        self,
        callable_time_set_id: m.Id,
    ) -> m.CallableTimeSetAnswer:
        """One set.

        Permission: `campaigns.read` or `campaigns.write` or `settings.read`.
        """
        answer: m.CallableTimeSetAnswer = self._api.call(
            "get_callable_time_set", path={"callable_time_set_id": callable_time_set_id}
        )
        return answer

    def change_callable_time_set(
        self,
        callable_time_set_id: m.Id,
        body: m.CallableTimeSetPatch,
    ) -> m.CallableTimeSetAnswer:
        """Change a set; it counts for running campaigns at once.

        Permission: `campaigns.write`.
        """
        answer: m.CallableTimeSetAnswer = self._api.call(
            "change_callable_time_set",
            path={"callable_time_set_id": callable_time_set_id},
            body=body,
        )
        return answer

    def delete_callable_time_set(
        self,
        callable_time_set_id: m.Id,
    ) -> None:
        """Delete a set that no campaign keeps to.

        Permission: `campaigns.write`.
        """
        self._api.call(
            "delete_callable_time_set", path={"callable_time_set_id": callable_time_set_id}
        )

    def list_holiday_countries(
        self,
    ) -> Pages[m.HolidayCountryAnswer]:
        """Countries whose public holidays are known.

        Permission: `campaigns.read` or `campaigns.write` or `settings.read`.
        """
        answer: Pages[m.HolidayCountryAnswer] = self._api.pages("list_holiday_countries")
        return answer

    def list_public_holidays(
        self,
        *,
        country: str,
        year: int,
        subdivision: str | None = None,
    ) -> Pages[m.PublicHolidayAnswer]:
        """The public holidays of a country in a year.

        Permission: `campaigns.read` or `campaigns.write` or `settings.read`.
        """
        answer: Pages[m.PublicHolidayAnswer] = self._api.pages(
            "list_public_holidays",
            query={"country": country, "year": year, "subdivision": subdivision},
        )
        return answer


class AsyncCallableTimeSets:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_callable_time_sets(
        self,
    ) -> AsyncPages[m.CallableTimeSetAnswer]:
        """Every set, by name.

        Permission: `campaigns.read` or `campaigns.write` or `settings.read`.
        """
        answer: AsyncPages[m.CallableTimeSetAnswer] = self._api.pages("list_callable_time_sets")
        return answer

    async def add_callable_time_set(
        self,
        body: m.CallableTimeSetBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.CallableTimeSetAnswer:
        """Add a set.

        Permission: `campaigns.write`.
        """
        answer: m.CallableTimeSetAnswer = await self._api.call(
            "add_callable_time_set", body=body, key=idempotency_key
        )
        return answer

    async def preview_callable_time_set(
        self,
        body: m.PreviewBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.HoursPreviewAnswer:
        """The days to come of a set that need not be kept yet.

        Permission: `campaigns.read` or `campaigns.write` or `settings.read`.
        """
        answer: m.HoursPreviewAnswer = await self._api.call(
            "preview_callable_time_set", body=body, key=idempotency_key
        )
        return answer

    async def get_callable_time_set(
        self,
        callable_time_set_id: m.Id,
    ) -> m.CallableTimeSetAnswer:
        """One set.

        Permission: `campaigns.read` or `campaigns.write` or `settings.read`.
        """
        answer: m.CallableTimeSetAnswer = await self._api.call(
            "get_callable_time_set", path={"callable_time_set_id": callable_time_set_id}
        )
        return answer

    async def change_callable_time_set(
        self,
        callable_time_set_id: m.Id,
        body: m.CallableTimeSetPatch,
    ) -> m.CallableTimeSetAnswer:
        """Change a set; it counts for running campaigns at once.

        Permission: `campaigns.write`.
        """
        answer: m.CallableTimeSetAnswer = await self._api.call(
            "change_callable_time_set",
            path={"callable_time_set_id": callable_time_set_id},
            body=body,
        )
        return answer

    async def delete_callable_time_set(
        self,
        callable_time_set_id: m.Id,
    ) -> None:
        """Delete a set that no campaign keeps to.

        Permission: `campaigns.write`.
        """
        await self._api.call(
            "delete_callable_time_set", path={"callable_time_set_id": callable_time_set_id}
        )

    def list_holiday_countries(
        self,
    ) -> AsyncPages[m.HolidayCountryAnswer]:
        """Countries whose public holidays are known.

        Permission: `campaigns.read` or `campaigns.write` or `settings.read`.
        """
        answer: AsyncPages[m.HolidayCountryAnswer] = self._api.pages("list_holiday_countries")
        return answer

    def list_public_holidays(
        self,
        *,
        country: str,
        year: int,
        subdivision: str | None = None,
    ) -> AsyncPages[m.PublicHolidayAnswer]:
        """The public holidays of a country in a year.

        Permission: `campaigns.read` or `campaigns.write` or `settings.read`.
        """
        answer: AsyncPages[m.PublicHolidayAnswer] = self._api.pages(
            "list_public_holidays",
            query={"country": country, "year": year, "subdivision": subdivision},
        )
        return answer
