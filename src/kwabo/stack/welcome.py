"""What `up` prints when everything runs."""

from __future__ import annotations

from dataclasses import dataclass

from kwabo.settings import DEMO_PASSWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """What a newcomer needs to know."""

    url: str
    switch: str
    lab: bool
    callers: bool = False  # an inbound day is played


# Logins of the demonstration organisation. They exist only where it was seeded.
DEMO_LOGINS = (
    ("administrator", "admin", DEMO_PASSWORD),
    ("supervisor", "superviseur", DEMO_PASSWORD),
    ("agent", "agent1", DEMO_PASSWORD),
)


def open_doors(welcome: Welcome) -> str:
    """The text: address, logins, three things to try."""
    logins = "\n".join(
        f"    {role:<14} {login:<14} {password}" for role, login, password in DEMO_LOGINS
    )
    calls = (
        "real SIP calls to the carrier lab on this machine; no telephone rings"
        if welcome.lab
        else "simulated calls; no telephone rings"
    )
    callers = (
        "       People call +229 01 21 00 01 00 by themselves: see Flows and Data actions.\n"
        if welcome.callers
        else ""
    )
    return f"""
Kwabo is up:  {welcome.url}      (calls: {calls})

  Logins of the demonstration:
{logins}

  Three things to try:
    1. Log in as the agent, allow the microphone, and go ready.
    2. In a private window log in as the administrator and start the campaign that waits there;
       or import a CSV of your own numbers and make a campaign on it.
    3. Log in as the supervisor in a third and watch the live page while the calls come in.
{callers}
Ctrl-C stops everything that was started here.
"""
