"""What proves a completed document is taken along from its page, by those who may see it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from paraph.sealing.verify import verify
from paraph.signing import authority, queries
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow


def body(client: Client, address: str) -> bytes:
    """Get a file; nothing where there is none."""
    answer = client.get(address)
    return answer.content if answer.status_code == 200 else b""


def test_a_completed_document_offers_certificate_and_evidence(cast: Cast, client: Client) -> None:
    envelope = make.completed(cast)
    pk = queries.documents_of(envelope)[0].pk
    addresses = [
        f"/envelopes/{envelope.pk}/certificate/{pk}.pdf",
        f"/envelopes/{envelope.pk}/evidence/{pk}.zip",
    ]
    client.force_login(cast.alice)

    page = body(client, f"/envelopes/{envelope.pk}/").decode()
    certificate, evidence = (body(client, address) for address in addresses)

    assert all(address in page for address in addresses)
    assert verify(certificate, trust=authority.roots()).verdict == "intact"
    assert b"/MarkInfo" in certificate or b"/StructTreeRoot" in certificate
    with ZipFile(BytesIO(evidence)) as archived:
        assert archived.read("certificate-of-completion.pdf") == certificate
    client.force_login(cast.mallory)
    assert [body(client, address) for address in addresses] == [b"", b""]


def test_nothing_proves_what_is_not_completed(cast: Cast, client: Client) -> None:
    envelope = make.sent(cast)
    pk = queries.documents_of(envelope)[0].pk
    client.force_login(cast.alice)

    assert body(client, f"/envelopes/{envelope.pk}/evidence/{pk}.zip") == b""
    assert body(client, f"/envelopes/{envelope.pk}/certificate/{pk}.pdf") == b""


def test_a_party_gets_the_certificate_by_the_link_to_the_file(cast: Cast, client: Client) -> None:
    envelope = make.completed(cast)
    party = make.party(envelope, name="Frank")
    token = make.token(party, kind="envelope_completed")
    pk = queries.documents_of(envelope)[0].pk

    answer = client.post(f"/f/{token}/certificate/{pk}.pdf")

    assert answer.status_code == 200
    assert verify(answer.content, trust=authority.roots()).trust == "trusted"
