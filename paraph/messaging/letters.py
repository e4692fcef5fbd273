"""What an app wants to say to one person, and how its words are found and rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from paraph.kit.placeholders import filled
from paraph.kit.prepared import Prepared, given

from .models import OwnWords

Channel = Literal["email", "sms"]


@dataclass(frozen=True)
class Letter:
    """One message before it is written: its words are the templates in ``messages/<kind>/``."""

    kind: str
    channel: Channel
    recipient: str
    recipient_name: str
    language: str
    context: Mapping[str, object] = field(default_factory=dict)
    about: tuple[str, int] | None = None
    is_secret: bool = False
    is_urgent: bool = False
    good_until: datetime | None = None  # a code that comes too late only confuses
    unsubscribe_url: str = ""  # a mailing has one
    # What placeholders mean in a company's own words; letters without any have none.
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """A letter's text in the recipient's language."""

    subject: str
    text: str
    html: str


def words_of(letter: Letter, *, own: OwnWords | None = None) -> Words:
    """Render the letter: subject, text and HTML of an e-mail, or one plain text for SMS.

    What a company has written itself stands where the usual words would; ``own`` tries words
    that are not kept yet.
    """
    own = own or _own_words(letter)
    with translation.override(letter.language):
        return _sms(letter, own) if letter.channel == "sms" else _mail(letter, own)


_OWN_WORDS = Prepared(
    lambda: OwnWords.objects.filter(kind=given("kind"), language=given("language"))
)


def _own_words(letter: Letter) -> OwnWords | None:
    if not letter.values:
        return None
    return _OWN_WORDS.first(kind=letter.kind, language=letter.language)


def _sms(letter: Letter, own: OwnWords | None) -> Words:
    text = filled(own.sms, letter.values) if own and own.sms else _rendered(letter, "sms.txt")
    return Words(subject="", text=_on_one_line(text), html="")


def _mail(letter: Letter, own: OwnWords | None) -> Words:
    said = filled(own.text, letter.values) if own and own.text else ""
    subject = filled(own.subject, letter.values) if own and own.subject else ""
    return Words(
        subject=_on_one_line(subject or _rendered(letter, "subject.txt")),
        text=_rendered(letter, "body.txt", own_words=said).strip() + "\n",
        html=_rendered(letter, "body.html", own_words=said),
    )


def _rendered(letter: Letter, name: str, **more: str) -> str:
    context = {"url": settings.PARAPH_URL, "name": letter.recipient_name}
    return render_to_string(
        f"messages/{letter.kind}/{name}", {**context, **letter.context, **more}
    )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
