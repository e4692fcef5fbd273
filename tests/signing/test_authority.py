"""The installation's authority: one, encrypted, and known to everybody by its certificates."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from pytest_django import Settings

from paraph.journal.models import Fact
from paraph.kit.keys import KeyUnusable
from paraph.sealing.authority import CannotUnlock
from paraph.signing import authority
from paraph.signing.jobs.sealing import keep_authority
from paraph.signing.models import AuthorityState
from tests.cast import gather
from tests.moments import NOON

pytestmark = pytest.mark.django_db


def test_the_authority_is_made_once() -> None:
    first = authority.ready(at=NOON)
    again = authority.ensure_authority(at=NOON)

    assert bytes(again.blob) and AuthorityState.objects.count() == 1
    assert authority.ready(at=NOON).root.pem == first.root.pem
    assert Fact.objects.filter(event="authority.kept").count() == 1


def test_everybody_may_read_the_root_and_nobody_the_keys() -> None:
    made = authority.ready(at=NOON)

    state = AuthorityState.objects.get()
    assert authority.roots() == [made.root_pem]
    assert b"PRIVATE KEY" not in bytes(state.blob)
    assert "PRIVATE" not in state.certificates


def test_validators_find_the_issuing_certificate_and_the_root_s_list() -> None:
    made = authority.ready(at=NOON)

    listed = x509.load_der_x509_crl(authority.revocation_list() or b"")
    assert authority.public("issuing") == made.issuing.der
    assert listed.issuer == made.root.certificate.subject


def test_before_the_first_start_nothing_is_trusted() -> None:
    assert authority.roots() == []
    assert authority.public("issuing") is None
    assert authority.revocation_list() is None


def test_another_master_key_opens_nothing(settings: Settings) -> None:
    authority.ready(at=NOON)
    other = Path(settings.PARAPH_KEY_FILE).with_name("other.key")
    other.write_text("ab" * 32, encoding="ascii")
    settings.PARAPH_KEY_FILE = other

    with pytest.raises(CannotUnlock):
        authority.ready(at=NOON)


def test_a_missing_master_key_is_named(settings: Settings, tmp_path: Path) -> None:
    settings.PARAPH_KEY_FILE = tmp_path / "nowhere.key"

    with pytest.raises(KeyUnusable, match="nowhere"):
        authority.ready(at=NOON)


def test_after_a_year_the_daily_certificates_are_fresh_and_the_old_ones_still_known() -> None:
    before = authority.ready(at=NOON)
    later = NOON + timedelta(days=400)

    after = authority.ready(at=later)

    known = {x509.load_pem_x509_certificate(pem) for pem in authority.certificates()}
    assert after.root.pem == before.root.pem
    assert after.seal.pem != before.seal.pem
    assert {before.seal.certificate, after.seal.certificate} <= known
    assert authority.ready(at=later).seal.pem == after.seal.pem


def test_the_authority_waits_for_set_up_because_it_bears_the_company_s_name() -> None:
    keep_authority()
    before = authority.roots()
    gather()

    keep_authority()

    [root] = authority.roots()
    assert before == []
    assert "Ardent TRIAL" in x509.load_pem_x509_certificate(root).subject.rfc4514_string()
