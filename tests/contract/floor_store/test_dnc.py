"""DNC lists of every kind, before an attempt and during one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contract.floor_store.bench import NOW, Bench, campaign, closed, lease_of, request
from kwabo.engine.floor.opt_out import LIST_NAME
from kwabo.ports.floor_changes import DncWritten
from kwabo.ports.floor_claims import ClaimAnswer
from kwabo.ports.floor_rows import AttemptRow, CampaignRow
from kwabo.ports.floor_store import Lease

A, B = "+2290197000001", "+2290197000002"
DAY = timedelta(days=1)


async def _campaign(bench: Bench, *lists: UUID, **changes: Any) -> CampaignRow:
    row = campaign(bench, dnc_list_ids=lists, **changes)
    await bench.add_campaign(row)
    return row


async def _claim(bench: Bench, lease: Lease, row: CampaignRow, at: datetime = NOW) -> ClaimAnswer:
    async with bench.store.transaction(lease) as transaction:
        return await transaction.claim(request(bench, row, bench.place.agents[0], at=at))


async def _claimed(bench: Bench, row: CampaignRow, *numbers: str) -> tuple[Lease, AttemptRow]:
    await bench.add_contact(*numbers)
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, row)
    return lease, answer.attempts[0]


async def _listed(bench: Bench, lease: Lease, *attempts: AttemptRow) -> frozenset[UUID]:
    async with bench.store.transaction(lease) as transaction:
        return await transaction.dnc_listed([a.attempt_id for a in attempts], NOW)


class TestBeforeAnAttempt:
    """Which lists stand in the way."""

    async def test_any_of_several_lists(self, bench: Bench) -> None:
        lists = [await bench.make_dnc_list() for _ in range(3)]
        row = await _campaign(bench, *lists)
        await bench.list_value(lists[2], A)
        await bench.add_contact(A)
        answer = await _claim(bench, await lease_of(bench), row)
        assert (answer.attempts, answer.finished) == ([], 1)

    async def test_an_organisation_wide_list_that_no_campaign_names(self, bench: Bench) -> None:
        row = await _campaign(bench)
        wide = await bench.make_dnc_list(organisation_wide=True)
        await bench.list_value(wide, A)
        contact_id = await bench.add_contact(A)
        answer = await _claim(bench, await lease_of(bench), row)
        assert answer.attempts == []
        assert await bench.course(row.campaign_id, contact_id) == ("finished", 0, "DNC_LISTED")

    async def test_another_campaigns_list_and_other_channels_do_not(self, bench: Bench) -> None:
        others = await bench.make_dnc_list()
        sms = await bench.make_dnc_list(channel="sms")
        wide_email = await bench.make_dnc_list(channel="email", organisation_wide=True)
        row = await _campaign(bench, sms)
        for dnc_list_id in (others, sms, wide_email):
            await bench.list_value(dnc_list_id, A)
        await bench.add_contact(A)
        answer = await _claim(bench, await lease_of(bench), row)
        assert [attempt.number for attempt in answer.attempts] == [A]

    async def test_a_column_stands_against_every_number(self, bench: Bench) -> None:
        by_contract = await bench.make_dnc_list(key_column="contrat", channel="voice")
        row = await _campaign(bench, by_contract)
        await bench.list_value(by_contract, "ab-12é")
        listed = await bench.add_contact(A, B)
        await bench.give_data(listed, {"contrat": " AB-12É", "nom": "x"})
        answer = await _claim(bench, await lease_of(bench), row)
        assert answer.attempts == []
        assert await bench.course(row.campaign_id, listed) == ("finished", 0, "DNC_LISTED")

    async def test_contacts_without_the_column_or_with_another_value(self, bench: Bench) -> None:
        by_contract = await bench.make_dnc_list(key_column="contrat", organisation_wide=True)
        row = await _campaign(bench)
        await bench.list_value(by_contract, "ab-12")
        without = await bench.add_contact(A)
        other = await bench.add_contact(B)
        await bench.give_data(other, {"contrat": "AB-13"})
        lease = await lease_of(bench)
        first = await _claim(bench, lease, row)
        async with bench.store.transaction(lease) as transaction:
            await transaction.apply([closed(first.attempts[0])], [])
        second = await _claim(bench, lease, row)
        assert [a.contact_id for a in (*first.attempts, *second.attempts)] == [without, other]


class TestProviders:
    """External providers, as far as the cache of their answers tells."""

    async def test_who_was_not_asked_about_is_put_off_and_wanted(self, bench: Bench) -> None:
        provider = await bench.make_dnc_list(when_silent="hold", max_age_seconds=86400)
        row = await _campaign(bench, provider)
        contact_id = await bench.add_contact(A, B)
        lease = await lease_of(bench)
        answer = await _claim(bench, lease, row)
        assert answer.attempts == []
        assert answer.next_reason == "DNC_UNCHECKED"
        assert answer.next_attempt_at == NOW + timedelta(seconds=5)
        assert await bench.course(row.campaign_id, contact_id) == ("open", 0, "DNC_UNCHECKED")
        assert await bench.wanted() == {(provider, A), (provider, B)}
        await bench.provider_said(provider, B, False, NOW)
        answer = await _claim(bench, lease, row, NOW + timedelta(seconds=5))
        assert [attempt.number for attempt in answer.attempts] == [B]

    async def test_an_answer_counts_until_it_is_too_old(self, bench: Bench) -> None:
        provider = await bench.make_dnc_list(
            when_silent="hold", max_age_seconds=86400, organisation_wide=True
        )
        row = await _campaign(bench)
        await bench.provider_said(provider, A, False, NOW - 2 * DAY)
        await bench.provider_said(provider, B, True, NOW - DAY / 2)
        await bench.add_contact(A)
        listed = await bench.add_contact(B)
        answer = await _claim(bench, await lease_of(bench), row)
        assert answer.attempts == []
        assert await bench.course(row.campaign_id, listed) == ("open", 0, "DNC_LISTED")
        assert await bench.wanted() == {(provider, A)}

    async def test_where_silence_allows_calls_it_must_have_been_asked(self, bench: Bench) -> None:
        provider = await bench.make_dnc_list(when_silent="allow", max_age_seconds=86400)
        row = await _campaign(bench, provider)
        await bench.add_contact(A)
        lease = await lease_of(bench)
        assert (await _claim(bench, lease, row)).attempts == []
        await bench.provider_said(provider, A, None, None)
        answer = await _claim(bench, lease, row, NOW + timedelta(seconds=5))
        assert [attempt.number for attempt in answer.attempts] == [A]

    async def test_a_late_answer_ends_a_call_under_way(self, bench: Bench) -> None:
        provider = await bench.make_dnc_list(when_silent="allow", max_age_seconds=86400)
        row = await _campaign(bench, provider)
        await bench.provider_said(provider, A, None, None)
        lease, attempt = await _claimed(bench, row, A)
        assert await _listed(bench, lease, attempt) == frozenset()
        await bench.provider_said(provider, A, True, NOW)
        assert await _listed(bench, lease, attempt) == {attempt.attempt_id}


class TestDuringAnAttempt:
    """What became listed since the attempt began."""

    @pytest.mark.parametrize("wide", [False, True])
    async def test_numbers_of_named_and_organisation_wide_lists(
        self, bench: Bench, wide: bool
    ) -> None:
        dnc_list_id = await bench.make_dnc_list(organisation_wide=wide)
        row = await _campaign(bench, *(() if wide else (dnc_list_id,)))
        lease, attempt = await _claimed(bench, row, A)
        assert await _listed(bench, lease, attempt) == frozenset()
        await bench.list_value(dnc_list_id, A)
        assert await _listed(bench, lease, attempt) == {attempt.attempt_id}

    async def test_columns_and_only_of_attempts_that_are_not_closed(self, bench: Bench) -> None:
        by_contract = await bench.make_dnc_list(key_column="contrat", organisation_wide=True)
        row = await _campaign(bench)
        lease, attempt = await _claimed(bench, row, A)
        await bench.give_data(attempt.contact_id, {"contrat": "X1"})
        await bench.list_value(by_contract, "x1")
        assert await _listed(bench, lease, attempt) == {attempt.attempt_id}
        async with bench.store.transaction(lease) as transaction:
            await transaction.apply([closed(attempt)], [])
        assert await _listed(bench, lease, attempt) == frozenset()

    async def test_preview_records_too_but_not_for_the_contacts_other_number(
        self, bench: Bench
    ) -> None:
        dnc_list_id = await bench.make_dnc_list(channel="voice")
        row = await _campaign(bench, dnc_list_id, mode="preview")
        lease, offered = await _claimed(bench, row, A, B)
        await bench.list_value(dnc_list_id, B)
        assert await _listed(bench, lease, offered) == frozenset()
        await bench.list_value(dnc_list_id, A)
        assert await _listed(bench, lease, offered) == {offered.attempt_id}


class TestObjections:
    """Where an agent's "do not call" goes."""

    async def _objection(self, bench: Bench, row: CampaignRow, **values: Any) -> UUID:
        lease, attempt = await _claimed(bench, row, A)
        change = DncWritten(
            campaign_id=row.campaign_id,
            contact_id=attempt.contact_id,
            number=A,
            reason="WRAP_UP",
            user_id=None,
            at=NOW,
            **values,
        )
        async with bench.store.transaction(lease) as transaction:
            await transaction.apply([change], [])
            self.listed = await transaction.dnc_listed([attempt.attempt_id], NOW)
        return attempt.contact_id

    async def test_to_the_first_of_the_campaigns_lists_by_number(self, bench: Bench) -> None:
        sms = await bench.make_dnc_list(channel="sms")
        column = await bench.make_dnc_list(key_column="contrat")
        provider = await bench.make_dnc_list(when_silent="allow", max_age_seconds=60)
        await bench.provider_said(provider, A, False, NOW)
        own = bench.place.dnc_list_id
        await bench.make_dnc_list(organisation_wide=True)
        row = await _campaign(bench, sms, column, provider, own)
        await self._objection(bench, row)
        assert await bench.is_listed(A)
        assert len(self.listed) == 1

    async def test_else_to_the_organisations_list(self, bench: Bench) -> None:
        await bench.make_dnc_list(organisation_wide=True)
        row = await _campaign(bench)
        contact_id = await self._objection(bench, row)
        assert len(self.listed) == 1
        assert await bench.uncallable_reason(contact_id) is None

    async def test_without_any_list_the_contact_becomes_uncallable(self, bench: Bench) -> None:
        row = await _campaign(bench)
        contact_id = await self._objection(bench, row)
        assert await bench.uncallable_reason(contact_id) == "DO_NOT_CALL"

    async def test_or_to_a_list_that_is_named_until_it_expires(self, bench: Bench) -> None:
        named = await bench.make_dnc_list()
        row = await _campaign(bench, named)
        await self._objection(bench, row, dnc_list_id=named, expires_at=NOW - DAY)
        assert self.listed == frozenset()

    async def test_a_key_makes_a_list_for_all_campaigns_where_there_is_none(
        self, bench: Bench
    ) -> None:
        await bench.make_dnc_list(screening_authority="TPS", organisation_wide=True)
        row = await _campaign(bench, bench.place.dnc_list_id)
        await self._objection(
            bench,
            row,
            organisation_wide=True,
            new_list_id=bench.new_id(),
            new_list_name=LIST_NAME,
            source="key",
            attempt_id=bench.new_id(),
        )
        assert len(self.listed) == 1
        assert not await bench.is_listed(A)  # on the campaign's own list

    async def test_a_key_uses_the_list_for_all_campaigns_that_is_there(self, bench: Bench) -> None:
        wide = await bench.make_dnc_list(organisation_wide=True)
        row = await _campaign(bench)
        new_list_id = bench.new_id()
        await self._objection(
            bench,
            row,
            organisation_wide=True,
            new_list_id=new_list_id,
            new_list_name=LIST_NAME,
            source="key",
        )
        assert len(self.listed) == 1
        assert new_list_id not in await bench.dnc_lists()
        assert wide in await bench.dnc_lists()

    async def test_an_objection_never_goes_to_a_screening_list(self, bench: Bench) -> None:
        tps = await bench.make_dnc_list(screening_authority="TPS")
        row = await _campaign(bench, tps)
        contact_id = await self._objection(bench, row)
        assert await bench.uncallable_reason(contact_id) == "DO_NOT_CALL"
