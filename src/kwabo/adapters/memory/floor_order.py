"""Contacts of a floor in memory that a campaign has not called yet, in its order.

As in PostgreSQL (`claim_order`, `claim_looks`): whom a filter keeps out has no course and is found
again when the campaign goes through its list anew, or when the contact changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from kwabo.adapters.memory.floor_data import FloorData
from kwabo.adapters.memory.tables import Journal
from kwabo.domain.contacts.filters.evaluate import matches
from kwabo.domain.contacts.filters.facts import Calls, ContactFacts
from kwabo.domain.contacts.filters.in_use import zone_of
from kwabo.domain.contacts.filters.sorting import rank
from kwabo.domain.contacts.filters.times import Present
from kwabo.ports.floor_rows import CampaignRow
from kwabo.services.claims import STOP_AFTER_CLOSED_HOURS, UPCOMING_AT_MOST, Claiming
from kwabo.services.hours_ahead import LOOK_AHEAD, any_open

Take = Callable[[UUID], None]  # asks the rules about a contact


def facts_of(data: FloorData, campaign: CampaignRow, contact_id: UUID) -> ContactFacts:
    """What filters and orders know of a contact."""
    contact = data.contacts[contact_id]
    return ContactFacts(
        data=contact.data,
        language=contact.language,
        time_zone=contact.time_zone or campaign.list_time_zone,
        numbers=contact.numbers,
        callable=contact.callable,
        created_at=contact.created_at,
        here=_calls(data, contact_id, campaign.campaign_id),
        anywhere=_calls(data, contact_id, None),
    )


def _calls(data: FloorData, contact_id: UUID, campaign_id: UUID | None) -> Calls:
    attempts = sorted(
        (
            (attempt.dialling_at, attempt.attempt_id, attempt)
            for attempt in data.attempts_of(contact_id)
            if attempt.dialling_at is not None and campaign_id in (None, attempt.campaign_id)
        ),
        key=lambda entry: entry[:2],
    )
    ended = [attempt for _, _, attempt in attempts if attempt.state == "closed"]
    given = [
        (wrap_up.at, attempt_id, wrap_up.wrap_up_code_id)
        for _, attempt_id, _ in attempts
        if (wrap_up := data.wrap_ups.get(attempt_id)) and wrap_up.wrap_up_code_id is not None
    ]
    return Calls(
        attempts=len(attempts),
        last_attempt_at=attempts[-1][0] if attempts else None,
        last_result=ended[-1].result if ended else None,
        last_wrap_up_code_id=str(max(given)[2]) if given else None,
    )


def is_fresh(data: FloorData, campaign_id: UUID, contact_id: UUID) -> bool:
    """Whether the campaign has not called the contact, or a filter keeps it out."""
    known = data.courses.get((campaign_id, contact_id))
    return known is None or (known.course.state == "open" and known.course.reason == "FILTERED")


def is_exhausted(data: FloorData, campaign: CampaignRow) -> bool:
    """Whether nobody is left whom the campaign has not looked at."""
    if campaign.choice.sort and data.order.get(campaign.campaign_id):
        return False
    contacts = data.lists.get(campaign.contact_list_id, [])
    return (data.scanned.get(campaign.campaign_id) or 0) >= len(contacts)


def follow(data: FloorData, claiming: Claiming, journal: Journal, take: Take) -> bool:
    """Look at contacts that were inserted at the front or have changed."""
    campaign = claiming.request.campaign
    choice, campaign_id = campaign.choice, campaign.campaign_id
    at = data.followed.get(campaign_id) or 0
    while (look := data.looks.get(at)) is not None and claiming.wanted:
        at += 1
        contact_id = look.contact_id
        if look.contact_list_id != campaign.contact_list_id or contact_id not in data.contacts:
            continue
        if not is_fresh(data, campaign_id, contact_id):
            continue
        order = data.order.get(campaign_id) or {}
        if look.front:
            _take_out(data, campaign_id, [contact_id], journal)
            take(contact_id)
        elif not choice.follows_changes:
            continue
        elif choice.sort:
            placed = contact_id in order
            back = not placed and _passed(data, campaign, contact_id)
            back = back and _matches(data, claiming, contact_id)
            if back or (placed and choice.dynamic):
                _put(data, campaign, [contact_id], journal)
        elif (choice.is_relative or _matches(data, claiming, contact_id)) and _passed(
            data, campaign, contact_id
        ):
            take(contact_id)
    data.followed.put(campaign_id, at, journal)
    return False


def _passed(data: FloorData, campaign: CampaignRow, contact_id: UUID) -> bool:
    scanned = data.scanned.get(campaign.campaign_id) or 0
    return contact_id in data.lists.get(campaign.contact_list_id, [])[:scanned]


def fresh(data: FloorData, claiming: Claiming, journal: Journal, take: Take) -> bool:
    """Look at contacts that were not called yet; whether more may be found at once."""
    if claiming.request.campaign.choice.sort:
        return _sorted(data, claiming, journal, take)
    return _in_list(data, claiming, journal, take)


def _in_list(data: FloorData, claiming: Claiming, journal: Journal, take: Take) -> bool:
    campaign = claiming.request.campaign
    at_most = claiming.look_at
    begin = data.scanned.get(campaign.campaign_id) or 0
    contacts = data.lists.get(campaign.contact_list_id, [])
    end = min(begin + at_most, len(contacts))
    claiming.closed_hours = 0
    at = begin
    while at < end and claiming.wanted:
        if is_fresh(data, campaign.campaign_id, contacts[at]):
            _judge(data, claiming, contacts[at], take)
        at += 1
    if not claiming.wanted:
        for following in contacts[at : at + UPCOMING_AT_MOST]:
            claiming.see(data.contacts[following].numbers)
    if at > begin:
        data.scanned.put(campaign.campaign_id, at, journal)
    return at - begin == at_most and _worth_while(data, claiming, contacts[at : at + LOOK_AHEAD])


def _worth_while(data: FloorData, claiming: Claiming, ahead: Sequence[UUID]) -> bool:
    """Not when everybody is closed, those behind too."""
    if claiming.closed_hours < STOP_AFTER_CLOSED_HOURS:
        return True
    contacts = (data.contacts[contact_id] for contact_id in ahead)
    return any_open(claiming, ((contact.numbers, contact.time_zone) for contact in contacts))


def _judge(data: FloorData, claiming: Claiming, contact_id: UUID, take: Take) -> None:
    if not claiming.request.campaign.choice.filters or _matches(data, claiming, contact_id):
        take(contact_id)
    else:
        _keep_out(data, claiming, contact_id)


def _keep_out(data: FloorData, claiming: Claiming, contact_id: UUID) -> None:
    campaign = claiming.request.campaign
    if campaign.choice.is_relative:
        claiming.keep_out(contact_id, facts_of(data, campaign, contact_id))


def _matches(data: FloorData, claiming: Claiming, contact_id: UUID) -> bool:
    campaign = claiming.request.campaign
    if not campaign.choice.filters:
        return True
    present = Present(claiming.request.now, zone_of(campaign.list_time_zone))
    facts = facts_of(data, campaign, contact_id)
    return all(matches(node, facts, present) for node in campaign.choice.nodes)


def _sorted(data: FloorData, claiming: Claiming, journal: Journal, take: Take) -> bool:
    campaign = claiming.request.campaign
    campaign_id = campaign.campaign_id
    contacts = data.lists.get(campaign.contact_list_id, [])
    unseen = [
        contact_id
        for contact_id in contacts[data.scanned.get(campaign_id) or 0 :]
        if is_fresh(data, campaign_id, contact_id)
    ]
    matching = [contact_id for contact_id in unseen if _matches(data, claiming, contact_id)]
    order = data.order.get(campaign_id) or {}
    dynamic = campaign.choice.dynamic
    _put(data, campaign, [one for one in matching if dynamic or one not in order], journal)
    for contact_id in unseen:
        if contact_id not in matching:
            _keep_out(data, claiming, contact_id)
    data.scanned.put(campaign_id, len(contacts), journal)
    claiming.closed_hours = 0
    places = {one: place for place, one in enumerate(contacts)}
    order = data.order.get(campaign_id) or {}
    in_order = sorted(order, key=lambda one: (order[one], places[one]))
    at_most, looked = claiming.look_at, 0
    for contact_id in in_order[:at_most]:
        if not claiming.wanted:
            break
        looked += 1
        _judge(data, claiming, contact_id, take)
    if not claiming.wanted:
        for following in in_order[looked : looked + UPCOMING_AT_MOST]:
            claiming.see(data.contacts[following].numbers)
    _take_out(data, campaign_id, in_order[:looked], journal)
    ahead = in_order[looked : looked + LOOK_AHEAD]
    return looked == at_most and _worth_while(data, claiming, ahead)


def _put(data: FloorData, campaign: CampaignRow, contact_ids: list[UUID], journal: Journal) -> None:
    if contact_ids:
        order = dict(data.order.get(campaign.campaign_id) or {})
        for contact_id in contact_ids:
            order[contact_id] = rank(campaign.choice.sort, facts_of(data, campaign, contact_id))
        data.order.put(campaign.campaign_id, order, journal)


def _take_out(
    data: FloorData, campaign_id: UUID, contact_ids: list[UUID], journal: Journal
) -> None:
    order = data.order.get(campaign_id)
    if order and contact_ids:
        out = set(contact_ids)
        left = {one: place for one, place in order.items() if one not in out}
        data.order.put(campaign_id, left, journal)
