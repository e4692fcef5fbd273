"""The desk: values are kept at once, the plain form signs, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from paraph.signing import codes
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.sending import send_envelope
from paraph.signing.choices import Placement
from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import (
    Act,
    Envelope,
    Field,
    FieldKind,
    Party,
    SigningSession,
)
from paraph.signing.queries import documents_of, parties_of
from tests import make
from tests.cast import Cast
from tests.moments import NOON
from tests.portal.visiting import come_in, form_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KINDS = (
    FieldKind.SIGNATURE,
    FieldKind.TEXT,
    FieldKind.NUMBER,
    FieldKind.CHECKBOX,
    FieldKind.DATE,
)


@pytest.fixture
def erin(cast: Cast) -> Party:
    """Erin is asked for a signature, a text, a number, a tick and a day; Frank signs after her."""
    envelope = make.draft(cast)
    erin, frank = parties_of(envelope)
    places = [_place(erin, kind, y=100 + 80 * row) for row, kind in enumerate(KINDS)]
    replace_fields(envelope, placements=[*places, _place(frank, FieldKind.SIGNATURE, y=600)])
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    return make.party(Envelope.objects.get(), name="Erin")


def _place(party: Party, kind: FieldKind, *, y: float) -> Placement:
    return Placement(
        party_id=party.pk,
        document_id=documents_of(party.envelope)[0].pk,
        kind=kind,
        page=1,
        x=60,
        y=y,
        width=160,
        height=60,
    )


def _field(party: Party, kind: FieldKind) -> Field:
    return Field.objects.get(party=party, kind=kind)


def test_the_plain_form_signs_with_a_typed_name(erin: Party, client: Client) -> None:
    home = come_in(client, erin)

    page = client.post(f"{home}finish/", form_of(erin), follow=True)

    erin.refresh_from_db()
    assert erin.status == PartyStatus.SIGNED
    assert "You have signed" in page.content.decode()


def test_signing_again_with_the_same_form_signs_once(erin: Party, client: Client) -> None:
    home, form = come_in(client, erin), form_of(erin)

    pages = [client.post(f"{home}finish/", form, follow=True) for _press in range(3)]

    assert Act.objects.count() == 1
    assert ["You have signed" in page.content.decode() for page in pages] == [True] * 3


def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    erin: Party, client: Client
) -> None:
    home, number = come_in(client, erin), _field(erin, FieldKind.NUMBER)

    page = client.post(f"{home}finish/", form_of(erin) | {f"field-{number.pk}": "twelve"})

    text = page.content.decode()
    assert page.status_code == 422
    assert "Write a number, such as 1250 or 12.50." in text
    assert 'value="twelve"' in text
    assert _field(erin, FieldKind.TEXT).value == "Lyon"
    assert not Act.objects.exists()


def test_what_is_missing_is_said_beside_its_field(erin: Party, client: Client) -> None:
    home, text = come_in(client, erin), _field(erin, FieldKind.TEXT)

    page = client.post(f"{home}finish/", form_of(erin) | {f"field-{text.pk}": ""})

    assert page.status_code == 422
    assert page.content.decode().count("This is still missing.") >= 2
    assert not Act.objects.exists()


def test_nobody_signs_without_accepting_the_terms(erin: Party, client: Client) -> None:
    home = come_in(client, erin)

    page = client.post(f"{home}finish/", form_of(erin) | {"agree": ""})

    assert page.status_code == 422
    assert not Act.objects.exists()


def test_a_value_is_kept_while_the_party_goes_on(erin: Party, client: Client) -> None:
    home, text = come_in(client, erin), _field(erin, FieldKind.TEXT)

    kept = client.post(f"{home}fields/{text.pk}/", {f"field-{text.pk}": "Grenoble"})

    assert kept.status_code == 204
    assert "Grenoble" in client.get(f"{home}desk/").content.decode()


def test_a_value_that_does_not_fit_is_refused_in_words(erin: Party, client: Client) -> None:
    home, number = come_in(client, erin), _field(erin, FieldKind.NUMBER)

    refused = client.post(
        f"{home}fields/{number.pk}/",
        {f"field-{number.pk}": "many"},
        headers={"X-Requested-With": "island"},
    )

    assert refused.status_code == 409
    assert refused.content.decode() == "Write a number, such as 1250 or 12.50."


def test_a_place_of_somebody_else_is_not_found(erin: Party, client: Client) -> None:
    home = come_in(client, erin)
    theirs = Field.objects.exclude(party=erin)[0]

    answer = client.post(f"{home}fields/{theirs.pk}/", {f"field-{theirs.pk}": "mine"})

    assert answer.status_code == 404


def test_a_drawing_in_svg_is_refused_and_says_what_helps(erin: Party, client: Client) -> None:
    home, place = come_in(client, erin), _field(erin, FieldKind.SIGNATURE)
    svg = SimpleUploadedFile("me.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")

    page = client.post(
        f"{home}finish/",
        form_of(erin) | {f"how-{place.pk}": "uploaded", f"picture-{place.pk}": svg},
    )

    assert page.status_code == 422
    assert "Save it as PNG" in page.content.decode()
    assert _field(erin, FieldKind.TEXT).value == "Lyon"


def test_an_uploaded_signature_lies_in_its_place(erin: Party, client: Client) -> None:
    home, place = come_in(client, erin), _field(erin, FieldKind.SIGNATURE)
    picture = SimpleUploadedFile("me.png", make.png())

    client.post(
        f"{home}fields/{place.pk}/",
        {f"how-{place.pk}": "uploaded", f"picture-{place.pk}": picture},
    )

    shown = client.get(f"{home}fields/{place.pk}/picture.png")
    assert shown.content.startswith(b"\x89PNG")
    assert shown.headers["Cache-Control"] == "no-store"


def test_what_was_typed_outlives_the_session(erin: Party, client: Client) -> None:
    home, text = come_in(client, erin), _field(erin, FieldKind.TEXT)
    SigningSession.objects.update(seen_at=NOON - timedelta(days=1), opened_at=NOON)

    page = client.post(
        f"{home}finish/", form_of(erin) | {f"field-{text.pk}": "Chambéry"}, follow=True
    )
    link = make.link(erin)
    link.codes.update(created_at=NOON - codes.CODE_PAUSE, expires_at=NOON)
    come_in(client, erin)

    assert "please enter a new code" in page.content.decode()
    assert "Chambéry" in client.get(f"{home}desk/").content.decode()
    assert not Act.objects.exists()


def test_the_text_of_the_pages_can_be_read_aloud(erin: Party, client: Client) -> None:
    home = come_in(client, erin)
    document = documents_of(erin.envelope)[0]

    page = client.get(f"{home}text/{document.pk}/").content.decode()

    assert "Contract, page 1" in page


def test_a_long_text_is_written_small_enough_for_its_place(erin: Party, client: Client) -> None:
    home, text = come_in(client, erin), _field(erin, FieldKind.TEXT)
    words = "Hamburg, Speicherstadt – Block Ź, second floor"

    client.post(f"{home}fields/{text.pk}/", {f"field-{text.pk}": words})

    page = client.get(f"{home}desk/").content.decode()
    assert f'font-size="5.77">{words}</text>' in page


def test_a_day_is_shown_as_people_write_it(erin: Party, client: Client) -> None:
    home, day = come_in(client, erin), _field(erin, FieldKind.DATE)

    client.post(f"{home}fields/{day.pk}/", {f"field-{day.pk}": "2026-03-31"})

    assert ">31 March 2026</text>" in client.get(f"{home}desk/").content.decode()
