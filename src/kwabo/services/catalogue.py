"""Every service of the application, handed to the API as one value."""

from __future__ import annotations

from dataclasses import dataclass

from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.ports.passwords import PasswordHasher
from kwabo.ports.secret_source import SecretSource
from kwabo.services.api_tokens import ApiTokenService
from kwabo.services.audit import AuditService
from kwabo.services.idempotency import IdempotencyService
from kwabo.services.organisations import OrganisationService
from kwabo.services.profile import ProfileService
from kwabo.services.sessions import SessionService
from kwabo.services.unit_of_work import UnitOfWork
from kwabo.services.users import UserService


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One field for each service."""

    sessions: SessionService
    profile: ProfileService
    users: UserService
    organisations: OrganisationService
    api_tokens: ApiTokenService
    audit: AuditService
    idempotency: IdempotencyService


def make_services(
    unit_of_work: UnitOfWork,
    *,
    clock: Clock,
    ids: IdFactory,
    passwords: PasswordHasher,
    secrets: SecretSource,
) -> Services:
    """The services on these ports; bootstrap and tests both call this."""
    return Services(
        sessions=SessionService(unit_of_work, passwords=passwords, secrets=secrets, clock=clock),
        profile=ProfileService(unit_of_work, passwords=passwords, secrets=secrets, clock=clock),
        users=UserService(unit_of_work, passwords=passwords, ids=ids, clock=clock),
        organisations=OrganisationService(unit_of_work, passwords=passwords, ids=ids, clock=clock),
        api_tokens=ApiTokenService(unit_of_work, secrets=secrets, ids=ids, clock=clock),
        audit=AuditService(unit_of_work),
        idempotency=IdempotencyService(unit_of_work, clock=clock),
    )
