"""Imports: what a file becomes, what is refused and why, and that it is whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from paraph.batches.actions import (
    advance_batch,
    begin_batch,
    cancel_batch,
    note_failure,
)
from paraph.batches.models import Batch, BatchState
from paraph.contacts.importing.actions import (
    CannotImport,
    begin_import,
    choose_columns,
    start_check,
    start_import,
)
from paraph.contacts.importing.bringing import CHANGES_AT_ONCE, ROWS_AT_ONCE
from paraph.contacts.importing.intake import CannotRead, take_in
from paraph.contacts.importing.jobs import sweep_imports
from paraph.contacts.importing.models import Import, StagedRow, Verdict
from paraph.contacts.models import Company, Contact
from paraph.journal import Fact
from paraph.people.models import Employee
from tests.cast import Cast
from tests.contacts.test_exporting import exported, rename, table
from tests.moments import NOON

pytestmark = pytest.mark.slow

EXCEL_OF_FRANCE = (
    "Nom;Prénom;Téléphone;Courriel;Société;Fonction;Remarques\r\n"
    "Lefèvre;Zoé;06 12 34 56 99;zoe@crete.example;Crête & Fils;Gérante;« rappeler »\r\n"
    "Dupont;Éric;;eric@crete.example;Crête & Fils;;\r\n"
    "Kowalski;Frank;06 12 34 56 01;frank@example.org;;Directeur;\r\n"
    "Sans;Numéro;12;rien;;;\r\n"
).encode("cp1252")


def began(owner: Employee, content: bytes, *, name: str = "clients.csv", **choices: Any) -> Import:
    given = begin_import(take_in(content), file_name=name, owner=owner, at=NOON)
    usual = {"columns": given.columns, "has_heading": given.has_heading, "duplicates": "skip"}
    choose_columns(given, **{"defaults": {"country": "FR"}, **usual, **choices})
    return given


def checked(owner: Employee, content: bytes, **choices: Any) -> Import:
    given = began(owner, content, **choices)
    run(start_check(given, at=NOON))
    return given


def imported(owner: Employee, content: bytes, **choices: Any) -> Import:
    given = checked(owner, content, **choices)
    run(start_import(given, at=NOON))
    given.refresh_from_db()
    return given


def run(batch: Batch) -> None:
    while advance_batch(batch, at=NOON):
        pass
    batch.refresh_from_db()


def named(last_name: str) -> Contact:
    return Contact.objects.get(last_name=last_name)


def verdicts(given: Import) -> list[str]:
    return list(StagedRow.objects.filter(of=given).values_list("verdict", flat=True))


def test_a_file_of_french_excel_is_understood(cast: Cast) -> None:
    given = began(cast.alice, EXCEL_OF_FRANCE)

    assert (given.encoding, given.separator, given.total) == ("cp1252", ";", 4)
    assert given.columns == [
        *("last_name", "first_name", "phone", "email", "company", "position", "comment")
    ]


def test_the_check_changes_nothing_and_says_what_it_found(cast: Cast) -> None:
    given = checked(cast.alice, EXCEL_OF_FRANCE)

    assert verdicts(given) == [Verdict.NEW, Verdict.NEW, Verdict.SAME, Verdict.REFUSED]
    assert Contact.objects.count() == 2
    assert given.check_batch
    refused = given.check_batch.refusals.get()
    assert refused.what.startswith("Line 5")
    assert "“12”" in refused.why and "“rien”" in refused.why


def test_checked_rows_become_contacts_with_their_company(cast: Cast) -> None:
    given = imported(cast.alice, EXCEL_OF_FRANCE)

    zoe, eric = named("Lefèvre"), named("Dupont")
    assert (zoe.phone, zoe.position, zoe.comment) == ("+33612345699", "Gérante", "« rappeler »")
    assert zoe.company == eric.company == Company.objects.get(name="Crête & Fils")
    assert zoe.responsible == cast.alice and eric.is_incomplete
    assert (given.added, given.updated, given.skipped) == (2, 0, 1)
    assert Contact.objects.matching("crete").count() == 2


def test_each_contact_remembers_where_it_came_from(cast: Cast) -> None:
    imported(cast.alice, EXCEL_OF_FRANCE)

    fact = Fact.objects.about("contact", named("Dupont").pk).get()
    assert (fact.event, fact.facts["file_name"]) == ("contact.imported", "clients.csv")
    assert fact.is_proven and fact.actor.name == "Alice Martin"


@pytest.mark.parametrize(
    ("mode", "position"), [("skip", "Buyer"), ("update", "Directeur"), ("merge", "Buyer")]
)
def test_duplicates_are_treated_as_chosen(cast: Cast, mode: str, position: str) -> None:
    rename(cast, position="Buyer", comment="")

    given = imported(cast.alice, EXCEL_OF_FRANCE, duplicates=mode)

    assert named("Kowalski").position == position
    assert given.updated == (mode == "update")


def test_a_person_twice_in_a_file_comes_once(cast: Cast) -> None:
    content = b"Last name,First name,E-mail\nRow,Ann,ann@x.example\nRow,Ann,ann@x.example\n"

    given = checked(cast.alice, content)

    assert verdicts(given) == [Verdict.NEW, Verdict.SAME]


def test_a_family_that_shares_its_phone_comes_whole(cast: Cast) -> None:
    content = b"Last name,First name,Phone\nRow,Ann,0612345677\nRow,Ben,0612345677\n"

    assert imported(cast.alice, content).added == 2


MANY = ROWS_AT_ONCE + 1


def _half_way(owner: Employee) -> Batch:
    """Import more rows than one stretch takes, and stop after the first."""
    rows = "".join(f"Row,Number {number},n{number}@x.example\n" for number in range(MANY))
    given = checked(owner, f"Last name,First name,E-mail\n{rows}".encode())
    given.batch = order(given)
    advance_batch(given.batch, at=NOON)
    assert Contact.objects.count() == MANY + 1
    return given.batch


def order(given: Import) -> Batch:
    """Order the import without a worker that takes it up at once."""
    place = {"import": given.pk}
    return begin_batch("contacts.import", given=place, total=MANY, owner=given.owner, at=NOON)


def test_a_cancelled_import_leaves_nothing(cast: Cast) -> None:
    batch = _half_way(cast.alice)

    cancel_batch(batch, by=cast.alice.actor, at=NOON)
    run(batch)

    assert (batch.state, Contact.objects.count()) == (BatchState.CANCELLED, 2)


def test_rows_are_forgotten_when_they_are_old_and_their_import_is_over(cast: Cast) -> None:
    batch = _half_way(cast.alice)
    Import.objects.update(batch=batch)

    sweep_imports()
    run(batch)
    sweep_imports()

    assert Contact.objects.count() == MANY + 2
    assert not StagedRow.objects.exists()
    assert Import.objects.get().records == ""


def test_no_stretch_changes_too_many_people_and_none_is_left_out(cast: Cast) -> None:
    people = [f"Row,Number {number},n{number}@x.example" for number in range(CHANGES_AT_ONCE + 1)]
    heading = "Last name,First name,E-mail"
    imported(cast.alice, "\n".join([heading, *people]).encode())
    moved = [f"{person},Buyer" for person in people]
    content = "\n".join([f"{heading},Position", *moved, "New,Ann,a@x.example,Buyer"]).encode()
    batch = order(checked(cast.alice, content, duplicates="update"))
    buyers = Contact.objects.filter(position="Buyer")

    assert advance_batch(batch, at=NOON)
    assert buyers.count() == CHANGES_AT_ONCE
    run(batch)

    assert buyers.count() == len(people) + 1


def test_an_import_that_fails_for_good_leaves_nothing(cast: Cast) -> None:
    batch = _half_way(cast.alice)

    for _time in range(5):
        note_failure(batch, at=NOON)
    run(batch)

    assert (batch.state, Contact.objects.count()) == (BatchState.FAILED, 2)


def test_only_what_is_checked_to_its_end_is_imported(cast: Cast) -> None:
    given = began(cast.alice, EXCEL_OF_FRANCE)

    with pytest.raises(CannotImport, match="not checked to its end"):
        start_import(given, at=NOON)


def test_a_file_is_imported_only_once(cast: Cast) -> None:
    given = imported(cast.alice, EXCEL_OF_FRANCE)

    with pytest.raises(CannotImport):
        start_import(given, at=NOON)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 is no table", "not-a-table"),
        (b"\x00\x01\x02\x03\xff\xfa", "not-a-table"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, why: str) -> None:
    with pytest.raises(CannotRead) as refused:
        take_in(content)

    assert refused.value.why == why


@pytest.mark.parametrize("format", ["csv", "xlsx", "vcard", "vcard3"])
def test_what_was_exported_comes_back_unchanged(cast: Cast, format: str) -> None:
    rename(cast, position="=1+1", comment="'quoted';\n+48 22, “ł”\tend", company=cast.client)
    before = [row[:-1] for row in table(exported(cast.olga))]  # but the day they were created
    content = exported(cast.olga, format=format)
    Contact.objects.all().delete()

    given = imported(cast.olga, content, name=f"contacts.{format}")

    assert given.added == 2
    assert [row[:-1] for row in table(exported(cast.olga))] == before
