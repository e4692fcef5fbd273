"""The time-stamp services of others: which of them answers now, and what they stamp."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.utils import timezone

from paraph.sealing.asking import BadToken, Question, Token, digest_of_nothing
from paraph.sealing.declared import Revoked
from paraph.sealing.material import Material

from ..actions import time_sources
from ..models import TimeSource
from .fetching import NoAnswer, material_of, request

# Two services get ten seconds together; one that was silent is left alone for a while.
SECONDS = 5
SILENT_FOR = timedelta(seconds=60)
MATERIAL_LIFE = timedelta(hours=6)
SPARE_ROOM = 2048
QUERY = {"Content-Type": "application/timestamp-query"}


class NoTime(Exception):
    """The service gave no time stamp; the sentence says why."""


def are_configured() -> bool:
    """Tell whether the installation is to have its documents stamped outside."""
    return bool(settings.TSA_URLS)


@dataclass
class OutsideClock:
    """One service, as sealing asks it."""

    source: TimeSource
    token_was: Token | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        return str(self.source)

    @property
    def material(self) -> Material:
        """What a file keeps, so that the tokens can be judged later."""
        return Material.from_json(self.source.material)

    @property
    def reserve(self) -> int:
        """Bytes that are enough for one token."""
        return self.source.room + SPARE_ROOM

    def token(self, digest: bytes) -> bytes:
        """Ask for a token; raises ``NoTime``, and remembers that nobody answered."""
        import httpx  # only here: most processes never ask outside

        at = timezone.now()
        question = Question.about(digest, policy=settings.TSA_POLICY)
        try:
            client = httpx.Client(auth=_credentials())
            answer = request(
                client, self.source.url, question=question.encoded, kind=QUERY, seconds=SECONDS
            )
            token = question.read(answer, at=timezone.now())
        except (NoAnswer, BadToken) as failure:
            time_sources.keep_silence(self.source, problem=str(failure), at=at)
            raise NoTime(str(failure)) from failure
        time_sources.keep_answer(self.source, token=token, at=timezone.now())
        self.token_was = token
        return token.content


def willing(*, at: datetime) -> Iterator[OutsideClock]:
    """Return the services that may be asked now, in the order of the setting."""
    for url in settings.TSA_URLS:
        source = time_sources.known_source(url)
        if source.problem and source.asked_at and at - source.asked_at < SILENT_FOR:
            continue
        clock = OutsideClock(source)
        if is_known(source, at=at) or look_at(source, at=at):
            yield clock


def is_known(source: TimeSource, *, at: datetime) -> bool:
    """Tell whether what speaks for the service's certificate is at hand and fresh."""
    return source.material_at is not None and at - source.material_at < MATERIAL_LIFE


def look_at(source: TimeSource, *, at: datetime) -> bool:
    """Ask for a time stamp of nothing, and for what speaks for its certificate."""
    clock = OutsideClock(source)
    try:
        clock.token(digest_of_nothing())
        assert clock.token_was is not None
        material = material_of(_chain(clock.token_was), at=at)
    except NoTime:
        return False
    except Revoked:
        time_sources.keep_silence(source, problem="The certificate is revoked.", at=at)
        return False
    time_sources.keep_material(source, material=material, at=at)
    return True


def _chain(token: Token) -> list[bytes]:
    return [_der(token.certificate), *token.chain]


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _credentials() -> tuple[str, str] | None:
    return (settings.TSA_USER, settings.TSA_PASSWORD) if settings.TSA_USER else None
