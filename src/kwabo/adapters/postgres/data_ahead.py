"""About whom a data action is asked ahead: contacts that running campaigns call next."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kwabo.adapters.postgres.data_answers import with_answers
from kwabo.adapters.postgres.rule_facts import facts_of, rule_sets_of
from kwabo.domain.campaigns.rule_sets.document import Kind, data_actions_asked
from kwabo.domain.data_actions.answers import DataAnswer
from kwabo.services.rulings import of_kind

_AHEAD = timedelta(minutes=10)  # how long before it runs out an answer is asked for again
_SOON = timedelta(minutes=10)  # how long before its time a contact is looked after
_CAMPAIGNS = text("""
    SELECT k.campaign_id FROM campaigns k
    WHERE k.state = 'running' AND EXISTS (
        SELECT FROM campaign_rule_sets c JOIN rule_sets r USING (rule_set_id)
        WHERE c.campaign_id = k.campaign_id AND r.kind = 'pre_call'
          AND jsonb_path_exists(r.document, '$.rules[*].conditions[*] ? (@.data_action_id == $id)',
              jsonb_build_object('id', CAST(:data_action_id AS text))))
    ORDER BY k.priority DESC, k.campaign_id
""")
_UPCOMING = text("""
    SELECT n.contact_id FROM campaigns s, LATERAL (
        SELECT c.contact_id FROM contacts c WHERE c.contact_list_id = s.contact_list_id
           AND (c.added_in, c.position) > (s.scan_added_in, s.scan_position) AND c.callable
        ORDER BY c.added_in, c.position LIMIT :limit) n
    WHERE s.campaign_id = :campaign_id
    UNION
    SELECT o.contact_id FROM (
        SELECT contact_id FROM campaign_contacts
        WHERE campaign_id = :campaign_id AND state = 'open' AND next_attempt_at <= :soon
        ORDER BY next_attempt_at LIMIT :limit) o
""")


async def upcoming(
    connection: AsyncConnection, data_action_id: UUID, limit: int, now: datetime
) -> list[DataAnswer]:
    """The questions about them that have no answer, or one that soon does not count any more."""
    rows = await connection.execute(_CAMPAIGNS, {"data_action_id": str(data_action_id)})
    campaign_ids = [row.campaign_id for row in rows]
    rule_sets = await rule_sets_of(connection, campaign_ids)
    found: dict[str, DataAnswer] = {}
    for campaign_id in campaign_ids:
        before = of_kind(rule_sets.get(campaign_id, ()), Kind.PRE_CALL)
        if data_action_id not in data_actions_asked(before):
            continue  # in rules that do not act
        values = {"campaign_id": campaign_id, "limit": limit, "soon": now + _SOON}
        ids = [row.contact_id for row in await connection.execute(_UPCOMING, values)]
        facts = await facts_of(connection, ids)
        known = await with_answers(connection, before, campaign_id, facts)
        for contact, _ in known.values():
            for (asked, _), answer in contact.answers.items():
                if asked == data_action_id and _needs(answer, now):
                    found[answer.key] = answer
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _needs(answer: DataAnswer, now: datetime) -> bool:
    ahead = min(_AHEAD, answer.cache / 10)
    return answer.wanted(now) or answer.wanted(now + ahead)
