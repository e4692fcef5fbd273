"""A server that speaks Twilio's Programmable Messaging API (2010-04-01) over a real socket."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

ACCOUNT = "AC" + "0" * 32
TOKEN = "a-token"
UNUSABLE = "+15005550001"
"""Twilio's own magic number for an invalid recipient (error 21211)."""


@dataclass
class FakeTwilio:
    """What the server was asked, and how it should behave."""

    url: str = ""
    sent: list[dict[str, object]] = field(default_factory=list)
    hang_up: bool = False  # take the message, then close the connection without an answer
    busy: bool = False  # answer 429
    babbles: bool = False  # take the message, then answer something else


class _Handler(BaseHTTPRequestHandler):
    fake: FakeTwilio

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Send a message."""
        length = int(self.headers["Content-Length"])
        form = {
            name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()
        }
        if problem := self._problem(form.get("To", "")):
            return self._answer(*problem)
        message = _message(form, number=len(self.fake.sent))
        self.fake.sent.append(message)
        if self.fake.hang_up:
            self.fake.hang_up = False
            self.close_connection = True
            return None
        return self._answer(201, {} if self.fake.babbles else message)

    def do_GET(self) -> None:
        """List messages."""
        query = parse_qs(urlsplit(self.path).query)
        if problem := self._problem(""):
            return self._answer(*problem)
        found = [row for row in self.fake.sent if row["to"] == query["To"][0]]
        return self._answer(
            200, {"messages": found, "page": 0, "page_size": 100, "uri": self.path}
        )

    def _problem(self, to: str) -> tuple[int, dict[str, object]] | None:
        known = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {known}":
            return 401, _error(20003, "Authenticate", 401)
        if self.fake.busy:
            return 429, _error(20429, "Too Many Requests", 429)
        if to == UNUSABLE:
            return 400, _error(21211, f"Invalid 'To' Phone Number: {to}", 400)
        return None

    def _answer(self, status: int, body: dict[str, object]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def twilio() -> Iterator[FakeTwilio]:
    """Run the server on a free port of loopback."""
    fake = FakeTwilio()
    handler = type("Handler", (_Handler,), {"fake": fake})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _message(form: dict[str, str], *, number: int) -> dict[str, object]:
    return {
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": form["Body"],
        "date_created": "Mon, 02 Mar 2026 12:00:00 +0000",
        "date_sent": None,
        "date_updated": "Mon, 02 Mar 2026 12:00:00 +0000",
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": form["From"],
        "num_segments": "1",
        "sid": f"SM{number:032x}",
        "status": "queued",
        "to": form["To"],
    }


def _error(code: int, message: str, status: int) -> dict[str, object]:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return {"code": code, "message": message, "more_info": more, "status": status}
