"""Whatever script and values there are: what comes out is safe."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.campaigns.script import placeholders, render

PIECES = st.sampled_from(
    ["<script>", "</p>", "{{a}}", "{{ a }}", "[x](", ")", "javascript:", "\n\n", "# ", "| ", "---",
     "`", "**", "<img src=x onerror=y>", '"', "'", "&", "{{", "}}", "&#x6a;", "\n- ", "http://h/"]
)  # fmt: skip
HOSTILE = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)
PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=5)
VALUES = st.lists(PIECES | PRINTABLE, max_size=12).map("".join)
ALLOWED = {
    "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "mark",
    "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


@given(HOSTILE, HOSTILE)
def test_only_allowed_tags_and_schemes_come_out(script: str, value: str) -> None:
    html = render(script, {"a": value}, {"a": value})
    assert set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", html)) <= ALLOWED
    for href in re.findall(r'href="([^"]*)"', html):
        assert not re.match(r"\s*(javascript|data|vbscript):", href, re.IGNORECASE)
    assert not re.search(r"<[^>]*\son\w+=", html)


@given(VALUES)
def test_a_value_is_shown_as_it_is(value: str) -> None:
    shown = _Text.of(render("{{a}}", {"a": value}, {"a": "missing"}))
    wanted = value.strip() or "missing"
    assert "".join(shown.split()) == "".join(wanted.split())


class _Text(HTMLParser):
    """What a reader sees of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    @classmethod
    def of(cls, page: str) -> str:
        parser = cls()
        parser.feed(page)
        parser.close()
        return "".join(parser.seen)


@given(HOSTILE)
def test_naming_the_placeholders_never_fails(script: str) -> None:
    assert all(name.strip() == name and name for name in placeholders(script))
