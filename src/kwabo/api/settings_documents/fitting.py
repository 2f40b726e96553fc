"""What of an answer a request would take, and values in the one form in which they are compared."""

from __future__ import annotations

import types
import typing
from collections.abc import Collection, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter


def fitted(value: Any, annotation: Any) -> Any:
    """The value without the fields that bodies of this type do not have, however deep."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        return fitted(value, arguments[0])
    if origin in (typing.Union, types.UnionType):
        for one in arguments:
            value = fitted(value, one)
        return value
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not isinstance(value, Mapping):
            return value
        fields = annotation.model_fields
        return {k: fitted(one, fields[k].annotation) for k, one in value.items() if k in fields}
    if isinstance(value, list) and origin in (list, tuple):
        return [fitted(one, arguments[0]) for one in value]
    if isinstance(value, Mapping) and origin is dict:
        return {key: fitted(one, arguments[1]) for key, one in value.items()}
    return value


def fields_of(*models: type[BaseModel] | None, without: Collection[str]) -> dict[str, Any]:
    """The fields that these bodies take, with their types; the first that has a field tells it."""
    found: dict[str, Any] = {}
    for model in models:
        for name, field in model.model_fields.items() if model else ():
            if name not in found and name not in without:
                found[name] = field.annotation
                for limit in field.metadata:
                    found[name] = Annotated[found[name], limit]
    return found


def canonical(value: Any, annotation: Any) -> Any:
    """The value as JSON as such a body has it. Raises ValidationError."""
    if value is None:
        return None
    adapter = _adapter(annotation)
    return adapter.dump_python(adapter.validate_python(value), mode="json")


_ADAPTERS: dict[str, TypeAdapter[Any]] = {}


def _adapter(annotation: Any) -> TypeAdapter[Any]:
    """Made once for each type; the types are those of the program's own bodies."""
    key = repr(annotation)
    if key not in _ADAPTERS:
        _ADAPTERS[key] = TypeAdapter(annotation)
    return _ADAPTERS[key]
