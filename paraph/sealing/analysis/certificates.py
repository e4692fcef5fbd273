"""Whether the certificates that a signature brings along are whole.

The signer's own is bound to the signature by its hash. The others are covered by nothing when
the signature is the last one of the file, so they have to prove themselves.
"""

from collections.abc import Sequence

from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator

from paraph.sealing.analysis.document import Document

_CHECKER = DefaultSignatureValidator()


def kept_in(document: Document) -> list[x509.Certificate]:
    """Return the certificates that the file keeps for validation."""
    try:
        return list(DocumentSecurityStore.read_dss(document.reader).load_certs())
    except (NoDSSFoundError, ValueError):
        return []


def are_whole(message: cms.SignedData, *, kept: Sequence[x509.Certificate]) -> bool:
    """Tell whether every certificate of the message is as its issuer made it.

    Where the issuer is not at hand, a twin among the kept ones must be the same to the byte.
    """
    brought = [each.chosen for each in message["certificates"] if each.name == "certificate"]
    known = [*brought, *kept]
    return all(_is_as_issued(each, known) and not _has_twin(each, known) for each in brought)


def _is_as_issued(certificate: x509.Certificate, known: Sequence[x509.Certificate]) -> bool:
    issuers = [each for each in known if _may_have_issued(each, certificate)]
    return not issuers or any(_issued(each, certificate) for each in issuers)


def _may_have_issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Authorities renew their keys under the same name, so the key must be the named one."""
    if issuer.subject.dump() != certificate.issuer.dump():
        return False
    named = certificate.authority_key_identifier
    return named is None or issuer.key_identifier in (None, named)


def has_issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Tell whether one certificate was made with another's key."""
    if issuer.sha256 == certificate.sha256:
        return False
    return _may_have_issued(issuer, certificate) and _issued(issuer, certificate)


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        _CHECKER.validate_signature(
            certificate["signature_value"].native,
            certificate["tbs_certificate"].dump(),
            issuer.public_key,
            certificate["signature_algorithm"],
        )
    except InvalidSignature:
        return False
    except Exception:  # an algorithm that nobody knows any more tells nothing
        return True
    return True


def _has_twin(certificate: x509.Certificate, known: Sequence[x509.Certificate]) -> bool:
    """Tell whether another has the same number and key, yet other words."""
    written, key = certificate.dump(), certificate.public_key.dump()
    return any(
        each.serial_number == certificate.serial_number
        and each.public_key.dump() == key
        and each.dump() != written
        for each in known
    )
