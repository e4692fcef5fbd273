"""A company's own seal: which files are taken, and what it adds to a signed document."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from paraph.sealing import acts, company
from paraph.sealing.company import CannotOpen, CompanyIdentity, CompanyMark
from paraph.sealing.material import Material
from paraph.sealing.model import Act, Box, Kind, Plan, Slot
from paraph.sealing.prepare_signed import prepare_signed
from paraph.sealing.verify import verify
from tests.fakes.trust_centre import PASSWORD, Private, TrustCentre
from tests.sealing import forge, papers

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC)
PLACE = Slot("companyseal", "company", Kind.SEAL, Box(1, 0, 0, 0, 0), label="Seal")


@cache
def centre() -> TrustCentre:
    return TrustCentre()


@cache
def identity(kind: str = "ec") -> CompanyIdentity:
    key: Private | None = ec.generate_private_key(ec.SECP384R1()) if kind == "ec" else None
    return company.opened(centre().container("Ardent SAS", key=key), PASSWORD)


def mark(who: CompanyIdentity) -> CompanyMark:
    lists = (centre().revocation_list(),)
    material = Material((who.der, *who.chain), lists=lists)
    return CompanyMark("company", who, material, "Sealed by Ardent SAS")


def sealed(file: bytes, plan: Plan, who: CompanyIdentity, *, evidence: object = None) -> bytes:
    """Signed for the company, sealed by it, and closed."""
    home = papers.authority(NOW - timedelta(minutes=5))
    for step in ("sign", "seal", "close"):
        if step == "sign":
            revision = acts.sign(file, plan, papers.act("company"), authority=home, at=NOW)
        elif step == "seal":
            revision = acts.seal(file, plan, mark(who), authority=home, at=NOW)
        else:
            told = json.dumps(evidence or {}).encode()
            revision = acts.close(file, plan, acts.Last(told, "Closed"), authority=home, at=NOW)
        file, plan = file + revision.tail, Plan.from_json(revision.plan.to_json())
    return file


def certified() -> tuple[bytes, Plan]:
    ready = papers.prepared(where=[*papers.slots(), PLACE])
    return papers.certified(ready, at=NOW - timedelta(minutes=5))


def evidence(who: CompanyIdentity) -> object:
    return {"seals": [{"certificate": hashlib.sha256(who.der).hexdigest()}]}


def roots() -> bytes:
    return papers.authority(NOW - timedelta(minutes=5)).root_pem


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_company_seals_beside_the_signature_of_who_signed_for_it(kind: str) -> None:
    file = sealed(*certified(), identity(kind))

    report = verify(file, trust=[roots(), centre().root_pem])

    [row] = [row for row in report.signatures if row.signer == "Ardent SAS"]
    assert (report.verdict, report.trust) == ("intact", "trusted")
    assert (row.kind, row.level, row.trusted) == ("seal", "B-LTA", True)


def test_the_closing_seal_vouches_for_the_company_seals_it_names() -> None:
    file = sealed(*certified(), identity(), evidence=evidence(identity()))

    report = verify(file, trust=[roots()])

    assert report.trust == "trusted"


def test_nobody_vouches_for_a_company_seal_that_is_not_named() -> None:
    file = sealed(*certified(), identity(), evidence=evidence(identity("rsa")))

    report = verify(file, trust=[roots()])

    assert [row.signer for row in report.signatures if not row.trusted] == ["Ardent SAS"]
    assert report.trust == "unknown"


def test_a_closing_seal_of_somebody_else_vouches_for_nothing() -> None:
    file = sealed(*certified(), identity(), evidence=evidence(identity()))

    report = verify(file, trust=[centre().root_pem])

    assert report.trust == "unknown"
    assert [row.signer for row in report.signatures if row.trusted] == []


def test_a_file_that_came_signed_takes_the_company_seal_as_well() -> None:
    ready = prepare_signed(
        forge.signed(forge.paper()), slots=[PLACE], parties=papers.PARTIES, font=papers.FONT
    )
    home = papers.authority(NOW - timedelta(minutes=5))
    signer = Act("company", "Zoë", "zoe@example.org")
    first = acts.sign(ready.pdf, ready.plan, signer, authority=home, at=NOW)
    file = ready.pdf + first.tail

    last = acts.seal(file, first.plan, mark(identity()), authority=home, at=NOW)

    report = verify(file + last.tail, trust=[roots(), forge.ROOT, centre().root_pem])
    assert report.verdict == "intact"
    assert "Ardent SAS" in [row.signer for row in report.signatures]


def test_without_a_prepared_place_no_company_seals() -> None:
    file, plan = papers.certified(papers.prepared(), at=NOW)

    with pytest.raises(acts.NoSealField):
        acts.seal(file, plan, mark(identity()), authority=papers.authority(NOW), at=NOW)


def test_an_expired_certificate_seals_nothing() -> None:
    file, plan = certified()

    with pytest.raises(acts.CertificateExpired):
        late = NOW + timedelta(days=20_000)
        acts.seal(file, plan, mark(identity()), authority=papers.authority(NOW), at=late)


@pytest.mark.parametrize(
    ("content", "password", "code"),
    [
        (centre().container("A"), "another", "wrong-password"),
        (b"not a container", PASSWORD, "not-pkcs12"),
        (b"", "", "not-pkcs12"),
        (
            centre().container("A", key=rsa.generate_private_key(65537, 1024)),
            PASSWORD,
            "weak-key",
        ),
        (
            centre().container("A", key=ec.generate_private_key(ec.SECP224R1())),
            PASSWORD,
            "weak-key",
        ),
        (centre().container("A", until=NOW - timedelta(days=1)), PASSWORD, "expired"),
    ],
    ids=["password", "noise", "nothing", "short-rsa", "short-curve", "expired"],
)
def test_a_file_that_cannot_seal_is_refused(content: bytes, password: str, code: str) -> None:
    answer = company.described(content, password.encode(), at=NOW.isoformat())

    assert answer == {"refused": code}


def test_an_authority_is_no_company() -> None:
    with pytest.raises(CannotOpen, match="not-for-signing"):
        company.refuse(centre().root, at=NOW)


def test_a_good_file_tells_its_certificate_and_those_above() -> None:
    answer = company.described(centre().container("Ardent SAS"), PASSWORD.encode(), at=str(NOW))

    assert len(answer["chain"]) == 2
    assert answer["chain"][1].encode() == centre().root.public_bytes(Encoding.PEM)
