"""What holds for every page behind a link: never stored, never framed, no foreign script."""

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from paraph.portal.link import origin_of
from paraph.signing.lifecycle import Status
from paraph.signing.models import Envelope, Party
from paraph.signing.queries import documents_of
from tests import make
from tests.cast import Cast
from tests.portal.visiting import come_in, form_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_pages_behind_a_link_are_neither_stored_nor_framed(cast: Cast, client: Client) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    home, pk = come_in(client, erin), documents_of(erin.envelope)[0].pk
    paths = ["desk/", "decline/", f"pages/{pk}/1/", f"read/{pk}.pdf", f"text/{pk}/"]

    answers = [client.get(home + path) for path in paths]
    answers.append(Client().get(home))

    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["X-Frame-Options"] == "DENY"
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy + ";"
        assert "frame-ancestors 'none'" in policy


def test_no_page_carries_inline_style_or_script(cast: Cast, client: Client) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    home = come_in(client, erin)

    pages = [client.get(f"{home}desk/"), Client().get(home), client.get("/verify/")]

    for page in pages:
        text = page.content.decode()
        assert " style=" not in text
        assert "<script>" not in text
        assert " onclick=" not in text


def test_another_page_of_the_document_is_not_found(cast: Cast, client: Client) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    home, pk = come_in(client, erin), documents_of(erin.envelope)[0].pk

    assert client.get(f"{home}pages/{pk}/2/").status_code == 404
    assert client.get(f"{home}pages/{pk + 99}/1/").status_code == 404


def test_a_forwarding_header_counts_only_behind_our_proxy(settings: Settings) -> None:
    spoofed = {"X-Forwarded-For": "198.51.100.9, 203.0.113.5"}
    request = RequestFactory().get("/", headers=spoofed, REMOTE_ADDR="192.0.2.1")

    settings.PARAPH_PROXIES = 0
    alone = origin_of(request).ip
    settings.PARAPH_PROXIES = 1
    behind = origin_of(request).ip

    assert (alone, behind) == ("192.0.2.1", "203.0.113.5")


def test_the_completed_file_is_downloaded_by_a_button_alone(cast: Cast, client: Client) -> None:
    envelope = make.completed(cast)
    frank = make.party(envelope, name="Frank")
    home = f"/f/{make.token(frank, kind='envelope_completed')}/"
    pk = documents_of(envelope)[0].pk

    page = client.get(home)
    looked, pressed = client.get(f"{home}{pk}.pdf"), client.post(f"{home}{pk}.pdf")

    assert "Signed by everybody" in page.content.decode()
    assert looked.status_code == 405
    assert pressed.content.startswith(b"%PDF")

    client.force_login(cast.alice)
    client.post(f"/envelopes/{envelope.pk}/parties/{frank.pk}/link/close/")
    assert client.get(home).status_code == 410


def test_the_last_to_sign_downloads_the_file_at_once(cast: Cast, client: Client) -> None:
    frank, home = _last_to_sign(cast, client)
    pk = documents_of(frank.envelope)[0].pk

    page = client.post(f"{home}finish/", form_of(frank), follow=True).content.decode()
    file = client.post(f"{home}file/{pk}.pdf")

    assert "Everybody has signed" in page
    assert "Download “Contract”" in page
    assert file.content.startswith(b"%PDF")


def test_the_link_alone_opens_no_signed_file(cast: Cast, client: Client) -> None:
    frank, home = _last_to_sign(cast, client)
    client.post(f"{home}finish/", form_of(frank))
    stranger, pk = Client(), documents_of(frank.envelope)[0].pk

    page = stranger.get(home, follow=True).content.decode()

    assert "Contract" in page
    assert "was sent to you in a message" in page
    assert "Download" not in page
    assert stranger.post(f"{home}file/{pk}.pdf").status_code == 302


def test_nothing_is_downloaded_before_everybody_signed(cast: Cast, client: Client) -> None:
    erin = make.party(make.sent(cast), name="Erin")
    home, pk = come_in(client, erin), documents_of(erin.envelope)[0].pk

    assert client.post(f"{home}file/{pk}.pdf").status_code == 404


def test_a_document_that_is_being_closed_says_so(cast: Cast, client: Client) -> None:
    envelope = make.completed(cast)
    home = f"/s/{make.token(make.party(envelope, name='Frank'))}/"
    Envelope.objects.update(status=Status.CLOSING)

    page = client.get(home, follow=True).content.decode()

    assert "The document is being sealed." in page
    assert "follow-up" in page


def _last_to_sign(cast: Cast, client: Client) -> tuple[Party, str]:
    envelope = make.sent(cast)
    make.act(make.party(envelope, name="Erin"))
    frank = make.party(envelope, name="Frank")
    return frank, come_in(client, frank)
