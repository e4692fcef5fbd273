"""Crowds: many copies of one row that real actions made, for lists that must not grow slow."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Model

from paraph.campaigns.models import Campaign, Segment
from paraph.contacts.models import Company, Contact
from paraph.documents.models import Document
from paraph.kit.ids import document_id
from paraph.messaging.models import Message
from paraph.people.models import Employee, Role, RoleGiven
from paraph.sales.models import Deal
from paraph.signing.models import Enclosure, Envelope, Party
from tests import make
from tests.campaigns import house
from tests.cast import Cast
from tests.moments import NOON
from tests.sales.deals import deal

Gather = Callable[[Cast, int], None]


def contacts(cast: Cast, count: int) -> None:
    """Let Frank stand in the directory many times more."""
    Contact.objects.bulk_create(_copies(cast.frank, count, change=_by_name))


def companies(cast: Cast, count: int) -> None:
    """Let the client's company stand there many times more."""
    Company.objects.bulk_create(_copies(cast.client, count, change=_by_name))


def deals(cast: Cast, count: int) -> None:
    """Let one deal of Alice's stand there many times more."""
    Deal.objects.bulk_create(_copies(deal(cast), count, change=_by_time))


def documents(cast: Cast, count: int) -> None:
    """Let one document lie there many times."""
    Document.objects.bulk_create(_copies(make.document(cast.alice), count, change=_by_code))


def envelopes(cast: Cast, count: int) -> None:
    """Let one sent envelope travel many times, with its parties and its document."""
    model = make.sent(cast)
    rows: list[Party | Enclosure] = [
        *model.parties.all(),
        *Enclosure.objects.filter(envelope=model),
    ]
    for envelope in Envelope.objects.bulk_create(_copies(model, count, change=_by_time)):
        for row in rows:
            row.pk, row.envelope = None, envelope
            row.save(force_insert=True)


def messages(cast: Cast, count: int) -> None:
    """Let one letter arrive many times."""
    letter = make.newest_letter(make.party(make.sent(cast), name="Erin"))
    Message.objects.bulk_create(_copies(letter, count, change=_by_key))


def campaigns(cast: Cast, count: int) -> None:
    """Let one campaign, and the segment it goes to, stand there many times more."""
    segment = house.fixed(cast, cast.frank)
    model = house.draft(cast, segment)
    Segment.objects.bulk_create(_copies(segment, count, change=_by_time))
    Campaign.objects.bulk_create(_copies(model, count, change=_by_time))


def people(cast: Cast, count: int) -> None:
    """Let Alice work here many times more, with her roles."""
    alices = _copies(cast.alice, count, change=_by_address)
    role = Role.objects.get(slug="employee")
    made = Employee.objects.bulk_create(alices)
    RoleGiven.objects.bulk_create(RoleGiven(role=role, employee=each) for each in made)


def _copies(row: Model, count: int, *, change: Callable[[Any, int], None]) -> list[Any]:
    """Return unsaved copies of a row, each with what makes it different."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values.pop("id")
    copies = [type(row)(**values) for _number in range(count)]
    for number, copy in enumerate(copies):
        change(copy, number)
    return copies


def _by_name(copy: Any, number: int) -> None:
    copy.sort_key = f"{copy.sort_key} {number:05}"


def _by_time(copy: Any, number: int) -> None:
    copy.created_at = NOON - timedelta(minutes=number)


def _by_code(copy: Any, number: int) -> None:
    copy.code = document_id()
    _by_time(copy, number)


def _by_key(copy: Any, number: int) -> None:
    copy.once = f"{copy.once}-{number}-{document_id()}"
    _by_time(copy, number)


def _by_address(copy: Any, number: int) -> None:
    copy.email = f"{number}-{document_id().lower()}@example.org"
