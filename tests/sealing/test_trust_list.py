"""The EU's trusted lists: which services count, and what is refused."""

import base64
from pathlib import Path

import pytest

from paraph.sealing.command import main
from paraph.sealing.trust_list import NotATrustList, read
from tests.sealing import forge

QUALIFIED = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
GRANTED = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"
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


def test_services_that_stand_are_read_with_their_names() -> None:
    found = read(_list(_service(), _service(status=WITHDRAWN), _service(kind="http://x")))

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
        read(content)


@pytest.mark.slow
def test_a_signer_of_a_listed_service_is_trusted_and_the_service_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, signed = tmp_path / "list.xml", tmp_path / "signed.pdf"
    listed.write_bytes(_list(_service()))
    signed.write_bytes(forge.completed())

    status = main([str(signed), "--trust-list", str(listed)])

    told = capsys.readouterr()
    assert status == 0
    assert "Vouched for by Paraph Works, Works CA (qualified certificates)" in told.out
    assert "Its own signature was not checked." in told.err
