"""Blocks prepared in a process of their own, so that reading a large file never holds up calls.

Parent and child exchange frames over the child's standard input and output: four bytes with the
length of a JSON header, the header, then as many raw bytes as the header's `staged_bytes`. The
child ends when its input closes, so it cannot outlive a parent that was killed.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from dataclasses import asdict
from typing import Any, BinaryIO
from uuid import UUID

from pydantic import TypeAdapter

from kwabo.adapters.postgres.dnc_upload_blocks import prepare_entries
from kwabo.adapters.postgres.import_blocks import prepare_block
from kwabo.domain.contacts.consent_columns import ConsentPlan, ReadConsent
from kwabo.domain.contacts.file_format import FileFormat
from kwabo.domain.contacts.import_plan import ImportPlan, Mapping, ReportedProblem
from kwabo.domain.contacts.import_reading import Reading
from kwabo.domain.contacts.problems import Problem
from kwabo.domain.dnc_lists.upload import UploadPlan
from kwabo.ports.imports import PreparedBlock

_CONSENT_PLAN: TypeAdapter[ConsentPlan | None] = TypeAdapter(ConsentPlan | None)
_CONSENTS: TypeAdapter[tuple[ReadConsent, ...]] = TypeAdapter(tuple[ReadConsent, ...])


class ProcessBlocks:
    """Asks a child process, which is started at the first use and again when it has died."""

    def __init__(self) -> None:
        self._child: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    @property
    def process_id(self) -> int | None:
        """The child's, while it runs."""
        return self._child.pid if self._child and self._child.returncode is None else None

    async def prepare(
        self, plan: ImportPlan, file_path: str, offset: int, line_number: int, base_id: UUID
    ) -> PreparedBlock:
        """See `ports.imports.BlockSource`. A child that dies is replaced once, then OSError."""
        request = {
            "plan": _plan_as_json(plan),
            "file_path": file_path,
            "offset": offset,
            "line_number": line_number,
            "base_id": str(base_id),
        }
        return await self._answer(request)

    async def prepare_entries(
        self, plan: UploadPlan, file_path: str, offset: int, line_number: int
    ) -> PreparedBlock:
        """See `ports.imports.BlockSource`, and `prepare`."""
        request = {
            "entries": asdict(plan),
            "file_path": file_path,
            "offset": offset,
            "line_number": line_number,
        }
        return await self._answer(request)

    async def _answer(self, request: dict[str, Any]) -> PreparedBlock:
        async with self._turn:
            for last_try in (False, True):
                try:
                    return await self._ask(request)
                except (asyncio.IncompleteReadError, ConnectionError) as error:
                    await self._end()
                    if last_try:
                        raise OSError("the process that reads import files has ended") from error
        raise AssertionError

    async def close(self) -> None:
        """End the child."""
        async with self._turn:
            await self._end()

    async def _ask(self, request: dict[str, Any]) -> PreparedBlock:
        child = self._child
        if child is None or child.returncode is not None:
            child = self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                __name__,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=1 << 20,
            )
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(_frame(request))
        await child.stdin.drain()
        try:
            size = int.from_bytes(await child.stdout.readexactly(4), "big")
            header = json.loads(await child.stdout.readexactly(size))
            staged = await child.stdout.readexactly(header.pop("staged_bytes", 0))
        except asyncio.CancelledError:
            # An answer is under way that nobody will read: only a new child is in step again.
            child.kill()
            raise
        if "os_error" in header:
            raise OSError(header["os_error"])
        reported = tuple(
            ReportedProblem(line, Problem(code=code, column=column, value=value), kept)
            for line, code, column, value, kept in header.pop("reported")
        )
        consents = _CONSENTS.validate_python(header.pop("consents"))
        return PreparedBlock(staged=staged, reported=reported, consents=consents, **header)

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            child.stdin.close()
        if child.returncode is None:
            child.kill()
        await child.wait()


def _frame(header: dict[str, Any]) -> bytes:
    raw = json.dumps(header).encode()
    return len(raw).to_bytes(4, "big") + raw


def _plan_as_json(plan: ImportPlan) -> dict[str, Any]:
    return {
        "file_format": asdict(plan.file_format),
        "mapping": plan.mapping.as_json(),
        "key_columns": list(plan.key_columns),
        "region": plan.region,
        "on_duplicate": plan.on_duplicate,
        "reading": plan.reading.as_json(),
        "workbook": plan.workbook,
        "consent": _CONSENT_PLAN.dump_python(plan.consent, mode="json"),
    }


def _plan_from_json(value: dict[str, Any]) -> ImportPlan:
    return ImportPlan(
        file_format=FileFormat.from_json(value["file_format"]),
        mapping=Mapping.from_json(value["mapping"]),
        key_columns=tuple(value["key_columns"]),
        region=value["region"],
        on_duplicate=value["on_duplicate"],
        reading=Reading.from_json(value["reading"]),
        workbook=value["workbook"],
        consent=_CONSENT_PLAN.validate_python(value["consent"]),
    )


def _entries_plan(value: dict[str, Any]) -> UploadPlan:
    return UploadPlan(**{**value, "file_format": FileFormat(**value["file_format"])})


def _prepared(request: dict[str, Any]) -> PreparedBlock:
    place = (request["file_path"], request["offset"], request["line_number"])
    if "entries" in request:
        return prepare_entries(_entries_plan(request["entries"]), *place)
    return prepare_block(_plan_from_json(request["plan"]), *place, UUID(request["base_id"]))


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    # A block makes a great many objects and no cycles: looking for cycles doubles its time.
    gc.disable()
    while size := requests.read(4):
        request = json.loads(requests.read(int.from_bytes(size, "big")))
        try:
            block = _prepared(request)
        except OSError as error:
            answers.write(_frame({"os_error": str(error)}))
            answers.flush()
            continue
        header = {
            "staged_bytes": len(block.staged),
            "staged_rows": block.staged_rows,
            "rows_read": block.rows_read,
            "rows_rejected": block.rows_rejected,
            "repeated": block.repeated,
            "converted": block.converted,
            "next_offset": block.next_offset,
            "next_line": block.next_line,
            "at_end": block.at_end,
            "reported": [
                [r.line_number, r.problem.code, r.problem.column, r.problem.value, r.row_kept]
                for r in block.reported
            ],
            "consents": _CONSENTS.dump_python(block.consents, mode="json"),
        }
        answers.write(_frame(header))
        answers.write(block.staged)
        answers.flush()


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
