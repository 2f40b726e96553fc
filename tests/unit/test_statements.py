"""Statements of data actions: what is refused before anything is sent, and how values are bound."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.data_actions.asking import key_of, question_of
from kwabo.domain.data_actions.settings import (
    SQL,
    DataActionSettings,
    Output,
    as_document,
    objections,
    of_document,
    tidied,
)
from kwabo.domain.data_actions.statements import DatabaseQuestion, bound, objection

GOOD = (
    "SELECT balance FROM subscribers WHERE number = {number}",
    "select 1 as one",
    "WITH recent AS (SELECT 1 AS x) SELECT x FROM recent",
    "(SELECT 1 AS x) UNION (SELECT 2)",
    "SELECT 'a; b -- c {not a place}' AS x, \"odd;name\" FROM t",
    "SELECT 'it''s' AS x",
)
BAD = {
    "DELETE FROM t": "DATA_ACTION_STATEMENT",
    "": "DATA_ACTION_STATEMENT",
    "SELECTED": "DATA_ACTION_STATEMENT",
    "{number} SELECT 1": "DATA_ACTION_STATEMENT",
    "SELECT 1; SELECT 2": "DATA_ACTION_STATEMENT_ONE",
    "SELECT 1 -- x": "DATA_ACTION_STATEMENT_SIGN",
    "SELECT /*! 1 */ 2": "DATA_ACTION_STATEMENT_SIGN",
    "SELECT 'a": "DATA_ACTION_STATEMENT_SIGN",
    "SELECT 'a\\' OR 1'": "DATA_ACTION_STATEMENT_SIGN",
    "SELECT $$x$$": "DATA_ACTION_STATEMENT_SIGN",
    "SELECT * INTO copy FROM t": "DATA_ACTION_STATEMENT_WRITES",
    "SELECT x FROM t INTO OUTFILE 'f'": "DATA_ACTION_STATEMENT_WRITES",
    "SELECT '{number}'": "DATA_ACTION_STATEMENT_QUOTED",
    "SELECT " + "x" * 5_000: "DATA_ACTION_STATEMENT_LONG",
}
SETTINGS = DataActionSettings(
    kind=SQL,
    host="db.example",
    database="operator",
    user="reader",
    statement="SELECT a FROM t WHERE n = {number} AND m = {contact.é x} AND o = {number}",
    outputs=(Output(name="a", path="a"),),
)


@pytest.mark.parametrize("engine", ["postgresql", "mysql"])
def test_only_one_statement_that_reads_is_taken(engine: str) -> None:
    for statement in GOOD:
        assert objection(statement, engine) == "", statement
    for statement, code in BAD.items():
        assert objection(statement, engine) == code, statement


def test_signs_that_are_comments_and_parameters_in_mysql_only() -> None:
    for statement in ("SELECT a #> 'b' AS x FROM t", "SELECT a ? 'b' AS x FROM t"):
        assert objection(statement, "postgresql") == ""
        assert objection(statement, "mysql") == "DATA_ACTION_STATEMENT_SIGN"


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["postgresql", "mysql"]))
def test_values_are_never_a_part_of_the_statement(one: str, two: str, engine: str) -> None:
    inputs = {"number": one, "contact.é x": two}
    text, values = bound(SETTINGS.statement, engine, inputs)
    assert bound(SETTINGS.statement, engine, {})[0] == text
    one, two = one.replace("\0", ""), two.replace("\0", "")
    if engine == "mysql":
        assert text.count("?") == 3
        assert values == (one, two, one)
    else:
        assert re.findall(r"\$(\d)", text) == ["1", "2", "1"]
        assert values == (one, two)


def test_settings_are_kept_checked_and_told_apart() -> None:
    assert objections(SETTINGS) == []
    assert of_document(as_document(SETTINGS)) == SETTINGS
    assert SETTINGS.placeholders == ("number", "contact.é x")
    written = tidied(of_document(as_document(SETTINGS) | {"statement": "\n SELECT 1 ; \n"}))
    assert written.statement == "SELECT 1"
    inputs = {"number": "1", "contact.é x": "2"}
    for change in ("host", "database", "user", "statement"):
        other = of_document(as_document(SETTINGS) | {change: "other"})
        assert key_of(other, inputs) != key_of(SETTINGS, inputs)
    older = as_document(SETTINGS)
    for name in ("kind", "engine", "host", "statement", "call_cache_seconds", "encrypted"):
        del older[name]
    assert of_document(older).kind == "http"


def test_every_wrong_field_is_named() -> None:
    wrong = of_document(
        as_document(SETTINGS)
        | {
            "host": "db.example:5432", "database": "", "user": "x" * 64, "engine": "oracle",
            "port": 70_000, "most_rows": 0, "statement": "SELECT {secret}, {nobody}",
        }
    )  # fmt: skip
    assert {(one.field, one.code) for one in objections(wrong)} == {
        ("engine", "DATA_ACTION_ENGINE"),
        ("host", "DATA_ACTION_HOST"),
        ("database", "DATA_ACTION_SQL_NAME"),
        ("user", "DATA_ACTION_SQL_NAME"),
        ("port", "DATA_ACTION_RANGE"),
        ("most_rows", "DATA_ACTION_RANGE"),
        ("statement", "DATA_ACTION_PLACEHOLDER"),
    }


def test_the_question_shows_neither_password_nor_values() -> None:
    question = question_of(SETTINGS, {"number": "+22997", "contact.é x": "y"}, "hush")
    assert isinstance(question, DatabaseQuestion)
    assert (question.port, question.password) == (5432, "hush")
    assert question.address == "postgresql://reader@db.example:5432/operator"
    assert "hush" not in repr(question)
    assert "+22997" not in repr(question)
