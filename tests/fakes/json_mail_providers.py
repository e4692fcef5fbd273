"""A server that speaks the documented sending APIs of five e-mail providers over a real socket."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .mail_providers import KEY, UNUSABLE, MailProvider

SECRET = "a-secret"
Told = tuple[int, dict[str, Any] | None]


class _Handler(BaseHTTPRequestHandler):
    provider: MailProvider

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Send a mail, as the path says in whose words."""
        mail = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        is_resend = self._known("Authorization").startswith("Bearer")
        speak = {
            "/smtp/email": self._brevo,
            "/email": self._mailersend,
            "/send": self._mailjet,
            "/emails": self._resend if is_resend else self._scaleway,
        }[self.path]
        status, answer = speak(mail)
        if self.provider.hang_up:
            self.close_connection = True
            return
        self._answer(status, answer)

    def _answer(self, status: int, answer: dict[str, Any] | None) -> None:
        content = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if content else "text/html")
        self.send_header("Content-Length", str(len(content)))
        if answer is None:
            self.send_header("X-Message-Id", f"5e42{len(self.provider.sent)}")
        self.end_headers()
        self.wfile.write(content)

    def _known(self, header: str) -> str:
        return self.headers[header] or ""

    def _take(self, to: str, text: str) -> int:
        self.provider.sent.append({"to": to, "text": text})
        return len(self.provider.sent)

    def _brevo(self, mail: dict[str, Any]) -> Told:
        """https://developers.brevo.com/reference/sendtransacemail"""
        [to] = mail["to"]
        if self._known("api-key") != KEY:
            return 401, {"code": "unauthorized", "message": "Key not found"}
        if self.provider.busy:
            return 429, {"code": "too_many_requests", "message": "Rate limit reached"}
        if to["email"] == UNUSABLE:
            return 400, {"code": "invalid_parameter", "message": "email is not valid in to"}
        number = self._take(to["email"], mail["textContent"])
        return 201, {"messageId": f"<2026112212.{number}@smtp-relay.mailin.fr>"}

    def _mailersend(self, mail: dict[str, Any]) -> Told:
        """https://developers.mailersend.com/api/v1/email.html"""
        [to] = mail["to"]
        if self._known("Authorization") != f"Bearer {KEY}":
            return 401, {"message": "Unauthenticated."}
        if self.provider.busy:
            return 429, {"message": "Too Many Attempts."}
        if to["email"] == UNUSABLE:
            reason = "The to.0.email must be a valid email address."
            return 422, {"message": reason, "errors": {"to.0.email": [reason]}}
        self._take(to["email"], mail["text"])
        return 202, None  # the id stands in a header

    def _mailjet(self, mail: dict[str, Any]) -> Told:
        """https://dev.mailjet.com/email/reference/send-emails/"""
        [message] = mail["Messages"]
        [to] = message["To"]
        known = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        if self._known("Authorization") != f"Basic {known}":
            return 401, {"StatusCode": 401, "ErrorMessage": "API key authentication failure."}
        if self.provider.busy:
            return 429, {"StatusCode": 429, "ErrorMessage": "Too many requests"}
        if to["Email"] == UNUSABLE:
            reason = f'"{UNUSABLE}" is an invalid email address.'
            error = {"ErrorCode": "mj-0013", "StatusCode": 400, "ErrorMessage": reason}
            return 400, {"Messages": [{"Status": "error", "Errors": [error]}]}
        number = self._take(to["Email"], mail["Globals"]["TextPart"])
        told = {"Email": to["Email"], "MessageUUID": f"uuid-{number}", "MessageID": 4560 + number}
        return 200, {"Messages": [{"Status": "success", "To": [told]}]}

    def _resend(self, mail: dict[str, Any]) -> Told:
        """https://resend.com/docs/api-reference/emails/send-email, with its idempotency keys"""
        if self._known("Authorization") != f"Bearer {KEY}":
            return 401, {
                "statusCode": 401,
                "name": "missing_api_key",
                "message": "Missing API key",
            }
        if self.provider.busy:
            return 429, {"statusCode": 429, "name": "rate_limit_exceeded", "message": "Too much"}
        if UNUSABLE in mail["to"][0]:
            reason = "Invalid `to` field. The email address is not valid."
            return 422, {"statusCode": 422, "name": "validation_error", "message": reason}
        key = self._known("Idempotency-Key")
        if key not in self.provider.keys:
            self.provider.keys[key] = f"49a3999c-{self._take(mail['to'][0], mail['text'])}"
        return 200, {"id": self.provider.keys[key]}

    def _scaleway(self, mail: dict[str, Any]) -> Told:
        """https://www.scaleway.com/en/developers/api/transactional-email/"""
        [to] = mail["to"]
        if self._known("X-Auth-Token") != KEY or mail["project_id"] != SECRET:
            return 403, {"message": "denied authentication", "type": "denied_authentication"}
        if self.provider.busy:
            return 429, {"message": "too many requests", "type": "too_many_requests"}
        if to["email"] == UNUSABLE:
            why = {"argument_name": "to", "help_message": "is not a valid address"}
            return 400, {"message": "invalid argument(s)", "details": [why]}
        number = self._take(to["email"], mail["text"])
        return 200, {"emails": [{"id": f"id-{number}", "mail_rcpt": to["email"], "status": "new"}]}


@contextmanager
def json_mail_provider() -> Iterator[MailProvider]:
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
