"""Who plays in the tests, always the same people: Alice owns, Bob reads, Mallory is a stranger;
Erin, Frank and Grace sign."""

from dataclasses import dataclass

import pytest

from paraph.contacts.actions.companies import create_company
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard, Requisites
from paraph.contacts.models import Company, Contact
from paraph.journal import SYSTEM
from paraph.people.actions.joining import NewEmployee, add_employee, set_up_installation
from paraph.people.matrix import Level, Right, Section
from paraph.people.models import Employee, Grant, Role, RoleGiven
from tests.keeping import once
from tests.moments import YESTERDAY

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Cast:
    """A set-up trial installation, its people, and their company and clients."""

    olga: Employee  # the administrator
    alice: Employee  # prepares and sends; what tests send is hers
    bob: Employee  # may look at everything and do nothing
    mallory: Employee  # works here and holds no right at all
    erin: Employee  # the director: signs for the company
    company: Company
    client: Company
    frank: Contact
    grace: Contact


@pytest.fixture
def cast(db: None) -> Cast:
    """Set up the installation and let everybody in."""
    return once(gather)


def gather(*, is_trial: bool = True) -> Cast:
    """Set up the installation and let everybody in; for tests that make their own database."""
    olga = set_up_installation(
        _employee("Olga", "Nowak"), name="Ardent", language="en", is_trial=is_trial, at=YESTERDAY
    )
    alice, mallory = _join("Alice", "Martin", "employee"), _join("Mallory", "Stone")
    bob, erin = _join("Bob", "Weber"), _join("Erin", "Lindqvist", "supervisor")
    _let_read(bob)
    company = _company("Ardent SAS", alice, director=erin)
    client = _company("Borealis Ltd", alice)
    return Cast(
        olga=olga,
        alice=alice,
        bob=bob,
        mallory=mallory,
        erin=erin,
        company=company,
        client=client,
        frank=_contact("Frank", "Kowalski", "+33612345601", client, alice),
        grace=_contact("Grace", "O’Neill", "+33612345602", client, alice),
    )


def _employee(first: str, last: str) -> NewEmployee:
    return NewEmployee(f"{first.lower()}@example.org", first, last, password=PASSWORD)


def _join(first: str, last: str, *roles: str) -> Employee:
    return add_employee(_employee(first, last), roles=list(roles), by=SYSTEM, at=YESTERDAY)


def _let_read(person: Employee) -> None:
    """Give a role that no installation begins with: to view everything."""
    reader = Role.objects.create(slug="reader", name="Reader")
    Grant.objects.bulk_create(
        Grant(role=reader, section=section, right=Right.VIEW, level=Level.ALL)
        for section in Section
    )
    RoleGiven.objects.create(role=reader, employee=person)


def _company(name: str, responsible: Employee, *, director: Employee | None = None) -> Company:
    return create_company(
        Requisites(name=name, legal_name=name, city="Lyon", director=director),
        is_ours=director is not None,
        responsible=responsible,
        by=SYSTEM,
        at=YESTERDAY,
    )


def _contact(
    first: str, last: str, phone: str, company: Company, responsible: Employee
) -> Contact:
    card = ContactCard(
        last_name=last,
        first_name=first,
        phone=phone,
        email=f"{first.lower()}@example.org",
        company=company,
    )
    return create_contact(card, responsible=responsible, by=SYSTEM, at=YESTERDAY)
