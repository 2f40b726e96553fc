"""Writes a module for each group of operations, with a class for each way of waiting."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clients.generate.document import Operation, Parameter, class_of
from clients.generate.models import NOTICE

_OWN = {"Any", "None", "Literal", "str", "int", "float", "bool", "bytes", "list", "dict"}


def module(group: str, operations: list[Operation]) -> str:
    """The text of a group's module."""
    sync = _class(class_of(group), "Api", operations, waits=False)
    waiting = _class(f"Async{class_of(group)}", "AsyncApi", operations, waits=True)
    body = sync + waiting
    runtime = {"Api", "AsyncApi"}
    runtime |= {
        name
        for name in ("Pages", "AsyncPages", "Download", "AsyncDownload", "File", "Progress")
        if re.search(rf"\b{name}\b", body)
    }
    imports = f"from kwabo_client.runtime import {', '.join(sorted(runtime))}\n"
    if "m." in body:
        imports = "from kwabo_client.generated import models as m\n" + imports
    typing = [name for name in ("Any", "Literal") if re.search(rf"\b{name}\b", body)]
    used = f"from typing import {', '.join(typing)}\n\n" if typing else ""
    told = f'"""Operations: {group.replace("_", " ")}."""\n\n{NOTICE}\n'
    return f"{told}from __future__ import annotations\n\n{used}{imports}{body}"


def groups(names: Iterable[str]) -> str:
    """The text of the module that holds every group."""
    names = sorted(names)
    imports = "".join(
        f"from kwabo_client.generated.{name} import Async{class_of(name)}, {class_of(name)}\n"
        for name in names
    )
    text = (
        f'"""Every group of operations, as attributes of the clients."""\n\n{NOTICE}\n'
        f"from __future__ import annotations\n\n{imports}"
        "from kwabo_client.runtime import Api, AsyncApi\n"
    )
    for prefix in ("", "Async"):
        text += f"\n\nclass {prefix}Groups:\n"
        text += f'    """What a{"n asynchronous" if prefix else ""} client can ask for."""\n\n'
        text += f"    def __init__(self, api: {prefix}Api) -> None:\n        self.api = api\n"
        text += "".join(f"        self.{name} = {prefix}{class_of(name)}(api)\n" for name in names)
    return text


def table(operations: list[Operation]) -> str:
    """The text of the module with every operation as data."""
    lines = [
        f'"""Every operation as data: for the runtime, and for programs that look them up."""\n\n'
        f"{NOTICE}\nfrom __future__ import annotations\n\n"
        "from kwabo_client.operations import Operation, Query\n\n"
        "OPERATIONS: dict[str, Operation] = {\n"
    ]
    for one in operations:
        query = "".join(f"{_query(parameter)}, " for parameter in one.query)
        lines.append(
            f"    {one.name!r}: Operation(\n"
            f"        name={one.name!r},\n"
            f"        method={one.method!r},\n"
            f"        path={one.path!r},\n"
            f"        group={one.group!r},\n"
            f"        summary={one.summary!r},\n"
            f"        permissions={one.permissions!r},\n"
            f"        query=({query}),\n"
            f"        body={one.body!r},\n"
            f"        kind={one.kind!r},\n"
            f"        keyed={one.keyed!r},\n"
            "    ),\n"
        )
    return "".join(lines) + "}\n"


def _query(one: Parameter) -> str:
    return f"Query({one.name!r}, {one.kind!r}, required={one.required!r}, choices={one.choices!r})"


def _class(name: str, api: str, operations: list[Operation], *, waits: bool) -> str:
    manner = "; asks with await" if waits else ""
    head = f'\n\nclass {name}:\n    """See the module{manner}."""\n\n'
    head += f"    def __init__(self, api: {api}) -> None:\n        self._api = api\n"
    return head + "".join(_method(one, waits=waits) for one in operations)


def _method(one: Operation, *, waits: bool) -> str:
    prefix = "Async" if waits else ""
    lazy = one.kind in ("pages", "download")
    answer = {
        "pages": f"{prefix}Pages[{_qualified(one.answer)}]",
        "download": f"{prefix}Download",
    }.get(one.kind, _qualified(one.answer))
    asked = [f"        {line},\n" for line in ("self", *_arguments(one))]
    text = f"\n    {'async ' if waits and not lazy else ''}def {one.name}(\n"
    text += "".join(asked) + f"    ) -> {answer}:\n"
    text += f'        """{_docstring(one.description)}"""\n'
    call = f"{'await ' if waits and not lazy else ''}self._api.{_verb(one)}({_passed(one)})"
    if one.kind == "nothing":
        return text + f"        {call}\n"
    return text + f"        answer: {answer} = {call}\n        return answer\n"


def _verb(one: Operation) -> str:
    return {"pages": "pages", "download": "download", "upload": "upload"}.get(one.kind, "call")


def _arguments(one: Operation) -> Iterable[str]:
    """As they stand in the definition."""
    for parameter in one.path_parameters:
        yield f"{parameter.argument}: {_qualified(parameter.kind)}"
    if one.kind == "upload":
        yield "file: File"
    if one.body is not None:
        kind = _qualified(one.body)
        yield f"body: {kind}" if one.body_required else f"body: {kind} | None = None"
    named = [p for p in (*one.query, *one.form) if p.name != "page_token"]
    if named or one.keyed or one.kind == "upload":
        yield "*"
    for parameter in sorted(named, key=lambda p: not p.required):
        kind = _qualified(parameter.kind)
        default = "" if parameter.required else " | None = None"
        yield f"{parameter.argument}: {kind}{default}"
    if one.kind == "upload":
        yield "progress: Progress | None = None"
    if one.keyed and one.kind != "upload":
        yield "idempotency_key: str | None = None"


def _passed(one: Operation) -> str:
    """As they are handed to the runtime."""
    parts = [repr(one.name)]
    if one.kind == "upload":
        parts.append("file")
    if one.path_parameters:
        parts.append(f"path={_mapping(one.path_parameters)}")
    query = [p for p in one.query if p.name != "page_token"]
    if query:
        parts.append(f"query={_mapping(query)}")
    if one.kind == "upload":
        parts += [f"fields={_mapping(one.form)}", "progress=progress"]
    elif one.body is not None:
        parts.append("body=body")
    if one.keyed and one.kind != "upload":
        parts.append("key=idempotency_key")
    return ", ".join(parts)


def _mapping(parameters: Iterable[Parameter]) -> str:
    return "{" + ", ".join(f"{p.name!r}: {p.argument}" for p in parameters) + "}"


def _qualified(kind: str) -> str:
    """Names of models with their module in front."""
    parts = re.split(r"('[^']*')", kind)  # texts of Literal stay
    for at in range(0, len(parts), 2):
        parts[at] = re.sub(
            r"[A-Za-z_]\w*", lambda n: n[0] if n[0] in _OWN else f"m.{n[0]}", parts[at]
        )
    return "".join(parts)


def _docstring(text: str) -> str:
    lines = text.splitlines()
    if len(lines) == 1:
        return lines[0]
    return "\n".join([lines[0], *(f"        {x}" if x else "" for x in lines[1:])]) + "\n        "
