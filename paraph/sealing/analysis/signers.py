"""Who signed: the name on the certificate, and whether it is a person's or an organisation's."""

from datetime import datetime

from asn1crypto import core, x509
from pyhanko.sign.validation.errors import SignatureValidationError

from paraph.sealing.analysis.document import Signature
from paraph.sealing.credentials import SEAL_POLICY

_QC_STATEMENTS = "qc_statements", "1.3.6.1.5.5.7.1.3"
_FOR_SEALS = b"\x06\x07\x04\x00\x8e\x46\x01\x06\x02"  # id-etsi-qct-eseal of EN 319 412-5
_SEAL_POLICY = core.ObjectIdentifier(SEAL_POLICY).dump()
_OF_A_PERSON = {"surname", "given_name", "pseudonym", "email_address"}


def certificate_of(signature: Signature) -> x509.Certificate | None:
    """Return the signer's certificate; none when the signature does not bring it."""
    try:
        return signature.embedded.signer_cert
    except SignatureValidationError:
        return None


def name_of(signature: Signature) -> str:
    """Return the name that people know the signer by."""
    certificate = certificate_of(signature)
    if certificate is None:
        return ""
    subject: dict[str, object] = certificate.subject.native
    for part in ("common_name", "organization_name", "email_address"):
        if part in subject:
            return _plain(subject[part])
    return str(certificate.subject.human_friendly)


def fingerprint_of(signature: Signature) -> str:
    """Return the SHA-256 of the signer's certificate; empty when there is none."""
    certificate = certificate_of(signature)
    return certificate.sha256.hex() if certificate else ""


def kind_of(signature: Signature) -> str:
    """Return signature (of a person), seal (of an organisation) or timestamp."""
    if signature.is_time_stamp:
        return "timestamp"
    certificate = certificate_of(signature)
    return "seal" if certificate and _is_for_seals(certificate) else "signature"


def is_own_seal(signature: Signature) -> bool:
    """Tell whether it is by a certificate that an installation of Paraph seals with."""
    certificate = certificate_of(signature)
    return certificate is not None and any(
        extension["extn_id"].native == "certificate_policies"
        and _SEAL_POLICY in (extension["extn_value"].contents or b"")
        for extension in _extensions(certificate)
    )


def claimed_time(signature: Signature) -> datetime | None:
    """Return the moment that the signer's own clock told, which proves nothing."""
    try:
        moment = signature.embedded.self_reported_timestamp
    except Exception:  # a date that cannot be read is none
        return None
    return moment if isinstance(moment, datetime) else None


def _is_for_seals(certificate: x509.Certificate) -> bool:
    """Tell by what the certificate declares, else by its being named like its organisation."""
    if any(_declares_seal(extension) for extension in _extensions(certificate)):
        return True
    subject: dict[str, object] = certificate.subject.native
    if _OF_A_PERSON & subject.keys() or _names_a_person(certificate):
        return False
    organisation = subject.get("organization_name")
    named_alike = organisation is not None and organisation == subject.get("common_name")
    return "organization_identifier" in subject or named_alike


def _names_a_person(certificate: x509.Certificate) -> bool:
    names = certificate.subject_alt_name_value
    return names is not None and any(name.name == "rfc822_name" for name in names)


def _extensions(certificate: x509.Certificate) -> list[x509.Extension]:
    return list(certificate["tbs_certificate"]["extensions"])


def _declares_seal(extension: x509.Extension) -> bool:
    content = extension["extn_value"].contents or b""
    if extension["extn_id"].native in _QC_STATEMENTS:
        return _FOR_SEALS in content
    is_policies = extension["extn_id"].native == "certificate_policies"
    return is_policies and _SEAL_POLICY in content


def _plain(name: object) -> str:
    return ", ".join(map(str, name)) if isinstance(name, list) else str(name)
