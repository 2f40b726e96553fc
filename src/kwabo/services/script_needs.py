"""What a script asks of an outcome."""

from __future__ import annotations

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.scripts.answers import effective, missing
from kwabo.domain.scripts.conditions import Facts
from kwabo.domain.scripts.document import fields_of
from kwabo.domain.scripts.problems import problem
from kwabo.ports.attempts import Attempt
from kwabo.services.unit_of_work import Stores


async def objections_at_wrap_up(
    stores: Stores, attempt: Attempt, campaign_name: str, asker: Asker, flags: frozenset[str]
) -> list[Objection]:
    """Required fields without a value, where the script refuses a success without them."""
    run = await stores.scripts.run(attempt.attempt_id)
    if run is None or "success" not in flags:
        return []
    version = await stores.scripts.version(run.script_id, run.script_version)
    if version is None or version.document.get("required") != "success":
        return []
    contact = await stores.contacts.get(attempt.contact_id)
    fields = fields_of(version.document)
    columns = {k: str(v or "") for k, v in contact.data.items()} if contact else {}
    facts = Facts(
        columns=columns,
        answers=effective(fields, run.answers, columns),
        language=(contact.language or "") if contact else "",
        campaign=campaign_name,
        agent={"display_name": asker.display_name, "language": asker.language},
    )
    return [
        problem(f"script.{field.id}", "SCRIPT_FIELD_NEEDED", label=field.label)
        for field in missing(fields, run.visited, facts)
    ]
