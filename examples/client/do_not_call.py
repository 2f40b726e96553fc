"""Put numbers on a do-not-call list, and say of each on which lists it is.

KWABO_TOKEN=kwb_… python examples/client/do_not_call.py "Opt-outs" +2290161000000 …
"""

from __future__ import annotations

import sys

from kwabo_client import KwaboClient


def put_on_list(kwabo: KwaboClient, name: str, numbers: list[str], reason: str) -> list[str]:
    """List the numbers; those that the server did not understand."""
    lists = {one["name"]: one["dnc_list_id"] for one in kwabo.dnc_lists.list_dnc_lists()}
    if name not in lists:
        lists[name] = kwabo.dnc_lists.add_dnc_list({"name": name})["dnc_list_id"]
    done = kwabo.dnc_lists.add_dnc_entries(
        lists[name], {"entries": [{"value": number, "reason": reason} for number in numbers]}
    )
    print(f"{done['added']} added, {done['updated']} were there already")
    return [f"{numbers[one['index']]}: {one['message']}" for one in done["rejected"]]


if __name__ == "__main__":
    with KwaboClient() as client:
        for problem in put_on_list(client, sys.argv[1], sys.argv[2:], "asked for by the customer"):
            print(problem)
        for value in sys.argv[2:]:
            listings = client.dnc_lists.explain_dnc_listing(value=value)["items"]
            print(value, "is on:", ", ".join(one["name"] for one in listings) or "no list")
