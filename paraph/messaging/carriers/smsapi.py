"""SMS by SMSAPI's HTTP interface (``sms.do``)."""

from typing import Any

from django.conf import settings

from paraph.messaging.models import Message

from . import http
from .base import Carrier, Handed, RefusedForGood, TryAgain, key_of

TAKEN_ALREADY = 53  # a message with this idx was sent in the last 24 hours
# Wrong account, no credit, address not let in, their failure: not the message's fault.
THEIRS = frozenset({8, 101, 102, 103, 105, 110, 201, 203, 999, 1000, 1001})


class Smsapi(Carrier):
    """One account. Each message carries its own ``idx``, which SMSAPI takes only once."""

    name = "smsapi"

    def __init__(self, url: str, *, token: str, sender: str, receipts: str) -> None:
        self._url, self._token = f"{url.rstrip('/')}/sms.do", token
        self._sender, self._receipts = sender, receipts

    def send(self, message: Message) -> Handed:
        key = key_of(message)
        answer = self._ask(self._form(message) | {"idx": key, "check_idx": "1"})
        code = int(answer.get("error") or 0)
        if code == TAKEN_ALREADY:
            return Handed(self.name, key)
        if code:
            fault = TryAgain if code in THEIRS else RefusedForGood
            raise fault(f"SMSAPI {code}: {answer.get('message', '')}")
        return Handed(self.name, key)

    def find(self, message: Message) -> Handed | None:
        """Nothing to look up: a repeat with the same ``idx`` is answered, and not sent again."""
        return None

    def _form(self, message: Message) -> dict[str, str]:
        form = {
            "to": message.recipient.removeprefix("+"),
            "message": message.text,
            "format": "json",
            "encoding": "utf-8",
        }
        if self._sender:
            form["from"] = self._sender
        if self._receipts:
            form["notify_url"] = self._receipts
        return form

    def _ask(self, form: dict[str, str]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"}
        answer = http.ask("POST", self._url, who="SMSAPI", data=form, headers=headers)
        return dict(http.content(answer, who="SMSAPI"))


def configured(receipts: str) -> Smsapi | None:
    """Return the account that the settings name, if any."""
    if not settings.SMSAPI_TOKEN:
        return None
    return Smsapi(
        settings.SMSAPI_URL,
        token=settings.SMSAPI_TOKEN,
        sender=settings.SMSAPI_FROM,
        receipts=receipts,
    )
