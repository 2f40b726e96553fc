"""Which errors an operation can answer with, found by reading the server's source.

From each route's function the calls are followed through services, domain and adapters, and every
error that is raised with a code is noted with its status. Receivers whose class the source does not
tell are looked for by the method's name, so that a code may be told of an operation that never
gives it; the API's tests refuse the opposite, an answer whose code is not told.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import kwabo
from kwabo.domain.contacts.problems import PROBLEMS
from kwabo.kernel import errors

ROOT = Path(kwabo.__file__).parent
_ADAPTERS = (
    "adapters/postgres",
    "adapters/prompt_files",
    "adapters/speech",
    "adapters/workbooks",
    "adapters/uploads",
)
_READ = ("api", "services", "domain", "ports", "kernel", *_ADAPTERS)
_FLOOR = "engine/floor"
_STATUS = {
    name: str(kind.status)
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.KwaboError)
}
_CODE = re.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_MOST_NAMESAKES = 3  # methods of one name in more classes than this say nothing

_LOOSE = ("kwabo.domain.", "kwabo.kernel.")  # where methods are looked for by name alone

Key = tuple[str, str, str]  # module, class or '', function
Codes = dict[str, set[str]]  # status → codes


@dataclass
class _Module:
    name: str
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)  # local → module, name
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    functions: dict[Key, ast.AST] = field(default_factory=dict)


class ErrorCodes:
    """The source, read once."""

    def __init__(self) -> None:
        self._modules = {module.name: module for module in _modules(_READ)}
        self._functions: dict[Key, ast.AST] = {}
        self._known: dict[Key, tuple[frozenset[tuple[str, str]], frozenset[Key]]] = {}
        self._by_method: dict[str, list[Key]] = defaultdict(list)
        for module in self._modules.values():
            self._functions |= module.functions
            for key in module.functions:
                if key[1]:
                    self._by_method[key[2]].append(key)
        self._loose = {
            name: [key for key in keys if key[0].startswith(_LOOSE)]
            for name, keys in self._by_method.items()
        }
        self._services = self._annotations("kwabo.services.catalogue", "Services")
        self._floor = self._floor_codes()

    def of(self, module: str, function: str) -> dict[str, list[str]]:
        """Status → codes of a route's function."""
        seen: set[Key] = set()
        found: Codes = defaultdict(set)
        waiting: list[Key] = [(module, "", function)]
        while waiting:
            key = waiting.pop()
            if key in seen or key not in self._functions:
                continue
            seen.add(key)
            raised, called = self._read(key)
            for status, code in raised:
                found[status].add(code)
            waiting += called
        if any(key[1] == "DesktopService" for key in seen):  # the floor answers agents' commands
            for status, codes in self._floor.items():
                found[status] |= codes
        return {status: sorted(codes) for status, codes in sorted(found.items())}

    def _read(self, key: Key) -> tuple[frozenset[tuple[str, str]], frozenset[Key]]:
        """What a function raises, and what it calls; most are called by many routes."""
        if key not in self._known:
            module, node = self._modules[key[0]], self._functions[key]
            called = frozenset(self._called(module, key[1], node))
            self._known[key] = frozenset(self._raised(module, node)), called
        return self._known[key]

    def _floor_codes(self) -> Codes:
        found: Codes = defaultdict(set)
        for module in _modules((_FLOOR,)):
            for node in module.functions.values():
                for status, code in self._raised(module, node):
                    found[status].add(code)
        for unasked in ("UNKNOWN_COMMAND", "CAMPAIGN_STATE"):
            for codes in found.values():
                codes.discard(unasked)
        return found

    def _raised(self, module: _Module, node: ast.AST) -> Iterator[tuple[str, str]]:
        for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            if name in _STATUS and call.args:
                objected = self._objected(module, call, node)
                for code in _codes(module, call) or objected or _codes_near(module, name, node):
                    yield _STATUS[name], code
            elif name:
                for status, given in self._given(module, name, call):
                    for code in _codes_in(module, given):
                        yield status, code

    def _given(self, module: _Module, name: str, call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
        """Of `check_unused("CODE", …)`, which raises what its caller says: status, the code's
        expression."""
        where, real = module.imports.get(name, (module.name, name))
        function = self._functions.get((where, "", real))
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            return
        given = _arguments(function, call)
        for one in ast.walk(function):
            if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.args:
                code = one.args[0]
                if one.func.id in _STATUS and isinstance(code, ast.Name) and code.id in given:
                    yield _STATUS[one.func.id], given[code.id]

    def _objected(self, module: _Module, call: ast.Call, function: ast.AST) -> list[str]:
        """Of `Invalid(objections[0].code, …)`: what the functions called beside it object."""
        first = call.args[0]
        if not (isinstance(first, ast.Attribute) and first.attr == "code"):
            return []
        found = set()
        for one in ast.walk(function):
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
                where, real = module.imports.get(one.id, (module.name, one.id))
                found |= _objections(self._functions.get((where, "", real)))
        return sorted(found)

    def _called(self, module: _Module, holder: str, node: ast.AST) -> Iterator[Key]:
        for one in ast.walk(node):
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
                yield from self._named(module, one.id)
            elif isinstance(one, ast.Attribute):
                yield from self._attribute(module, holder, one)

    def _named(self, module: _Module, name: str) -> Iterator[Key]:
        where, real = module.imports.get(name, (module.name, name))
        yield (where, "", real)
        target = self._modules.get(where)
        if target is not None and real in target.classes:
            everything = where.startswith("kwabo.api.")
            for key in target.functions:
                if key[1] == real and (everything or key[2] in ("__init__", "__post_init__")):
                    yield key

    def _attribute(self, module: _Module, holder: str, node: ast.Attribute) -> Iterator[Key]:
        on, name = node.value, node.attr
        if isinstance(on, ast.Name) and on.id in ("self", "cls"):
            yield (module.name, holder, name)
        elif isinstance(on, ast.Name) and on.id in module.imports:
            where, real = module.imports[on.id]
            yield (f"{where}.{real}", "", name)
            yield (where, real, name)
        elif isinstance(on, ast.Attribute):
            yield from self._member(module, holder, on, name)
        else:
            yield from self._namesakes(name)

    def _member(self, module: _Module, holder: str, on: ast.Attribute, name: str) -> Iterator[Key]:
        owner = on.value.id if isinstance(on.value, ast.Name) else ""
        if owner == "services" and on.attr in self._services:
            where, kind = self._services[on.attr]
            yield (where, kind, name)
        elif owner == "stores":
            keys = [k for k in self._by_method[name] if k[0].startswith("kwabo.adapters.")]
            near = [k for k in keys if k[0].endswith(f".{on.attr}")]
            yield from near or (keys if len(keys) <= _MOST_NAMESAKES else ())
        elif owner == "self" and on.attr in (held := self._held(module, holder)):
            where, kind = held[on.attr]
            yield (where, kind, name)
            for key in self._by_method[name]:
                outside = key[0] in ("kwabo.adapters.uploads", "kwabo.adapters.workbooks")
                if key[1] != kind and (outside or key[1].endswith(kind)):  # adapters of a port
                    yield key
        else:
            yield from self._namesakes(name)

    def _namesakes(self, name: str) -> list[Key]:
        keys = self._loose.get(name, [])
        return keys if len(keys) <= _MOST_NAMESAKES and not name.startswith("__") else []

    def _held(self, module: _Module, holder: str) -> dict[str, tuple[str, str]]:
        """`self._x` → the class that the constructor makes it of, or its parameter `x` is of."""
        made = self._functions.get((module.name, holder, "__init__"))
        if not isinstance(made, ast.FunctionDef):
            return {}
        found = {}
        for argument in (*made.args.args, *made.args.kwonlyargs):
            if isinstance(argument.annotation, ast.Name):
                kind = argument.annotation.id
                found[f"_{argument.arg}"] = module.imports.get(kind, (module.name, kind))
        for one in ast.walk(made):  # self._files = ImportFiles(…)
            if isinstance(one, ast.Assign) and isinstance(one.value, ast.Call):
                target, maker = one.targets[0], one.value.func
                if isinstance(target, ast.Attribute) and isinstance(maker, ast.Name):
                    found[target.attr] = module.imports.get(maker.id, (module.name, maker.id))
        return found

    def _annotations(self, module: str, kind: str) -> dict[str, tuple[str, str]]:
        owner = self._modules[module]
        return {
            one.target.id: owner.imports.get(one.annotation.id, (module, one.annotation.id))
            for one in owner.classes[kind].body
            if isinstance(one, ast.AnnAssign)
            and isinstance(one.target, ast.Name)
            and isinstance(one.annotation, ast.Name)
        }


def _codes(module: _Module, call: ast.Call) -> list[str]:
    """The codes that a raised error has, where they are told."""
    return _codes_in(module, call.args[0])


def _codes_in(module: _Module, told: ast.expr) -> list[str]:
    found = []
    for part in ast.walk(told):
        if isinstance(part, ast.Constant) and _CODE.fullmatch(str(part.value)):
            found.append(str(part.value))
        elif isinstance(part, ast.Name) and part.id.isupper():
            found.append(str(_value(module, part.id)))
    return found


def _arguments(
    function: ast.FunctionDef | ast.AsyncFunctionDef, call: ast.Call
) -> dict[str, ast.expr]:
    """Parameter → what the call gives for it."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    given = dict(zip(names, call.args, strict=False))
    return given | {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


def _objections(function: ast.AST | None) -> set[str]:
    """The codes of the objections that a function makes."""
    if function is None:
        return set()
    return {
        keyword.value.value
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Objection"
        for keyword in call.keywords
        if keyword.arg == "code"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, str)
    }


def _codes_near(module: _Module, error: str, function: ast.AST) -> list[str]:
    """The codes of the catalogues that the function names (`Invalid(code, MESSAGES[code])`), else
    those of cells that cannot be read, whose catalogue nobody names."""
    if error != "Invalid" or not module.name.startswith("kwabo.services."):
        return []
    names = {
        part.id for part in ast.walk(function) if isinstance(part, ast.Name) and part.id.isupper()
    }
    catalogues = [_value(module, name) for name in sorted(names)]
    found = [code for one in catalogues if isinstance(one, dict) for code in one]
    return [code for code in map(str, found) if _CODE.fullmatch(code)] or sorted(PROBLEMS)


def _value(module: _Module, name: str) -> Any:
    return getattr(importlib.import_module(module.name), name)


def _modules(folders: tuple[str, ...]) -> Iterator[_Module]:
    for folder in folders:
        path = ROOT / folder
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]:
            parts = file.relative_to(ROOT.parent).with_suffix("").parts
            yield _read(".".join(parts).removesuffix(".__init__"), file)


def _read(name: str, file: Path) -> _Module:
    module = _Module(name)
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                module.imports[alias.asname or alias.name] = (node.module, alias.name)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            module.functions[name, "", node.name] = node
        elif isinstance(node, ast.ClassDef):
            module.classes[node.name] = node
            for part in node.body:
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                    module.functions[name, node.name, part.name] = part
    return module
