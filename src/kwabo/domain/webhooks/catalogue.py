"""The kinds of facts that other systems can be told. Names and fields never change their meaning.

A new field may be added to a kind; anything else is a new kind. `SCHEMA_VERSION` stands in every
message.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SCHEMA_VERSION: Final = 1
TEST_KIND: Final = "webhook.test"  # sent by the button; nobody subscribes to it

# Kind → what it tells.
KINDS: Final[Mapping[str, str]] = {
    "attempt.ended": "A call ended, or an offered record was skipped or withdrawn.",
    "wrap_up.saved": "A conversation has its outcome, from an agent or from the system.",
    "callback.scheduled": "A callback was promised, moved, or given to somebody else.",
    "callback.done": "A callback was made.",
    "callback.missed": "A callback was missed or has expired.",
    "callback.cancelled": "A callback was cancelled or replaced.",
    "campaign.state_changed": "A campaign was started, paused, stopped, or is complete.",
    "contact.changed": "A contact was made or changed, but for imports and other bulk changes.",
    "dnc.entry_added": "Somebody was put on a DNC list, but for uploads.",
    "import.ended": "An import or an upload is complete, failed or cancelled.",
    "event.error": "An error was written to the event log.",
}
