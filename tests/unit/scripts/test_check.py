"""Wrong places of a script are named by their path."""

from __future__ import annotations

import copy
from typing import Any
from uuid import UUID

import pytest

from kwabo.domain.scripts.check import Known, check_script
from kwabo.domain.scripts.document import of_markdown

CODE = UUID(int=7)
DNC = UUID(int=8)
NEVER, MISSING = "SCRIPT_CONDITION_NEVER", "SCRIPT_PAGE_MISSING"
KNOWN = Known(
    columns={"nom": "text", "solde": "number", "tel": "phone", "ref": "text", "jour": "date"},
    key_columns=frozenset({"ref"}),
    wrap_up_codes=frozenset({CODE}),
    dnc_lists=frozenset({DNC}),
    users=frozenset(),
)


def good() -> dict[str, Any]:
    """A script that meets no objection."""
    blocks: list[dict[str, Any]] = [
        {"type": "text", "text": "Bonjour {{nom}}, ici {{agent:name}} : {{answer:accord}}"},
        {"type": "field", "id": "accord", "label": "Accord ?", "input": "yes_no", "column": "nom"},
        {"type": "section", "when": statement(), "blocks": [{"type": "text", "text": "Merci"}]},
        button("copier", {"type": "copy", "text": "{{nom}}"}),
    ]
    return {
        "required": "success",
        "pages": [
            {"id": "un", "title": "Un", "next": "deux", "blocks": blocks},
            {"id": "deux", "title": "Deux", "finish": True, "blocks": []},
        ],
    }


def statement(**values: Any) -> dict[str, Any]:
    one = {"of": "column", "name": "solde", "value_type": "NUMERIC"}
    return {**one, "operator": "LESS_THAN", "value": "5", **values}


def button(name: str, action: dict[str, Any]) -> dict[str, Any]:
    return {"type": "button", "id": name, "label": "Bouton", "action": action}


def field(**values: Any) -> dict[str, Any]:
    return {"type": "field", "id": "x", "label": "X", "input": "text", **values}


def accord(value: str) -> dict[str, Any]:
    return statement(
        of="answer", name="accord", value_type="STRING", operator="EQUALS", value=value
    )


def found(document: dict[str, Any], known: Known = KNOWN) -> set[tuple[str, str]]:
    return {(one.field, one.code) for one in check_script(document, known)}


def test_a_good_script_meets_no_objection() -> None:
    assert found(good()) == set()
    assert found(of_markdown("Bonjour {{nom}}", "Relance")) == set()


WAYS = [
    ({"next": "trois"}, ("pages.0.next", MISSING)),
    ({"next": "trois"}, ("pages.1", "SCRIPT_PAGE_UNREACHABLE")),
    ({"next": None}, ("pages.0", "SCRIPT_DEAD_END")),
    ({"next": [{"page": "deux", "when": statement()}]}, ("pages.0.next", "SCRIPT_ALWAYS_ONE")),
    ({"next": [{"page": "rien", "when": statement()}]}, ("pages.0.next.0.page", MISSING)),
    ({"id": "deux"}, ("pages.1.id", "SCRIPT_ID_TWICE")),
    ({"title": " "}, ("pages.0.title", "SCRIPT_LABEL")),
    ({"colour": "red"}, ("pages.0", "SCRIPT_KEY")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "problem"), WAYS)
def test_what_is_wrong_with_a_page(change: dict[str, Any], problem: tuple[str, str]) -> None:
    document = good()
    document["pages"][0].update(change)
    assert problem in found(document)


def all_of(*parts: Any) -> dict[str, Any]:
    return {"type": "section", "when": {"all": list(parts)}, "blocks": []}


BLOCKS = [
    ({"type": "text", "text": "{{prenom}}"}, "text", "SCRIPT_NAME_UNKNOWN"),
    ({"type": "text", "text": "[x](https://a.bj/{{prenom}})"}, "text", "SCRIPT_NAME_UNKNOWN"),
    ({"type": "text", "text": "{{answer:rien}}"}, "text", "SCRIPT_ANSWER_UNKNOWN"),
    ({"type": "image"}, "type", "SCRIPT_BLOCK_TYPE"),
    (field(id="a b"), "id", "SCRIPT_ID"),
    (field(id="accord"), "id", "SCRIPT_ID_TWICE"),
    (field(column="prenom"), "column", "SCRIPT_COLUMN_UNKNOWN"),
    (field(column="tel"), "column", "SCRIPT_COLUMN_FIXED"),
    (field(column="ref"), "column", "SCRIPT_COLUMN_FIXED"),
    (field(column="jour"), "input", "SCRIPT_COLUMN_KIND"),
    (field(column="nom"), "column", "SCRIPT_COLUMN_TWICE"),
    (field(read_only=True), "column", "SCRIPT_COLUMN_NEEDED"),
    (field(read_only=True, column="tel", required=True), "required", "SCRIPT_REQUIRED_READ_ONLY"),
    (field(input="choice"), "choices", "SCRIPT_CHOICES"),
    (field(input="choice", choices=[{"value": "a;b"}]), "choices", "SCRIPT_CHOICES"),
    (field(input="number", default="dix"), "default", "SCRIPT_DEFAULT"),
    (button("b", {"type": "go", "page": "zut"}), "action.page", MISSING),
    (button("b", {"type": "wrap_up"}), "action.wrap_up_code_id", "SCRIPT_WRAP_UP_CODE"),
    (button("b", {"type": "send_message"}), "action.type", "SCRIPT_NO_CHANNEL"),
    (button("b", {"type": "open", "url": "http://a.bj"}), "action.url", "SCRIPT_ADDRESS"),
    (button("b", {"type": "open", "url": "https://{{nom}}.bj/"}), "action.url", "SCRIPT_ADDRESS"),
    (button("b", {"type": "open", "url": "https://a.bj/{{x}}"}),
     "action.url", "SCRIPT_NAME_UNKNOWN"),
    (button("b", {"type": "do_not_call", "days": 0}), "action.days", "SCRIPT_WHOLE"),
    (button("b", {"type": "do_not_call", "dnc_list_id": str(CODE)}),
     "action.dnc_list_id", "SCRIPT_DNC_LIST"),
    (button("b", {"type": "transfer", "number": "12"}), "action.number", "SCRIPT_PHONE"),
    (button("b", {"type": "transfer", "user_id": str(CODE)}), "action.user_id", "SCRIPT_USER"),
    (button("b", {"type": "callback", "minutes": 1}), "action.minutes", "SCRIPT_WHOLE"),
    ({"type": "section", "when": {"all": []}, "blocks": []}, "when.all", "SCRIPT_CONDITION_EMPTY"),
    (all_of(statement(name="zut")), "when.all.0.name", "SCRIPT_COLUMN_UNKNOWN"),
    (all_of(statement(value="x")), "when.all.0.value", "SCRIPT_NUMBER"),
    (all_of(statement(operator="CONTAINS")), "when.all.0.operator", "SCRIPT_CHOICE_OF"),
    (all_of(statement(), statement(operator="GREATER_THAN")), "when", NEVER),
    (all_of(statement(), statement(operator="EQUALS", value="6")), "when", NEVER),
    (all_of(statement(), statement(operator="IS_EMPTY")), "when", NEVER),
    (all_of(accord("yes"), accord("no")), "when", NEVER),
    (all_of(accord("oui")), "when.all.0.value", NEVER),
]  # fmt: skip


@pytest.mark.parametrize(("block", "path", "code"), BLOCKS)
def test_what_is_wrong_with_a_block(block: dict[str, Any], path: str, code: str) -> None:
    document = good()
    document["pages"][0]["blocks"].append(copy.deepcopy(block))
    assert found(document) == {(f"pages.0.blocks.4.{path}", code)}


@pytest.mark.parametrize(
    "bounds",
    [
        ("GREATER_THAN_EQUALS", "5", "LESS_THAN_EQUALS", "5"),
        ("GREATER_THAN", "4", "LESS_THAN", "5"),
        ("EQUALS", "5", "LESS_THAN_EQUALS", "5"),
    ],
)
def test_what_may_hold_is_not_refused(bounds: tuple[str, str, str, str]) -> None:
    document = good()
    first, second = (
        statement(operator=bounds[0], value=bounds[1]),
        statement(operator=bounds[2], value=bounds[3]),
    )
    document["pages"][0]["blocks"].append(all_of(first, second))
    assert found(document) == set()


def test_without_a_list_any_column_will_do() -> None:
    document = good()
    document["pages"][0]["blocks"].append({"type": "text", "text": "{{prenom}}"})
    assert found(document, Known()) == set()
