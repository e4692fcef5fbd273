"""Preparing with less to do: text marks, layouts of templates, details, order, and conflicts."""

import pytest

from paraph.contacts.models import Company, Contact
from paraph.documents.models import Document, Template
from paraph.documents.text import page_words
from paraph.journal.models import Fact
from paraph.kit import files
from paraph.kit.errors import Refused
from paraph.signing import details, rules
from paraph.signing.actions import ceremony
from paraph.signing.actions.drafting import choose_documents, create_draft, use_as_new
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.seating import add_party, change_party, order_parties
from paraph.signing.actions.sending import send_envelope
from paraph.signing.attachments import keep_attachment
from paraph.signing.choices import PartyChoice, Reach
from paraph.signing.jobs.details import keep_details
from paraph.signing.models import Envelope, Field, FieldKind
from paraph.signing.queries import documents_of, newest_revision, parties_of
from paraph.signing.refusals import CannotChoose, CannotSend, PlacesChanged
from paraph.signing.seating import Move, groups_of, moved
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow


def begun(cast: Cast, *documents: Document) -> Envelope:
    """Begin a draft of Alice's with these."""
    by = cast.alice.actor
    return create_draft("Contract", responsible=cast.alice, documents=documents, by=by, at=NOON)


def fields_of(envelope: Envelope) -> list[Field]:
    """Return what is placed, down the pages."""
    return list(Field.objects.filter(party__envelope=envelope).order_by("page", "y", "id"))


def test_a_template_that_was_sent_offers_its_places_to_the_next_document(cast: Cast) -> None:
    first, second = (_from_template(cast, pages) for pages in (2, 3))
    sent = make.draft(cast, documents=[first])
    _place(sent, FieldKind.TEXT, page=2, label="Order")
    send_envelope(sent, by=cast.alice.actor, at=NOON)

    envelope = begun(cast, second)

    kinds = [(field.kind, field.page, field.label) for field in fields_of(envelope)]
    assert kinds == [("signature", 1, ""), ("signature", 1, ""), ("text", 3, "Order")]
    assert [party.contact for party in parties_of(envelope)] == [None, None]


def test_what_the_directory_knows_is_filled_in_and_the_rest_is_asked(cast: Cast) -> None:
    envelope = make.draft(cast)
    _place(envelope, FieldKind.CRM, source="contact.email")
    _place(envelope, FieldKind.CRM, source="contact.position", y=400)
    _place(envelope, FieldKind.REQUISITES, y=500)

    send_envelope(envelope, by=cast.alice.actor, at=NOON)

    email, position, requisites = [f for f in fields_of(envelope) if f.kind != "signature"]
    assert email.value == cast.frank.email
    assert position.value == cast.frank.position
    assert requisites.value == details.requisites_text(cast.frank.company)


def test_a_window_that_saw_less_does_not_save_over_what_another_placed(cast: Cast) -> None:
    envelope = make.draft(cast)
    seen = rules.mark_of(fields_of(envelope))
    _place(envelope, FieldKind.TEXT)

    with pytest.raises(PlacesChanged):
        replace_fields(envelope, placements=[], seen=seen)

    assert len(fields_of(envelope)) == 3


def test_a_choice_takes_only_what_it_offers(cast: Cast) -> None:
    place = Field(kind=FieldKind.CHOICE, options=["Yes", "No"])

    assert rules.obstacle_to_value(place, "Perhaps")
    assert not rules.obstacle_to_value(place, "No")


@pytest.mark.parametrize(
    ("move", "after"),
    [
        (Move.EARLIER, [[1], [3], [2]]),
        (Move.TOGETHER, [[1], [2, 3]]),
        (Move.LATER, [[1], [2], [3]]),
    ],
)
def test_a_party_moves_by_one_step(move: Move, after: list[list[int]]) -> None:
    assert moved([[1], [2], [3]], 3, move) == after


def test_leaving_a_group_comes_before_passing_others() -> None:
    assert moved([[1], [2, 3]], 3, Move.EARLIER) == [[1], [3], [2]]
    assert moved([[1], [2, 3]], 2, Move.APART) == [[1], [3], [2]]


def test_somebody_added_acts_last_and_once(cast: Cast) -> None:
    envelope = make.draft(cast)
    by = cast.alice.actor

    added = add_party(envelope, choice=PartyChoice(contact=cast.grace), by=by, at=NOON)
    with pytest.raises(Refused):
        add_party(envelope, choice=PartyChoice(contact=cast.grace), by=by, at=NOON)
    groups = groups_of(parties_of(envelope))
    order_parties(envelope, groups=moved(groups, added.pk, Move.TOGETHER))

    assert [party.group for party in parties_of(envelope)] == [1, 2, 2]


def test_two_drafts_never_share_a_document(cast: Cast) -> None:
    document = make.document(cast.alice)
    first, second = begun(cast, document), begun(cast, document)

    choose_documents(second, documents=[document], by=cast.alice.actor, at=NOON)

    assert documents_of(first) == [document]
    assert documents_of(second) != [document]


def _from_template(cast: Cast, pages: int) -> Document:
    document = make.document(cast.alice, pages=pages)
    document.template = Template.objects.get_or_create(
        name="Contract of ours",
        defaults={"created_at": NOON, "edited_at": NOON, "responsible": cast.alice},
    )[0]
    document.save()
    return document


def _place(
    envelope: Envelope,
    kind: FieldKind,
    *,
    page: int = 1,
    label: str = "",
    source: str = "",
    y: float = 300,
) -> None:
    client = parties_of(envelope)[-1]
    Field.objects.create(
        party=client,
        document=documents_of(envelope)[0],
        kind=kind,
        page=page,
        x=300,
        y=y,
        width=120,
        height=24,
        label=label,
        source=source,
    )


def test_an_answer_goes_into_the_contact_and_a_file_into_the_evidence(cast: Cast) -> None:
    envelope = make.draft(cast, parties="Erin, Frank")
    _place(envelope, FieldKind.CRM, source="contact.position")
    _place(envelope, FieldKind.FILE, y=400, label="Extract")
    Contact.objects.filter(pk=cast.frank.pk).update(position="")
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    frank = make.party(envelope, name="Frank")
    position, extract, signature = [it for it in fields_of(envelope) if it.party == frank]
    opened = make.session(frank)

    ceremony.save_value(opened, field=signature, picture=files.put(make.png()), at=NOON)
    ceremony.save_value(opened, field=position, value="Head of sales", may_keep=True, at=NOON)
    name, sha256 = keep_attachment(make.pdf(), name="extract.pdf")
    ceremony.attach_file(opened, field=extract, name=name, sha256=sha256, at=NOON)
    make.press(opened)

    cast.frank.refresh_from_db()
    assert cast.frank.position == "Head of sales"
    assert Fact.objects.get(event="contact.edited").actor == frank.actor
    (document,) = documents_of(envelope)
    words = " ".join(word.text for word in page_words(newest_revision(document), 1))
    assert sha256[:16] in words
    assert "Head of sales" in words


def test_an_answer_never_moves_where_codes_go_nor_writes_a_number_that_is_none(cast: Cast) -> None:
    envelope = make.draft(cast)
    iban = "FR1420041010050500013M02606"
    answers = {
        "contact.email": "mallory@example.org",
        "company.city": "Lyon",
        "company.iban": f"{iban[:-1]}7",
        "company.tax_number": "FR00000000000",
    }
    for at, (source, value) in enumerate(answers.items()):
        _place(envelope, FieldKind.CRM, source=source, y=300 + 50 * at)
        Field.objects.filter(source=source).update(value=value, may_keep=True)
    frank = make.party(envelope, name="Frank")
    company, email = frank.company, cast.frank.email
    assert company is not None
    Company.objects.filter(pk=company.pk).update(iban=iban, tax_number="", street="3 quai")

    keep_details(party_id=frank.pk)

    company.refresh_from_db()
    cast.frank.refresh_from_db()
    written = (company.city, company.iban, company.tax_number, company.street)
    assert written == ("Lyon", iban, "", "3 quai")
    assert cast.frank.email == email


def test_a_draft_like_another_takes_over_nothing_that_a_signer_gave(cast: Cast) -> None:
    envelope = make.draft(cast)
    _place(envelope, FieldKind.FILE, y=400)
    Field.objects.filter(kind=FieldKind.FILE).update(
        value="extract.pdf", attachment="ab" * 32, may_keep=True
    )

    draft = use_as_new(envelope, responsible=cast.alice, by=cast.alice.actor, at=NOON)

    (place,) = [it for it in fields_of(draft) if it.kind == FieldKind.FILE]
    assert (place.value, place.attachment, place.may_keep) == ("", "", False)
    assert not rules.is_filled(place)


def test_a_field_beyond_the_last_page_is_not_sent(cast: Cast) -> None:
    envelope = make.draft(cast)
    _place(envelope, FieldKind.TEXT, page=2)

    with pytest.raises(CannotSend, match="has no page 2"):
        send_envelope(envelope, by=cast.alice.actor, at=NOON)


def test_a_document_chosen_twice_lies_there_once(cast: Cast) -> None:
    document = make.document(cast.alice)
    envelope = begun(cast, document)

    choose_documents(envelope, documents=[document] * 2, by=cast.alice.actor, at=NOON)

    assert documents_of(envelope) == [document]


def test_a_language_that_the_sender_chose_stays_until_somebody_else_is_chosen(cast: Cast) -> None:
    envelope = make.draft(cast)
    frank, by = make.party(envelope, name="Frank"), cast.alice.actor
    reach = Reach(link_channel="email", code_channel="email", language="pl")

    change_party(frank, role="signer", reach=reach, by=by, at=NOON)
    copied = use_as_new(envelope, responsible=cast.alice, by=by, at=NOON)
    send_envelope(envelope, by=by, at=NOON)

    assert make.party(envelope, name="Frank").language == "pl" != cast.frank.language
    assert make.party(copied, name="Frank").language == "pl"


def test_only_a_proof_that_a_sender_can_choose_is_chosen(cast: Cast) -> None:
    frank = make.party(make.draft(cast), name="Frank")

    with pytest.raises(CannotChoose):
        change_party(
            frank,
            role="signer",
            reach=Reach(link_channel="email", code_channel="passkey"),
            by=cast.alice.actor,
            at=NOON,
        )
