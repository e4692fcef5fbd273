"""What a party said of itself goes back into the directory, where it let us."""

from __future__ import annotations

from django.utils import timezone

from paraph.contacts.actions.answering import take_answers_of_company, take_answers_of_person
from paraph.kit.jobs import job

from .. import details
from ..models import Party


@job
def keep_details(party_id: int) -> None:
    """Take over what the party answered; what does not fit the directory stays in the document."""
    party = Party.objects.select_related("contact", "company").get(pk=party_id)
    answers = list(party.fields.filter(may_keep=True).exclude(value=""))
    at = timezone.now()
    if party.contact is not None:
        position, further = details.answers_of_person(answers)
        take_answers_of_person(
            party.contact, position=position, further=further, by=party.actor, at=at
        )
    if party.company is not None and (said := details.answers_of_company(answers)):
        take_answers_of_company(party.company, answers=said, by=party.actor, at=at)
