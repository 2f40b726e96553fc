"""The agent's script: Markdown and a contact's values become safe HTML."""

from __future__ import annotations

from kwabo.domain.campaigns.script import placeholders, render

LABELS = {"nom": "Nom", "solde": "Solde"}


def test_values_are_filled_in_and_missing_ones_marked() -> None:
    html = render("Bonjour **{{ nom }}**, solde : {{solde}}.", {"nom": "Awa"}, LABELS)
    assert '<strong><span class="value">Awa</span></strong>' in html
    assert '<mark class="missing">Solde</mark>' in html


def test_a_value_of_spaces_counts_as_missing() -> None:
    assert "missing" in render("{{nom}}", {"nom": "  "}, LABELS)


def test_neither_script_nor_values_bring_html_of_their_own() -> None:
    html = render(
        "<b>x</b> {{nom}}", {"nom": "<img src=x onerror=alert(1)> **a** [b](http://c)"}, {}
    )
    assert "<b>" not in html
    assert "<img" not in html
    assert "&lt;img" in html
    assert "**a**" in html
    assert "<a" not in html


def test_links_take_values_as_parts_and_only_safe_schemes() -> None:
    html = render(
        "[fiche](https://crm.bj/?id={{id}}) [x](javascript:alert(1))", {"id": "1&a=ç"}, {}
    )
    assert 'href="https://crm.bj/?id=1%26a%3D%C3%A7"' in html
    assert 'href="javascript' not in html


def test_a_whole_address_may_be_a_value_but_not_a_script() -> None:
    assert 'href="https://a.bj/x?y=1"' in render("[a]({{u}})", {"u": "https://a.bj/x?y=1"}, {})
    assert "javascript:" not in render("[a]({{u}})", {"u": "javascript:alert(1)"}, {})


def test_placeholders_are_found_in_text_tables_and_links_but_not_in_code() -> None:
    script = "# {{a}}\n\n| x |\n|---|\n| {{ b c }} |\n\n[l](https://x/{{d}}) `{{e}}`"
    assert placeholders(script) == {"a", "b c", "d"}


def test_lines_of_a_value_stay_lines() -> None:
    assert "un<br>deux" in render("{{nom}}", {"nom": "un\ndeux"}, {})
