"""Frozen dataclasses of many fields that are made as quickly as plain ones.

The generated `__init__` of a frozen dataclass sets each field by a call, which costs three times
as much as an assignment. `quickly_made` gives the class one that assigns while the object is of a
twin class that is not frozen; the two differ in nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from inspect import Parameter, signature
from typing import Any, TypeVar

T = TypeVar("T")

_OF_CLASS = object.__dict__["__class__"].__set__


def quickly_made(cls: type[T]) -> type[T]:
    """Decorate a dataclass of frozen slots without `__post_init__` that has no base and no heir.

    Raises TypeError for any other class.
    """
    if not is_dataclass(cls) or cls.__bases__ != (object,) or "__slots__" not in cls.__dict__:
        raise TypeError(f"{cls.__name__} is no dataclass of its own slots")
    if hasattr(cls, "__post_init__") or not all(one.init for one in fields(cls)):
        raise TypeError(f"{cls.__name__} makes some of its fields itself")
    known = {one.name: one for one in fields(cls)}
    twin = type(cls.__name__, (), {"__slots__": tuple(known), "__module__": cls.__module__})
    names: dict[str, Any] = {"_of": _OF_CLASS, "_twin": twin, "_cls": cls, "_missing": MISSING}
    head, body = ["self"], ["_of(self, _twin)"]
    starred = False
    for name, parameter in list(signature(cls.__init__).parameters.items())[1:]:
        if parameter.kind is Parameter.KEYWORD_ONLY and not starred:
            head.append("*")
            starred = True
        head.append(_parameter(known[name], names))
        made = f"_made_{name}() if {name} is _missing else {name}"
        body.append(f"self.{name} = {made if f'_made_{name}' in names else name}")
    body.append("self.__class__ = _cls")
    source = f"def __init__({', '.join(head)}):\n " + "\n ".join(body)
    exec(source, names)  # noqa: S102 - of our own fields only, as dataclasses itself does
    init = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = dict(cls.__init__.__annotations__)
    cls.__init__ = init  # type: ignore[method-assign]
    copied = "\n ".join(f"made.{name} = record.{name}" for name in known)
    changing = "for name, value in changes.items():\n  setattr(made, name, value)"
    source = f"def change(record, changes):\n made = _twin()\n {copied}\n {changing}\n"
    exec(f"{source} made.__class__ = _cls\n return made", names)  # noqa: S102 - as above
    _CHANGE[cls] = names["change"]
    return cls


_CHANGE: dict[type, Callable[[Any, dict[str, Any]], Any]] = {}  # by class, made by `quickly_made`


def changed(record: T, **changes: Any) -> T:
    """What `dataclasses.replace` gives of a quickly made record, in a fraction of its time.

    Raises AttributeError for a field that the record has not.
    """
    made: T = _CHANGE[type(record)](record, changes)
    return made


def _parameter(one: Field[Any], names: dict[str, Any]) -> str:
    if one.default_factory is not MISSING:
        names[f"_made_{one.name}"] = one.default_factory
        return f"{one.name}=_missing"
    if one.default is not MISSING:
        names[f"_default_{one.name}"] = one.default
        return f"{one.name}=_default_{one.name}"
    return one.name
