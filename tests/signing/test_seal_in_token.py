"""The installation's own seal in an HSM, shown with SoftHSM2."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from paraph.config.doctor import keeping
from paraph.config.doctor.findings import Level
from paraph.documents.models import RevisionKind
from paraph.kit import files
from paraph.sealing.verify import verify
from paraph.signing import authority, queries, tokens
from paraph.signing.models import AuthorityState
from paraph.signing.refusals import SealUnusable
from tests import make
from tests.cast import Cast
from tests.invariants import check_invariants
from tests.signing.token import fresh_token, needs_softhsm

pytestmark = [pytest.mark.django_db, pytest.mark.slow, needs_softhsm]

TWO_SEALS = 2  # one certifies, one closes


@pytest.fixture(autouse=True)
def token(cast: Cast, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh_token(settings, tmp_path, monkeypatch)
    authority.ready(at=timezone.now())


def said(*words: str) -> str:
    out = StringIO()
    call_command("keys", *words, stdout=out)
    return out.getvalue()


def completed(cast: Cast) -> bytes:
    """Send, sign and complete; return the file, which is whole and as good as every other."""
    envelope = make.completed(cast, at=timezone.now())
    [document] = queries.documents_of(envelope)
    content = files.get(document.revisions.get(kind=RevisionKind.COMPLETED).sha256)
    report = verify(content, trust=authority.roots())
    assert (report.verdict, report.trust) == ("intact", "trusted")
    kinds = {(each.kind, each.level) for each in report.signatures if each.kind != "timestamp"}
    assert kinds == {("seal", "B-LTA"), ("signature", "B-LTA")}
    return content


def test_the_installation_certifies_and_closes_by_a_key_that_stays_in_its_token(
    cast: Cast,
) -> None:
    said("seal-in-token", "house")

    seal = authority.ready(at=timezone.now()).seal
    assert seal.key is None and seal.public == tokens.public_key("house")
    assert completed(cast).lower().count(seal.der.hex().encode()) == TWO_SEALS
    assert "in the token, house" in said("show")
    check_invariants()


def test_two_threads_seal_by_one_token_at_a_time() -> None:
    said("seal-in-token", "house")
    key, messages = (
        tokens.seal_key("house"),
        [f"message {number}".encode() for number in range(24)],
    )
    public = tokens.public_key("house")

    with ThreadPoolExecutor(4) as threads:
        signatures = list(threads.map(key.sign, messages))

    for signature, message in zip(signatures, messages, strict=True):
        public.verify(signature, message, ec.ECDSA(SHA256()))


def test_a_renewed_certificate_is_for_the_same_key_in_the_token() -> None:
    said("seal-in-token", "house")
    before = authority.ready(at=timezone.now()).seal

    said("renew")
    after = authority.ready(at=timezone.now()).seal
    said("seal-here")

    assert after.key_identifier == before.key_identifier and after.der != before.der
    assert authority.ready(at=timezone.now()).seal.key is not None


def test_without_its_token_nothing_is_sealed_and_the_doctor_says_so(
    cast: Cast, settings: Settings
) -> None:
    said("seal-in-token", "house")
    settings.PKCS11_TOKEN = "lost"

    with pytest.raises(SealUnusable):
        make.sent(cast)

    found = [each for each in keeping.of_keys() if each.level == Level.WRONG]
    assert any("token" in each.says for each in found)


def test_what_cannot_sign_is_not_taken(settings: Settings) -> None:
    kept = bytes(AuthorityState.objects.get().blob)
    settings.PKCS11_PIN = "0000"

    with pytest.raises(CommandError, match="cannot be used"):
        said("seal-in-token", "house")

    assert bytes(AuthorityState.objects.get().blob) == kept
