"""What a party said of itself goes back into the directory, where it let us."""

from __future__ import annotations

from contextlib import suppress

from django.utils import timezone

from paraph.contacts.actions.companies import edit_company
from paraph.contacts.actions.creating import CannotSave
from paraph.contacts.actions.editing import edit_contact
from paraph.kit.jobs import job

from .. import details
from ..models import Party


@job
def keep_details(party_id: int) -> None:
    """Take over what the party answered; what does not fit the directory stays in the document."""
    rows = Party.objects.select_related("contact__company", "contact__responsible", "company")
    party = rows.get(pk=party_id)
    answers = list(party.fields.filter(may_keep=True).exclude(value=""))
    at = timezone.now()
    card = details.card_with(party, answers)
    if party.contact is not None and card is not None:
        with suppress(CannotSave):
            edit_contact(party.contact, card, by=party.actor, at=at)
    requisites = details.requisites_with(party, answers)
    if party.company is not None and requisites is not None:
        edit_company(party.company, requisites, by=party.actor, at=at)
