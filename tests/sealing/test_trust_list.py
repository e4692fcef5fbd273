"""The EU's trusted lists: which services count, and what is refused."""

import base64
from pathlib import Path

import pytest
from lxml import etree
from signxml.signer import XMLSigner

from paraph.sealing.command import main
from paraph.sealing.credentials import Credential
from paraph.sealing.trust_list import ListNotSigned, NotATrustList, read
from tests.sealing import forge

QUALIFIED = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
GRANTED = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"
OPERATOR = [forge.AUTHORITY.issuing.certificate]
WITHDRAWN = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/withdrawn"


def _service(*, kind: str = QUALIFIED, status: str = GRANTED) -> str:
    der = base64.b64encode(forge.AUTHORITY.issuing.der).decode()
    return (
        f"<TSPService><ServiceInformation><ServiceTypeIdentifier>{kind}</ServiceTypeIdentifier>"
        f"<ServiceName><Name>Works CA</Name></ServiceName><ServiceDigitalIdentity><DigitalId>"
        f"<X509Certificate>{der}</X509Certificate></DigitalId></ServiceDigitalIdentity>"
        f"<ServiceStatus>{status}</ServiceStatus></ServiceInformation></TSPService>"
    )


def _list(*services: str) -> bytes:
    return (
        '<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"><SchemeInformation>'
        "<SchemeTerritory>PL</SchemeTerritory><ListIssueDateTime>2026-11-01T00:00:00Z"
        "</ListIssueDateTime></SchemeInformation><TrustServiceProviderList>"
        "<TrustServiceProvider><TSPInformation><TSPName><Name>Paraph Works</Name></TSPName>"
        f"</TSPInformation><TSPServices>{''.join(services)}</TSPServices></TrustServiceProvider>"
        "</TrustServiceProviderList></TrustServiceStatusList>"
    ).encode()


def _signed(content: bytes, *, by: Credential = forge.AUTHORITY.issuing) -> bytes:
    """Sign a list as its operator does: enveloped, over the whole document."""
    signer = XMLSigner(signature_algorithm="ecdsa-sha256")
    root = signer.sign(etree.fromstring(content), key=by.private, cert=[by.certificate])
    return bytes(etree.tostring(root))


def test_services_that_stand_are_read_with_their_names() -> None:
    content = _list(_service(), _service(status=WITHDRAWN), _service(kind="http://x"))

    found = read(_signed(content), signers=OPERATOR)

    [service] = found.services
    assert (found.territory, found.issued_at) == ("PL", "2026-11-01T00:00:00Z")
    assert (service.provider, service.name) == ("Paraph Works", "Works CA")
    assert service.der == forge.AUTHORITY.issuing.der


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        _list(_service()).replace(b"<X509Certificate>", b"<X509Certificate>!"),
    ],
)
def test_what_is_no_trusted_list_is_refused(content: bytes) -> None:
    with pytest.raises(NotATrustList):
        read(_signed(content) if b"X509" in content else content, signers=OPERATOR)


def test_a_list_that_nobody_signed_is_refused() -> None:
    with pytest.raises(ListNotSigned, match="not signed"):
        read(_list(_service()), signers=OPERATOR)


def test_a_list_that_somebody_else_signed_is_refused() -> None:
    with pytest.raises(ListNotSigned, match="no given certificate"):
        read(_signed(_list(_service()), by=forge.AUTHORITY.root), signers=OPERATOR)


def test_a_list_that_was_changed_after_it_was_signed_is_refused() -> None:
    content = _signed(_list(_service(status=WITHDRAWN)))

    with pytest.raises(ListNotSigned, match="changed after"):
        read(content.replace(WITHDRAWN.encode(), GRANTED.encode()), signers=OPERATOR)


@pytest.mark.slow
def test_a_signer_of_a_listed_service_is_trusted_and_the_service_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, signed = tmp_path / "list.xml", tmp_path / "signed.pdf"
    listed.write_bytes(_signed(_list(_service())))
    (tmp_path / "operator.pem").write_bytes(forge.AUTHORITY.issuing.pem)
    signed.write_bytes(forge.completed())

    operator = ["--list-signer", str(tmp_path / "operator.pem")]
    status = main([str(signed), "--trust-list", str(listed), *operator])

    told = capsys.readouterr()
    assert status == 0
    assert "Vouched for by Paraph Works, Works CA (qualified certificates)" in told.out
    assert "signed by a certificate that you named" in told.err


def test_a_list_without_the_name_of_its_signer_is_not_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.xml").write_bytes(_signed(_list(_service())))

    with pytest.raises(SystemExit) as end:
        main(["any.pdf", "--trust-list", str(tmp_path / "list.xml")])

    assert end.value.code == 64
    assert "--list-signer PEM" in capsys.readouterr().err
