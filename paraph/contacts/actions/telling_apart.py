"""Somebody says that contacts which look alike are different people."""

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from paraph import journal
from paraph.contacts.events import ContactsToldApart
from paraph.contacts.models import Contact, Duplicate, NotTheSame
from paraph.journal import Actor
from paraph.kit import db


@db.transaction
def tell_apart(contacts: Sequence[Contact], *, by: Actor, at: datetime) -> None:
    """Remember that these are different people; no scan shows them together again."""
    numbers = sorted({contact.pk for contact in contacts})
    if len(numbers) < 2:
        return
    pairs = [NotTheSame(low=low, high=high) for low, high in combinations(numbers, 2)]
    NotTheSame.objects.bulk_create(pairs, ignore_conflicts=True)
    Duplicate.objects.filter(number__in=numbers).delete()
    apart = ContactsToldApart(contacts={str(it.pk): it.name for it in contacts})
    journal.record(apart, by=by, at=at)
