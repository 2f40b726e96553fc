"""Put a folder of prompts into the library, as drafts that are submitted for approval.

KWABO_TOKEN=kwb_… python examples/client/load_prompts.py examples/prompts

The folder holds `prompts.json` (key, name, description, words by language) and a recording for each
language: `fr/welcome.wav`. The recordings in `examples/prompts` are text-to-speech (SVOX Pico).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kwabo_client import KwaboClient


def load(kwabo: KwaboClient, folder: Path) -> None:
    """Make each prompt that is missing, and a version of its recording in every language."""
    known = {one["key"]: one["prompt_id"] for one in kwabo.prompts.list_prompts()}
    for prompt in json.loads((folder / "prompts.json").read_text("utf-8")):
        key, words = prompt["key"], prompt["words"]
        if key not in known:
            asked = {"key": key, "name": prompt["name"], "description": prompt["description"]}
            known[key] = kwabo.prompts.new_prompt(asked)["prompt_id"]
        for language, said in words.items():
            recording = folder / language / f"{key}.wav"
            if recording.exists():
                take = kwabo.prompts.record_prompt(
                    known[key], recording, language=language, words=said
                )
                kwabo.prompts.submit_prompt_variant(take["variant_id"])
                print(f"{key} ({language}): version {take['version']} waits for approval")


if __name__ == "__main__":
    with KwaboClient() as client:
        load(client, Path(sys.argv[1]))
