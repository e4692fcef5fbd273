"""SMS by any gateway that takes JSON over HTTP: the settings say how its request looks."""

import json
import re
from typing import Any

from django.conf import settings

from paraph.messaging.models import Message

from . import http
from .base import CannotTell, Carrier, Handed, RefusedForGood, key_of

_PLACEHOLDER = re.compile(r"\{(to|text|from|key)\}")


class Gateway(Carrier):
    """One gateway. ``body`` is its JSON with ``{to}``, ``{text}``, ``{from}`` and ``{key}``."""

    name = "gateway"

    def __init__(self, url: str, *, token: str, body: str, id_at: str, repeats: bool) -> None:
        """``id_at`` is where the answer has the id ("messages.0.id").

        ``repeats`` tells that the gateway knows a repeat by its ``Idempotency-Key``.
        """
        self._url, self._body, self._id_at, self._repeats = url, json.loads(body), id_at, repeats
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def send(self, message: Message) -> Handed:
        key = key_of(message)
        words = {"to": message.recipient, "text": message.text, "from": settings.GATEWAY_FROM}
        answer = http.ask(
            "POST",
            self._url,
            who="The gateway",
            json=_filled(self._body, words | {"key": key}),
            headers=self._headers | {"Idempotency-Key": key},
        )
        if answer.is_error:
            raise RefusedForGood(f"The gateway answered {answer.status_code}. {answer.text[:200]}")
        return Handed(self.name, _id_in(answer.text, at=self._id_at) or key)

    def find(self, message: Message) -> Handed | None:
        if self._repeats:
            return None
        raise CannotTell("The gateway keeps no list to ask.")


def _filled(part: Any, words: dict[str, str]) -> Any:
    """Return the JSON with its placeholders filled; everything else stays as it is."""
    if isinstance(part, dict):
        return {name: _filled(value, words) for name, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, words) for value in part]
    return _PLACEHOLDER.sub(lambda found: words[found[1]], part) if isinstance(part, str) else part


def _id_in(answer: str, *, at: str) -> str:
    """Return the id that the answer names; empty where it names none."""
    try:
        part = json.loads(answer)
        for step in filter(None, at.split(".")):
            part = part[int(step)] if isinstance(part, list) else part[step]
    except (ValueError, KeyError, IndexError, TypeError):
        return ""
    return str(part) if at else ""


def configured(_receipts: str) -> Gateway | None:
    """Return the gateway that the settings describe, if any."""
    if not settings.GATEWAY_URL:
        return None
    return Gateway(
        settings.GATEWAY_URL,
        token=settings.GATEWAY_TOKEN,
        body=settings.GATEWAY_BODY,
        id_at=settings.GATEWAY_ID,
        repeats=settings.GATEWAY_REPEATS,
    )
