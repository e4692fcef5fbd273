"""What validators fetch: the addresses are those that our certificates name."""

from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID
from django.test import Client

from paraph.signing import authority
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.django_db


def test_the_issuing_certificate_is_where_certificates_say(cast: Cast, client: Client) -> None:
    leaf = authority.ready(at=NOON).issue("Erin", "erin@example.org", NOON).certificate
    places = leaf.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    [issuers] = [
        place.access_location.value
        for place in places
        if place.access_method == AuthorityInformationAccessOID.CA_ISSUERS
    ]

    answer = client.get(urlsplit(issuers).path)

    assert x509.load_der_x509_certificate(answer.content).subject == leaf.issuer


def test_the_root_can_be_fetched_to_be_trusted_elsewhere(cast: Cast, client: Client) -> None:
    root = authority.ready(at=NOON).root.certificate

    answer = client.get("/pki/root.cer")

    assert answer["Content-Type"] == "application/pkix-cert"
    assert x509.load_der_x509_certificate(answer.content) == root


def test_the_revocation_list_is_where_certificates_say(cast: Cast, client: Client) -> None:
    issuing = authority.ready(at=NOON).issuing.certificate
    points = issuing.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    [name] = points[0].full_name or []

    answer = client.get(urlsplit(name.value).path)

    assert x509.load_der_x509_crl(answer.content).issuer == issuing.issuer


def test_before_the_first_start_there_is_nothing_to_fetch(cast: Cast, client: Client) -> None:
    for name in ("root.cer", "issuing.cer", "root.crl"):
        assert client.get(f"/pki/{name}").status_code == 404
