"""Roles and permissions as data."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.organisations.passwords import check_password, normalised
from kwabo.domain.organisations.permissions import (
    PERMISSIONS,
    ROLES,
    permissions_of,
    permissions_of_token,
)
from kwabo.kernel.errors import Invalid

some_permissions = st.sets(st.sampled_from(sorted(PERMISSIONS)) | st.text(max_size=5))


def test_roles_are_made_of_permissions_that_exist() -> None:
    assert all(permissions <= PERMISSIONS for permissions in ROLES.values())
    assert ROLES["administrator"] == PERMISSIONS


def test_the_documentation_lists_every_permission() -> None:
    page = (Path(__file__).parents[3] / "docs/developers/http-api.md").read_text()
    listed = page.split("Full list: `")[1].split("`.")[0].split()
    assert set(listed) == PERMISSIONS
    supervisor = page.split("`supervisor`: `")[1].split("`.")[0].split()
    assert set(supervisor) == ROLES["supervisor"]


@given(st.sampled_from(sorted(ROLES)), some_permissions)
def test_granting_adds_only_what_exists(role: str, granted: set[str]) -> None:
    have = permissions_of(role, granted)
    assert ROLES[role] <= have
    assert have - ROLES[role] <= granted
    assert have <= PERMISSIONS


@given(some_permissions, some_permissions)
def test_a_token_has_what_scopes_and_owner_share(scopes: set[str], owners: set[str]) -> None:
    have = permissions_of_token(scopes, frozenset(owners))
    assert have == scopes & owners


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("123456789", "PASSWORD_TOO_SHORT"),
        ("x" * 1001, "PASSWORD_TOO_LONG"),
        ("Awa@Exemple.BJ ", "PASSWORD_IS_LOGIN"),
    ],
)
def test_bad_passwords(password: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_password(password, login="awa@exemple.bj")
    assert caught.value.code == code


def test_good_passwords_need_no_special_characters() -> None:
    check_password("dix lettres", login="awa")
    check_password("aaaaaaaaaa", login="awa")


def test_the_same_characters_from_different_keyboards_are_the_same_password() -> None:
    assert normalised("cafe\u0301 noir") == normalised("caf\u00e9 noir")
    assert normalised("caf\u00e9 noir") != normalised("cafe noir")
