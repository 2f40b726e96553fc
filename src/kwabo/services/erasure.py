"""Erasure of one person: looked at first, then done in one transaction, with a receipt.

A preview does all of it and takes it back, so that its counts are those of the deed. What no index
finds is sought first, while calls go on: claims wait only for the rows that were found. Files go
before the transaction ends: one that is gone while its row stayed does no harm, the reverse would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.rule_sets.facts import ContactFacts
from kwabo.domain.compliance.erasure import (
    ENDING_DIGITS,
    MESSAGES,
    NATIONAL_DIGITS,
    RecordsLaw,
    confirms,
    digest_of,
    names_a_number,
    receipt,
    records_laws,
)
from kwabo.domain.dnc_lists.values import CALL_CHANNELS
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.dnc_lists import DncEntry, DncList
from kwabo.ports.erasure import ErasedFiles, Erasure, FoundRows, Subject
from kwabo.ports.prompts import PromptFiles
from kwabo.ports.uploads import UploadStore
from kwabo.services.data_questions import questions
from kwabo.services.dnc_lists import tell_floor
from kwabo.services.retention import followed_presets
from kwabo.services.unit_of_work import Stores, UnitOfWork

SHOWN: Final = 100
DNC_REASON: Final = "ERASED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePreview:
    """What an erasure would do now, and what stands against it."""

    person_id: UUID
    numbers: Sequence[str]
    counts: Mapping[str, int]  # table → rows
    files: int
    objected: bool
    dnc_list: str | None  # name of the list to which numbers would go; None: there is none
    hold: str | None  # the reason of the legal hold that refuses it
    in_call: bool
    free_at: datetime | None
    laws: Sequence[RecordsLaw]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureReceipt:
    """What was done, as it is handed out."""

    erasure: Erasure
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What was found while nobody waited."""

    subject: Subject
    rows: FoundRows
    uploads: frozenset[UUID]  # read, and of these the files of those that name a number
    naming: Mapping[UUID, Sequence[str]]


class _TakenBack(Exception):
    """Ends a preview's transaction without keeping anything."""


class ErasureService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        uploads: UploadStore,
        audio: PromptFiles,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._uploads = uploads
        self._audio = audio
        self._ids = ids
        self._clock = clock

    async def preview(self, asker: Asker, person_id: UUID, *, keep: bool) -> ErasurePreview:
        """`keep`: as if the numbers stayed on DNC lists. Nothing is changed. Raises NotFound."""
        found: ErasurePreview | None = None
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            looked = await self._look(stores, person_id)
        try:
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                looked = await self._hold(stores, looked)
                found = await self._preview(stores, looked, keep)
                raise _TakenBack
        except _TakenBack:
            assert found is not None
            return found

    async def _preview(self, stores: Stores, looked: _Looked, keep: bool) -> ErasurePreview:
        subject = looked.subject
        hold = await stores.erasure.hold(subject.numbers)
        files, uploads = await self._files(stores, looked)
        dnc_list = await _dnc_list(stores)
        laws = records_laws(await followed_presets(stores))
        counts: Mapping[str, int] = {}
        if hold is None and not subject.in_call:
            counts = await self._take(stores, looked, keep=keep, uploads=list(uploads))
        return ErasurePreview(
            person_id=subject.person_id,
            numbers=subject.numbers,
            counts=counts,
            files=len(files.recordings) + sum(len(paths) for paths in uploads.values()),
            objected=subject.objected,
            dnc_list=dnc_list.name if dnc_list else None,
            hold=hold,
            in_call=subject.in_call,
            free_at=subject.free_at,
            laws=laws,
        )

    async def erase(
        self,
        asker: Asker,
        person_id: UUID,
        *,
        reason: str,
        keep_do_not_call: bool,
        number_ending: str,
    ) -> ErasureReceipt:
        """Raises NotFound, Invalid `ERASURE_…`, Conflict `ERASURE_HELD`, `PERSON_IN_CALL`."""
        now = self._clock.now()
        reason = reason.strip()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            seen = _found(await stores.erasure.subject(person_id, claims_wait=False))
            await _may_be(stores, seen, reason, number_ending)
            looked = await self._look(stores, person_id)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            looked = await self._hold(stores, looked)
            subject = looked.subject
            await _may_be(stores, subject, reason, number_ending)
            files, uploads = await self._files(stores, looked)
            keep = keep_do_not_call and bool(subject.numbers)
            counts = dict(await self._take(stores, looked, keep=keep, uploads=list(uploads)))
            if keep:
                await self._keep_listed(stores, asker, subject, now)
            gone = [*files.recordings, *(path for paths in uploads.values() for path in paths)]
            done = await self._note(stores, asker, subject, reason, keep, counts, len(gone), now)
            for path in files.recordings:
                await self._audio.remove(path)
            for paths in uploads.values():
                for path in paths:
                    await self._uploads.remove(path)
        return done

    async def receipt(self, asker: Asker, erasure_id: UUID) -> ErasureReceipt:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            erasure = await stores.erasure.get(erasure_id)
            if erasure is None:
                raise NotFound("NOT_FOUND", "There is no such erasure.")
            return _receipt(erasure, await _organisation(stores))

    async def newest(self, asker: Asker) -> Sequence[Erasure]:
        """The last ones, the newest first."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.erasure.newest(SHOWN)

    async def _look(self, stores: Stores, person_id: UUID, *, hold: bool = False) -> _Looked:
        """Seek what no index finds. Raises NotFound."""
        subject = _found(await stores.erasure.subject(person_id, claims_wait=hold))
        files = await stores.erasure.files(subject)
        return _Looked(
            subject=subject,
            rows=await stores.erasure.find(subject),
            uploads=frozenset(files.uploads),
            naming=await self._naming(files.uploads, subject),
        )

    async def _hold(self, stores: Stores, looked: _Looked) -> _Looked:
        """Have claims wait; what was found still holds unless the person has changed since."""
        person_id = looked.subject.person_id
        subject = _found(await stores.erasure.subject(person_id, claims_wait=True))
        if subject == looked.subject:
            return looked
        return await self._look(stores, person_id, hold=True)

    async def _files(
        self, stores: Stores, looked: _Looked
    ) -> tuple[ErasedFiles, Mapping[UUID, Sequence[str]]]:
        """What lies in files, and of the uploads those that name one of the numbers."""
        files = await stores.erasure.files(looked.subject)
        new = {one: files.uploads[one] for one in files.uploads if one not in looked.uploads}
        known = {one: looked.naming[one] for one in looked.naming if one in files.uploads}
        return files, known | await self._naming(new, looked.subject)

    async def _take(
        self, stores: Stores, looked: _Looked, *, keep: bool, uploads: Sequence[UUID]
    ) -> Mapping[str, int]:
        return await stores.erasure.erase(
            looked.subject,
            looked.rows,
            questions=await _questions(stores, looked.subject),
            keep_do_not_call=keep,
            uploads_gone=uploads,
            at=self._clock.now(),
        )

    async def _naming(
        self, uploads: Mapping[UUID, Sequence[str]], subject: Subject
    ) -> dict[UUID, Sequence[str]]:
        """The uploads that name one of the numbers; of those that were not read to their end."""
        endings = [number[-NATIONAL_DIGITS:] for number in subject.numbers]
        return {
            import_id: paths
            for import_id, paths in uploads.items()
            if endings and await self._uploads.names_number(paths[0], endings)
        }

    async def _keep_listed(
        self, stores: Stores, asker: Asker, subject: Subject, now: datetime
    ) -> None:
        dnc_list = await _dnc_list(stores)
        if dnc_list is None:
            raise Invalid(
                "ERASURE_DNC_LIST", MESSAGES["ERASURE_DNC_LIST"], field="keep_do_not_call"
            )
        entries = [
            DncEntry(
                value=number,
                reason=DNC_REASON,
                source="user",
                user_id=asker.user_id,
                created_at=now,
                expires_at=None,
            )
            for number in subject.numbers
        ]
        await stores.dnc_lists.put_entries(dnc_list.dnc_list_id, entries)
        await tell_floor(stores, self._ids, self._clock, dnc_list.dnc_list_id, asker.user_id)

    async def _note(
        self,
        stores: Stores,
        asker: Asker,
        subject: Subject,
        reason: str,
        keep: bool,
        counts: Mapping[str, int],
        files: int,
        now: datetime,
    ) -> ErasureReceipt:
        erasure_id = self._ids.new()
        organisation = await _organisation(stores)
        document = receipt(
            erasure_id=erasure_id,
            organisation=organisation,
            person_id=subject.person_id,
            user_id=asker.user_id,
            reason=reason,
            keep_do_not_call=keep,
            counts=counts,
            files=files,
            erased_at=now,
        )
        erasure = Erasure(
            erasure_id=erasure_id,
            person_id=subject.person_id,
            user_id=asker.user_id,
            user_name=None,
            reason=reason,
            keep_do_not_call=keep,
            counts=counts,
            files=files,
            erased_at=now,
            digest=digest_of(document),
        )
        await stores.erasure.add(erasure)
        await stores.audit.record(
            "person.erased",
            actor_user_id=asker.user_id,
            subject_kind="erasure",
            subject_id=erasure_id,
            at=now,
            details={
                "rows": sum(counts.values()),
                "files": files,
                "keep_do_not_call": keep,
                "digest": erasure.digest,
            },
        )
        return ErasureReceipt(erasure=erasure, document={**document, "sha256": erasure.digest})


def _receipt(erasure: Erasure, organisation: str) -> ErasureReceipt:
    document = receipt(
        erasure_id=erasure.erasure_id,
        organisation=organisation,
        person_id=erasure.person_id,
        user_id=erasure.user_id,
        reason=erasure.reason,
        keep_do_not_call=erasure.keep_do_not_call,
        counts=erasure.counts,
        files=erasure.files,
        erased_at=erasure.erased_at,
    )
    return ErasureReceipt(erasure=erasure, document={**document, "sha256": erasure.digest})


async def _may_be(stores: Stores, subject: Subject, reason: str, number_ending: str) -> None:
    if not 3 <= len(reason) <= 500:
        raise _invalid("ERASURE_REASON", "reason")
    if names_a_number(reason, subject.numbers):
        raise _invalid("ERASURE_REASON_NUMBER", "reason")
    if not confirms(number_ending, subject.numbers):
        raise _invalid("ERASURE_CONFIRMATION", "number_ending", digits=str(ENDING_DIGITS))
    hold = await stores.erasure.hold(subject.numbers)
    if hold is not None:
        raise Conflict(
            "ERASURE_HELD", MESSAGES["ERASURE_HELD"].format(reason=hold), details={"reason": hold}
        )
    if subject.in_call:
        free_at = None if subject.free_at is None else subject.free_at.isoformat()
        raise Conflict("PERSON_IN_CALL", MESSAGES["PERSON_IN_CALL"], details={"free_at": free_at})


async def _questions(stores: Stores, subject: Subject) -> set[tuple[UUID, str]]:
    """Under which keys the answers of data actions about the person are kept."""
    actions = {one.data_action_id: one.settings for one in await stores.data_actions.all()}
    found: set[tuple[UUID, str]] = set()
    for contact in subject.contacts:
        facts = ContactFacts(contact_id=contact.contact_id, data=contact.data)
        for campaign_id, name in subject.campaigns.get(contact.contact_list_id, ()):
            asked = questions(actions, facts, contact.labels, campaign_id, name)
            found |= {(action_id, one.key) for (action_id, _), one in asked.items()}
    return found


async def _dnc_list(stores: Stores) -> DncList | None:
    """The oldest list of numbers that stands against every campaign's calls."""
    fit = [
        one
        for one in await stores.dnc_lists.all()
        if one.organisation_wide
        and one.key_column is None
        and one.provider is None
        and one.screening_authority is None
        and one.channel in CALL_CHANNELS
    ]
    return min(fit, key=lambda one: one.created_at) if fit else None


async def _organisation(stores: Stores) -> str:
    organisation = await stores.organisations.get()
    return organisation.name if organisation else ""


def _found(subject: Subject | None) -> Subject:
    if subject is None:
        raise NotFound("NOT_FOUND", "There is no such person.")
    return subject


def _invalid(code: str, field: str, **details: str) -> Invalid:
    return Invalid(code, MESSAGES[code].format_map(details), field=field, details=details)
