"""What providers tell later: a message arrived, or never will. Each has its own way to say it."""

import base64
import hashlib
import hmac
import ipaddress
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from paraph.kit.keys import lasting_key

_DELIVERED = "delivered"
_LOST = "lost"


@dataclass(frozen=True)
class Receipt:
    """One message's fate, by the id that its provider gave it."""

    id: str
    is_delivered: bool
    reason: str = ""


def key_for(provider: str) -> str:
    """Return the secret part of the address at which a provider leaves its receipts."""
    return lasting_key(f"receipts of {provider}").hex()[:40]


def address_for(provider: str) -> str:
    """Return where the provider leaves its receipts; empty while nobody outside can reach us."""
    host = urlsplit(settings.PARAPH_URL).hostname or "localhost"
    if host == "localhost" or _is_at_home(host):
        return ""
    return f"{settings.PARAPH_URL}/receipts/{provider}/{key_for(provider)}/"


def _is_at_home(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def receipts_in(provider: str, form: Mapping[str, str], body: bytes) -> list[Receipt]:
    """Return what the provider tells; what is neither arrived nor lost yet tells nothing."""
    read = _READERS.get(provider)
    return read(form or _json(body)) if read else []


def is_signed_by_twilio(url: str, form: Mapping[str, str], signature: str) -> bool:
    """Check ``X-Twilio-Signature``: HMAC-SHA1 over the address and the sorted parameters."""
    words = url + "".join(name + form[name] for name in sorted(form))
    mac = hmac.new(settings.TWILIO_TOKEN.encode(), words.encode(), hashlib.sha1).digest()
    return hmac.compare_digest(base64.b64encode(mac).decode(), signature)


def _json(body: bytes) -> Mapping[str, str]:
    try:
        told = json.loads(body or b"{}")
    except ValueError:
        return {}
    return {name: str(value) for name, value in told.items()} if isinstance(told, dict) else {}


def _twilio(form: Mapping[str, str]) -> list[Receipt]:
    reason = f"Twilio {form['ErrorCode']}" if form.get("ErrorCode") else ""
    fate = {"delivered": _DELIVERED, "undelivered": _LOST, "failed": _LOST}
    return _receipts(
        [form.get("MessageSid", "")], [fate.get(form.get("MessageStatus", ""))], reason
    )


def _smsapi(form: Mapping[str, str]) -> list[Receipt]:
    """SMSAPI tells of several at once, separated by commas; 404 is delivered."""
    lost = dict.fromkeys(("402", "405", "406", "407", "412"), _LOST)
    statuses = form.get("status", "").split(",")
    fates = [(lost | {"404": _DELIVERED}).get(status) for status in statuses]
    return _receipts(form.get("idx", "").split(","), fates, form.get("status_name", ""))


def _ovh(form: Mapping[str, str]) -> list[Receipt]:
    """PTT codes 1 to 3 are on the way, 4 is delivered, everything else is lost."""
    code = form.get("ptt", "1")
    fate = _DELIVERED if code == "4" else None if code in {"1", "2", "3"} else _LOST
    return _receipts([form.get("id", "")], [fate], form.get("descriptionDlr", ""))


def _vonage(form: Mapping[str, str]) -> list[Receipt]:
    lost = dict.fromkeys(("failed", "expired", "rejected", "unknown"), _LOST)
    fate = (lost | {"delivered": _DELIVERED}).get(form.get("status", ""))
    code = form.get("err-code", "0")
    reason = f"Vonage {code}" if code != "0" else ""
    return _receipts([form.get("messageId") or form.get("message-id", "")], [fate], reason)


def _gateway(form: Mapping[str, str]) -> list[Receipt]:
    fate = {"delivered": _DELIVERED, "failed": _LOST}.get(form.get("state", ""))
    return _receipts([form.get("id", "")], [fate], form.get("reason", ""))


def _receipts(ids: list[str], fates: list[str | None], reason: str) -> list[Receipt]:
    return [
        Receipt(id, is_delivered=fate == _DELIVERED, reason="" if fate == _DELIVERED else reason)
        for id, fate in zip(ids, fates, strict=False)
        if id and fate
    ]


_READERS: Mapping[str, Callable[[Mapping[str, str]], list[Receipt]]] = {
    "twilio": _twilio,
    "smsapi": _smsapi,
    "ovh": _ovh,
    "vonage": _vonage,
    "gateway": _gateway,
}
