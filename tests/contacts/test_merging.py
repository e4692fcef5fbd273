"""Merging: nothing is lost, everything moves, and it can be taken back exactly."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paraph import journal
from paraph.campaigns.models import Consent
from paraph.contacts import merging, queries, snapshots
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.actions.editing import edit_contact
from paraph.contacts.actions.fields import FieldCard, create_field
from paraph.contacts.actions.merging import merge_contacts, undo_merge
from paraph.contacts.cards import ContactCard, card_of
from paraph.contacts.joining import CannotMerge, CannotUndoMerge
from paraph.contacts.models import Contact, CustomField, FieldKind
from paraph.people.models import Employee
from paraph.sales.actions.dealing import add_person
from paraph.signing.models import Party
from tests import make
from tests.cast import Cast
from tests.moments import NOON
from tests.sales import deals

LATER = NOON + timedelta(minutes=5)
FEW = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NAMES = st.sampled_from(["Kowalski", "kowalski", "Ó Néill", "Martin"])
WORDS = st.sampled_from(["", "Buyer", "Acheteuse"])
PHONES = st.sampled_from(["+33612345601", "+33612345677", "+48602345678"])


@st.composite
def cards(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what may be written about a contact, further fields and company apart."""
    return {
        "last_name": draw(NAMES),
        "first_name": draw(NAMES),
        "phone": draw(PHONES),
        "email": draw(st.sampled_from(["a@example.org", "b@example.org"])),
        "position": draw(WORDS),
        "comment": draw(WORDS),
        "type": draw(st.sampled_from(["client", "partner"])),
        "language": draw(st.sampled_from(["en", "fr", "pl"])),
        "is_shared": draw(st.booleans()),
    }


def _field(cast: Cast) -> CustomField:
    card = FieldCard("Tier", choices=("Gold", "Silver"))
    return create_field(FieldKind.CHOICE, card, by=cast.olga.actor, at=NOON)


def _created(cast: Cast, card: ContactCard) -> Contact:
    return create_contact(card, responsible=cast.alice, by=cast.alice.actor, at=NOON)


def _merged(cast: Cast, *contacts: Contact, **wanted: int) -> Any:
    return merge_contacts(contacts[0], contacts[1:], wanted=wanted, by=cast.alice.actor, at=LATER)


def _moreau(email: str, position: str = "") -> ContactCard:
    return ContactCard("Moreau", "Zoé", "+33612345601", email, position)


def _rows(numbers: Sequence[int]) -> list[dict[str, Any]]:
    """Return everything that is stored about the contacts, and what refers to them."""
    rows = Contact.objects.filter(pk__in=numbers).order_by("pk")
    parties = Party.objects.filter(contact__in=numbers).order_by("pk")
    return [snapshots.packed(row) for row in [*rows, *parties]]


def _values(contact: Contact) -> set[str]:
    """Return every value that a contact has or is also known by."""
    own = {merging.text_of(contact, field) for field in (*merging.CHOSEN, *contact.custom)}
    return own | {known["value"] for known in contact.also} | set(contact.comment.split("\n\n"))


@pytest.mark.slow
@FEW
@given(one=cards(), other=cards(), tiers=st.lists(st.sampled_from(["Gold", "Silver", None])))
def test_two_merged_keep_every_value_and_relation_and_come_apart_exactly(
    cast: Cast, one: dict[str, Any], other: dict[str, Any], tiers: list[str | None]
) -> None:
    key = _field(cast).key if not CustomField.objects.exists() else CustomField.objects.get().key
    made = []
    for values, tier in zip((one, other), (*tiers, None, None), strict=False):
        custom = {key: tier} if tier else {}
        made.append(_created(cast, ContactCard(**values, company=cast.client, custom=custom)))
    envelope = make.draft(cast)
    Party.objects.filter(envelope=envelope, contact=cast.frank).update(contact=made[1])
    numbers = [contact.pk for contact in made]
    before, known = _rows(numbers), _values(made[0]) | _values(made[1])

    merge = _merged(cast, *made)

    survivor = Contact.objects.get(pk=made[0].pk)
    assert _values(survivor) >= known - {""}
    assert survivor.parties.filter(envelope=envelope).exists()
    assert not Contact.objects.filter(pk=made[1].pk).exists()

    undo_merge(merge, by=cast.alice.actor, at=LATER)

    assert _rows(numbers) == before


def test_who_was_merged_is_found_by_what_they_were_known_by(cast: Cast) -> None:
    _merged(cast, cast.frank, cast.grace)

    found = queries.suggestions(cast.alice, search="O’Neill")

    assert [contact.pk for contact in found] == [cast.frank.pk]
    assert queries.survivor_of(cast.grace.pk) == cast.frank.pk


def test_the_value_that_was_chosen_stays(cast: Cast) -> None:
    _merged(cast, cast.frank, cast.grace, email=cast.frank.pk, phone=cast.grace.pk)

    cast.frank.refresh_from_db()
    assert (cast.frank.email, cast.frank.phone) == ("frank@example.org", "+33612345602")
    assert {"field": "phone", "value": "+33612345601"}.items() <= cast.frank.also[2].items()


def test_the_survivor_keeps_what_it_has_unless_somebody_chose(cast: Cast) -> None:
    survivor = _created(cast, _moreau("a@example.org"))
    newer = _created(cast, _moreau("b@example.org", position="Buyer"))

    found = merging.choices([newer, survivor], survivor=survivor, wanted={})

    stays = {it.field: it.values[it.chosen] for it in found}
    assert (stays["email"], stays["position"]) == ("a@example.org", "Buyer")


def test_undoing_keeps_what_was_changed_since(cast: Cast) -> None:
    merge = _merged(cast, cast.frank, cast.grace, phone=cast.grace.pk)
    contact = Contact.objects.get(pk=cast.frank.pk)
    typed = ContactCard(**{**vars(card_of(contact)), "phone": "+33699999999"})
    edit_contact(contact, typed, by=cast.alice.actor, at=LATER + timedelta(minutes=1))

    undo_merge(merge, by=cast.alice.actor, at=LATER + timedelta(days=29))

    cast.frank.refresh_from_db()
    cast.grace.refresh_from_db()
    assert (cast.frank.last_name, cast.frank.phone) == ("Kowalski", "+33699999999")
    assert (cast.grace.last_name, cast.grace.phone) == ("O’Neill", "+33612345602")
    assert cast.frank.also == []


def test_nobody_goes_back_to_who_has_left(cast: Cast) -> None:
    Contact.objects.filter(pk=cast.grace.pk).update(responsible=cast.erin)
    merge = _merged(cast, cast.frank, cast.grace, responsible=cast.grace.pk)
    survivors = Contact.objects.filter(pk=cast.frank.pk)
    survivors.update(responsible=cast.bob)
    Employee.objects.filter(pk=cast.erin.pk).update(is_active=False, left_at=NOON)

    undo_merge(merge, by=cast.alice.actor, at=LATER)

    cast.grace.refresh_from_db()
    assert (survivors.get().responsible, cast.grace.responsible) == (cast.bob, cast.bob)


def test_a_survivor_stays_with_its_responsible_where_the_earlier_has_left(cast: Cast) -> None:
    Contact.objects.filter(pk=cast.frank.pk).update(responsible=cast.bob)
    merge = _merged(cast, cast.frank, cast.grace, responsible=cast.grace.pk)
    Employee.objects.filter(pk=cast.bob.pk).update(is_active=False, left_at=NOON)

    undo_merge(merge, by=cast.alice.actor, at=LATER)

    cast.frank.refresh_from_db()
    assert cast.frank.responsible == cast.alice


def test_after_thirty_days_merged_contacts_stay_one(cast: Cast) -> None:
    merge = _merged(cast, cast.frank, cast.grace)

    with pytest.raises(CannotUndoMerge, match="After 30 days"):
        undo_merge(merge, by=cast.alice.actor, at=LATER + timedelta(days=31))


def test_a_chain_of_merges_comes_apart_from_its_end(cast: Cast) -> None:
    ada = _created(cast, ContactCard("Okafor", "Ada", "+33612345699", "ada@example.org"))
    numbers = [cast.frank.pk, cast.grace.pk, ada.pk]
    before = _rows(numbers)
    first = _merged(cast, cast.grace, ada)
    second = _merged(cast, cast.frank, Contact.objects.get(pk=cast.grace.pk))
    first.refresh_from_db()

    assert queries.survivor_of(ada.pk) == cast.frank.pk
    with pytest.raises(CannotUndoMerge, match="Undo that first"):
        undo_merge(first, by=cast.alice.actor, at=LATER)

    undo_merge(second, by=cast.alice.actor, at=LATER)
    first.refresh_from_db()
    undo_merge(first, by=cast.alice.actor, at=LATER)
    assert _rows(numbers) == before


def test_a_merge_is_a_fact_on_all_their_timelines(cast: Cast) -> None:
    _merged(cast, cast.frank, cast.grace)

    for contact in (cast.frank, cast.grace):
        facts = journal.timeline(subject="contact", object_id=contact.pk)
        assert facts[0].event == "contact.merged"
        assert facts[0].facts["merged"] == {str(cast.grace.pk): "Grace O’Neill"}


def test_one_contact_is_not_merged_with_itself(cast: Cast) -> None:
    with pytest.raises(CannotMerge, match="at least two"):
        _merged(cast, cast.frank, cast.frank)


def test_who_took_part_in_a_deal_twice_takes_part_once_until_it_is_undone(cast: Cast) -> None:
    deal = deals.deal(cast)
    ada = _created(cast, ContactCard("Okafor", "Ada", "+33612345699", "ada@example.org"))
    for contact in (cast.grace, ada):
        add_person(deal, person=contact, by=cast.alice.actor, at=NOON)
    before = set(deal.people.through.objects.values_list())

    merge = _merged(cast, cast.grace, ada)
    merged = set(deal.people.all())
    undo_merge(merge, by=cast.alice.actor, at=LATER)

    assert merged == {cast.grace}
    assert set(deal.people.through.objects.values_list()) == before


@pytest.mark.parametrize("refuses", ["frank", "grace"])
def test_who_refused_to_be_written_to_stays_refused(cast: Cast, refuses: str) -> None:
    for name in ("frank", "grace"):
        Consent.objects.create(
            contact=getattr(cast, name), channel="email", is_given=name != refuses, at=NOON
        )
    before = set(Consent.objects.values_list())

    merge = _merged(cast, cast.frank, cast.grace)
    word = Consent.objects.get()
    undo_merge(merge, by=cast.alice.actor, at=LATER)

    assert (word.contact_id, word.is_given) == (cast.frank.pk, False)
    assert set(Consent.objects.values_list()) == before
