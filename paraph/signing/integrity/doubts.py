"""What speaks against a completed file beside its own mathematics: it must bear the certificates
that were kept for it, and no others. How a doubt is put into words stands here as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import Certificate, load_pem_x509_certificate
from django.utils.translation import gettext as _

from paraph.documents.models import Document
from paraph.sealing.credentials import is_seal
from paraph.sealing.report import Report
from paraph.sealing.verdicts import REASONS

from .. import authority
from ..models import Act, Envelope


@dataclass(frozen=True)
class Kept:
    """The fingerprints of certificates: those of an envelope's acts, and of the installation's
    seal as it is and as it was."""

    acts: Counter[str]
    seals: frozenset[str]

    def are_in(self, report: Report, document: Document) -> bool:
        """Tell whether the file was signed with these alone: each act once, and a seal to close
        it. We certify as well, unless the upload brought signatures, which come first.
        """
        signed = [each.certificate for each in report.signatures if each.kind != "timestamp"]
        first = 0 if document.was_signed else 1
        count = first + self.acts.total() + 1
        ours = signed[-count:] if document.was_signed else signed
        if len(ours) != count:
            return False
        is_sealed = self.seals.issuperset([*ours[:first], ours[-1]])
        return is_sealed and Counter(ours[first:-1]) == self.acts


def kept_for(envelope: Envelope) -> Kept:
    """Return what the documents of a completed envelope must bear."""
    return Kept(Counter(_of_acts(envelope)), frozenset(_of_seals()))


def sentence(code: str) -> str:
    """Say in words what a doubt rests on; a code of earlier days speaks for itself."""
    return _(REASONS[code][1]) if code in REASONS else code


def _of_acts(envelope: Envelope) -> Iterator[str]:
    acts = Act.objects.filter(party__envelope=envelope, sealed_at__isnull=False)
    for pair in acts.values_list("certificate", "company_certificate"):
        yield from (_fingerprint(_read(pem.encode())) for pem in pair if pem)


def _of_seals() -> Iterator[str]:
    known = (_read(pem) for pem in authority.certificates())
    return (_fingerprint(each) for each in known if is_seal(each))


def _read(pem: bytes) -> Certificate:
    """Read the first certificate; those above it may follow."""
    return load_pem_x509_certificate(pem)


def _fingerprint(certificate: Certificate) -> str:
    return certificate.fingerprint(SHA256()).hex()
