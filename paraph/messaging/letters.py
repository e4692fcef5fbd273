"""What an app wants to say to one person, and how its words are found and rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

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


@dataclass(frozen=True)
class Words:
    """A letter's text in the recipient's language."""

    subject: str
    text: str
    html: str


def words_of(letter: Letter) -> Words:
    """Render the letter: subject, text and HTML of an e-mail, or one plain text for SMS."""
    context = {"url": settings.PARAPH_URL, "name": letter.recipient_name} | dict(letter.context)
    folder = f"messages/{letter.kind}"
    with translation.override(letter.language):
        if letter.channel == "sms":
            text = " ".join(render_to_string(f"{folder}/sms.txt", context).split())
            return Words(subject="", text=text, html="")
        return Words(
            subject=" ".join(render_to_string(f"{folder}/subject.txt", context).split()),
            text=render_to_string(f"{folder}/body.txt", context).strip() + "\n",
            html=render_to_string(f"{folder}/body.html", context),
        )
