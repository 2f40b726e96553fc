"""Roles and permissions, as data.

A user has the permissions of the role and those granted beyond it. An API token has those of its
scopes that its owner has at that moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

ADMINISTRATOR: Final = "administrator"
SUPERVISOR: Final = "supervisor"
AGENT: Final = "agent"

PERMISSIONS: Final[frozenset[str]] = frozenset(
    {
        "agent.desktop",  # take calls; only one's own work is seen
        "audit.read",
        "campaigns.read",
        "campaigns.run",  # start, pause, stop
        "campaigns.write",
        "contacts.read",
        "contacts.write",
        "dnc.write",
        "flows.publish",  # calls go through it from then on
        "flows.read",
        "flows.write",  # drafts and their tests
        "incidents.read",
        "incidents.write",  # also the emergency switch of opening hours
        "lists.write",
        "live.read",
        "messages.read",  # also those that went to the sandbox
        "messages.write",  # send those that failed again
        "persons.erase",  # for good: see domain/compliance/erasure.py
        "prompts.approve",
        "prompts.read",
        "prompts.write",
        "queues.write",
        "reports.read",
        "settings.read",
        "settings.write",
        "tokens.write",  # one's own API tokens
        "users.read",
        "users.write",
        "voicemails.handle",  # of every queue; agents hear those of their own
    }
)

ROLES: Final[dict[str, frozenset[str]]] = {
    ADMINISTRATOR: PERMISSIONS,
    SUPERVISOR: frozenset(
        {
            "campaigns.read",
            "campaigns.run",
            "contacts.read",
            "contacts.write",
            "dnc.write",
            "flows.read",
            "incidents.read",
            "incidents.write",
            "live.read",
            "messages.read",
            "messages.write",
            "prompts.read",
            "prompts.write",
            "queues.write",
            "reports.read",
            "users.read",
            "voicemails.handle",
        }
    ),
    AGENT: frozenset({"agent.desktop"}),
}


def permissions_of(role: str, granted: Iterable[str]) -> frozenset[str]:
    """What a user of this role with these extra permissions may do.

    A permission that no longer exists gives nothing.
    """
    return (ROLES[role] | frozenset(granted)) & PERMISSIONS


def permissions_of_token(scopes: Iterable[str], owners: frozenset[str]) -> frozenset[str]:
    """What a token may do: never more than its owner may now."""
    return frozenset(scopes) & owners
