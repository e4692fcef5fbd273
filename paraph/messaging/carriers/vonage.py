"""SMS by Vonage's SMS API (``rest.nexmo.com/sms/json``)."""

from typing import Any

from django.conf import settings

from paraph.messaging.models import Message
from paraph.messaging.texting import ESCAPED, GSM

from . import http
from .base import CannotTell, Carrier, Handed, RefusedForGood, TryAgain, key_of

# Throttled, wrong account, internal error, barred or spent account: not the message's fault.
THEIRS = frozenset({"1", "4", "5", "8", "9", "11", "14", "99"})
PLAIN = GSM | ESCAPED  # other letters need ``type=unicode``


class Vonage(Carrier):
    """One account. Vonage has no idempotency key, and no list to look a lost answer up."""

    name = "vonage"

    def __init__(self, url: str, *, key: str, secret: str, sender: str, receipts: str) -> None:
        self._url, self._auth = f"{url.rstrip('/')}/sms/json", (key, secret)
        self._sender, self._receipts = sender, receipts

    def send(self, message: Message) -> Handed:
        answer = http.ask(
            "POST", self._url, who="Vonage", auth=self._auth, data=self._form(message)
        )
        [first, *_parts] = http.content(answer, who="Vonage")["messages"]
        return self._handed(first)

    def find(self, message: Message) -> Handed | None:
        raise CannotTell("Vonage keeps no list to ask.")

    def _form(self, message: Message) -> dict[str, str]:
        form = {
            "from": self._sender,
            "to": message.recipient.removeprefix("+"),
            "text": message.text,
            "type": "text" if PLAIN.issuperset(message.text) else "unicode",
            "client-ref": key_of(message),
        }
        return form | ({"callback": self._receipts} if self._receipts else {})

    def _handed(self, row: dict[str, Any]) -> Handed:
        if row["status"] == "0":
            return Handed(self.name, str(row["message-id"]))
        fault = TryAgain if row["status"] in THEIRS else RefusedForGood
        raise fault(f"Vonage {row['status']}: {row.get('error-text', '')}")


def configured(receipts: str) -> Vonage | None:
    """Return the account that the settings name, if any."""
    if not settings.VONAGE_KEY:
        return None
    return Vonage(
        settings.VONAGE_URL,
        key=settings.VONAGE_KEY,
        secret=settings.VONAGE_SECRET,
        sender=settings.VONAGE_FROM,
        receipts=receipts,
    )
