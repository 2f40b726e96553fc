"""The agent's script: Markdown with {{column}} placeholders, shown as safe HTML.

Headings, emphasis, lists, quotes, code, tables, rules and links are rendered; HTML in the script is
shown as text. A contact's values are never read as Markdown or HTML. A value that is missing is
marked, so that the agent does not read a gap aloud. What comes out has been through a sanitiser
with a short list of allowed tags.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, MutableMapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_PLACEHOLDER = re.compile(r"\{\{[ \t]*([^{}\n]{1,200}?)[ \t]*\}\}")
_ENCODED_PLACEHOLDER = re.compile(r"%7B%7B(?:%20)*([^{}]{1,600}?)(?:%20)*%7D%7D")
_TAGS = {
    "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "mark",
    "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}


def placeholders(script: str) -> frozenset[str]:
    """Names of the columns that the script shows."""
    names: set[str] = set()
    for block in _parser().parse(script):
        for token in block.children or ():
            if token.type == "placeholder":
                names.add(token.content)
            elif token.type == "link_open":
                names.update(_names_in_link(str(token.attrs.get("href", ""))))
    return frozenset(names)


def with_placeholder_renamed(script: str, old: str, new: str) -> str:
    """The script with a column's new name wherever it shows the column."""

    def plain(match: re.Match[str]) -> str:
        return "{{" + new + "}}" if match[1] == old else match[0]

    def encoded(match: re.Match[str]) -> str:
        return f"%7B%7B{quote(new, safe='')}%7D%7D" if unquote(match[1]) == old else match[0]

    return _ENCODED_PLACEHOLDER.sub(encoded, _PLACEHOLDER.sub(plain, script))


def can_be_placeholder(name: str) -> bool:
    """Whether a column of this name can stand in a script."""
    return _PLACEHOLDER.fullmatch("{{" + name + "}}") is not None


def render(
    script: str,
    values: Mapping[str, str],
    labels: Mapping[str, str],
    *,
    shown: Mapping[str, str] | None = None,
) -> str:
    """HTML of the script with a contact's values (`column → text`); `labels` name missing ones.

    `shown`: values as they are read; links have them as they are kept.
    """
    env: dict[str, Any] = {"values": values, "labels": labels, "shown": shown or values}
    rendered: str = _parser().render(script, env)
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes={"mark": {"missing"}, "span": {"value"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.enable(["table", "strikethrough"])
    parser.disable("image")
    parser.inline.ruler.before("escape", "placeholder", _placeholder)
    parser.add_render_rule("placeholder", _render_placeholder)
    parser.add_render_rule("link_open", _render_link)
    return parser


def _placeholder(state: StateInline, silent: bool) -> bool:
    match = _PLACEHOLDER.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("placeholder", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _render_placeholder(
    _renderer: RendererProtocol,
    tokens: Sequence[Token],
    index: int,
    _options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    name = tokens[index].content
    value = str(env.get("shown", {}).get(name) or "").strip()
    if not value:
        label = str(env.get("labels", {}).get(name) or name)
        return f'<mark class="missing">{html.escape(label)}</mark>'
    escaped = html.escape(value).replace("\n", "<br>")
    return f'<span class="value">{escaped}</span>'


def _render_link(
    renderer: RendererProtocol,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    token = tokens[index].copy()
    token.attrs["href"] = _filled(str(token.attrs.get("href", "")), env.get("values", {}))
    rendered: str = renderer.renderToken([token], 0, options, env)  # type: ignore[attr-defined]
    return rendered


def _filled(href: str, values: Mapping[str, str]) -> str:
    """A link with its placeholders filled in; if it is only one, its value may be a whole one."""
    whole = _ENCODED_PLACEHOLDER.fullmatch(href)
    if whole is not None:
        address = str(values.get(unquote(whole[1])) or "").strip()
        if address.startswith(("https://", "http://")):
            return address
    return _ENCODED_PLACEHOLDER.sub(
        lambda match: quote(str(values.get(unquote(match[1])) or ""), safe=""), href
    )


def _names_in_link(href: str) -> set[str]:
    return {unquote(match) for match in _ENCODED_PLACEHOLDER.findall(href)}
