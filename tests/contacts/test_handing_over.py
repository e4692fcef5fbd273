"""Who leaves hands their contacts and companies over."""

from paraph.contacts.models import Company, Contact
from paraph.journal import SYSTEM
from paraph.people.actions.leaving import deactivate_employee
from tests.cast import Cast
from tests.moments import NOON


def test_the_directory_of_who_leaves_goes_to_the_heir(cast: Cast) -> None:
    deactivate_employee(cast.alice, heir=cast.bob, by=SYSTEM, at=NOON)

    assert {row.responsible for row in Contact.objects.all()} == {cast.bob}
    assert {row.responsible for row in Company.objects.all()} == {cast.bob}
    assert Contact.objects.all().matching("weber").count() == 2
