"""The list stays true: a new name behind a contact is found, and the last document is known."""

from dataclasses import replace

from paraph.contacts.actions.companies import edit_company
from paraph.contacts.cards import Requisites
from paraph.contacts.models import NEVER, Contact
from paraph.journal import SYSTEM, record
from paraph.kit import db
from paraph.people.events import EmployeeEdited
from tests import make
from tests.cast import Cast
from tests.moments import NOON


def _found(text: str) -> int:
    return Contact.objects.matching(text).count()


def test_a_renamed_companys_people_are_found_by_its_new_name(cast: Cast) -> None:
    named = replace(Requisites(name="Borealis Ltd"), name="Łódź Ćwierć")

    edit_company(cast.client, named, by=SYSTEM, at=NOON)

    assert (_found("cwierc"), _found("borealis")) == (2, 0)
    assert set(Contact.objects.values_list("company_key", flat=True)) == {"lodz cwierc"}


def test_a_renamed_colleagues_contacts_are_found_by_the_new_name(cast: Cast) -> None:
    cast.alice.last_name = "Żurawska"
    cast.alice.save()

    with db.unit_of_work():
        changed = EmployeeEdited(employee_id=cast.alice.pk, changed=["last_name"])
        record(changed, by=SYSTEM, at=NOON)

    assert (_found("zurawska"), _found("martin")) == (2, 0)


def test_who_was_sent_a_document_is_known_in_the_list(cast: Cast) -> None:
    envelope = make.sent(cast)

    cast.frank.refresh_from_db()
    cast.grace.refresh_from_db()
    assert cast.frank.last_document_at == envelope.sent_at
    assert cast.grace.last_document_at == NEVER
