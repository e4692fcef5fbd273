"""SMS by Twilio's Programmable Messaging API, version 2010-04-01, over plain HTTP."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from paraph.messaging.models import Message

from . import http
from .base import Carrier, Handed, RefusedForGood

if TYPE_CHECKING:
    import httpx


class Twilio(Carrier):
    """One Twilio account. Twilio has no idempotency key: a lost answer is looked up by content."""

    name = "twilio"

    def __init__(self, url: str, *, account: str, token: str, sender: str, receipts: str) -> None:
        self._messages = f"{url.rstrip('/')}/2010-04-01/Accounts/{account}/Messages.json"
        self._auth = (account, token)
        self._sender, self._receipts = sender, receipts

    def send(self, message: Message) -> Handed:
        form = {"To": message.recipient, "From": self._sender, "Body": message.text}
        if self._receipts:
            form["StatusCallback"] = self._receipts
        answer = self._ask("POST", data=form)
        return Handed(self.name, str(answer["sid"]))

    def find(self, message: Message) -> Handed | None:
        """Return the message if Twilio took it in an earlier try."""
        since = message.created_at - timedelta(minutes=1)
        # Not by DateSent: what Twilio has queued and not sent yet has none.
        query = {"To": message.recipient, "PageSize": "100"}
        rows = self._ask("GET", params=query)["messages"]
        same = [
            row
            for row in rows
            if row["body"] == message.text and parsedate_to_datetime(row["date_created"]) > since
        ]
        return Handed(self.name, str(same[0]["sid"])) if same else None

    def _ask(self, method: str, **request: Any) -> dict[str, Any]:
        answer = http.ask(method, self._messages, who="Twilio", auth=self._auth, **request)
        if answer.is_error:
            raise RefusedForGood(_reason(answer))
        return dict(http.content(answer, who="Twilio"))


def _reason(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
    except ValueError:
        return f"Twilio answered {answer.status_code}."
    return f"Twilio {problem.get('code')}: {problem.get('message')}"


def configured(receipts: str) -> Twilio | None:
    """Return the account that the settings name, if any."""
    if not settings.TWILIO_ACCOUNT:
        return None
    return Twilio(
        settings.TWILIO_URL,
        account=settings.TWILIO_ACCOUNT,
        token=settings.TWILIO_TOKEN,
        sender=settings.TWILIO_FROM,
        receipts=receipts,
    )
