"""Asking a time-stamp service: one contract for the services of others and for our own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from paraph.sealing import acts
from paraph.sealing.asking import BadToken, Question, digest_of_nothing
from paraph.sealing.authority import Authority
from paraph.sealing.material import Material
from paraph.sealing.timestamps import TimeStampService
from paraph.sealing.verify import verify
from tests.fakes.trust_centre import TrustCentre, serving
from tests.sealing import papers

pytestmark = pytest.mark.slow

DIGEST = hashlib.sha256(b"a contract").digest()
Service = Callable[[bytes], bytes]


def ask(centre: TrustCentre, request: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query"}
    return httpx.post(centre.url, content=request, headers=headers).content


def ours(request: bytes) -> bytes:
    home = Authority.create("Ours", base_url="http://localhost:1", at=datetime.now(UTC))
    return TimeStampService(home).respond(request, datetime.now(UTC))


@pytest.fixture(params=["fake", "ours"])
def service(request: pytest.FixtureRequest) -> Iterator[Service]:
    if request.param == "ours":
        yield ours
        return
    with serving() as centre:
        yield lambda asked: ask(centre, asked)


def test_a_service_stamps_what_it_is_asked_to(service: Service) -> None:
    asked = Question.about(DIGEST)

    token = asked.read(service(asked.encoded), at=datetime.now(UTC))

    assert abs(token.moment - datetime.now(UTC)) < timedelta(minutes=1)
    assert "Time Stamps" in token.name and token.chain


def test_the_answer_to_another_question_is_refused(service: Service) -> None:
    answer = service(Question.about(DIGEST).encoded)

    with pytest.raises(BadToken, match="another request"):
        Question.about(DIGEST).read(answer, at=datetime.now(UTC))
    with pytest.raises(BadToken, match="not a time stamp for these bytes"):
        Question.about(digest_of_nothing()).read(answer, at=datetime.now(UTC))


def test_a_stamp_of_another_hour_is_refused(service: Service) -> None:
    asked = Question.about(DIGEST)

    with pytest.raises(BadToken, match="differ by minutes"):
        late = datetime.now(UTC) + timedelta(hours=1)
        asked.read(service(asked.encoded), at=late)


@pytest.mark.parametrize("answer", [b"", b"good morning", b"\x30\x03\x02\x01\x00", b"\x30\x80"])
def test_noise_is_refused(answer: bytes) -> None:
    with pytest.raises(BadToken):
        Question.about(DIGEST).read(answer, at=datetime.now(UTC))


def test_our_own_service_says_why_it_refuses() -> None:
    asked = Question.about(DIGEST, policy="1.2.3.4")

    with pytest.raises(BadToken, match="policy is not ours"):
        asked.read(ours(asked.encoded), at=datetime.now(UTC))


def test_a_stamp_that_nobody_given_stands_behind_proves_nothing_and_spoils_nothing() -> None:
    now, file = datetime.now(UTC), b""
    file, plan = papers.certified(papers.prepared(), at=now - timedelta(minutes=5))
    home = papers.authority(now - timedelta(minutes=5))
    with serving() as centre:
        asked = acts.stamp(file, plan, _Asking(centre), authority=home, at=now)
    file += asked.tail
    [first] = [row for row in verify(file, trust=[home.root_pem]).signatures if row.kind == "seal"]
    both = verify(file, trust=[home.root_pem, centre.root_pem])

    assert (first.trusted, first.level) == (True, "B-LTA")
    assert all(row.trusted for row in both.signatures)
    assert both.verdict == "intact"


class _Asking:
    """A trust centre as sealing asks it."""

    reserve = 12_000

    def __init__(self, centre: TrustCentre) -> None:
        self._centre = centre
        root = centre.root.public_bytes(Encoding.DER)
        self.material = Material((root,), lists=(centre.revocation_list(),))

    def token(self, digest: bytes) -> bytes:
        asked = Question.about(digest)
        return asked.read(ask(self._centre, asked.encoded), at=datetime.now(UTC)).content
