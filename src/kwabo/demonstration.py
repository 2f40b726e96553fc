"""The demonstration organisation that the first start of a local stack makes."""

from __future__ import annotations

from kwabo.bootstrap import Core
from kwabo.services.catalogue import Services
from kwabo.services.organisations import NewOrganisation, demonstration_users
from kwabo.settings import DEMO_PASSWORD

SLUG = "demo"
ATTEMPT_HEADER = "X-Kwabo-Attempt-Id"  # the carrier lab writes it into its log


async def seed(core: Core, services: Services) -> None:
    """Make the organisation with its users, unless it exists."""
    if await services.organisations.find_id(SLUG) is not None:
        return
    agents = core.settings.demo_agents
    await services.organisations.create(
        NewOrganisation(
            name="Démonstration",
            slug=SLUG,
            trunk_endpoint=core.settings.trunk,
            attempt_header=ATTEMPT_HEADER,
        ),
        demonstration_users(agents, [DEMO_PASSWORD] * (agents + 2)),
    )
