"""SMS by OVHcloud's API (``/1.0/sms/{serviceName}/jobs``), each request signed."""

import hashlib
import json
from typing import Any

from django.conf import settings

from paraph.messaging.models import Message

from . import http
from .base import Carrier, Handed, RefusedForGood, TryAgain, key_of

NEWEST = 20  # waiting jobs to look through for one that was lost


class Ovh(Carrier):
    """One SMS account. Each message is tagged with its own key, by which it is found again."""

    name = "ovh"

    def __init__(self, url: str, *, keys: tuple[str, str, str], service: str, sender: str) -> None:
        """``keys`` are the application's key and secret, and the consumer's key."""
        self._root, self._keys = f"{url.rstrip('/')}/1.0", keys
        self._service, self._sender = f"{self._root}/sms/{service}", sender

    def send(self, message: Message) -> Handed:
        order = {
            "message": message.text,
            "receivers": [message.recipient],
            "noStopClause": not message.is_mailing,
            "priority": "high" if message.is_urgent else "medium",
            "tag": key_of(message),
            **({"sender": self._sender} if self._sender else {"senderForResponse": True}),
        }
        answer = self._ask("POST", f"{self._service}/jobs", order)
        if not answer.get("ids"):
            raise RefusedForGood(f"OVHcloud does not write to {message.recipient}.")
        return Handed(self.name, str(answer["ids"][0]))

    def find(self, message: Message) -> Handed | None:
        """Return the message if it still waits to leave, or has left under its tag.

        In this order: a message that leaves in between is found at the second place.
        """
        for waiting in self._ask("GET", f"{self._service}/jobs")[-NEWEST:]:
            if self._is_job_of(message, waiting):
                return Handed(self.name, str(waiting))
        gone = self._ask("GET", f"{self._service}/outgoing?tag={key_of(message)}")
        return Handed(self.name, str(gone[0])) if gone else None

    def _is_job_of(self, message: Message, waiting: int) -> bool:
        try:
            job = self._ask("GET", f"{self._service}/jobs/{waiting}")
        except RefusedForGood:  # it has left a moment ago
            return False
        return (job["receiver"], job["message"]) == (message.recipient, message.text)

    def _ask(self, method: str, url: str, order: dict[str, Any] | None = None) -> Any:
        body = json.dumps(order) if order else ""
        answer = http.ask(
            method, url, who="OVHcloud", content=body, headers=self._signed(method, url, body)
        )
        if answer.is_error:
            raise RefusedForGood(f"OVHcloud {answer.status_code}: {answer.text[:200]}")
        return http.content(answer, who="OVHcloud")

    def _signed(self, method: str, url: str, body: str) -> dict[str, str]:
        """Return the headers of a request, signed as OVHcloud documents it (``$1$`` and SHA-1)."""
        application, secret, consumer = self._keys
        moment = str(self._their_time())
        words = "+".join((secret, consumer, method, url, body, moment))
        signature = hashlib.sha1(words.encode()).hexdigest()  # noqa: S324  theirs to choose
        return {
            "Content-Type": "application/json",
            "X-Ovh-Application": application,
            "X-Ovh-Consumer": consumer,
            "X-Ovh-Timestamp": moment,
            "X-Ovh-Signature": f"$1${signature}",
        }

    def _their_time(self) -> int:
        """A signature holds for a moment of their clock, which ours may not follow."""
        answer = http.ask("GET", f"{self._root}/auth/time", who="OVHcloud")
        try:
            return int(answer.text)
        except ValueError:
            raise TryAgain("OVHcloud did not tell the time.") from None


def configured(_receipts: str) -> Ovh | None:
    """Return the account that the settings name, if any; its callback is set at OVHcloud."""
    if not settings.OVH_SMS_SERVICE:
        return None
    return Ovh(
        settings.OVH_URL,
        keys=(
            settings.OVH_APPLICATION_KEY,
            settings.OVH_APPLICATION_SECRET,
            settings.OVH_CONSUMER_KEY,
        ),
        service=settings.OVH_SMS_SERVICE,
        sender=settings.OVH_FROM,
    )
