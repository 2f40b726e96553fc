"""Uploads as they come: a file inside a multipart form, never whole in memory nor in a second file.

Other fields of the form must stand before the file to be known while it is being written; browsers
send them in the order of the form.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import unquote

from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from kwabo.kernel.errors import Invalid

MAX_FIELD_BYTES = 10_000


def upload_schema(**fields: dict[str, str]) -> dict[str, Any]:
    """What OpenAPI tells of a route that reads an `UploadForm`, which the framework cannot see:
    `fields`, then `file`."""
    properties = fields | {"file": {"type": "string", "format": "binary"}}
    schema = {"type": "object", "required": ["file"], "properties": properties}
    content = {"multipart/form-data": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


class UploadForm:
    """A form with one file. Read `fields` after `open`, then take the file's `chunks`."""

    def __init__(self, request: Request, *, file_field: str = "file") -> None:
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise Invalid(
                "NOT_MULTIPART", "Send the file as multipart/form-data, in the field 'file'."
            )
        self.fields: dict[str, str] = {}
        self.file_name = ""
        self._file_field = file_field
        self._stream = request.stream()
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._part_begun,
                "on_header_field": self._header_field,
                "on_header_value": self._header_value,
                "on_header_end": self._header_ended,
                "on_headers_finished": self._headers_finished,
                "on_part_data": self._part_data,
                "on_part_end": self._part_ended,
                "on_end": self._ended,
            },
        )
        self._headers: dict[bytes, bytes] = {}
        self._name = self._value = b""
        self._field: str | None = None
        self._collected = bytearray()
        self._in_file = self._file_seen = self._complete = False
        self._ready: deque[bytes] = deque()

    async def open(self) -> None:
        """Read up to the beginning of the file. Raises Invalid `FILE_MISSING`."""
        async for data in self._stream:
            self._feed(data)
            if self._file_seen:
                return
        raise Invalid("FILE_MISSING", "The form has no file. Choose one.", field="file")

    async def chunks(self) -> AsyncIterator[bytes]:
        """The file's bytes. Raises ClientDisconnect when the form breaks off."""
        while self._ready:
            yield self._ready.popleft()
        async for data in self._stream:
            self._feed(data)
            while self._ready:
                yield self._ready.popleft()
        if not self._complete:
            raise ClientDisconnect

    def _feed(self, data: bytes) -> None:
        try:
            self._parser.write(data)
        except ValueError as error:  # the parser's own errors are ValueErrors
            raise Invalid("NOT_MULTIPART", "The form is damaged. Send it again.") from error

    def _part_begun(self) -> None:
        self._headers = {}
        self._field, self._in_file = None, False
        self._collected.clear()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ended(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name = self._value = b""

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if name == self._file_field and not self._file_seen:
            self._in_file = self._file_seen = True
            self.file_name = unquote(options.get(b"filename", b"").decode("utf-8", "replace"))
        else:
            self._field = name

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file:
            self._ready.append(data[start:end])
            return
        self._collected += data[start:end]
        if len(self._collected) > MAX_FIELD_BYTES:
            raise Invalid("FIELD_TOO_LONG", "A field of the form is too long.", field=self._field)

    def _part_ended(self) -> None:
        if self._field is not None:
            self.fields[self._field] = self._collected.decode("utf-8", "replace")
        self._in_file = False

    def _ended(self) -> None:
        self._complete = True
