"""Receive Kwabo's webhooks: verify the signature first, answer at once, do each message once.

WEBHOOK_SECRET=whsec_… python examples/client/receive_webhooks.py 9000
"""

from __future__ import annotations

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from kwabo_client import WebhookRejected, verify_webhook

MOST_BYTES = 1_000_000
seen: set[str] = set()  # a real program keeps the ids where a restart does not forget them


class Receiver(BaseHTTPRequestHandler):
    """Takes messages by POST."""

    def do_POST(self) -> None:
        """One message."""
        length = int(self.headers.get("content-length", 0))
        if length > MOST_BYTES:
            self._answer(413)
            return
        body = self.rfile.read(length)
        try:
            message_id = verify_webhook(os.environ["WEBHOOK_SECRET"], dict(self.headers), body)
        except WebhookRejected as error:
            print(f"refused: {error}")
            self._answer(400)
            return
        if message_id not in seen:  # it may come again, when an answer was lost
            seen.add(message_id)
            print(json.loads(body)["type"])
        self._answer(204)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
