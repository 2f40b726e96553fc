"""Page tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.kernel.errors import Invalid
from kwabo.services.pages import page_token, position_of


@given(st.text(), st.integers())
def test_a_token_gives_its_position_back(name: str, number: int) -> None:
    assert position_of(page_token(name, number), str, int) == [name, number]


def test_no_token_is_the_beginning() -> None:
    assert position_of(None, str) is None


@given(st.text())
def test_anything_else_is_refused_not_believed(token: str) -> None:
    with pytest.raises(Invalid) as caught:
        position_of(token, str, int, str)
    assert caught.value.code == "PAGE_TOKEN"


@pytest.mark.parametrize("token", [page_token(1), page_token("x", "y"), page_token(True)])
def test_a_token_of_another_list_is_refused(token: str) -> None:
    with pytest.raises(Invalid):
        position_of(token, str)
