"""An import is taken back: what it brought goes, and what somebody needs by now stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import CASCADE, PROTECT, RESTRICT, ManyToOneRel, Model

from paraph.batches.actions import advance_batch, undo_batch
from paraph.batches.models import Batch, BatchState
from paraph.contacts.actions.companies import delete_company, edit_company
from paraph.contacts.cards import Requisites
from paraph.contacts.models import Company, Contact
from paraph.people.access import Level, Right
from paraph.people.models import Employee, Grant
from paraph.sales.actions.dealing import add_person, create_deal
from tests import make
from tests.campaigns import house as campaigns
from tests.cast import Cast
from tests.contacts.test_exporting import rename
from tests.contacts.test_importing import EXCEL_OF_FRANCE, imported, named
from tests.moments import NOON
from tests.sales import deals

pytestmark = pytest.mark.slow


def test_an_import_is_undone(cast: Cast) -> None:
    rename(cast, position="Buyer")
    given = imported(cast.alice, EXCEL_OF_FRANCE, duplicates="update")
    assert given.batch

    undo_batch(given.batch, by=cast.alice.actor, at=NOON)

    given.batch.refresh_from_db()
    assert given.batch.state == BatchState.UNDONE
    assert sorted(Contact.objects.values_list("last_name", flat=True)) == ["Kowalski", "O’Neill"]
    assert named("Kowalski").position == "Buyer"
    assert not Company.objects.filter(name="Crête & Fils").exists()


def test_a_company_that_is_gone_since_does_not_keep_an_import_from_being_undone(
    cast: Cast,
) -> None:
    passing = Company.objects.create(name="Passing", responsible=cast.alice, created_at=NOON)
    rename(cast, company=passing)
    content = "Nom;Prénom;Courriel;Société\nKowalski;Frank;frank@example.org;Crête\n".encode()
    given = imported(cast.alice, content, duplicates="update")
    delete_company(passing, by=cast.alice.actor, at=NOON)
    assert given.batch

    undo_batch(given.batch, by=cast.alice.actor, at=NOON)

    given.batch.refresh_from_db()
    assert (given.batch.changed, given.batch.state) == (1, BatchState.UNDONE)
    assert named("Kowalski").company is None


def test_a_company_that_somebody_completed_since_stays(cast: Cast) -> None:
    given = imported(cast.alice, EXCEL_OF_FRANCE)
    company = Company.objects.get(name="Crête & Fils")
    card = Requisites(name="Crête & Fils", city="Lyon")
    edit_company(company, card, by=cast.alice.actor, at=NOON)
    assert given.batch

    undo_batch(given.batch, by=cast.alice.actor, at=NOON)

    assert Company.objects.filter(pk=company.pk).exists()
    assert not Contact.objects.filter(last_name="Dupont").exists()


def test_nobody_is_given_back_to_who_has_left(cast: Cast) -> None:
    rename(cast, responsible=cast.bob)
    content = "Nom;Prénom;Courriel;Responsable\nKowalski;Frank;frank@example.org;".encode()
    content += cast.alice.email.encode()
    given = imported(cast.olga, content, duplicates="update")
    Employee.objects.filter(pk=cast.bob.pk).update(is_active=False, left_at=NOON)
    assert given.batch

    undo_batch(given.batch, by=cast.olga.actor, at=NOON)

    kept = given.batch.refusals.get(is_undo=True)
    assert kept.why == f"{cast.bob.name} does not work here any more."
    assert named("Kowalski").responsible == cast.alice


def test_who_may_edit_and_delete_no_more_takes_nothing_back(cast: Cast) -> None:
    given = imported(cast.alice, EXCEL_OF_FRANCE, duplicates="update")
    lost = (Right.EDIT, Right.DELETE)
    Grant.objects.filter(role__slug="employee", right__in=lost).update(level=Level.NONE)
    batch = given.batch
    assert batch

    undo_batch(Batch.objects.get(pk=batch.pk), by=cast.alice.actor, at=NOON)

    whys = {row.why for row in batch.refusals.filter(is_undo=True)}
    assert whys == {"You may look at this contact, and not do this with it."}
    assert (named("Kowalski").position, named("Dupont").first_name) == ("Directeur", "Éric")


def _beside_a_deal(cast: Cast) -> None:
    deal = deals.deal(replace(cast, frank=cast.grace))
    add_person(deal, person=cast.frank, by=cast.alice.actor, at=NOON)


def _in_a_fixed_list(cast: Cast) -> None:
    campaigns.fixed(cast, cast.frank)


def _with_consent(cast: Cast) -> None:
    campaigns.agree(cast, cast.frank)


USES = (make.draft, deals.deal, _beside_a_deal, _in_a_fixed_list, _with_consent)


@pytest.mark.parametrize("use", USES)
def test_who_was_used_since_stays(cast: Cast, use: Callable[[Cast], object]) -> None:
    given = imported(cast.alice, EXCEL_OF_FRANCE)
    use(replace(cast, frank=named("Lefèvre")))
    assert given.batch

    undo_batch(given.batch, by=cast.alice.actor, at=NOON)

    kept = given.batch.refusals.get(is_undo=True)
    because = "Documents, deals or campaigns name them by now."
    assert (kept.what, kept.why) == ("Zoé Lefèvre", because)
    assert not Contact.objects.filter(last_name="Dupont").exists()


def test_companies_are_taken_back_together(cast: Cast, django_assert_max_num_queries: Any) -> None:
    people = "\n".join(f"Row;Number {it};n{it}@x.example;Firm {it}" for it in range(60))
    given = imported(cast.alice, f"Nom;Prénom;Courriel;Société\n{people}".encode())
    edited = Company.objects.get(name="Firm 7")
    edit_company(edited, Requisites(name="Firm 7", city="Lyon"), by=cast.alice.actor, at=NOON)
    needed = Company.objects.get(name="Firm 8")
    wanted = replace(deals.card(cast), client=needed)
    create_deal(wanted, stage=deals.stage(), by=cast.alice.actor, at=NOON)
    assert given.batch
    undo_batch(given.batch, by=cast.alice.actor, at=NOON)

    with django_assert_max_num_queries(60):
        advance_batch(given.batch, at=NOON)

    assert set(Company.objects.filter(name__startswith="Firm")) == {edited, needed}
    assert not Contact.objects.filter(last_name="Row").exists()


@pytest.mark.parametrize("model", [Contact, Company])
def test_nothing_that_goes_with_a_row_is_needed_by_others(model: type[Model]) -> None:
    along = [
        it.related_model
        for it in model._meta.get_fields(include_hidden=True)
        if isinstance(it, ManyToOneRel) and it.on_delete is CASCADE
    ]

    needed = [
        it
        for each in along
        for it in each._meta.get_fields(include_hidden=True)
        if isinstance(it, ManyToOneRel) and it.on_delete in (PROTECT, RESTRICT)
    ]

    assert along
    assert needed == []
