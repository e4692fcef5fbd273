"""SMS by Twilio's Programmable Messaging API, version 2010-04-01, over plain HTTP."""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from paraph.messaging.models import Message

from .base import Handed, RefusedForGood, TryAgain

TIMEOUT_SECONDS = 10


class Twilio:
    """One Twilio account. Twilio has no idempotency key: a lost answer is looked up by content."""

    def __init__(self, url: str, *, account: str, token: str, sender: str) -> None:
        self._messages = f"{url.rstrip('/')}/2010-04-01/Accounts/{account}/Messages.json"
        self._auth = (account, token)
        self._sender = sender

    def send(self, message: Message) -> Handed:
        form = {"To": message.recipient, "From": self._sender, "Body": message.text}
        answer = self._ask("POST", data=form)
        return Handed("twilio", str(answer["sid"]))

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
        return Handed("twilio", str(same[0]["sid"])) if same else None

    def _ask(self, method: str, **request: Any) -> dict[str, Any]:
        try:
            answer = httpx.request(
                method, self._messages, auth=self._auth, timeout=TIMEOUT_SECONDS, **request
            )
        except httpx.HTTPError as failure:
            raise TryAgain(f"{type(failure).__name__}: {failure}") from failure
        if answer.status_code == 429 or answer.status_code >= 500:
            raise TryAgain(f"Twilio answered {answer.status_code}.")
        if answer.is_error:
            raise RefusedForGood(_reason(answer))
        return dict(answer.json())


def _reason(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
    except ValueError:
        return f"Twilio answered {answer.status_code}."
    return f"Twilio {problem.get('code')}: {problem.get('message')}"
