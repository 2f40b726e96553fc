"""Write yesterday's attempts of every campaign to a CSV file.

KWABO_TOKEN=kwb_… python examples/client/export_attempts.py attempts.csv
"""

from __future__ import annotations

import csv
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kwabo_client import KwaboClient

COLUMNS = ("campaign_name", "number", "dialling_at", "answered_at", "closed_at", "result")


def export(kwabo: KwaboClient, file: Path, *, begin: datetime, end: datetime) -> int:
    """Write the attempts from begin until end; how many there were."""
    count = 0
    with file.open("w", newline="", encoding="utf-8-sig") as stream:
        writer = csv.DictWriter(stream, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        for campaign in kwabo.campaigns.list_campaigns():
            attempts = kwabo.attempts.list_attempts(
                campaign["campaign_id"], from_=begin.isoformat(), until=end.isoformat(), limit=500
            )
            for attempt in attempts:
                writer.writerow(attempt)
                count += 1
    return count


if __name__ == "__main__":
    with KwaboClient() as client:
        zone = ZoneInfo(client.access.get_session()["organisation"]["time_zone"])
        today = datetime.now(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        written = export(client, Path(sys.argv[1]), begin=today - timedelta(days=1), end=today)
        print(f"{written:,} attempts")
