"""Scheduled imports: made, changed, tried, asked to run, followed.

A secret goes in and never comes out: answers say only that there is one. When the place changes to
which it would be sent, it must be given again, so that nobody can have it sent elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from kwabo.domain.contacts.import_source import ImportSource, SourceKind, check_source
from kwabo.domain.contacts.import_timing import ImportTiming, check_timing, next_run
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.import_schedules import ImportSchedule, ScheduleFile, ScheduleRun
from kwabo.ports.import_sources import FoundFile, ImportSources, SourceFailed, Validators
from kwabo.ports.secret_box import SecretBox, SecretUnreadable
from kwabo.services.contact_lists import found_list
from kwabo.services.import_templates import found_template
from kwabo.services.names import checked_name
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

SHOWN_FILES: Final = 50
_LONGEST_SECRET: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleValues:
    """What a person says of a scheduled import. `secret` None: as it was."""

    name: str
    contact_list_id: UUID
    import_template_id: UUID | None
    source: ImportSource
    secret: str | None
    timing: ImportTiming
    done_file: str
    on_duplicate: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TestedSource:
    """What a source shows. `host_key`: of an SFTP server; until it is accepted nothing is shown."""

    __test__ = False  # it is no test

    host_key: str
    host_key_accepted: bool
    files: Sequence[FoundFile]


class ImportScheduleService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        sources: ImportSources,
        secret_box: SecretBox,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._sources = sources
        self._secret_box = secret_box
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> list[tuple[ImportSchedule, ScheduleRun | None]]:
        """Every scheduled import with its newest run, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            schedules = await stores.import_schedules.all()
            runs = await stores.import_schedules.last_runs()
        return [(schedule, runs.get(schedule.import_schedule_id)) for schedule in schedules]

    async def get(
        self, asker: Asker, import_schedule_id: UUID
    ) -> tuple[ImportSchedule, ScheduleRun | None]:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            schedule = _found(await stores.import_schedules.get(import_schedule_id))
            runs = await stores.import_schedules.runs(import_schedule_id, before=None, limit=1)
        return schedule, (runs[0] if runs else None)

    async def add(self, asker: Asker, values: ScheduleValues) -> ImportSchedule:
        """Raises Invalid, NotFound, Conflict `NAME_TAKEN`."""
        self._check(values)
        if _needs_secret(values.source) and not values.secret:
            raise _secret_missing()
        now, import_schedule_id = self._clock.now(), self._ids.new()
        schedule = ImportSchedule(
            import_schedule_id=import_schedule_id,
            organisation_id=asker.organisation_id,
            **_plain(values),
            secret=self._sealed(values, import_schedule_id),
            next_run_at=next_run(values.timing, now) if values.active else None,
            wanted_at=None,
            etag=None,
            last_modified=None,
            failures=0,
            version=1,
            created_by=asker.user_id,
            created_at=now,
            updated_at=now,
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _check_references(stores, values)
            await stores.import_schedules.add(schedule)
            await self._note(stores, asker, "import_schedule.created", schedule)
        return schedule

    async def change(
        self, asker: Asker, import_schedule_id: UUID, version: int, values: ScheduleValues
    ) -> ImportSchedule:
        """Raises Invalid, NotFound, Conflict `NAME_TAKEN`, `STALE_VERSION`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.import_schedules.get_for_change(import_schedule_id))
            check_version(version, old.version)
            self._check(values)
            await _check_references(stores, values)
            same_place = values.source.same_place(old.source)
            secret = self._sealed(values, import_schedule_id)
            if secret is None and _needs_secret(values.source):
                if old.secret is None or not same_place:
                    raise _secret_missing()
                secret = old.secret
            now = self._clock.now()
            same_file = values.source == old.source
            new = replace(
                old,
                **_plain(values),
                secret=secret,
                next_run_at=next_run(values.timing, now) if values.active else None,
                etag=old.etag if same_file else None,
                last_modified=old.last_modified if same_file else None,
                updated_at=now,
            )
            await stores.import_schedules.change(new)
            await self._note(stores, asker, "import_schedule.changed", new)
            return _found(await stores.import_schedules.get(import_schedule_id))

    async def remove(self, asker: Asker, import_schedule_id: UUID) -> None:
        """What it has imported stays. Raises NotFound, Conflict `SCHEDULE_RUNNING`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.import_schedules.get_for_change(import_schedule_id))
            if await stores.import_schedules.open_run(import_schedule_id):
                raise Conflict(
                    "SCHEDULE_RUNNING", "It is running just now. Wait until it has ended."
                )
            await stores.import_schedules.remove(import_schedule_id)
            await self._note(stores, asker, "import_schedule.removed", old)

    async def run_now(self, asker: Asker, import_schedule_id: UUID) -> ImportSchedule:
        """Have it run as soon as an engine is free. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.import_schedules.get_for_change(import_schedule_id))
            wanted = replace(old, wanted_at=self._clock.now())
            await stores.import_schedules.note(wanted)
            await self._note(stores, asker, "import_schedule.run_asked", wanted)
            return wanted

    async def runs(
        self, asker: Asker, import_schedule_id: UUID, *, limit: int, token: str | None
    ) -> Page[ScheduleRun]:
        """A page of runs, newest first. Raises NotFound."""
        position = position_of(token, str)
        before = datetime.fromisoformat(position[0]) if position else None
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            _found(await stores.import_schedules.get(import_schedule_id))
            found = await stores.import_schedules.runs(
                import_schedule_id, before=before, limit=limit + 1
            )
        more, found = len(found) > limit, found[:limit]
        return Page(
            items=list(found),
            next_page_token=page_token(found[-1].started_at.isoformat()) if more else None,
            total=None,
        )

    async def files(self, asker: Asker, import_schedule_id: UUID) -> Sequence[ScheduleFile]:
        """The newest files it has fetched. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            _found(await stores.import_schedules.get(import_schedule_id))
            return await stores.import_schedules.files(import_schedule_id, limit=SHOWN_FILES)

    async def test(
        self,
        asker: Asker,
        source: ImportSource,
        secret: str | None,
        import_schedule_id: UUID | None,
    ) -> TestedSource:
        """Connect and list, without fetching. Raises Invalid with the source's own code."""
        self._check_source(source)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            organisation = await stores.organisations.get()
            if import_schedule_id is not None:
                old = _found(await stores.import_schedules.get(import_schedule_id))
                if not secret and old.secret is not None and source.same_place(old.source):
                    secret = opened(self._secret_box, old)
        assert organisation is not None
        try:
            if source.kind is SourceKind.SFTP:
                shown = await self._sources.host_key_of(source)
                if shown != source.host_key:
                    return TestedSource(host_key=shown, host_key_accepted=False, files=())
            async with self._sources.connected(
                source, secret=secret, organisation=organisation.slug, known=Validators()
            ) as connected:
                files = await connected.files()
        except SourceFailed as failed:
            raise refused_source(failed) from failed
        return TestedSource(
            host_key=source.host_key, host_key_accepted=True, files=files[:SHOWN_FILES]
        )

    def _check(self, values: ScheduleValues) -> None:
        self._check_source(values.source)
        field, code = check_timing(values.timing)
        if code:
            raise Invalid(code, TIMING_MESSAGES[code], field=f"timing.{field}")
        if values.secret is not None and len(values.secret) > _LONGEST_SECRET:
            raise Invalid(
                "SECRET_TOO_LONG", "The secret is too long for a password or key.", field="secret"
            )
        if values.source.kind is SourceKind.HTTPS and values.done_file != "keep":
            raise Invalid(
                "DONE_FILE_KEPT",
                "Nothing can be moved or deleted at an HTTPS address. Choose to keep the file.",
                field="done_file",
            )

    def _check_source(self, source: ImportSource) -> None:
        field, code = check_source(source, http_allowed=self._sources.http_allowed)
        if code:
            raise Invalid(code, SOURCE_MESSAGES[code], field=f"source.{field}", details=_said(""))

    def _sealed(self, values: ScheduleValues, import_schedule_id: UUID) -> bytes | None:
        if not values.secret or not _needs_secret(values.source):
            return None
        return self._secret_box.seal(values.secret, _purpose(import_schedule_id))

    async def _note(
        self, stores: Stores, asker: Asker, action: str, schedule: ImportSchedule
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="import_schedule",
            subject_id=schedule.import_schedule_id,
            at=self._clock.now(),
            details={"name": schedule.name, "source": schedule.source.kind.value},
        )


def opened(box: SecretBox, schedule: ImportSchedule) -> str | None:
    """The schedule's secret. Raises SourceFailed."""
    if schedule.secret is None:
        return None
    try:
        return box.open(schedule.secret, _purpose(schedule.import_schedule_id))
    except SecretUnreadable as error:
        raise SourceFailed("SOURCE_SECRET_UNREADABLE") from error


def refused_source(failed: SourceFailed) -> Invalid:
    """The source's own failure as an error for a person."""
    said = f" ({failed.said})" if failed.said else ""
    return Invalid(
        failed.code,
        SOURCE_MESSAGES.get(failed.code, failed.code) + said,
        field="source",
        details=_said(failed.said),
    )


def _said(said: str) -> dict[str, str]:
    return {"said": f" ({said})" if said else ""}


def _purpose(import_schedule_id: UUID) -> str:
    return f"import schedule {import_schedule_id}"


def _needs_secret(source: ImportSource) -> bool:
    return source.kind is SourceKind.SFTP or (
        source.kind is SourceKind.HTTPS and source.sign_in != "none"
    )


def _secret_missing() -> Invalid:
    return Invalid(
        "SECRET_MISSING",
        "Give the password, key or token. When the server, user or way to sign in changes, it must "
        "be given again.",
        field="secret",
    )


def _plain(values: ScheduleValues) -> dict[str, Any]:
    return {
        "name": checked_name(values.name),
        "contact_list_id": values.contact_list_id,
        "import_template_id": values.import_template_id,
        "source": values.source,
        "timing": values.timing,
        "done_file": values.done_file,
        "on_duplicate": values.on_duplicate,
        "active": values.active,
    }


async def _check_references(stores: Stores, values: ScheduleValues) -> None:
    found_list(await stores.contact_lists.get(values.contact_list_id))
    if values.import_template_id is not None:
        found_template(await stores.import_templates.get(values.import_template_id))


def _found(schedule: ImportSchedule | None) -> ImportSchedule:
    if schedule is None:
        raise NotFound("NOT_FOUND", "There is no such scheduled import.")
    return schedule


TIMING_MESSAGES: Final = {
    "TIMING_KIND": "Choose every so many minutes, or daily.",
    "TIMING_MINUTES": "Give 1 minute to 7 days (10,080 minutes).",
    "TIMING_AT": "Give a time such as 06:00.",
    "TIMING_WEEKDAYS": "Choose at least one day.",
    "TIME_ZONE_UNKNOWN": "There is no such time zone. Give its IANA name, such as "
    "Africa/Porto-Novo.",
}
SOURCE_MESSAGES: Final = {
    "SOURCE_PATTERN": "Give a pattern of file names, such as *.csv, without slashes.",
    "SOURCE_MOVE_TO": "Give the name of one folder, such as done.",
    "SOURCE_PATH": "Give a path below the folder: not absolute, without '..', no link that leads "
    "out of it.",
    "SOURCE_HOST": "Give a server's name or address, without a scheme or path.",
    "SOURCE_PORT": "Give a port from 1 to 65535.",
    "SOURCE_USER": "Give the user to sign in as.",
    "SOURCE_SIGN_IN": "Choose one of the ways to sign in that this kind of source has.",
    "SOURCE_HOST_KEY": "A server's key looks like SHA256: and 43 characters.",
    "SOURCE_URL": "Give an address that begins with https://.",
    "SOURCE_URL_SECRET": "Put no user or password into the address: give them in their fields.",
    "SOURCE_HOST_UNKNOWN": "There is no server of this name. Check it.",
    "SOURCE_ADDRESS_PRIVATE": "This name leads into a private network, which this installation "
    "does not allow (KWABO_IMPORT_PRIVATE_ADDRESSES).",
    "SOURCE_UNREACHABLE": "The server does not answer. Check the address, and that it can be "
    "reached from here.",
    "SOURCE_HOST_KEY_UNKNOWN": "The server's key has not been accepted yet. Test the connection.",
    "SOURCE_HOST_KEY_CHANGED": "The server shows another key than the accepted one. Ask who runs "
    "it; if the change is meant, test the connection and accept the new key.",
    "SOURCE_KEY_UNREADABLE": "The private key cannot be read. Give it in OpenSSH or PEM form, "
    "without a passphrase.",
    "SOURCE_SIGN_IN_REFUSED": "The server refuses user, password, key or token. Check them.",
    "SOURCE_SECRET_UNREADABLE": "The kept secret cannot be read with this server's key. Give it "
    "again.",
    "SOURCE_FOLDER_MISSING": "There is no such folder. Check the path, or make the folder.",
    "SOURCE_FOLDER": "The folder or file cannot be used. Check its rights.",
    "SOURCE_STATUS": "The server answers with an error. Check the address.",
    "SOURCE_ENCODED": "The server sends the file compressed although it was asked not to.",
    "SOURCE_REDIRECT": "The address leads to another that is not allowed. Give the final address.",
    "SOURCE_TOO_LARGE": "The file is larger than 5 GB. Split it.",
    "SOURCE_BROKEN_OFF": "The connection broke off in the middle of the file. It is tried again "
    "at the next run.",
}
