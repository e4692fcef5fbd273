"""Which comments belong to a row: contacts and companies have those of what went into them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from paraph.contacts.company_queries import company_numbers_of, surviving_company
from paraph.contacts.models import Company, Contact, Merged
from paraph.contacts.queries import numbers_of, survivor_of
from paraph.signing.models import Envelope

from .models import Comment, Subject


def comments_on(subject: Subject, pk: int) -> QuerySet[Comment]:
    """Return what was written about a row, the newest first."""
    return Comment.objects.filter(noun=subject, object_id__in=_numbers(subject, pk))


def home_of(comment: Comment) -> tuple[Subject, int]:
    """Return the row that a comment is read on now."""
    subject, pk = Subject(comment.noun), comment.object_id
    leads = {Subject.CONTACT: survivor_of, Subject.COMPANY: surviving_company}.get(subject)
    return subject, (leads(pk) if leads else None) or pk


def _numbers(subject: Subject, pk: int) -> list[int]:
    if subject == Subject.CONTACT:
        return numbers_of(Contact(pk=pk))
    return company_numbers_of(Company(pk=pk)) if subject == Subject.COMPANY else [pk]


def homeless() -> QuerySet[Comment]:
    """Return comments that still say something, of documents and contacts that are gone."""
    it = OuterRef("object_id")
    contacts = Exists(Contact.objects.filter(pk=it)) | Exists(Merged.objects.filter(number=it))
    gone = Q(noun=Subject.ENVELOPE) & ~Q(Exists(Envelope.objects.filter(pk=it)))
    gone |= Q(noun=Subject.CONTACT) & ~Q(contacts)
    return Comment.objects.filter(gone).exclude(text="")
