"""A server that speaks Postmark's and Mailgun's documented sending APIs over a real socket."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

KEY = "a-key"
UNUSABLE = "nobody@blocked.example.org"


@dataclass
class MailProvider:
    """What the server was asked to send, and how it should behave."""

    url: str = ""
    sent: list[dict[str, str]] = field(default_factory=list)
    hang_up: bool = False  # take the mail, then close the connection without an answer
    busy: bool = False  # answer 429
    keys: dict[str, str] = field(default_factory=dict)  # what was taken under which key, as its id


class _Handler(BaseHTTPRequestHandler):
    provider: MailProvider

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Send a mail, as the path says in whose words."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, answer = (self._postmark if self.path == "/email" else self._mailgun)(body)
        if self.provider.hang_up:
            self.close_connection = True
            return
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _postmark(self, body: bytes) -> tuple[int, dict[str, object]]:
        """https://postmarkapp.com/developer/api/email-api"""
        mail = json.loads(body)
        if self.headers["X-Postmark-Server-Token"] != KEY:
            return 401, {"ErrorCode": 10, "Message": "The Server Token was missing or incorrect."}
        if self.provider.busy:
            return 429, {"ErrorCode": 429, "Message": "Rate limit exceeded"}
        if UNUSABLE in mail["To"]:
            return 422, {"ErrorCode": 300, "Message": "Invalid 'To' address"}
        given = {one["Name"]: one["Value"] for one in mail.get("Headers", [])}
        self.provider.sent.append({"to": mail["To"], "text": mail["TextBody"], **given})
        id_ = f"0000-{len(self.provider.sent)}"
        told = {"To": mail["To"], "SubmittedAt": "2026-11-22T12:00:00.0000000-05:00"}
        return 200, {**told, "MessageID": id_, "ErrorCode": 0, "Message": "OK"}

    def _mailgun(self, body: bytes) -> tuple[int, dict[str, object]]:
        """https://documentation.mailgun.com: POST /v3/{domain}/messages"""
        known = base64.b64encode(f"api:{KEY}".encode()).decode()
        form = self._form(body)
        if self.headers["Authorization"] != f"Basic {known}" or "/example.org/" not in self.path:
            return 401, {"message": "Forbidden"}
        if self.provider.busy:
            return 429, {"message": "Too many requests"}
        if UNUSABLE in form["to"]:
            return 400, {"message": "to parameter is not a valid address. please check"}
        self.provider.sent.append({"to": form["to"], "text": form["text"]})
        return 200, {"id": "<0001@example.org>", "message": "Queued. Thank you."}

    def _form(self, body: bytes) -> dict[str, str]:
        kind = self.headers["Content-Type"]
        if kind.startswith("application/x-www-form-urlencoded"):
            return {name: values[0] for name, values in parse_qs(body.decode()).items()}
        whole = message_from_bytes(
            f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=policy.HTTP
        )
        return {
            str(part.get_param("name", header="content-disposition")): str(part.get_content())
            for part in whole.iter_parts()
        }


@contextmanager
def mail_provider() -> Iterator[MailProvider]:
    """Serve until done."""
    provider = MailProvider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
