"""Servers that speak the HTTP interfaces of SMSAPI, Vonage, OVHcloud and a plain gateway.

Each has a ledger of what it took; the shapes are those of the providers' own documentation.
"""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

UNUSABLE = "33100000000"
TOKEN, KEY, SECRET, CONSUMER, SERVICE = "a-token", "abcd1234", "a-secret", "consumer", "sms-ab1-1"


@dataclass
class Provider:
    """What a server was asked, and how it should behave."""

    url: str = ""
    sent: list[dict[str, Any]] = field(default_factory=list)
    hang_up: bool = False  # take the message, then close the connection without an answer
    busy: bool = False  # answer 503
    leaves_late: bool = False  # what was taken is with those that have left only a moment later
    times_out: bool = False  # take the message; a proxy in between answers 504

    def take(self, message: dict[str, Any]) -> dict[str, Any]:
        """Write the message into the ledger."""
        self.sent.append(message)
        return message


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers["Content-Length"] or 0)))

    def do_GET(self) -> None:
        self._serve(b"")

    def _serve(self, body: bytes) -> None:
        before = len(self.provider.sent)
        if self.provider.busy:
            return self._say(503, {"message": "busy"})
        status, answer = self.answer(body)
        if len(self.provider.sent) > before and self.provider.hang_up:
            self.provider.hang_up, self.close_connection = False, True
            return None
        if len(self.provider.sent) > before and self.provider.times_out:
            self.provider.times_out = False
            return self._say(504, {})
        return self._say(status, answer)

    def answer(self, body: bytes) -> tuple[int, Any]:
        raise NotImplementedError

    def _say(self, status: int, answer: Any) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Smsapi(_Handler):
    """``POST /sms.do`` with ``format=json``: failures too are answered with 200."""

    def answer(self, body: bytes) -> tuple[int, Any]:
        form = dict(parse_qsl(body.decode()))
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return 200, {"error": 101, "message": "Authorization failed", "invalid_numbers": []}
        if form["to"] == UNUSABLE:
            return 200, {"error": 13, "message": "No correct phone numbers"}
        if form.get("check_idx") and form["idx"] in {row["idx"] for row in self.provider.sent}:
            return 200, {"error": 53, "message": "Not unique idx"}
        self.provider.take(form)
        row = {"id": "1460969715572091219", "points": 0.16, "number": form["to"], "error": None}
        return 200, {"count": 1, "list": [row | {"status": "QUEUE", "idx": form["idx"]}]}


class Vonage(_Handler):
    """``POST /sms/json``: a status in each row, ``0`` when it was taken."""

    def answer(self, body: bytes) -> tuple[int, Any]:
        form = dict(parse_qsl(body.decode()))
        known = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        if self.headers["Authorization"] != f"Basic {known}":
            return 200, _rows({"status": "4", "error-text": "Bad Credentials"})
        if form["to"] == UNUSABLE:
            return 200, _rows({"status": "3", "error-text": "Invalid value for param: to"})
        self.provider.take(form)
        number = f"0C{len(self.provider.sent):014X}"
        row = {"to": form["to"], "message-id": number, "status": "0", "network": "23410"}
        return 200, _rows(row | {"remaining-balance": "15.53", "message-price": "0.0333"})


def _rows(row: dict[str, str]) -> dict[str, Any]:
    return {"message-count": "1", "messages": [row]}


class Ovh(_Handler):
    """``/1.0/sms/{service}/jobs`` and ``/outgoing``; every request carries its signature."""

    def answer(self, body: bytes) -> tuple[int, Any]:
        address = urlsplit(self.path)
        path = address.path.removeprefix("/1.0")
        if path == "/auth/time":
            return 200, 1_772_452_800
        if self.headers["X-Ovh-Signature"] != self._signature(body):
            return 400, {"class": "Client::BadRequest", "message": "Invalid signature"}
        if path == f"/sms/{SERVICE}/jobs" and body:
            return self._take(json.loads(body))
        if path == f"/sms/{SERVICE}/jobs":
            self.provider.leaves_late = False
        if path == f"/sms/{SERVICE}/outgoing" and not self.provider.leaves_late:
            tag = dict(parse_qsl(address.query))["tag"]
            rows = enumerate(self.provider.sent, 1)
            return 200, [number for number, row in rows if row["tag"] == tag]
        return 200, []

    def _signature(self, body: bytes) -> str:
        stamp = self.headers["X-Ovh-Timestamp"]
        url = f"{self.provider.url}{self.path}"
        words = "+".join([SECRET, CONSUMER, self.command, url, body.decode(), stamp])
        return "$1$" + hashlib.sha1(words.encode()).hexdigest()

    def _take(self, order: dict[str, Any]) -> tuple[int, Any]:
        if order["receivers"] == ["+" + UNUSABLE]:
            return 200, {"ids": [], "invalidReceivers": order["receivers"], "validReceivers": []}
        self.provider.take(order)
        ids = [len(self.provider.sent)]
        told = {"totalCreditsRemoved": 1, "invalidReceivers": [], "tag": order["tag"]}
        return 200, {"ids": ids, "validReceivers": order["receivers"], **told}


class Gateway(_Handler):
    """A gateway of somebody's own: JSON in, JSON out, repeats known by ``Idempotency-Key``."""

    def answer(self, body: bytes) -> tuple[int, Any]:
        key = self.headers["Idempotency-Key"]
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return 401, {"problem": "Who are you?"}
        if key not in {row["key"] for row in self.provider.sent}:
            self.provider.take(json.loads(body) | {"key": key})
        return 202, {"messages": [{"id": f"g-{key[:8]}"}]}


@contextmanager
def provider(kind: type[_Handler]) -> Iterator[Provider]:
    """Run a server on a free port of loopback."""
    served = Provider()
    handler = type("Handler", (kind,), {"provider": served})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
