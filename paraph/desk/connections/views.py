"""Who carries e-mail and SMS here, how to configure them, and a test of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.contacts.queries import typed_phone
from paraph.contacts.rules import NotAPhone
from paraph.kit.numbers import key_of_row
from paraph.messaging.accounts import MAIL_PROVIDERS
from paraph.messaging.actions import send_test
from paraph.messaging.carriers import PROVIDERS, can_carry, carriers_for
from paraph.messaging.carriers.receipts import address_for
from paraph.messaging.holding import discard_messages, is_holding, release_messages
from paraph.messaging.models import Message, MessageState
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

NAMES = {
    "smtp": "SMTP",
    **{name: name.capitalize() for name in MAIL_PROVIDERS},
    "twilio": "Twilio",
    "smsapi": "SMSAPI",
    "ovh": "OVHcloud",
    "vonage": "Vonage",
    "gateway": "HTTP",
}
TOLD_BY_HAND = frozenset({"ovh", "gateway"})
LATEST = 6
MOST_HELD = 200


@dataclass(frozen=True)
class Connection:
    """One channel: whether something carries it, and the variables that configure it."""

    channel: str
    name: str
    is_ready: bool
    carriers: Sequence[str]
    variables: str
    recipient: str
    receipts: Sequence[tuple[str, str]] = ()  # where a provider is to leave them, by its name

    @property
    def is_mailbox(self) -> bool:
        return self.is_ready and not self.carriers


@allow(Section.SETTINGS, Right.VIEW)
def connections(request: Request) -> HttpResponse:
    """Show both channels, what became of the latest tests, and what a restore keeps back."""
    tests = Message.objects.filter(kind="test").order_by("-created_at")[:LATEST]
    held = Message.objects.filter(state=MessageState.HELD)
    context = {
        "connections": _connections(request),
        "tests": tests,
        "is_holding": is_holding(),
        "held": held[:MOST_HELD],
        "held_count": held.count(),
    }
    part = "#tests" if request.htmx else ""
    return render(request, f"desk/connections/connections.html{part}", context)


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def test(request: Request) -> HttpResponse:
    """Send one test message to the address that was typed."""
    channel, recipient = request.POST.get("channel", ""), request.POST.get("recipient", "").strip()
    if problem := _problem(channel, recipient):
        messages.error(request, problem)
        return redirect("connections")
    send_test(
        "sms" if channel == "sms" else "email",
        recipient=typed_phone(recipient) if channel == "sms" else recipient,
        name=request.user.name,
        language=request.user.language,
        at=request.received_at,
    )
    messages.success(request, _("The test is on its way. Below you see what becomes of it."))
    return redirect("connections")


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def held(request: Request) -> HttpResponse:
    """Send or discard what a restore keeps back: the chosen ones, or all, which ends the hold."""
    verb, _every, rest = request.POST.get("verb", "").partition("-")
    chosen = None if rest else [key_of_row(pk) for pk in request.POST.getlist("message")]
    settle = {"release": release_messages, "discard": discard_messages}.get(verb)
    if settle and (chosen is None or chosen):
        settle(chosen, by=request.actor, at=request.received_at)
    return redirect("connections")


def _problem(channel: str, recipient: str) -> str:
    if not can_carry(channel):
        return _("Nobody carries these messages yet. Set the variables below, then start again.")
    if channel != "sms":
        return "" if "@" in recipient else _("Write an e-mail address, like ada@example.org.")
    try:
        return "" if typed_phone(recipient) else _("Write a phone number, like +33 6 12 34 56 78.")
    except NotAPhone as problem:
        return str(problem)


def _connections(request: Request) -> list[Connection]:
    return [
        Connection(
            channel="email",
            name=_("E-mail"),
            is_ready=can_carry("email"),
            carriers=_names("email"),
            variables="PARAPH_SMTP_URL, PARAPH_MAIL_PROVIDER, PARAPH_MAIL_FROM",
            recipient=request.user.email,
        ),
        Connection(
            channel="sms",
            name=_("SMS"),
            is_ready=can_carry("sms"),
            carriers=_names("sms"),
            variables=", ".join(f"PARAPH_{name.upper()}_…" for name in PROVIDERS),
            recipient=request.user.phone,
            receipts=_told_by_hand(),
        ),
    ]


def _names(channel: str) -> list[str]:
    """Name who carries the channel, in the order in which they are tried."""
    if not can_carry(channel):
        return []
    names = [carrier.name for carrier in carriers_for(channel)]
    return [NAMES[name] for name in names if name in NAMES]


def _told_by_hand() -> list[tuple[str, str]]:
    """Return the addresses that have to be entered at a provider, which takes none with a text."""
    names = [carrier.name for carrier in carriers_for("sms")] if can_carry("sms") else []
    found = [(NAMES[name], address_for(name)) for name in names if name in TOLD_BY_HAND]
    return [(name, address) for name, address in found if address]
