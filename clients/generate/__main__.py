"""`./dev client`: write anew what is made from the server's routes; `--check` only compares."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from clients.generate import methods
from clients.generate.document import Operation, operations
from clients.generate.error_codes import ErrorCodes
from clients.generate.models import models
from fastapi.routing import iter_route_contexts

from kwabo.api.app import create_app
from kwabo.api.openapi import ERROR_CODES

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ROOT / "clients" / "python" / "src" / "kwabo_client" / "generated"
COMMANDS = ROOT / "docs" / "operators" / "commands.md"
_OURS = 'lint.isort.known-first-party = ["kwabo_client"]'  # also what is not written yet
NAMES = ROOT / "clients" / "operation_ids.txt"


def application() -> Any:
    """The server's routes; nothing behind them is needed to describe them."""
    nothing: Any = None
    return create_app(nothing, clock=nothing, ids=nothing, health=nothing, version="0")


def error_codes() -> str:
    """What `error_codes.json` must hold."""
    source = ErrorCodes()
    found = {}
    for route in iter_route_contexts(application().routes):
        endpoint = getattr(route, "endpoint", None)
        if str(route.path).startswith("/api/v1/") and route.methods and endpoint is not None:
            found[endpoint.__name__] = source.of(endpoint.__module__, endpoint.__name__)
    lines = [f"{json.dumps(name)}: {json.dumps(found[name])}" for name in sorted(found)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def names(found: list[Operation]) -> str:
    """Every operation with its method and path, in the order of names."""
    return "".join(f"{one.name} {one.method} {one.path}\n" for one in sorted(found, key=_name))


def commands() -> str:
    """The reference of the commands, in English, as the generated client of now has them."""
    script = "from clients.generate.reference import reference; print(reference(), end='')"
    environment = {**os.environ, "LC_ALL": "en"}
    asked = [sys.executable, "-c", script]
    done = subprocess.run(
        asked, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def client(document: dict[str, Any]) -> dict[str, str]:
    """File → text of the client's generated part."""
    found = operations(document)
    grouped: dict[str, list[Operation]] = {}
    for one in found:
        grouped.setdefault(one.group, []).append(one)
    texts = {f"{group}.py": methods.module(group, ones) for group, ones in grouped.items()}
    texts["__init__.py"] = '"""Made from the server\'s OpenAPI document by `./dev client`."""\n'
    texts["models.py"] = models(document)
    texts["groups.py"] = methods.groups(grouped)
    texts["table.py"] = methods.table(found)
    return formatted(texts)


def formatted(texts: dict[str, str]) -> dict[str, str]:
    """As `ruff` wants the order of imports and the form."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    config = [f"--config={ROOT / 'pyproject.toml'}", f"--config={_OURS}"]
    with TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_text(text)
        for command in (["check", "--fix-only", "--quiet"], ["format", "--quiet"]):
            subprocess.run([ruff, *command, "--no-cache", *config, folder], check=True, cwd=ROOT)
        return {name: (Path(folder) / name).read_text() for name in texts}


def stale() -> list[Path]:
    """Files that are not as they would be made."""
    wanted = _wanted()
    wrong = [path for path, text in wanted if not path.is_file() or path.read_text() != text]
    return wrong + sorted(set(GENERATED.glob("*.py")) - {path for path, _ in wanted})


def _wanted() -> list[tuple[Path, str]]:
    document = application().openapi()
    texts = client(document)
    return [
        (ERROR_CODES, error_codes()),
        (NAMES, names(operations(document))),
        (COMMANDS, commands()),
        *((GENERATED / name, text) for name, text in texts.items()),
    ]


def _name(one: Operation) -> str:
    return one.name


def main(arguments: list[str]) -> int:
    """Write, or with `--check` say what is stale."""
    if arguments == ["--check"]:
        found = stale()
        for path in found:
            print(f"{path.relative_to(ROOT)} is stale: ./dev client")
        return 1 if found else 0
    GENERATED.mkdir(parents=True, exist_ok=True)
    ERROR_CODES.write_text(error_codes())
    texts = _wanted()
    for path, text in texts:
        if path.parent == GENERATED:
            path.write_text(text)
    texts = [(path, text) for path, text in texts if path != COMMANDS] + [(COMMANDS, commands())]
    for path, text in texts:
        path.write_text(text)
    for path in set(GENERATED.glob("*.py")) - {path for path, _ in texts}:
        path.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
