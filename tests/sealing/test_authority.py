"""The installation's authority, judged by OpenSSL and the cryptography package."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from paraph.sealing.authority import Authority, CannotUnlock
from paraph.sealing.credentials import DOCUMENT_SIGNING
from tests.sealing.papers import NOON, authority
from tests.sealing.validators import run

KEY = bytes(range(32))


def test_a_leaf_lives_fifteen_minutes_and_names_its_person() -> None:
    leaf = authority().issue("Zoë Żółć", "zoe@example.org", NOON).certificate

    lifetime = leaf.not_valid_after_utc - leaf.not_valid_before_utc
    assert lifetime == timedelta(minutes=15)
    assert leaf.subject.rfc4514_string() == "CN=Zoë Żółć"
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.RFC822Name) == ["zoe@example.org"]


def test_a_leaf_is_for_signing_documents() -> None:
    leaf = authority().issue("Erin", "", NOON).certificate

    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage)
    purposes = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert usage.critical
    assert usage.value.digital_signature and usage.value.content_commitment
    assert not usage.value.key_cert_sign
    assert set(purposes) == {DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION}


def test_a_long_or_empty_name_still_makes_a_certificate() -> None:
    for name in ("x" * 300, "", "  "):
        assert authority().issue(name, "żółć@example.org", NOON).name


@pytest.mark.slow
def test_openssl_accepts_the_chain(tmp_path: Path) -> None:
    home = authority()
    leaf = home.issue("Erin", "erin@example.org", NOON)
    for name, pem in (("root", home.root_pem), ("issuing", home.issuing.pem), ("leaf", leaf.pem)):
        (tmp_path / f"{name}.pem").write_bytes(pem)

    said = run(
        "openssl", "verify", "-x509_strict", "-no_check_time",
        "-CAfile", tmp_path / "root.pem",
        "-untrusted", tmp_path / "issuing.pem", tmp_path / "leaf.pem",
    )  # fmt: skip

    assert said.strip().endswith("OK")


@pytest.mark.slow
def test_openssl_accepts_a_status_answer(tmp_path: Path) -> None:
    # OpenSSL judges an answer by its own clock.
    home, now = authority(), datetime.now(UTC)
    leaf = home.issue("Erin", "erin@example.org", now)
    for name, pem in (("root", home.root_pem), ("issuing", home.issuing.pem), ("leaf", leaf.pem)):
        (tmp_path / f"{name}.pem").write_bytes(pem)
    answer = home.answer_for(leaf.certificate.serial_number, at=now)
    (tmp_path / "answer.der").write_bytes(answer)

    said = run(
        "openssl", "ocsp", "-respin", tmp_path / "answer.der", "-no_check_time",
        "-issuer", tmp_path / "issuing.pem", "-cert", tmp_path / "leaf.pem",
        "-CAfile", tmp_path / "root.pem", "-no_nonce",
    )  # fmt: skip

    assert "Response verify OK" in said
    assert ": good" in said


def test_a_kept_answer_ends_with_its_leaf() -> None:
    home = authority()
    leaf = home.issue("Erin", "erin@example.org", NOON)

    answer = ocsp.load_der_ocsp_response(home.proof_for(leaf, at=NOON))

    assert answer.certificate_status == ocsp.OCSPCertStatus.GOOD
    assert answer.next_update_utc == leaf.certificate.not_valid_after_utc


def test_an_invented_serial_number_is_unknown() -> None:
    home, stranger = authority(), Authority.create("Other", base_url="http://x", at=NOON)
    foreign = stranger.issue("Mallory", "mallory@example.org", NOON)

    answer = home.answer_for(foreign.certificate.serial_number, at=NOON)

    status = ocsp.load_der_ocsp_response(answer).certificate_status
    assert status == ocsp.OCSPCertStatus.UNKNOWN


def test_the_root_vouches_for_the_issuing_authority() -> None:
    home = authority()

    served, kept = (x509.load_der_x509_crl(one) for one in (home.crl(NOON), home.lasting_crl))

    for revocations in (served, kept):
        assert revocations.is_signature_valid(home.root.private.public_key())
        assert not list(revocations)


def test_keys_come_back_only_with_the_master_key() -> None:
    home = authority()
    blob = home.dump(KEY)

    again = Authority.load(blob, KEY)

    assert again.certificates == home.certificates
    assert again.issue("Erin", "", NOON).name == "Erin"
    assert b"PRIVATE" not in blob
    for wrong in (bytes(32), KEY[:16]):
        with pytest.raises(CannotUnlock):
            Authority.load(blob, wrong)


def test_credentials_are_replaced_after_a_year_and_the_old_ones_kept() -> None:
    home = authority()

    early = home.renewed(NOON + timedelta(days=300))
    later = home.renewed(NOON + timedelta(days=400))

    assert early is home
    assert later.root.der == home.root.der and later.issuing.der == home.issuing.der
    assert later.seal.der != home.seal.der and later.stamper.der != home.stamper.der
    assert home.seal.pem in later.certificates
    assert Authority.load(later.dump(KEY), KEY).retired == later.retired
