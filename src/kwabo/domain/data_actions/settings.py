"""What an organisation sets of a data action, and what may be wrong with it.

There are two kinds: a request by HTTP, and a statement that reads from a database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Protocol

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.data_actions import statements, templates
from kwabo.domain.outgoing.answers import is_path
from kwabo.domain.outgoing.requests import is_header, is_secret_name, is_url

HTTP, SQL = "http", "sql"
KINDS: Final = (HTTP, SQL)
METHODS: Final = ("GET", "POST", "PUT", "PATCH")
BODY_FORMATS: Final = ("json", "form")
MOST_HEADERS: Final = 20
MOST_OUTPUTS: Final = 20
LONGEST_BODY: Final = 5_000
IDEMPOTENCY_KEY: Final = "Idempotency-Key"
_OUTPUT = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A line of the request's head; the value may have placeholders, {secret} among them."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A value of the answer, by the name under which rules know it."""

    name: str
    path: str  # see `domain.outgoing.answers`


@dataclass(frozen=True, slots=True, kw_only=True)
class DataActionSettings:
    """How a question is asked, and how long its answer counts."""

    kind: str = HTTP
    method: str = "GET"
    url: str = ""  # with placeholders
    headers: tuple[Header, ...] = ()
    body: str = ""  # with placeholders; not of GET
    body_format: str = "json"
    engine: str = "postgresql"  # of SQL, as all until `statement`
    host: str = ""
    port: int = 0  # 0: the engine's own
    database: str = ""
    user: str = ""
    encrypted: bool = True  # TLS, the server's name checked
    most_rows: int = 20  # what comes after these is not read
    statement: str = ""  # one that reads; placeholders are bound, never written into it
    secret_name: str = ""  # of a secret that the operator keeps; '': none
    outputs: tuple[Output, ...] = ()
    timeout_seconds: int = 3
    cache_seconds: int = 300  # an answer counts for so long in rules …
    call_cache_seconds: int = 30  # … and in flows; 0: every call asks
    at_once: int = 5  # requests under way, over all processes
    breaker_failures: int = 5  # so many failures in a row open the circuit breaker …
    breaker_seconds: int = 60  # … for so long

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names that the templates hold, without the secret."""
        texts: tuple[str, ...] = (self.statement,)
        if self.kind == HTTP:
            texts = (self.url, self.body, *(header.value for header in self.headers))
        names = [name for text in texts for name in templates.placeholders(text)]
        return tuple(dict.fromkeys(name for name in names if name != templates.THE_SECRET))


class _Check(Protocol):
    def __call__(self, right: bool, field: str, code: str, **details: str) -> None: ...


def as_document(settings: DataActionSettings) -> dict[str, Any]:
    """What is kept as JSON."""
    return asdict(settings)


def of_document(document: Mapping[str, Any]) -> DataActionSettings:
    """The settings of a kept document."""
    return DataActionSettings(
        **{
            **document,
            "headers": tuple(Header(**one) for one in document["headers"]),
            "outputs": tuple(Output(**one) for one in document["outputs"]),
        }
    )


def tidied(settings: DataActionSettings) -> DataActionSettings:
    """Without spaces around values."""
    return replace(
        settings,
        url=settings.url.strip(),
        host=settings.host.strip(),
        database=settings.database.strip(),
        user=settings.user.strip(),
        statement=settings.statement.strip().removesuffix(";").rstrip(),
        body="" if settings.method == "GET" else settings.body.strip(),
        secret_name=settings.secret_name.strip(),
        headers=tuple(
            Header(name=header.name.strip(), value=header.value.strip())
            for header in settings.headers
        ),
        outputs=tuple(
            Output(name=output.name.strip(), path=output.path.strip())
            for output in settings.outputs
        ),
    )


def objections(settings: DataActionSettings) -> list[Objection]:
    """Everything wrong with the settings."""
    found: list[Objection] = []

    def check(right: bool, field: str, code: str, **details: str) -> None:
        if not right:
            message = MESSAGES[code].format_map(details)
            found.append(Objection(field=field, code=code, message=message, details=details))

    check(settings.kind in KINDS, "kind", "DATA_ACTION_KIND")
    if settings.kind == SQL:
        _check_sql(settings, check)
    else:
        _check_http(settings, check)
    named = not settings.secret_name or is_secret_name(settings.secret_name)
    check(named, "secret_name", "DATA_ACTION_SECRET_NAME")
    check(len(settings.outputs) <= MOST_OUTPUTS, "outputs", "DATA_ACTION_OUTPUTS")
    names = [output.name for output in settings.outputs]
    for index, output in enumerate(settings.outputs):
        named = bool(_OUTPUT.fullmatch(output.name))
        check(named, f"outputs.{index}.name", "DATA_ACTION_OUTPUT")
        twice = names.index(output.name) < index
        check(not twice, f"outputs.{index}.name", "DATA_ACTION_TWICE")
        check(is_path(output.path), f"outputs.{index}.path", "DATA_ACTION_PATH")
    for field, (least, most) in RANGES.items():
        inside = least <= getattr(settings, field) <= most
        check(inside, field, "DATA_ACTION_RANGE", least=str(least), most=str(most))
    return found


def _check_http(settings: DataActionSettings, check: _Check) -> None:
    check(settings.method in METHODS, "method", "DATA_ACTION_METHOD")
    check(settings.body_format in BODY_FORMATS, "body_format", "DATA_ACTION_BODY_FORMAT")
    check(is_url(settings.url), "url", "DATA_ACTION_URL")
    texts = [("url", settings.url), ("body", settings.body)]
    texts += [(f"headers.{i}.value", one.value) for i, one in enumerate(settings.headers)]
    uses_secret = False
    for field, text in texts:
        names = templates.placeholders(text)
        if field.startswith("headers"):
            uses_secret = uses_secret or templates.THE_SECRET in names
            names = [name for name in names if name != templates.THE_SECRET]
        check(templates.THE_SECRET not in names, field, "DATA_ACTION_SECRET_PLACE")
        unknown = [n for n in names if not templates.is_known(n) and n != templates.THE_SECRET]
        check(not unknown, field, "DATA_ACTION_PLACEHOLDER", unknown=", ".join(unknown))
    check(len(settings.body) <= LONGEST_BODY, "body", "DATA_ACTION_BODY_LONG")
    if settings.body and settings.body_format == "json":
        check(templates.is_json(settings.body), "body", "DATA_ACTION_BODY_JSON")
    check(len(settings.headers) <= MOST_HEADERS, "headers", "DATA_ACTION_HEADERS")
    names_of_headers = [header.name.lower() for header in settings.headers]
    for index, header in enumerate(settings.headers):
        own = header.name.lower() == IDEMPOTENCY_KEY.lower()
        right = is_header(header.name, header.value) and not own
        check(right, f"headers.{index}.name", "DATA_ACTION_HEADER")
        twice = names_of_headers.index(header.name.lower()) < index
        check(not twice, f"headers.{index}.name", "DATA_ACTION_TWICE")
    check(not uses_secret or bool(settings.secret_name), "secret_name", "DATA_ACTION_SECRET")


def _check_sql(settings: DataActionSettings, check: _Check) -> None:
    check(settings.engine in statements.ENGINES, "engine", "DATA_ACTION_ENGINE")
    check(statements.is_host(settings.host), "host", "DATA_ACTION_HOST")
    for field in ("database", "user"):
        check(statements.is_name(getattr(settings, field)), field, "DATA_ACTION_SQL_NAME")
    names = templates.placeholders(settings.statement)
    unknown = [name for name in names if not templates.is_known(name)]
    check(not unknown, "statement", "DATA_ACTION_PLACEHOLDER", unknown=", ".join(unknown))
    code = statements.objection(settings.statement, settings.engine)
    check(not code, "statement", code)
    for field, (least, most) in SQL_RANGES.items():
        inside = least <= getattr(settings, field) <= most
        check(inside, field, "DATA_ACTION_RANGE", least=str(least), most=str(most))


SQL_RANGES: Final[Mapping[str, tuple[int, int]]] = {"port": (0, 65_535), "most_rows": (1, 200)}
RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "timeout_seconds": (1, 30),
    "call_cache_seconds": (0, 24 * 3600),
    "cache_seconds": (60, 30 * 24 * 3600),
    "at_once": (1, 50),
    "breaker_failures": (1, 1_000),
    "breaker_seconds": (5, 3_600),
}
MESSAGES: Final[Mapping[str, str]] = {
    "DATA_ACTION_KIND": "Choose http or sql.",
    "DATA_ACTION_ENGINE": "Choose postgresql or mysql.",
    "DATA_ACTION_HOST": "Give the name or the address of the database's machine, without a port.",
    "DATA_ACTION_SQL_NAME": "Give a name of at most 63 characters without control characters.",
    "DATA_ACTION_STATEMENT": "Write one statement that begins with SELECT or WITH.",
    "DATA_ACTION_STATEMENT_LONG": "Shorten the statement to 5,000 characters.",
    "DATA_ACTION_STATEMENT_ONE": "Write a single statement: no semicolon within it.",
    "DATA_ACTION_STATEMENT_SIGN": "Leave out comments, backslashes, the signs $ and, for MySQL, "
    "? and #, and close every quote.",
    "DATA_ACTION_STATEMENT_WRITES": "The statement may only read: leave out INTO.",
    "DATA_ACTION_STATEMENT_QUOTED": "Take the placeholder out of the quotes: write "
    "number = {{number}}.",
    "DATA_ACTION_METHOD": "Choose GET, POST, PUT or PATCH.",
    "DATA_ACTION_BODY_FORMAT": "Choose json or form.",
    "DATA_ACTION_URL": "Give an address that begins with https:// (or http://), with a fixed host "
    "and without a user name.",
    "DATA_ACTION_SECRET_PLACE": "The secret goes into a header only: an address or a body is "
    "written down in many places.",
    "DATA_ACTION_PLACEHOLDER": "There is no placeholder {unknown}. Write {{contact.column}}, "
    "{{number}} or another of the list.",
    "DATA_ACTION_BODY_LONG": "Shorten the body to 5,000 characters.",
    "DATA_ACTION_BODY_JSON": "The body is not JSON. Placeholders stand in quotes: "
    '{{"number": "{{number}}"}}.',
    "DATA_ACTION_HEADERS": "Give at most 20 headers.",
    "DATA_ACTION_HEADER": "Give the header a name of letters, digits and -, one that Kwabo does "
    "not set itself, and a value of one line.",
    "DATA_ACTION_TWICE": "This name is there already. Give each its own.",
    "DATA_ACTION_SECRET_NAME": "Name the secret with small letters, digits, - and _.",
    "DATA_ACTION_SECRET": "Name the secret that {{secret}} stands for.",
    "DATA_ACTION_OUTPUTS": "Give at most 20 values of the answer.",
    "DATA_ACTION_OUTPUT": "Name the value with letters, digits and _, beginning with a letter.",
    "DATA_ACTION_PATH": "Write the path as names with points between them, such as "
    "data.results[0].status; @status for the HTTP status; nothing for the whole text.",
    "DATA_ACTION_RANGE": "Give a value between {least} and {most}.",
}
