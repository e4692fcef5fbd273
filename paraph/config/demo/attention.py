"""Documents of the demo company that need somebody: a letter that came back, a locked link, a
question, a deadline that is near, a letter that nobody opens, a reader who does not sign."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import timedelta

from paraph.contacts.models import Contact
from paraph.messaging.models import Message, MessageState
from paraph.messaging.settling import keep_bounced
from paraph.sales.models import Deal
from paraph.signing import access, codes, queries
from paraph.signing.actions import asking, proving
from paraph.signing.actions.following import extend_deadline
from paraph.signing.models import Envelope, Party
from paraph.signing.refusals import CodeWrong, LinkLocked

from .envelopes import ORIGIN, Story, now, prove, tell, token_of
from .staff import Staff

BOUNCED = "Contrat d’entretien – Girard"
LOCKED = "Umowa serwisowa – Nowak"
ASKED = "Service contract – Northwind"
NEAR = "Avenant d’éclairage – Boulangerie Petit"
UNOPENED = "Umowa najmu oświetlenia – Kowalski Meble"
READ = "Supply contract – Northwind"
STORIES = (
    Story(BOUNCED, "fr", "Girard", "with-client", amount=2400),
    Story(LOCKED, "pl", "Nowak", "with-client", amount=1800, days=10),
    Story(ASKED, "en", "Carter", "with-client", "lawyer", amount=5200, days=8),
    Story(NEAR, "fr", "Petit", "with-client", amount=950),
    Story(UNOPENED, "pl", "Kowalski", "with-client", amount=3100, days=5),
    Story(READ, "en", "O'Neill", "with-client", amount=7800, days=4),
)


def raise_it(staff: Staff, contacts: Mapping[str, Contact], deals: Mapping[str, Deal]) -> None:
    """Send the documents, and let happen to each what happens to documents."""
    tell(staff, contacts, deals, STORIES)
    _come_back(_client(BOUNCED))
    _lock(_client(LOCKED))
    prove(_client(READ))
    session = prove(_client(ASKED))
    asking.ask_question(session, text="Does the price include the lamps?", at=now())
    near = Envelope.objects.get(title=NEAR)
    tomorrow = now() + timedelta(hours=30)
    extend_deadline(near, deadline_at=tomorrow, by=near.responsible.actor, at=now())


def _client(title: str) -> Party:
    _ours, theirs = queries.parties_of(Envelope.objects.get(title=title))
    return theirs


def _come_back(party: Party) -> None:
    """Report a letter as undeliverable, as its mail server would; here it went to the Mailbox."""
    letter = Message.objects.about("party", party.pk).latest("id")
    Message.objects.filter(pk=letter.pk).update(state=MessageState.SENT, channel="email")
    reason = "5.1.1 550 The mailbox does not exist."
    keep_bounced(letter.message_id, recipient=letter.recipient, reason=reason, at=now())


def _lock(party: Party) -> None:
    """Enter wrong codes until the link opens nothing any more."""
    link = access.open_link(token_of(party), at=now())
    for code in range(codes.TRIES_PER_LINK // codes.TRIES_PER_CODE):
        at = now() + code * 2 * codes.CODE_PAUSE
        proving.request_code(link, origin=ORIGIN, at=at)
        for _each in range(codes.TRIES_PER_CODE):
            with contextlib.suppress(CodeWrong, LinkLocked):
                proving.enter_code(link, digits="x", origin=ORIGIN, at=at)
