"""Whether it is worth while to go on through a list whose last contacts were all closed.

A list may hold contacts of several time zones: behind a run of people who sleep there may be people
who can be called. A store that stops after such a run looks at the places of those behind it first,
which costs little: no rules, no writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kwabo.domain.compliance.callable_hours import HOURS_CODES
from kwabo.domain.compliance.candidate import Candidate, CandidateNumber
from kwabo.domain.compliance.time_rules import standing_of
from kwabo.services.claims import Claiming, terms_of

LOOK_AHEAD: Final = 2000  # contacts


def any_open(claiming: Claiming, contacts: Iterable[tuple[Sequence[str], str | None]]) -> bool:
    """Whether one of these contacts (numbers, own time zone) is within its hours now.

    Looked at without columns about numbers: a hint, not a decision. False when something else than
    the hours stood against the last contact.
    """
    if claiming.put_off_for not in HOURS_CODES:
        return False
    campaign, now = claiming.request.campaign, claiming.request.now
    terms = terms_of(campaign)
    closed: set[tuple[str, int, str | None]] = set()
    for numbers, time_zone in contacts:
        for text in numbers:
            place = (text[:10], len(text), time_zone)
            if place in closed:
                continue
            closed.add(place)
            number = CandidateNumber(number=text, label="", callable=True)
            candidate = Candidate(
                contact_id=campaign.campaign_id,
                numbers=(number,),
                callable=True,
                uncallable_reason=None,
                time_zone=time_zone,
                course=None,
                live_elsewhere=False,
                dialled_at=None,
                list_time_zone=campaign.list_time_zone,
                zone_source=campaign.zone_source,
            )
            if standing_of(candidate, number, terms, now)[1].open:
                return True
    return False
