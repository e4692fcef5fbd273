"""A company of ours seals with its own certificate what its director signs."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils import timezone
from pytest_django import Settings

from paraph.contacts.models import Company
from paraph.journal.models import Fact
from paraph.sealing.evidence import evidence_in
from paraph.sealing.verify import verify
from paraph.signing import authority, certificates, revisions, seals
from paraph.signing.actions.company_seals import add_company_seal, remove_company_seal
from paraph.signing.jobs.auditing import audit_completed
from paraph.signing.models import Act, CompanySeal, Envelope
from paraph.signing.refusals import CannotSeal, SealUnusable
from paraph.signing.rekeying import replace_master_key
from tests import make
from tests.cast import Cast
from tests.fakes.trust_centre import PASSWORD, TrustCentre, serving
from tests.invariants import check_invariants
from tests.signing.token import fresh_token, needs_softhsm

pytestmark = pytest.mark.slow


def now() -> datetime:
    return timezone.now()


@pytest.fixture
def centre() -> Iterator[TrustCentre]:
    with serving() as found:
        yield found


def given(company: Company, centre: TrustCentre, cast: Cast) -> CompanySeal:
    content = centre.container("Ardent SAS", key=ec.generate_private_key(ec.SECP256R1()))
    found = certificates.from_file(content, PASSWORD, at=now())
    return add_company_seal(
        company, chain=found.chain, secret=found.secret, by=cast.alice.actor, at=now()
    )


def test_the_second_look_knows_a_company_s_seal(cast: Cast, centre: TrustCentre) -> None:
    given(cast.company, centre, cast)
    envelope = make.completed(cast, at=now())

    audit_completed()

    envelope.refresh_from_db()
    assert envelope.audited_at
    assert not Fact.objects.filter(event="envelope.doubted").exists()


def rows_of(envelope: Envelope) -> dict[str, tuple[str, str | None, bool]]:
    report = verify(revisions.heads(envelope)[0].content, trust=authority.roots())
    assert (report.verdict, report.trust) == ("intact", "trusted")
    return {row.signer: (row.kind, row.level, row.trusted) for row in report.signatures}


def test_what_the_director_signs_is_sealed_by_the_company(cast: Cast, centre: TrustCentre) -> None:
    seal = given(cast.company, centre, cast)

    envelope = make.completed(cast, at=now())

    told = evidence_in(revisions.heads(envelope)[0].content) or {}
    facts = Fact.objects.filter(event="company.sealed")
    assert rows_of(envelope)["Ardent SAS"] == ("seal", "B-LTA", True)
    assert [each["certificate"] for each in told["seals"]] == [seal.fingerprint]
    assert facts.count() == 1
    assert Act.objects.exclude(company_certificate="").count() == 1
    check_invariants()


def test_a_company_seal_is_kept_encrypted_and_forgotten_when_removed(
    cast: Cast, centre: TrustCentre
) -> None:
    seal = given(cast.company, centre, cast)
    opened = seals.identity_of(seal).name

    remove_company_seal(seal, by=cast.alice.actor, at=now())

    seal.refresh_from_db()
    assert opened == "Ardent SAS"
    assert seal.blob is None and seal.removed_at
    with pytest.raises(SealUnusable):
        seals.identity_of(seal)


def test_another_certificate_takes_the_place_of_the_first(cast: Cast, centre: TrustCentre) -> None:
    first = given(cast.company, centre, cast)

    second = given(cast.company, centre, cast)

    assert list(CompanySeal.objects.in_use()) == [second]
    assert CompanySeal.objects.get(pk=first.pk).removed_at


def test_a_seal_that_was_removed_meanwhile_is_left_out(cast: Cast, centre: TrustCentre) -> None:
    seal = given(cast.company, centre, cast)
    envelope = make.sent(cast, at=now())
    remove_company_seal(seal, by=cast.alice.actor, at=now())

    make.act(make.party(envelope, name="Erin"), at=now())

    report = verify(revisions.heads(envelope)[0].content, trust=authority.roots())
    assert [row.signer for row in report.signatures if row.kind == "signature"]
    assert "Ardent SAS" not in [row.signer for row in report.signatures]


def test_a_revoked_certificate_is_told_and_seals_no_more(cast: Cast, centre: TrustCentre) -> None:
    key, certificate = centre.seal("Ardent SAS", key=ec.generate_private_key(ec.SECP256R1()))
    centre.revoked.append(certificate.serial_number)

    chain = [certificate, centre.root]
    seal = add_company_seal(cast.company, chain=chain, secret=b"", by=cast.alice.actor, at=now())

    seal.refresh_from_db()
    assert key and seal.problem == "revoked"
    assert not seal.is_usable(at=now())


def test_a_seal_given_while_the_master_key_is_replaced_still_opens(
    cast: Cast, centre: TrustCentre
) -> None:
    content = centre.container("Ardent SAS", key=ec.generate_private_key(ec.SECP256R1()))
    found = certificates.from_file(content, PASSWORD, at=now())
    authority.ready(at=now())

    replace_master_key(at=now())
    seal = add_company_seal(
        cast.company, chain=found.chain, secret=found.secret, by=cast.alice.actor, at=now()
    )

    assert seals.identity_of(seal).name == "Ardent SAS"


@pytest.mark.parametrize("content", [b"", b"nothing", b"-----BEGIN CERTIFICATE-----\nAA=="])
def test_what_is_no_certificate_is_refused_by_the_child(content: bytes) -> None:
    with pytest.raises(CannotSeal, match="no certificate"):
        certificates.from_token(content, "ardent", at=now())


def test_a_module_of_a_token_that_is_not_there_is_no_fault_of_the_page(
    cast: Cast, centre: TrustCentre, settings: Settings
) -> None:
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN = "/nowhere/token.so", "any"
    content = centre.container("Ardent SAS", key=ec.generate_private_key(ec.SECP256R1()))
    chain = seals.described(content, PASSWORD, at=now())
    pem = b"".join(one.public_bytes(Encoding.PEM) for one in chain)

    with pytest.raises(CannotSeal, match="no key of that label"):
        certificates.from_token(pem, "ardent", at=now())


@pytest.mark.parametrize(
    ("password", "reason"), [("wrong", "does not open"), (PASSWORD, "run out")]
)
def test_a_bad_file_is_refused_in_plain_words(cast: Cast, password: str, reason: str) -> None:
    ended = now() - timedelta(days=1)
    key = ec.generate_private_key(ec.SECP256R1())
    content = TrustCentre().container("Ardent SAS", key=key, until=ended)

    with pytest.raises(CannotSeal, match=reason):
        certificates.from_file(content, password, at=now())


@needs_softhsm
@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_company_s_key_may_stay_in_a_token(
    cast: Cast,
    centre: TrustCentre,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    fresh_token(settings, tmp_path, monkeypatch)
    content = centre.container("Ardent SAS", key=_key(kind))
    _put(content, tmp_path)
    chain = seals.described(content, PASSWORD, at=now())
    pem = b"".join(one.public_bytes(Encoding.PEM) for one in chain)

    found = certificates.from_token(pem, "ardent", at=now())
    add_company_seal(
        cast.company,
        chain=found.chain,
        secret=None,
        token_label="ardent",
        by=cast.alice.actor,
        at=now(),
    )
    envelope = make.completed(cast, at=now())

    assert rows_of(envelope)["Ardent SAS"] == ("seal", "B-LTA", True)
    with pytest.raises(CannotSeal, match="no key of that label"):
        certificates.from_token(pem, "another", at=now())


def _key(kind: str) -> ec.EllipticCurvePrivateKey | None:
    return ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else None


def _put(content: bytes, folder: Path) -> None:
    """Bring the key of a certificate file into the token."""
    (folder / "key.p12").write_bytes(content)
    source, target = str(folder / "key.p12"), str(folder / "key.pem")
    opened = ["openssl", "pkcs12", "-in", source, "-nocerts", "-nodes", "-out", target]
    subprocess.run([*opened, "-passin", f"pass:{PASSWORD}"], check=True, capture_output=True)
    plain = ["openssl", "pkcs8", "-topk8", "-nocrypt", "-in", target, "-out", target + "8"]
    subprocess.run(plain, check=True, capture_output=True)
    words = ["softhsm2-util", "--import", target + "8", "--token", folder.name]
    named = ["--label", "ardent", "--id", "a1", "--pin", "1234"]
    subprocess.run([*words, *named], check=True, capture_output=True)


def test_the_certificate_of_completion_names_the_company_seal(
    cast: Cast, centre: TrustCentre
) -> None:
    given(cast.company, centre, cast)

    envelope = make.completed(cast, at=now())

    director = make.party(envelope, name="Erin")
    with pikepdf.open(BytesIO(revisions.heads(envelope)[0].content)) as pdf:
        form = {str(field["/T"]): field for field in pdf.Root["/AcroForm"]["/Fields"]}
        said = str(form[f"{director.key}sealed"]["/V"])
    assert "Ardent SAS (Certo Root)" in " ".join(said.split())
