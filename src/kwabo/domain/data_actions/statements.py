"""A statement that reads from a database: what it may hold, and how its values are bound.

Values never become a part of the text: every placeholder is a parameter of the server. What is
refused here (several statements, comments, quotes that stay open, INTO) is refused before anything
is sent; that nothing is written is kept by the transaction, which is read only, and by the
account's rights.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kwabo.domain.data_actions import templates

POSTGRESQL, MYSQL = "postgresql", "mysql"  # MySQL stands for MariaDB as well
ENGINES: Final = (POSTGRESQL, MYSQL)
PORTS: Final[Mapping[str, int]] = {POSTGRESQL: 5432, MYSQL: 3306}
LONGEST_STATEMENT: Final = 5_000
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}")
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`")
_QUOTES = re.compile(r"['\"`]")
_BEGIN = re.compile(r"(SELECT|WITH)\b", re.IGNORECASE)
_INTO = re.compile(r"\bINTO\b", re.IGNORECASE)
_SIGNS: Final[Mapping[str, re.Pattern[str]]] = {
    POSTGRESQL: re.compile(r"--|/\*|[\\$\0]"),
    MYSQL: re.compile(r"--|/\*|[\\$\0#?]"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseQuestion:
    """A statement as it goes out; its values may be personal data."""

    engine: str
    host: str
    port: int
    database: str
    user: str
    password: str = field(default="", repr=False)
    encrypted: bool
    statement: str  # with $1 or ? in the places of values
    values: tuple[str, ...] = field(default=(), repr=False)
    most_rows: int
    at_once: int  # connections
    timeout_seconds: float

    @property
    def address(self) -> str:
        """Where it goes, without the password."""
        return f"{self.engine}://{self.user}@{self.host}:{self.port}/{self.database}"


def is_host(host: str) -> bool:
    """Whether it can be a machine's name or address."""
    return bool(_HOST.fullmatch(host))


def is_name(name: str) -> bool:
    """Whether a database or an account can be called so."""
    return 1 <= len(name) <= 63 and name.isprintable()


def objection(statement: str, engine: str) -> str:
    """The code of what is wrong; '' when nothing is."""
    if len(statement) > LONGEST_STATEMENT:
        return "DATA_ACTION_STATEMENT_LONG"
    if any(templates.placeholders(quoted) for quoted in _QUOTED.findall(statement)):
        return "DATA_ACTION_STATEMENT_QUOTED"
    # A backslash within quotes would mean other things in other servers.
    bare = templates.without(_QUOTED.sub(" ", statement))
    if "\\" in statement or _QUOTES.search(bare) or _signs(engine).search(bare):
        return "DATA_ACTION_STATEMENT_SIGN"
    if ";" in bare:
        return "DATA_ACTION_STATEMENT_ONE"
    if not _BEGIN.match(bare.lstrip("( \t\r\n")):
        return "DATA_ACTION_STATEMENT"
    return "DATA_ACTION_STATEMENT_WRITES" if _INTO.search(bare) else ""


def bound(statement: str, engine: str, inputs: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The statement with parameters instead of placeholders, and their values in order.

    PostgreSQL takes every value as text: `CAST({contact.id} AS integer)` makes a number of it.
    """
    names: list[str] = []

    def parameter(name: str) -> str:
        if engine == MYSQL:
            names.append(name)
            return "?"
        if name not in names:
            names.append(name)
        return f"(${names.index(name) + 1}::text)"

    text = templates.replaced(statement, parameter)
    # PostgreSQL's text holds no zero byte.
    return text, tuple(inputs.get(name, "").replace("\0", "") for name in names)


def _signs(engine: str) -> re.Pattern[str]:
    return _SIGNS.get(engine, _SIGNS[MYSQL])
