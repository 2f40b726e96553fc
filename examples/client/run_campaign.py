"""Start a campaign and follow its figures until it is complete.

KWABO_TOKEN=kwb_… python examples/client/run_campaign.py Renewals
"""

from __future__ import annotations

import asyncio
import sys

from kwabo_client import AsyncKwaboClient, Conflict


async def run(kwabo: AsyncKwaboClient, name: str, *, seconds: float, looks: int) -> str:
    """Start the campaign of this name and look at it so often; the state it is in then."""
    campaigns = kwabo.campaigns.list_campaigns()
    found = [one async for one in campaigns if one["name"] == name]
    if not found:
        raise SystemExit(f"There is no campaign named {name}.")
    campaign_id, state = found[0]["campaign_id"], found[0]["state"]
    try:
        started = await kwabo.campaigns.start_campaign(campaign_id)
        for warning in started["warnings"]:
            print(f"Note: {warning['message']}")
    except Conflict as refused:  # it runs already, or something is missing: the sentence says what
        print(f"{refused.message} ({refused.code})")
    for _ in range(looks):
        figures = await kwabo.campaigns.campaign_progress(campaign_id)
        state = (await kwabo.campaigns.get_campaign(campaign_id))["state"]
        print(f"{state}: {figures['finished']:,} of {figures['contacts']:,} finished, "
              f"{figures['answered']:,} answered")  # fmt: skip
        if state == "complete":
            break
        await asyncio.sleep(seconds)
    return state


async def main() -> None:
    """Look every five seconds, for an hour at most."""
    async with AsyncKwaboClient() as kwabo:
        await run(kwabo, sys.argv[1], seconds=5, looks=720)


if __name__ == "__main__":
    asyncio.run(main())
