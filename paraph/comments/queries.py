"""Which comments belong to a row: a contact has those of the contacts that went into it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from paraph.contacts.models import Contact, Merged
from paraph.contacts.queries import numbers_of, survivor_of
from paraph.signing.models import Envelope

from .models import Comment, Subject


def comments_on(subject: Subject, pk: int) -> QuerySet[Comment]:
    """Return what was written about a row, the newest first."""
    keys = numbers_of(Contact(pk=pk)) if subject == Subject.CONTACT else [pk]
    return Comment.objects.filter(noun=subject, object_id__in=keys)


def home_of(comment: Comment) -> tuple[Subject, int]:
    """Return the row that a comment is read on now."""
    subject, pk = Subject(comment.noun), comment.object_id
    is_contact = subject == Subject.CONTACT
    return subject, (survivor_of(pk) if is_contact else None) or pk


def homeless() -> QuerySet[Comment]:
    """Return comments that still say something, of documents and contacts that are gone."""
    it = OuterRef("object_id")
    contacts = Exists(Contact.objects.filter(pk=it)) | Exists(Merged.objects.filter(number=it))
    gone = Q(noun=Subject.ENVELOPE) & ~Q(Exists(Envelope.objects.filter(pk=it)))
    gone |= Q(noun=Subject.CONTACT) & ~Q(contacts)
    return Comment.objects.filter(gone).exclude(text="")
