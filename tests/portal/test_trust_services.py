"""What others may ask over HTTP: the status of our certificates, and time stamps."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from paraph.sealing.asking import BadToken, Question, digest_of_nothing
from paraph.signing import authority, clock
from paraph.signing.actions.time_sources import known_source
from paraph.signing.integrity import pace
from paraph.signing.jobs.lasting import answer_for_certificates
from paraph.signing.models import Act, StampOrder, StatusAnswer, TimeSource
from tests import make
from tests.cast import Cast
from tests.sealing.validators import run

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUERY = "application/timestamp-query"
DIGEST = hashlib.sha256(b"a contract").digest()


@pytest.fixture(autouse=True)
def ready(cast: Cast) -> None:
    """Every installation has its keys before anybody asks."""
    authority.ready(at=timezone.now())
    answer_for_certificates()


def question(certificate: x509.Certificate) -> bytes:
    issuing = x509.load_der_x509_certificate(authority.public("issuing") or b"")
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuing, SHA1())
    return builder.build().public_bytes(Encoding.DER)


def certificate(name: str) -> x509.Certificate:
    return x509.load_der_x509_certificate(authority.public(name) or b"")


@pytest.mark.parametrize("name", ["seal", "stamper"])
def test_the_status_of_a_daily_certificate_is_told_by_post_and_by_get(
    client: Client, name: str
) -> None:
    asked = question(certificate(name))

    posted = client.post("/pki/ocsp", asked, content_type="application/ocsp-request")
    got = client.get(f"/pki/ocsp/{quote(base64.b64encode(asked).decode(), safe='')}")

    answer = ocsp.load_der_ocsp_response(posted.content)
    assert posted["Content-Type"] == "application/ocsp-response"
    assert answer.certificate_status is ocsp.OCSPCertStatus.GOOD
    assert answer.serial_number == certificate(name).serial_number
    assert got.content == posted.content


@pytest.mark.slow
def test_the_status_of_a_signer_s_certificate_is_told(cast: Cast, client: Client) -> None:
    make.completed(cast)
    leaf = x509.load_pem_x509_certificate(Act.objects.all()[0].certificate.encode())

    posted = client.post("/pki/ocsp", question(leaf), content_type="application/ocsp-request")

    answer = ocsp.load_der_ocsp_response(posted.content)
    assert answer.certificate_status is ocsp.OCSPCertStatus.GOOD


def test_of_certificates_of_others_nothing_is_known(client: Client) -> None:
    root = certificate("root")
    invented = ocsp.OCSPRequestBuilder().add_certificate_by_hash(b"1" * 32, b"2" * 32, 7, SHA256())
    asked = invented.build().public_bytes(Encoding.DER)

    for request in (question(root), asked):
        answer = ocsp.load_der_ocsp_response(
            client.post("/pki/ocsp", request, content_type="application/ocsp-request").content
        )
        assert answer.response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED


@pytest.mark.parametrize("asked", [b"", b"noise", b"\x30\x00", b"\x30\x80" * 3000])
def test_noise_is_no_question(client: Client, asked: bytes) -> None:
    posted = client.post("/pki/ocsp", asked, content_type="application/ocsp-request")

    answer = ocsp.load_der_ocsp_response(posted.content)
    assert answer.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST
    assert client.get("/pki/ocsp/@@@").status_code == 200


def test_whoever_asks_gets_a_time_stamp(client: Client) -> None:
    asked = Question.about(DIGEST)

    posted = client.post("/pki/tsa", asked.encoded, content_type=QUERY)

    token = asked.read(posted.content, at=timezone.now())
    assert posted["Content-Type"] == "application/timestamp-reply"
    assert token.certificate == certificate("stamper")
    assert not StampOrder.objects.exists()


def test_those_who_wait_for_a_stamp_leave_the_web_server_to_others(client: Client) -> None:
    asked = Question.about(DIGEST).encoded

    with pace.one_stamp("203.0.113.1"), pace.one_stamp("203.0.113.2"):
        busy = client.post("/pki/tsa", asked, content_type=QUERY)
    free = client.post("/pki/tsa", asked, content_type=QUERY)

    assert (busy.status_code, free.status_code) == (429, 200)


def test_while_nobody_works_a_stamp_is_refused_at_once(client: Client, settings: Settings) -> None:
    settings.PARAPH_JOBS = "embedded"
    asked = Question.about(DIGEST)

    posted = client.post("/pki/tsa", asked.encoded, content_type=QUERY)

    with pytest.raises(BadToken, match="Nobody stamps"):
        asked.read(posted.content, at=timezone.now())
    assert not StampOrder.objects.exists()


@pytest.mark.slow
def test_openssl_is_content_with_the_time_stamp(client: Client, tmp_path: Path) -> None:
    paper, asked, answer, root = (tmp_path / name for name in ("p", "q.tsq", "a.tsr", "r.pem"))
    paper.write_bytes(b"a contract")
    root.write_bytes(authority.roots()[0])
    run("openssl", "ts", "-query", "-data", paper, "-sha512", "-cert", "-out", asked)

    answer.write_bytes(client.post("/pki/tsa", asked.read_bytes(), content_type=QUERY).content)

    said = run("openssl", "ts", "-verify", "-in", answer, "-queryfile", asked, "-CAfile", root)
    assert "Verification: OK" in said


def test_a_bad_request_is_refused_without_the_worker(client: Client) -> None:
    asked = Question.about(DIGEST, policy="1.2.3.4")

    posted = client.post("/pki/tsa", asked.encoded, content_type=QUERY)

    with pytest.raises(BadToken, match="policy is not ours"):
        asked.read(posted.content, at=timezone.now())
    assert client.post("/pki/tsa", b"x", content_type="text/plain").status_code == 415
    assert client.get("/pki/tsa").status_code == 405


def test_with_a_clock_out_of_step_nothing_is_stamped(client: Client) -> None:
    known_source("http://clock.example")
    TimeSource.objects.update(answered_at=timezone.now(), difference=-60)
    asked = Question.about(DIGEST)

    posted = client.post("/pki/tsa", asked.encoded, content_type=QUERY)

    with pytest.raises(BadToken, match="clock is not in step"):
        asked.read(posted.content, at=timezone.now() + timedelta(0))


def test_nobody_gets_all_the_time_stamps(client: Client) -> None:
    answers = [
        client.post("/pki/tsa", Question.about(digest_of_nothing()).encoded, content_type=QUERY)
        for _ in range(31)
    ]

    assert [answer.status_code for answer in answers] == [200] * 30 + [429]


def test_the_kernel_says_whether_it_is_synchronised() -> None:
    assert clock.is_synchronised() in {True, False}
    assert StatusAnswer.objects.exists()
