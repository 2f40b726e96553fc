"""Receives Kwabo's webhooks: verifies each message, takes it once, answers at once.

    python receive_webhooks.py secret.txt 8090

The file holds the secret that Kwabo showed (`whsec_…`), or two of them on two lines while a secret
is being changed. Put a server with HTTPS in front of it. Needs Python 3.9 and nothing else.
"""

import base64
import hashlib
import hmac
import json
import sqlite3
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TOLERANCE_SECONDS = 300


def is_genuine(headers, body, secrets, now):
    """Whether one of the secrets has signed this body under this id, a short time ago."""
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    given = headers.get("webhook-signature", "").split(" ")
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        digest = hmac.new(key, signed, hashlib.sha256).digest()
        expected = "v1," + base64.b64encode(digest).decode()
        if any(hmac.compare_digest(one.encode(), expected.encode()) for one in given):
            return True
    return False


def keep(message_id, body, path="webhooks.sqlite"):
    """Write the message down; False when it came before."""
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, body BLOB)")
        made = database.execute("INSERT OR IGNORE INTO messages VALUES (?, ?)", (message_id, body))
        return made.rowcount == 1


class Receiver(BaseHTTPRequestHandler):
    """Answers 204 once a message is written down, 401 to what is not genuine."""

    secrets = ()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if not is_genuine(self.headers, body, self.secrets, time.time()):
            self.send_response(401)
            self.end_headers()
            return
        if keep(self.headers["webhook-id"], body):
            message = json.loads(body)
            print(message["timestamp"], message["type"], message["data"], flush=True)
        self.send_response(204)
        self.end_headers()


if __name__ == "__main__":
    Receiver.secrets = tuple(Path(sys.argv[1]).read_text().split())
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Receiver).serve_forever()
