"""What we write to who is mentioned; the words are in ``messages/<kind>/``."""

from __future__ import annotations

from django.conf import settings

from paraph.messaging.letters import Letter
from paraph.people.models import Employee

from .models import Comment, Subject

ADDRESSES = {
    Subject.ENVELOPE: "envelopes",
    Subject.CONTACT: "contacts",
    Subject.DEAL: "deals",
    Subject.COMPANY: "companies",
}


def comment_mention(comment: Comment, *, title: str, to: Employee) -> Letter:
    """Tell somebody that a colleague has called them in a comment."""
    place = ADDRESSES[Subject(comment.noun)]
    link = f"{settings.PARAPH_URL}/{place}/{comment.object_id}/#comment-{comment.pk}"
    return Letter(
        kind="comment_mention",
        channel="email",
        recipient=to.email,
        recipient_name=to.name,
        language=to.language,
        context={"comment": comment, "title": title, "link": link},
        about=(comment.noun, comment.object_id),
    )
