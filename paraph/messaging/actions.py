"""Writing an outgoing row; what becomes of it is kept by ``settling``."""

import uuid
from datetime import datetime
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings

from paraph.kit import db
from paraph.kit.prepared import Prepared, given

from . import jobs
from .holding import is_holding
from .letters import Channel, Letter, Words, words_of
from .models import Message, MessageState
from .settling import LEASE

_KNOWN = Prepared(lambda: Message.objects.filter(once=given("once")))


@db.transaction_required
def deliver(letter: Letter, *, once: str, at: datetime) -> Message:
    """Write the letter into the open transaction; it leaves after the commit, and only once.

    The same ``once`` returns the message that was written first.
    """
    if known := _KNOWN.first(once=once):
        return known
    return _write(letter, words=words_of(letter), once=once, at=at)


@db.transaction_required
def deliver_written(recipient: str, *, words: Words, once: str, at: datetime) -> Message:
    """Write an e-mail whose words somebody else has found, such as a password reset."""
    letter = Letter("account", "email", recipient, "", "en", is_urgent=True)
    return _write(letter, words=words, once=once, at=at)


@db.transaction
def send_test(
    channel: Channel, *, recipient: str, name: str, language: str, at: datetime
) -> Message:
    """Send one harmless message, to see whether its channel works."""
    letter = Letter("test", channel, recipient, name, language, is_urgent=True)
    return _write(letter, words=words_of(letter), once=f"test-{uuid.uuid4()}", at=at)


@db.transaction_required
def _write(letter: Letter, *, words: Words, once: str, at: datetime) -> Message:
    noun, noun_id = letter.about or ("", None)
    is_held = not letter.is_urgent and is_holding()
    message = Message.objects.create(
        once=once,
        kind=letter.kind,
        channel=letter.channel,
        recipient=letter.recipient,
        recipient_name=letter.recipient_name,
        language=letter.language,
        subject=words.subject,
        text=words.text,
        html=words.html,
        is_secret=letter.is_secret,
        is_urgent=letter.is_urgent,
        good_until=letter.good_until,
        unsubscribe_url=letter.unsubscribe_url,
        noun=noun,
        noun_id=noun_id,
        message_id=make_msgid(domain=urlsplit(settings.PARAPH_URL).hostname),
        created_at=at,
        state=MessageState.HELD if is_held else MessageState.QUEUED,
        retry_at=None if is_held else at + LEASE,
    )
    if not is_held:
        jobs.order_hand_over(message)
    return message
