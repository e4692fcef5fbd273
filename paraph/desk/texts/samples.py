"""What a reader would get: the words filled with somebody who does not exist."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from paraph.contacts.models import Company
from paraph.messaging.letters import Letter, Words, words_of
from paraph.messaging.models import OwnWords
from paraph.people.http import Request
from paraph.signing import messages
from paraph.signing.models import Channel, Envelope, Party

LINK = "https://sign.example.org/s/7FK2…"


def sample_of(request: Request, kind: str, language: str, *, own: OwnWords) -> dict[str, Words]:
    """Return the e-mail and the text message as Léa Martin would read them."""
    with override(language):
        party = _reader(request, language)
        letters = {name: _letter(kind, party, channel) for name, channel in _CHANNELS.items()}
        return {name: words_of(letter, own=own) for name, letter in letters.items()}


_CHANNELS = {"mail": Channel.EMAIL, "sms": Channel.SMS}


def _reader(request: Request, language: str) -> Party:
    ours = Company.objects.ours().order_by("id").first() or Company(name=_("Our company"))
    envelope = Envelope(
        title=_("Framework contract 2026"),
        company=ours,
        responsible=request.user,
        deadline_at=request.received_at + timedelta(days=7),
    )
    return Party(
        envelope=envelope,
        name="Léa Martin",
        email="lea.martin@example.org",
        phone="+33612345678",
        language=language,
    )


def _letter(kind: str, party: Party, channel: Channel) -> Letter:
    return messages.example(
        kind,
        party,
        channel=channel,
        link=LINK,
        digits="123456",
        reason=_("The price has changed."),
    )
