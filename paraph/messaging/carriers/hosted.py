"""E-mail by a provider over HTTP: each speaks its own protocol, which django-anymail knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from paraph.messaging.accounts import KNOWS_REPEATS, MAIL_PROVIDERS
from paraph.messaging.models import Message

from .base import AnswerLost, CannotTell, Carrier, Handed, RefusedForGood, TryAgain, key_of
from .http import BAD_GATEWAY, GATEWAY_TIMEOUT, TIMEOUT_SECONDS
from .mails import mail_of

LATER = frozenset({401, 402, 403, 408, 409, 429})  # 409: an earlier try is still under way


class Hosted(Carrier):
    """One account at one provider. None of them can be asked what became of a lost answer."""

    def __init__(self, name: str, *, access: Mapping[str, str], url: str, sender: str) -> None:
        self.name = name
        self._access, self._url, self._sender = access, url, sender

    def send(self, message: Message) -> Handed:
        from anymail.exceptions import (  # only here: few installations have a provider
            AnymailAPIError,
            AnymailError,
            AnymailRecipientsRefused,
        )

        connection = self._connection()
        mail = mail_of(message, sender=self._sender, connection=connection)
        try:
            with connection:
                self._name_key(message, connection)
                mail.send()
        except AnymailRecipientsRefused as refused:
            raise RefusedForGood(f"{self.name}: {refused}") from refused
        except AnymailAPIError as failure:
            raise self._judged(failure, status=failure.status_code) from failure
        except AnymailError as failure:  # it cannot carry this kind of message
            raise RefusedForGood(f"{self.name}: {failure}") from failure
        told: Any = mail.anymail_status  # type: ignore[attr-defined]  # set by the library
        if not told.message_id:  # some refusals look to the library like an unknown fate
            answer = told.esp_response
            raise self._judged(answer.text, status=answer.status_code)
        return Handed(self.name, str(told.message_id))

    def _name_key(self, message: Message, connection: Any) -> None:  # Any: the library's own
        """Give the key of a message to a provider that takes each once."""
        if self.name in KNOWS_REPEATS:
            connection.session.headers["Idempotency-Key"] = key_of(message)

    def find(self, message: Message) -> Handed | None:
        """No list of theirs is complete at once; only what must not come twice needs one."""
        raise CannotTell(f"{self.name} cannot say whether it has the message.")

    def greet(self) -> None:
        """Nothing but a message would show whether the key is good; so nothing is asked."""

    def _connection(self) -> BaseEmailBackend:
        options: dict[str, Any] = {**self._access, "requests_timeout": TIMEOUT_SECONDS}
        if self._url:
            options["api_url"] = self._url
        return get_connection(f"anymail.backends.{self.name}.EmailBackend", **options)

    def _judged(self, failure: object, *, status: int | None) -> Exception:
        """Tell what was not heard from what may have been taken, and both from a refusal."""
        reason = f"{self.name}: {failure}"[:300]
        if status is None:
            return TryAgain(reason) if _is_unheard(failure) else AnswerLost(reason)
        if status < 300 or status in {BAD_GATEWAY, GATEWAY_TIMEOUT}:
            return AnswerLost(reason)  # taken, or perhaps: nobody understands the receipt
        return TryAgain(reason) if status in LATER or status >= 500 else RefusedForGood(reason)


def _is_unheard(failure: object) -> bool:
    """Tell whether there was no connection at all; one that broke may have carried everything."""
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

    cause = getattr(failure, "__cause__", None)
    [given] = getattr(cause, "args", ())[:1] or [None]
    return isinstance(getattr(given, "reason", None), ConnectTimeoutError | NewConnectionError)


def configured() -> Hosted | None:
    """Return the account that the settings name, if any."""
    name = settings.MAIL_PROVIDER
    if name not in MAIL_PROVIDERS:
        return None
    told = {"KEY": settings.MAIL_PROVIDER_KEY, "SECRET": settings.MAIL_PROVIDER_SECRET}
    access = {option: told[source] for option, source in MAIL_PROVIDERS[name].items()}
    sender = settings.MAIL_FROM
    if name == "mailgun":
        host = urlsplit(f"//{sender.rpartition('@')[2].rstrip('>')}").hostname
        access["sender_domain"] = host or ""
    return Hosted(name, access=access, url=settings.MAIL_PROVIDER_URL, sender=sender)
