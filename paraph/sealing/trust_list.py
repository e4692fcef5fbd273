"""Trusted lists of the European Union (ETSI TS 119 612), read from a file.

Only what a verifier asks is read: which services that issue certificates to people, seals or
time stamps have a standing status, and by which certificate they are known. A list counts only
when the certificate that its operator publishes for signing it is given and has signed it.
"""

import base64
import binascii
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml.exceptions import InvalidCertificate, InvalidInput, InvalidSignature
from signxml.verifier import SignatureConfiguration, XMLVerifier

LARGEST = 40 * 1024 * 1024
_NAMESPACE = {"t": "http://uri.etsi.org/02231/v2#"}
_SIGNATURES = "http://www.w3.org/2000/09/xmldsig#"
_KINDS = {
    "http://uri.etsi.org/TrstSvc/Svctype/CA/QC": "qualified certificates",
    "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST": "qualified time stamps",
}
_STANDING = {
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted",
    "http://uri.etsi.org/TrstSvc/Svcstatus/undersupervision",
    "http://uri.etsi.org/TrstSvc/Svcstatus/accredited",
}


class NotATrustList(ValueError):
    """The file is none of these lists."""


class ListNotSigned(ValueError):
    """No given certificate has signed the list, or it was changed after it was signed."""


@dataclass(frozen=True)
class Service:
    """A service of the list: whose it is, what it does, and the certificate it is known by."""

    provider: str
    name: str
    kind: str
    der: bytes


@dataclass(frozen=True)
class TrustList:
    """A list as its operator issued it."""

    territory: str
    issued_at: str
    next_update: str
    services: tuple[Service, ...]


def read(content: bytes, *, signers: Sequence[x509.Certificate]) -> TrustList:
    """Read a list that one of the signers signed; raises ``NotATrustList`` or ``ListNotSigned``.

    No entity is resolved and nothing is fetched.
    """
    if len(content) > LARGEST:
        raise NotATrustList("too large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as cause:
        raise NotATrustList("no XML") from cause
    if root.tag != f"{{{_NAMESPACE['t']}}}TrustServiceStatusList":
        raise NotATrustList("no list of trust services")
    root = _signed_part(root, signers)
    scheme = "t:SchemeInformation/t:"
    return TrustList(
        _text(root, f"{scheme}SchemeTerritory"),
        _text(root, f"{scheme}ListIssueDateTime"),
        _text(root, f"{scheme}NextUpdate/t:dateTime"),
        tuple(_services(root)),
    )


def _signed_part(root: etree._Element, signers: Sequence[x509.Certificate]) -> etree._Element:
    """Return the list as it was signed: what the signature does not cover is left out."""
    if root.find(f"{{{_SIGNATURES}}}Signature") is None:
        raise ListNotSigned("the list is not signed")
    asked = SignatureConfiguration(expect_references=True)
    for signer in signers:
        pem = signer.public_bytes(Encoding.PEM).decode()
        with suppress(InvalidSignature, InvalidInput, InvalidCertificate):
            found = XMLVerifier().verify(root, x509_cert=pem, expect_config=asked)
            for each in found if isinstance(found, list) else [found]:
                if each.signed_xml is not None and each.signed_xml.tag == root.tag:
                    return each.signed_xml
    raise ListNotSigned(
        "no given certificate has signed the list, or it was changed after it was signed"
    )


def _services(root: etree._Element) -> Iterator[Service]:
    for provider in root.iterfind(".//t:TrustServiceProvider", _NAMESPACE):
        whose = _text(provider, "t:TSPInformation/t:TSPName/t:Name")
        for service in provider.iterfind(".//t:ServiceInformation", _NAMESPACE):
            kind = _KINDS.get(_text(service, "t:ServiceTypeIdentifier"))
            if kind and _text(service, "t:ServiceStatus") in _STANDING:
                name = _text(service, "t:ServiceName/t:Name")
                yield from (Service(whose, name, kind, der) for der in _certificates(service))


def _certificates(service: etree._Element) -> Iterator[bytes]:
    for written in service.iterfind(".//t:X509Certificate", _NAMESPACE):
        try:
            yield base64.b64decode("".join((written.text or "").split()), validate=True)
        except binascii.Error as cause:
            raise NotATrustList("a certificate that is none") from cause


def _text(element: etree._Element, path: str) -> str:
    found = element.findtext(path, default="", namespaces=_NAMESPACE)
    return " ".join(str(found).split())
