"""New organisations: ready for a first campaign, with a first administrator.

Organisations are made from the command line and at the first start, never through the API.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID
from zoneinfo import available_timezones

from kwabo.domain.organisations.first_settings import PAUSE_REASONS, WRAP_UP_CODES
from kwabo.domain.organisations.passwords import check_password, normalised
from kwabo.domain.organisations.permissions import ADMINISTRATOR, AGENT, SUPERVISOR
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid
from kwabo.kernel.ids import IdFactory
from kwabo.ports.organisations import (
    FirstPauseReason,
    FirstSettings,
    FirstWrapUpCode,
    Organisation,
)
from kwabo.ports.passwords import PasswordHasher
from kwabo.ports.users import User
from kwabo.services.unit_of_work import UnitOfWork
from kwabo.services.users import check_login

_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
DEMONSTRATION_CALLER_ID: Final = "+2290121000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    """An organisation to be made."""

    name: str
    slug: str
    region: str = "BJ"
    time_zone: str = "Africa/Porto-Novo"
    language: str = "fr"
    trunk_endpoint: str = "trunk-lab"  # the switch's name of the first trunk
    attempt_header: str | None = None  # SIP header in which that trunk carries the attempt's id
    caller_ids: Sequence[str] = (DEMONSTRATION_CALLER_ID,)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstUser:
    """A user that is there from the beginning, with the password to be told once."""

    login: str
    display_name: str
    role: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeOrganisation:
    """What was made."""

    organisation_id: UUID
    floor_id: UUID
    queue_id: UUID
    dnc_list_id: UUID
    trunk_id: UUID
    user_ids: dict[str, UUID]  # by login


class OrganisationService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        passwords: PasswordHasher,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._passwords = passwords
        self._ids = ids
        self._clock = clock

    async def find_id(self, slug: str) -> UUID | None:
        """The organisation of this short name, or None."""
        async with self._unit_of_work.begin_outside() as stores:
            return await stores.organisations.find_id(slug)

    async def create(self, new: NewOrganisation, users: Sequence[FirstUser]) -> MadeOrganisation:
        """Make an organisation with its first settings and users; all or nothing.

        Agents and supervisors become members of its first queue. Raises Invalid, Conflict
        `SLUG_TAKEN` and `LOGIN_TAKEN`.
        """
        _check(new, users)
        hashes = {u.login: await self._passwords.hash(normalised(u.password)) for u in users}
        now = self._clock.now()
        organisation_id = self._ids.new()
        first = self._first_settings(new)
        user_ids: dict[str, UUID] = {}
        async with self._unit_of_work.begin(organisation_id) as stores:
            organisation = Organisation(
                organisation_id=organisation_id,
                name=new.name.strip(),
                slug=new.slug,
                region=new.region,
                time_zone=new.time_zone,
                language=new.language,
                created_at=now,
            )
            await stores.organisations.add(organisation, first)
            for first_user in users:
                user = User(
                    user_id=self._ids.new(),
                    organisation_id=organisation_id,
                    login=first_user.login,
                    display_name=first_user.display_name,
                    role=first_user.role,
                    permissions=(),
                    language=new.language,
                    active=True,
                    queue_ids=() if first_user.role == ADMINISTRATOR else (first.queue_id,),
                    version=1,
                    created_at=now,
                )
                await stores.users.add(user, hashes[first_user.login])
                user_ids[user.login] = user.user_id
            await stores.audit.record(
                "organisation.created",
                actor_user_id=None,
                subject_kind="organisation",
                subject_id=organisation_id,
                at=now,
                details={"users": len(users)},
            )
        return MadeOrganisation(
            organisation_id=organisation_id,
            floor_id=first.floor_id,
            queue_id=first.queue_id,
            dnc_list_id=first.dnc_list_id,
            trunk_id=first.trunk_id,
            user_ids=user_ids,
        )

    def _first_settings(self, new: NewOrganisation) -> FirstSettings:
        french = new.language == "fr"
        return FirstSettings(
            floor_id=self._ids.new(),
            queue_id=self._ids.new(),
            queue_name="Appels sortants" if french else "Outbound",
            dnc_list_id=self._ids.new(),
            dnc_list_name="Ne pas appeler" if french else "Do not call",
            trunk_id=self._ids.new(),
            trunk_name="Opérateur" if french else "Carrier",
            trunk_endpoint=new.trunk_endpoint,
            attempt_header=new.attempt_header,
            caller_ids=tuple(new.caller_ids),
            wrap_up_codes=[
                FirstWrapUpCode(
                    wrap_up_code_id=self._ids.new(),
                    name=code.name,
                    name_en=code.name_en,
                    flags=code.flags,
                    required_fields=code.required_fields,
                )
                for code in WRAP_UP_CODES
            ],
            pause_reasons=[
                FirstPauseReason(
                    pause_reason_id=self._ids.new(), name=reason.name, name_en=reason.name_en
                )
                for reason in PAUSE_REASONS
            ],
        )


def demonstration_users(agents: int, passwords: Sequence[str]) -> list[FirstUser]:
    """An administrator, a supervisor and agents; `passwords` has one for each (agents + 2)."""
    people = [
        ("admin", "Administrateur", ADMINISTRATOR),
        ("superviseur", "Superviseur", SUPERVISOR),
    ]
    people += [(f"agent{n}", f"Agent {n}", AGENT) for n in range(1, agents + 1)]
    return [
        FirstUser(login=login, display_name=name, role=role, password=password)
        for (login, name, role), password in zip(people, passwords, strict=True)
    ]


def _check(new: NewOrganisation, users: Sequence[FirstUser]) -> None:
    if not _SLUG.fullmatch(new.slug):
        raise Invalid(
            "SLUG_INVALID",
            "A short name is made of the letters a to z, digits and hyphens.",
            field="slug",
        )
    if new.time_zone not in available_timezones():
        raise Invalid(
            "TIME_ZONE_UNKNOWN",
            f"There is no time zone {new.time_zone!r}. Use a name such as Africa/Porto-Novo.",
            field="time_zone",
        )
    if not any(user.role == ADMINISTRATOR for user in users):
        raise Invalid("ADMINISTRATOR_MISSING", "An organisation needs at least one administrator.")
    for user in users:
        check_login(user.login)
        check_password(user.password, login=user.login)
