"""The questions of data actions about a contact, before anything is known of their answers.

The values are those of the contact as the list keeps them, so that they can be asked ahead: what
rules change in the same moment plays no part.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from kwabo.domain.campaigns.rule_sets.facts import ContactFacts
from kwabo.domain.data_actions.answers import DataAnswer
from kwabo.domain.data_actions.asking import Asked, inputs_of, key_of
from kwabo.domain.data_actions.settings import DataActionSettings

Labels = Mapping[str, str]  # number → label


def questions(
    actions: Mapping[UUID, DataActionSettings],
    contact: ContactFacts,
    labels: Labels,
    campaign_id: UUID,
    campaign_name: str,
) -> dict[tuple[UUID, str], DataAnswer]:
    """By data action and number: the question, without anything known of its answer."""
    found = {}
    for data_action_id, settings in actions.items():
        for number, label in labels.items():
            inputs = inputs_of(
                settings,
                Asked(
                    contact_id=contact.contact_id,
                    data=contact.data,
                    number=number,
                    number_label=label,
                    campaign_id=campaign_id,
                    campaign_name=campaign_name,
                ),
            )
            found[data_action_id, number] = DataAnswer(
                data_action_id=data_action_id,
                key=key_of(settings, inputs),
                inputs=inputs,
                cache=timedelta(seconds=settings.cache_seconds),
            )
    return found
