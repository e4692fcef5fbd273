"""The papers of a large company: envelopes at every standing, their documents and parties.

It fills a database that has its tables: ``python -m bench.pile 1000000``, and goes on where it
was stopped. Facts are few and files there are none: it is for lists, boards and figures.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from bench import crowd
from bench.crowd import Maker

from django.apps import apps  # isort: skip  # crowd sets Django up
from django.core.management.color import no_style
from django.db import connection, transaction

from bench.papers import MODELS, House, add_envelope
from bench.tables import settle, unsafely_quick, with_indexes, without_indexes
from paraph.contacts.models import Company, Contact
from paraph.contacts.steps import index_contact
from paraph.kit import db
from paraph.kit.migrating import SearchIndex
from paraph.people.models import Employee, Role, RoleGiven
from paraph.signing.models import Envelope
from paraph.signing.steps import index
from tests import cast

SEARCHES = (SearchIndex("signing", "envelope"), SearchIndex("documents", "document"))
MOST_CHECKED = 50
PORTION = 5_000


def fill(size: int, *, tell: Callable[[str], None] = print) -> None:
    """Fill a database: the cast, a thousand employees, clients, and the envelopes."""
    unsafely_quick()
    house = _house(size)
    there = Envelope.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if there < size:
        with transaction.atomic():
            for search in SEARCHES:
                crowd._run(search.remove(connection.vendor, apps))
        without_indexes(MODELS)
    for begin in range(there + 1, size + 1, PORTION):
        _write(house, range(begin, min(begin + PORTION, size + 1)))
        tell(f"{min(begin + PORTION - 1, size):,} envelopes")
    with_indexes(MODELS)
    for search in SEARCHES:
        crowd._run(search.build(connection.vendor, apps))
    crowd._run(connection.ops.sequence_reset_sql(no_style(), MODELS))
    _check(Envelope.objects.order_by("-pk")[:MOST_CHECKED])
    settle()


def _house(size: int) -> House:
    """Let a thousand employees work for the cast's company, and clients of theirs be known."""
    make = Maker(size)
    if not Employee.objects.exists():
        _move_in(make, size)
    company = Company.objects.select_related("director").get(name="Ardent SAS")
    made = Employee.objects.filter(email__regex="^e[0-9]+@").order_by("pk")
    clients = Contact.objects.filter(email__regex="^c[0-9]+@").select_related("company")
    alice = Employee.objects.get(email="alice@example.org")
    assert company.director
    return House(make, company, company.director, [*made, alice], [*clients.order_by("pk")])


def _move_in(make: Maker, size: int) -> None:
    people = cast.gather()
    staff = crowd._employees(make)
    _roles(staff)
    companies = crowd._companies(make, people.alice, count=max(10, size // 1000))
    _contacts(make, people.alice, companies, count=max(20, size // 50))


def _roles(staff: list[Employee]) -> None:
    """Let everybody prepare and send; the first of each department supervises."""
    roles = {role.slug: role for role in Role.objects.all()}
    RoleGiven.objects.bulk_create(
        RoleGiven(role=roles["supervisor" if number < 40 else "employee"], employee=it)
        for number, it in enumerate(staff)
    )


def _contacts(make: Maker, owner: Employee, companies: list[Company], *, count: int) -> None:
    rows = []
    for number in range(count):
        language = make.language()
        first, last = make.often(crowd.FIRSTS[language]), make.often(make.last[language])
        contact = Contact(
            first_name=first,
            last_name=last,
            email=f"c{number}@example.org",
            phone=make.phone(language)[0],
            company=make.chance.choice(companies),
            responsible=owner,
            language=language if language != "de" else "en",
            created_at=crowd.BEGIN,
            edited_at=crowd.BEGIN,
        )
        index_contact(contact)
        rows.append(contact)
    Contact.objects.bulk_create(rows, batch_size=500)


def _write(house: House, numbers: Iterable[int]) -> None:
    for number in numbers:
        add_envelope(house, number)
    with transaction.atomic():
        for model in MODELS:
            house.tables[model].write()


def _check(envelopes: Iterable[Envelope]) -> None:
    """Refuse to measure what Paraph itself would not have written."""
    columns = ("search_text", "sort_key", "client_name", "client_key", "standing", "acting_names")
    for envelope in envelopes:
        ours = [getattr(envelope, column) for column in columns]
        with db.unit_of_work():
            index(envelope)
            envelope.note_standing(at=envelope.stands_since)
        real = [getattr(envelope, column) for column in columns]
        if ours != real:
            raise ValueError(f"The real ones look different: {real} instead of {ours}")


if __name__ == "__main__":
    fill(int(sys.argv[1]))
