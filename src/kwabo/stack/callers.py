"""Calls from the carrier lab of a stack that another process runs."""

from __future__ import annotations

import re
from pathlib import Path

from kwabo.adapters.carrier_lab.callers import CallIn
from kwabo.adapters.carrier_lab.log import LabCaller, wait_for_caller
from kwabo.stack.part import PartFailed
from kwabo.stack.parts import AriAccess, call_in_request, send_ari

_PORT = re.compile(r"^bindport = ([0-9]+)$", re.MULTILINE)


class RunningLab:
    """The lab whose files are in `folder`. Raises PartFailed when there is none."""

    def __init__(self, folder: Path) -> None:
        self.calls_log = folder.resolve() / "calls.log"
        try:
            port = _PORT.search((folder / "etc" / "http.conf").read_text())
            password = (folder / "ari-password").read_text().strip()
        except FileNotFoundError:
            port = None
        if port is None:
            raise PartFailed(
                f"No carrier lab has run in {folder}. Start one: ./dev up, or kwabo lab run "
                "(whose stack is named switch: --stack switch)."
            )
        self._ari = AriAccess(
            url=f"http://127.0.0.1:{port[1]}/ari", user="kwabo", password=password
        )

    def call_in(self, call: CallIn) -> None:
        """Call the switch. Raises PartFailed when the lab does not run, or refuses."""
        try:
            send_ari(self._ari, "/channels", call_in_request(call, self.calls_log))
        except OSError as error:
            raise PartFailed(f"The lab did not call {call.number}: {error}") from error

    def wait_for(self, call: CallIn, *, within_seconds: float) -> LabCaller | None:
        """The call as its caller saw it, once it is over; None when that takes too long."""
        return wait_for_caller(self.calls_log, call.call_id, within_seconds=within_seconds)
