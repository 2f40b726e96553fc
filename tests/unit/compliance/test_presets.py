"""Presets load, refuse what is wrong with a place and a mend, and are told in the guide."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kwabo.domain.compliance.fraud_guard import always_denied, denied_source
from kwabo.domain.compliance.preset import (
    PRESET_IDS,
    VALUE_NAMES,
    Preset,
    PresetBroken,
    presets,
    read_preset,
)

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "operators" / "compliance.md"
HEAD = 'id = "XX"\nversion = "1"\nname = { fr = "Ici", en = "Here" }\n'


def value(name: str, content: str, **others: str) -> str:
    lines = {
        "value": content,
        "basis": '"law"',
        "kept_by": '"program"',
        "source": '"A law"',
        "read": "2026-11-26",
        **others,
    }
    told = "\n".join(f"{key} = {text}" for key, text in lines.items() if text)
    return f"{HEAD}[values.{name}]\n{told}\n"


def rows(preset: Preset) -> list[str]:
    """A preset as the guide tells it."""
    return [
        f"| `{one.name}` | `{one.value}` | {one.basis} | {one.kept_by} | {one.source} |"
        for one in preset.values
    ]


def test_every_country_of_the_list_has_a_file() -> None:
    assert tuple(presets()) == PRESET_IDS
    assert presets()["none"].values == ()


@pytest.mark.parametrize("preset_id", PRESET_IDS[1:])
def test_the_guide_tells_each_value_with_its_source(preset_id: str) -> None:
    preset = presets()[preset_id]
    wanted = "\n".join(rows(preset))
    assert wanted in GUIDE.read_text(), f"put this into {GUIDE}:\n\n{wanted}"
    assert f"version {preset.version}" in GUIDE.read_text()


@pytest.mark.parametrize("preset_id", ["FR", "BJ"])
def test_laws_of_countries_that_speak_french_are_told_in_french(preset_id: str) -> None:
    assert all(one.source_fr for one in presets()[preset_id].values)


def test_the_guide_tells_the_denied_prefixes() -> None:
    text = GUIDE.read_text()
    assert denied_source() in text
    for prefix, names in always_denied().items():
        assert f"| `{prefix}` | {names['en']} |" in text


def test_every_value_that_can_be_given_is_used_by_a_preset() -> None:
    used = {one.name for preset in presets().values() for one in preset.values}
    assert used == set(VALUE_NAMES)


def test_sources_are_dated() -> None:
    for preset in presets().values():
        for one in preset.values:
            assert len(one.source) > 10
            assert one.read >= date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id = ", "XX.toml"),
        ('version = "1"\nname = { fr = "a", en = "b" }', "say 'id'"),
        ('id = "XX"\nversion = "1"\nname = { fr = "a" }', "fr and en"),
        (value("abandon_rate", "0.03"), "no such value"),
        (value("abandon_target", "3.0"), "between 0 and 1"),
        (value("abandon_target", '"3 %"'), "between 0 and 1"),
        (value("ring_seconds", "0"), "whole number"),
        (value("ring_seconds", "true"), "whole number"),
        (value("abandon_window", '"week"'), "day, 30_days"),
        (value("consent_required", "1"), "true or false"),
        (value("caller_id_prefixes", '["0162"]'), "+33162"),
        (value("hours", '[{ days = [1], from = "20:00", until = "08:00" }]'), "after they begin"),
        (value("hours", '[{ days = [8], from = "08:00", until = "20:00" }]'), "days 1 to 7"),
        (value("hours", '[{ days = [1], from = "8", until = "20:00" }]'), "hours"),
        (value("hours", "[{ days = [1] }]"), "from"),
        (value("ring_seconds", "15", source=""), "say source"),
        (value("ring_seconds", "15", source='" "'), "give a source"),
        (value("ring_seconds", "15", read='"today"'), "the date"),
        (value("ring_seconds", "15", basis='"rumour"'), "basis is of"),
        (value("frequency_calls", "4"), "go together"),
        (value("sectors_banned", '["shoes"]'), "energy_renovation"),
    ],
)
def test_a_broken_file_says_what_and_where(text: str, told: str) -> None:
    with pytest.raises(PresetBroken) as refused:
        read_preset(text, "XX.toml")
    assert "XX.toml" in str(refused.value)
    assert told in str(refused.value)
