"""Comments are written, changed and taken back; whoever is mentioned is written to once."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from paraph import journal
from paraph.kit import db
from paraph.messaging.actions import deliver
from paraph.people.models import Employee

from .events import CommentEdited, CommentWithdrawn, CommentWritten
from .mentions import called_in
from .messages import comment_mention
from .models import Comment, Subject, may_see, seen_by
from .queries import home_of, homeless
from .refusals import CannotComment, TooLateToChange

MOST_LETTERS = 4000
Told = TypeVar("Told", CommentWritten, CommentEdited, CommentWithdrawn)


@db.transaction
def write_comment(
    text: str, *, about: tuple[Subject, int], author: Employee, at: datetime
) -> Comment:
    """Write about a row that the author sees; colleagues called by name get a letter."""
    subject, pk = about
    called = _called(text, about=about)
    comment = Comment.objects.create(
        noun=subject, object_id=pk, author=author, text=text.strip(), written_at=at
    )
    journal.record(_fact(CommentWritten, comment), by=author.actor, at=at)
    _tell(comment, called, at=at)
    return comment


@db.transaction
def edit_comment(comment: Comment, *, text: str, by: Employee, at: datetime) -> None:
    """Say it otherwise, for a while; who is called now and was not before gets a letter."""
    _hold(comment, by=by, at=at)
    called = _called(text, about=home_of(comment))
    if comment.text == text.strip():
        return
    comment.text, comment.edited_at = text.strip(), at
    comment.save(update_fields=["text", "edited_at"])
    journal.record(_fact(CommentEdited, comment), by=by.actor, at=at)
    _tell(comment, called, at=at)


@db.transaction
def withdraw_comment(comment: Comment, *, by: Employee, at: datetime) -> None:
    """Take a comment back: its words are gone, that it was there remains."""
    _hold(comment, by=by, at=at)
    comment.text, comment.withdrawn_at = "", at
    comment.save(update_fields=["text", "withdrawn_at"])
    journal.record(_fact(CommentWithdrawn, comment), by=by.actor, at=at)


@db.transaction
def erase_comments(contact_id: int | None) -> int:
    """Erase what was said of this contact, and of documents and contacts that are gone."""
    named = Q(noun=Subject.CONTACT, object_id=contact_id or 0)
    about = Comment.objects.filter(named).exclude(text="")
    return about.update(text="") + homeless().update(text="")


def _called(text: str, *, about: tuple[Subject, int]) -> list[Employee]:
    """Return who is called; raises ``CannotComment`` when one of them may not read it."""
    if not text.strip():
        raise CannotComment(_("Write something."))
    if len(text) > MOST_LETTERS:
        raise CannotComment(_("Write no more than %d characters.") % MOST_LETTERS)
    called = called_in(text)
    sentence = _("%s may not see this, and cannot be mentioned here.")
    if strangers := [it for it in called if not may_see(it, *about)]:
        raise CannotComment([sentence % it.name for it in strangers])
    return called


@db.transaction_required
def _hold(comment: Comment, *, by: Employee, at: datetime) -> None:
    comment.lock()
    if not comment.may_be_changed(by=by, at=at):
        raise TooLateToChange(_("Only its author changes a comment, within 15 minutes."))


@db.transaction_required
def _tell(comment: Comment, called: list[Employee], *, at: datetime) -> None:
    comment.mentioned.set(called)
    subject, pk = home_of(comment)
    row = seen_by(comment.author, subject).get(pk=pk)
    for person in called:
        if person.pk != comment.author_id:
            letter = comment_mention(comment, title=str(row), to=person)
            deliver(letter, once=f"comment-{comment.pk}-{person.pk}", at=at)


def _fact(event: type[Told], comment: Comment) -> Told:
    return event(comment_id=comment.pk, **{f"{comment.noun}_id": comment.object_id})
