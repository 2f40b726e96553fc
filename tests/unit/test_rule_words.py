"""Pages have words for every rule that can object to a call, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kwabo.domain.campaigns.explanation import CALLABLE, NOT_RUNNING
from kwabo.domain.compliance.rules import RULES

WORDS = Path(__file__).parents[2] / "web" / "src" / "words"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("section", ["demands", "checks"])
def test_each_rule_is_told_in_words(section: str, language: str) -> None:
    text = (WORDS / f"messages.{language}.ts").read_text()
    body = re.search(rf"^  {section}: {{\n(.*?)^  }},", text, re.DOTALL | re.MULTILINE)
    assert body is not None
    told = set(re.findall(r"^    ([A-Z_]+): ", body[1], re.MULTILINE))
    assert {CALLABLE, NOT_RUNNING, *(rule.code for rule in RULES)} <= told
