"""Fetches what the issuers of a certificate say of it: answers, lists, and their certificates.

A certificate may come from anybody, so the addresses in it lead out of the house only.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from paraph.sealing import declared
from paraph.sealing.company import chained
from paraph.sealing.material import Material

if TYPE_CHECKING:
    import httpx

SECONDS = 10
LARGEST = 5 * 1024 * 1024
OCSP = {"Content-Type": "application/ocsp-request"}


class NoAnswer(Exception):
    """Nobody answered, or not in time, or with too much."""


def request(
    client: httpx.Client,
    url: str,
    *,
    question: bytes = b"",
    kind: dict[str, str] | None = None,
    seconds: float = SECONDS,
) -> bytes:
    """Return the body of a good answer, to a posted question if there is one; raises
    ``NoAnswer``. No redirect is followed.
    """
    import httpx  # only here: most processes never ask outside

    until, body = time.monotonic() + seconds, bytearray()
    try:
        with (
            client,
            client.stream(
                "POST" if question else "GET",
                url,
                content=question,
                headers=kind,
                timeout=seconds,
            ) as answer,
        ):
            if answer.status_code != 200:
                raise NoAnswer(f"{url} answered {answer.status_code}.")
            for part in answer.iter_bytes():
                body += part
                if len(body) > LARGEST or time.monotonic() > until:
                    raise NoAnswer(f"{url} answered too slowly, or with too much.")
    except (httpx.HTTPError, httpx.InvalidURL) as failure:
        raise NoAnswer(f"{url}: {type(failure).__name__}") from failure
    return bytes(body)


def material_of(chain: Sequence[bytes], *, at: datetime) -> Material:
    """Return what speaks for the first certificate and those above; raises ``Revoked``.

    What its issuers do not tell is missing; then a file reaches no long-term level by it.
    """
    whole = [x509.load_der_x509_certificate(one) for one in chain]
    whole = _completed(whole)
    responses: list[bytes] = []
    lists: list[bytes] = []
    for certificate, issuer in pairwise(whole):
        kind, content = _status(certificate, issuer=issuer, at=at)
        if content:
            (responses if kind == "response" else lists).append(content)
    written = [one.public_bytes(Encoding.DER) for one in whole]
    return Material(tuple(written), tuple(responses), tuple(dict.fromkeys(lists)))


def _completed(chain: list[x509.Certificate]) -> list[x509.Certificate]:
    """Fetch what is missing above the chain, where the certificates say where it lies."""
    while len(chain) < 6 and chain[-1].issuer != chain[-1].subject:
        found = next(_issuers(chain[-1]), None)
        if found is None:
            break
        chain.append(found)
    return chain


def _issuers(certificate: x509.Certificate) -> Iterator[x509.Certificate]:
    for url in declared.issuers(certificate):
        with suppress(NoAnswer, declared.NoAnswer):
            found = declared.read_certificate(_asked(url))
            if chained(certificate, [found]):
                yield found


def _asked(url: str, *, question: bytes = b"") -> bytes:
    """Ask where a certificate says, which is where a stranger says."""
    import httpx  # both with all that speaks HTTP

    from paraph.kit.outward import Outward

    client = httpx.Client(transport=Outward())
    return request(client, url, question=question, kind=OCSP if question else None)


def _status(
    certificate: x509.Certificate, *, issuer: x509.Certificate, at: datetime
) -> tuple[str, bytes]:
    """Ask the responder, else take the list; what neither tells stays untold."""
    question = declared.question(certificate, issuer=issuer)
    for url in declared.responders(certificate):
        with suppress(NoAnswer, declared.NoAnswer):
            said = _asked(url, question=question)
            return "response", declared.read_response(said, certificate=certificate, at=at)
    for url in declared.lists(certificate):
        with suppress(NoAnswer, declared.NoAnswer):
            said = _asked(url)
            return "list", declared.read_list(said, certificate=certificate, issuer=issuer, at=at)
    return "", b""
