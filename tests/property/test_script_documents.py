"""Whatever document comes: checking it never fails, and what passes can be walked through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.scripts.answers import effective, read_answer
from kwabo.domain.scripts.check import Known, check_script
from kwabo.domain.scripts.condition_check import contradiction
from kwabo.domain.scripts.conditions import OPERATORS, Facts, holds, read_decimal
from kwabo.domain.scripts.document import INPUTS, Field, blocks_of, fields_of, pages_of, ways_on
from kwabo.domain.scripts.placeholders import columns_of

KEYS = st.sampled_from(
    [
        "type",
        "text",
        "id",
        "label",
        "input",
        "column",
        "required",
        "read_only",
        "default",
        "choices",
        "written",
        "when",
        "blocks",
        "action",
        "page",
        "pages",
        "title",
        "next",
        "finish",
        "of",
        "name",
        "value_type",
        "operator",
        "value",
        "inverted",
        "all",
        "any",
        "not",
        "url",
        "minutes",
        "days",
        "number",
        "user_id",
        "wrap_up_code_id",
        "dnc_list_id",
        "what",
    ]
)
WORDS = st.sampled_from(
    [
        "text",
        "field",
        "section",
        "button",
        "go",
        "open",
        "copy",
        "transfer",
        "wrap_up",
        "do_not_call",
        "callback",
        "p",
        "q",
        "a",
        "yes_no",
        "choice",
        "choices",
        "number",
        "column",
        "answer",
        "STRING",
        "NUMERIC",
        "EQUALS",
        "LESS_THAN",
        "https://a.bj/{{a}}",
        "{{a}}",
        "5",
        "2026-11-26",
    ]
)
json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 50), WORDS, st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=8)),
    max_leaves=30,
)


@given(
    st.dictionaries(KEYS, json, max_size=6),
    st.sampled_from([Known(), Known(columns={"a": "text"})]),
)
def test_checking_never_fails(document: dict[str, Any], known: Known) -> None:
    for one in check_script(document, known):
        assert one.code.isupper()
        assert one.message


@given(st.lists(json, max_size=3))
def test_walking_through_a_wrong_document_never_fails(blocks: list[Any]) -> None:
    document = {"pages": [{"id": "p", "blocks": blocks}]}
    fields = fields_of(document)
    assert all(placed.path.startswith("pages.0.blocks.") for placed in blocks_of(document))
    assert set(effective(fields, {}, {})) == set(fields)


names = st.sampled_from(["p", "q", "r", "s"])
ways = st.one_of(st.none(), names)


@given(st.lists(st.tuples(ways, st.booleans()), min_size=1, max_size=4))
def test_every_page_of_a_script_that_passes_is_reached_and_left(
    made: list[tuple[str | None, bool]],
) -> None:
    document: dict[str, Any] = {
        "pages": [
            {"id": "pqrs"[index], "title": "T", "blocks": [], "next": to, "finish": finish}
            for index, (to, finish) in enumerate(made)
        ]
    }
    passes = not check_script(document, Known())
    pages = {str(page["id"]): page for page in pages_of(document)}
    seen: set[str] = set()
    todo = ["p"]
    while todo:
        here = todo.pop()
        if here in seen or here not in pages:
            continue
        seen.add(here)
        todo += [to for to, _ in ways_on(pages[here])]
    walkable = seen == set(pages) and all(
        page["finish"] or (page["next"] in pages) for page in pages.values()
    ) and all(page["next"] is None or page["next"] in pages for page in pages.values())  # fmt: skip
    assert passes == walkable


numbers = st.sampled_from(["0", "1", "2"])
statements = st.fixed_dictionaries(
    {
        "of": st.just("column"),
        "name": st.just("a"),
        "value_type": st.just("NUMERIC"),
        "operator": st.sampled_from(OPERATORS["NUMERIC"]),
        "value": numbers,
        "inverted": st.booleans(),
    }
)


@given(st.lists(statements, min_size=1, max_size=4))
def test_what_is_called_impossible_never_holds(parts: list[Mapping[str, Any]]) -> None:
    if contradiction(parts):
        for value in ("", "-1", "0", "0.5", "1", "1.5", "2", "3", "x"):
            assert not holds({"all": parts}, Facts(columns={"a": value}))


@given(st.sampled_from(INPUTS), st.one_of(st.text(max_size=12), st.lists(st.text(max_size=3))))
def test_an_answer_that_is_taken_is_taken_again_as_it_is(kind: str, written: Any) -> None:
    field = Field(
        id="a", page="p", label="A", input=kind, column=None, required=False, read_only=False,
        default="", choices=("a", "b"), written={}, personal=False, when=None,
    )  # fmt: skip
    value, code = read_answer(field, written, "BJ")
    if not code:
        again = list(value) if isinstance(value, tuple) else value
        assert read_answer(field, again, "BJ") == (value, "")
        assert kind != "number" or not value or read_decimal(str(value)) is not None


def test_the_columns_of_a_script() -> None:
    when = {"of": "column", "name": "c", "value_type": "STRING", "operator": "IS_EMPTY"}
    document = {
        "pages": [
            {
                "id": "p",
                "title": "P",
                "next": [{"page": "p", "when": {"any": [when, {"not": {**when, "name": "d"}}]}}],
                "blocks": [
                    {"type": "text", "text": "{{a}} {{agent:name}} {{answer:x}}"},
                    {"type": "field", "id": "x", "column": "b"},
                ],
            }
        ]
    }
    assert columns_of(document) == {"a", "b", "c", "d"}
