"""What is wrong with a document, by place: all of it at once, in the asker's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from kwabo.api.translations import translated
from kwabo.api.translations.shapes import shape_message
from kwabo.domain.settings_documents.references import pointer
from kwabo.kernel.errors import Invalid, KwaboError

Problem = dict[str, Any]  # field (a JSON Pointer), code, message


def problem(path: str, code: str, message: str, language: str, **details: Any) -> Problem:
    """One thing wrong."""
    said = translated(code, language, details) or message
    return {"field": path, "code": code, "message": said}


def of_validation(path: str, error: ValidationError, language: str) -> Iterator[Problem]:
    """What a body's form says of a value; never the value, which may be a secret."""
    for one in error.errors(include_input=False, include_url=False):
        at = path + pointer(*(part for part in one["loc"] if not _of_union(part)))
        said = shape_message(one["type"], language, one.get("ctx") or {}) or str(one["msg"])
        yield {"field": at, "code": str(one["type"]).upper(), "message": said}


def _of_union(part: str | int) -> bool:
    """Steps that name a possibility of a type, not a place."""
    return isinstance(part, str) and ("[" in part or part.endswith("Body"))


def of_refusal(path: str, error: KwaboError, language: str) -> Iterator[Problem]:
    """What a route says."""
    fields = error.details.get("fields")
    if isinstance(fields, Sequence) and fields:
        for one in fields:
            message = translated(one["code"], language, one) or one["message"]
            at = path + _dotted(str(one["field"]))
            yield {"field": at, "code": one["code"], "message": message}
        return
    message = translated(error.code, language, error.details) or error.message
    yield {"field": path + _dotted(error.field or ""), "code": error.code, "message": message}


def _dotted(field: str) -> str:
    return pointer(*field.split(".")) if field else ""


def refusal(problems: Sequence[Problem]) -> Invalid:
    """The error for all of them."""
    return Invalid(
        "SETTINGS_REFUSED",
        "Nothing was applied: the document has places that are wrong. Mend them and apply it "
        "again.",
        details={"fields": list(problems[:200]), "count": len(problems)},
    )
