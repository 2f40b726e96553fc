"""Make a contact list, import a CSV file into it, and follow the import to its end.

KWABO_TOKEN=kwb_… python examples/client/import_contacts.py contacts.csv "New list"
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

from kwabo_client import KwaboClient, follow
from kwabo_client.models import ImportAnswer, MappingBody


def import_file(kwabo: KwaboClient, file: Path, name: str) -> ImportAnswer:
    """Import the file into a new list of this name; what the server tells in the end."""
    uploaded = kwabo.contacts.upload_import(
        file, progress=lambda done, total: print(f"sent {done:,} of {total or 0:,} bytes")
    )
    started = kwabo.contacts.start_import(
        uploaded["import_id"],
        {
            # As the server read the header; change kinds and names here.
            "mapping": cast("MappingBody", uploaded["preview"]["mapping"]),
            "on_duplicate": "update",
            "new_list": {"name": name, "region": "BJ"},
        },
    )
    for record in follow(started, lambda: kwabo.contacts.get_import(started["import_id"])):
        print(f"{record['rows_read']:,} rows read")
    for rejection in kwabo.contacts.list_rejections(record["import_id"]):
        print(f"line {rejection['line_number']}: {rejection['message']}")
    return record


if __name__ == "__main__":
    with KwaboClient() as client:  # KWABO_URL and KWABO_TOKEN say where, and who
        done = import_file(client, Path(sys.argv[1]), sys.argv[2])
        print(f"{done['state']}: {done['rows_added']:,} added, {done['rows_rejected']:,} rejected")
