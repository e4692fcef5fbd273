"""Timelines tell everything that happened around a row, in words."""

import re
from dataclasses import fields
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import gettext as _
from django.utils.translation import override

from paraph import journal
from paraph.comments.actions import write_comment
from paraph.comments.models import Subject
from paraph.desk.timelines import WORDS, timeline_of
from paraph.desk.timelines.sales import DETAILS
from paraph.desk.timelines.stories import PAGE_SIZE
from paraph.documents.events import DocumentGenerated
from paraph.documents.models import DocumentClass
from paraph.journal import Event, timeline
from paraph.kit import db
from paraph.people.matrix import Level, Right, Section
from paraph.people.models import Employee, Grant, Role, RoleGiven
from paraph.vault.actions.holding import place_hold
from paraph.vault.actions.retaining import change_class
from paraph.vault.models import SignedFile
from tests import make
from tests.cast import Cast
from tests.desk.test_vault_pages import let_keep
from tests.moments import NOON
from tests.sales import deals
from tests.vault.house import signed

pytestmark = pytest.mark.slow

SHOWN = {"envelope_id", "contact_id", "company_id", "document_id", "deal_id"}
GONE = {
    "contact.deleted",
    "company.deleted",
    "deal.deleted",
    "envelope.deleted",
    "document.deleted",
}  # with the row its page went


def test_every_event_around_a_row_has_words() -> None:
    told = {
        event.name
        for event in Event.__subclasses__()
        if event.__module__.startswith("paraph.") and SHOWN & {part.name for part in fields(event)}
    }

    assert told - GONE - set(WORDS) == set()


def test_a_signed_envelope_tells_its_whole_way(cast: Cast) -> None:
    envelope = make.completed(cast)

    words = [moment.words for moment in timeline_of("envelope", envelope.pk)]

    assert words[-1] == "Preparation begun"
    for step in ("Sent for signing", "Asked for a code", "Signed", "Completed and sealed"):
        assert step in words


NOUNS = ("contact", "deal", "company", "envelope", "document", "file")


def rows(cast: Cast) -> dict[str, int]:
    file = signed(cast)
    numbers = (cast.frank.pk, deals.deal(cast).pk, cast.client.pk, file.envelope_id)
    return dict(zip(NOUNS, (*numbers, file.document_id, file.pk), strict=True))


def test_one_component_tells_all_rows_by_kinds_and_pages(client: Client, cast: Cast) -> None:
    for noun, pk in rows(cast).items():
        client.force_login(cast.olga)

        everything = client.get(f"/timelines/{noun}/{pk}/").content.decode()
        comments = client.get(f"/timelines/{noun}/{pk}/?kind=comments").content.decode()
        client.force_login(cast.mallory)
        strange = client.get(f"/timelines/{noun}/{pk}/")

        assert "?kind=comments" in everything, noun
        assert 'class="history__item"' not in comments, noun
        assert strange.status_code == 404, noun


def test_a_long_timeline_goes_on_where_a_page_ends(client: Client, cast: Cast) -> None:
    about = (Subject.CONTACT, cast.frank.pk)
    for number in range(PAGE_SIZE + 2):
        at = NOON + timedelta(minutes=number)
        write_comment(f"Note {number:03}.", about=about, author=cast.alice, at=at)
    client.force_login(cast.alice)

    page = client.get(f"/timelines/contact/{cast.frank.pk}/?kind=comments").content.decode()
    onward = re.search(r'href="([^"]*cursor=[^"]*)" rel="next"', page)
    assert onward
    rest = client.get(unescape(onward[1])).content.decode()

    said = [re.findall(r"Note (\d\d\d)\.", each) for each in (page, rest)]
    assert said[0] + said[1] == [f"{number:03}" for number in reversed(range(PAGE_SIZE + 2))]
    assert said[1] == ["001", "000"]


def test_no_timeline_names_a_document_that_one_does_not_see(client: Client, cast: Cast) -> None:
    deal, paper = deals.deal(cast), make.document(cast.alice, title="Hidden lease")
    made = DocumentGenerated(
        *(paper.pk, 1, paper.title, "", "0" * 64, deal.pk, cast.frank.pk, cast.client.pk)
    )
    db.joining(journal.record)(made, by=cast.alice.actor, at=NOON)
    _let_see(cast.mallory, Section.CONTACTS, Section.CRM)

    for noun, pk in (("deal", deal.pk), ("contact", cast.frank.pk), ("company", cast.client.pk)):
        client.force_login(cast.olga)
        whole = client.get(f"/timelines/{noun}/{pk}/").content.decode()
        client.force_login(cast.mallory)
        seen = client.get(f"/timelines/{noun}/{pk}/").content.decode()

        assert "Hidden lease" in whole, noun
        assert 'class="history__item"' in seen and "Hidden lease" not in seen, noun


def test_why_a_contact_is_on_hold_is_told_to_whom_the_vault_is_open(
    client: Client, cast: Cast
) -> None:
    place_hold(cast.frank, reason="Lawsuit", by=cast.olga, at=NOON)
    _let_see(cast.mallory, Section.CONTACTS)

    for reader, is_told in ((cast.olga, True), (cast.mallory, False)):
        client.force_login(reader)
        page = client.get(f"/timelines/contact/{cast.frank.pk}/").content.decode()
        assert ("Lawsuit" in page) is is_told


def _let_see(person: Employee, *sections: Section) -> None:
    """Let somebody see all of these sections, and nothing else."""
    role = Role.objects.create(slug="seller", name="Seller")
    for section in sections:
        Grant.objects.create(role=role, section=section, right=Right.VIEW, level=Level.ALL)
    RoleGiven.objects.create(role=role, employee=person)


def test_a_class_is_named_in_the_readers_language(client: Client, cast: Cast) -> None:
    file = signed(cast)
    keep_as = db.joining(change_class)
    keep_as(file, to=DocumentClass.CONTRACT, by=cast.olga.actor, at=NOON)
    cast.olga.language = "fr"
    cast.olga.save()
    client.force_login(cast.olga)

    page = client.get(f"/vault/{file.pk}/").content.decode()

    with override("fr"):
        assert f"{_('Other')} → {DocumentClass.CONTRACT.label}" in page


def test_who_saves_a_signed_file_is_on_its_timeline(client: Client, cast: Cast) -> None:
    file = signed(cast)
    client.force_login(cast.olga)

    for address in (f"/vault/{file.pk}/file/", f"/envelopes/{file.envelope_id}/file/"):
        client.get(address).close()

    facts = timeline(subject="document", object_id=file.document_id).filter(
        event="vault.file-saved"
    )
    assert [fact.actor.id for fact in facts] == [cast.olga.pk, cast.olga.pk]
    page = client.get(f"/vault/{file.pk}/").content.decode()
    assert page.count("Taken out") == 2


def test_of_signing_the_vault_tells_no_address_to_who_sees_no_envelope(
    client: Client, cast: Cast
) -> None:
    envelope = make.completed(cast)
    file = SignedFile.objects.get(envelope=envelope)
    let_keep(cast.mallory, Level.ALL)
    client.force_login(cast.mallory)

    page = client.get(f"/vault/{file.pk}/").content.decode()

    assert "Completed and sealed" in page
    assert "Asked to sign" not in page
    assert cast.frank.email not in page


def test_an_edited_deal_tells_amounts_as_people_write_them() -> None:
    facts = {"changes": {"title": ["Hall", "Foyer"], "amount": ["1000000000.000", "18600.50"]}}

    with override("en"):
        assert DETAILS["deal.edited"](facts) == "Hall → Foyer; 1,000,000,000.00 → 18,600.50"
