"""The directory: what it refuses, what it finds, and who may see what."""

import pytest
from django.utils import translation

from paraph import journal
from paraph.contacts import rules
from paraph.contacts.actions.creating import CannotSave, create_contact
from paraph.contacts.actions.deleting import CannotDelete, delete_contact
from paraph.contacts.actions.editing import edit_contact
from paraph.contacts.cards import ContactCard
from paraph.contacts.models import Company, Contact
from paraph.contacts.queries import typed_phone
from paraph.people.access import Right
from tests import make
from tests.cast import Cast
from tests.moments import NOON

CARD = ContactCard("Żółtowska", "Świętosława", "+48602345678", "s.zoltowska@kowalski.example")


def _created(cast: Cast, card: ContactCard = CARD) -> Contact:
    return create_contact(card, responsible=cast.alice, by=cast.alice.actor, at=NOON)


def _found(cast: Cast, text: str) -> list[str]:
    rows = Contact.objects.visible_to(cast.alice).matching(text)
    return [contact.last_name for contact in rows]


@pytest.mark.parametrize(
    "text", ["zoltow", "ŻÓŁT", "swietoslawa z", "602 345", "kowalski.ex", "Żó", "345678"]
)
def test_a_contact_is_found_by_any_fragment_without_case_and_accents(
    cast: Cast, text: str
) -> None:
    _created(cast)

    assert "Żółtowska" in _found(cast, text)


def test_each_missing_field_is_named(cast: Cast) -> None:
    with pytest.raises(CannotSave) as refused:
        _created(cast, ContactCard("", "Ada", "", "ada@example.org"))

    assert refused.value.reasons == [
        "Write the last name.",
        "Write the phone number: the link to sign is sent there.",
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("+48 602-345-678", "+48602345678"),
        ("0048602345678", "+48602345678"),
        ("", ""),
    ],
)
def test_phones_are_kept_as_e164_however_they_are_typed(typed: str, kept: str) -> None:
    assert rules.e164(typed) == kept


@pytest.mark.parametrize(
    ("typed", "language", "kept"),
    [
        ("601 202 303", "pl", "+48601202303"),
        ("601 202 303", "fr", "+33601202303"),
        ("06 12 34 56 78", "pl", "+33612345678"),
        ("+44 7911 123456", "pl", "+447911123456"),
        ("6 12 34 56 78", "fr", "+33612345678"),
    ],
)
def test_a_number_is_of_the_country_where_it_is_dialled_so(
    cast: Cast, typed: str, language: str, kept: str
) -> None:
    with translation.override(language):
        assert typed_phone(typed) == kept


def test_a_number_is_first_of_all_one_of_our_own_country(cast: Cast) -> None:
    Company.objects.ours().update(country="PL")

    with translation.override("fr"):
        assert typed_phone("601202303") == "+48601202303"


@pytest.mark.parametrize("typed", ["abc", "12", "+33 6", "+999 12345678901234567"])
def test_what_is_no_phone_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(rules.NotAPhone, match=r"\+33 6 12 34 56 78"):
        rules.e164(typed)


def test_editing_records_each_change_with_before_and_after(cast: Cast) -> None:
    contact = _created(cast)
    card = ContactCard(CARD.last_name, CARD.first_name, CARD.phone, "new@example.org")

    edit_contact(contact, card, by=cast.alice.actor, at=NOON)

    newest = journal.timeline(subject="contact", object_id=contact.pk).first()
    assert newest is not None
    assert newest.facts["changes"] == {
        "email": ["s.zoltowska@kowalski.example", "new@example.org"]
    }
    assert _found(cast, "new@example") == ["Żółtowska"]


def test_a_stranger_finds_nobody(cast: Cast) -> None:
    _created(cast)

    assert not Contact.objects.visible_to(cast.mallory).exists()
    assert Contact.objects.visible_to(cast.bob).count() == 3


def test_a_contact_with_documents_stays(cast: Cast) -> None:
    make.sent(cast)

    with pytest.raises(CannotDelete, match="Frank Kowalski is part of documents"):
        delete_contact(cast.frank, by=cast.alice.actor, at=NOON)


def test_a_contact_without_documents_can_go(cast: Cast) -> None:
    contact = _created(cast)

    delete_contact(contact, by=cast.alice.actor, at=NOON)

    assert _found(cast, "zoltow") == []


def test_who_sees_our_company_may_not_change_its_stamp(cast: Cast) -> None:
    seen = [
        {company.name for company in Company.objects.visible_to(cast.erin, right)}
        for right in (Right.VIEW, Right.EDIT)
    ]

    assert seen == [{"Ardent SAS"}, set()]
