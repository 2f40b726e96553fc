"""The catalogue of nodes that the web's tests and its stand-in for the server go by.

After a change of nodes write it anew: `python tests/unit/flows/test_node_types_file.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

from kwabo.api.flows import NodeTypeAnswer
from kwabo.domain.flows.nodes import NODE_TYPES

FILE = Path(__file__).parents[2] / "shared" / "flow-node-types.json"


def _written() -> str:
    items = [NodeTypeAnswer.of(kind).model_dump(mode="json") for kind in NODE_TYPES.values()]
    return json.dumps({"items": items}, ensure_ascii=False, indent=1) + "\n"


def test_the_shared_file_is_what_the_api_tells() -> None:
    assert FILE.read_text("utf-8") == _written()


if __name__ == "__main__":
    FILE.write_text(_written(), "utf-8")
