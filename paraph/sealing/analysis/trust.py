"""Whether a given root vouches for a signer, judged as of the moment of signing.

Short-lived certificates have long expired when somebody checks, so only long-term validation
(ETSI EN 319 102-1, 5.6) tells: time stamps and validation data within the file must prove
that the certificate was good when it signed. Nothing is fetched.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from asn1crypto import pem, x509
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation.ades import (
    AdESBasicValidationResult,
    ades_lta_validation,
    ades_timestamp_validation,
)
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.fetchers.api import FetcherBackend, Fetchers
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager

from paraph.sealing.analysis.certificates import has_issued
from paraph.sealing.analysis.chain import knowledge_of
from paraph.sealing.analysis.document import Document, Signature
from paraph.sealing.analysis.permissions import PermittedChanges
from paraph.sealing.analysis.signers import certificate_of

LONGEST_PATH = 10

Result = AdESBasicValidationResult[Any]
Roots = Sequence[x509.Certificate]
Vouchers = Sequence[x509.Certificate | None]
"""The root that vouches for each signature, in the order of the signatures."""


class NoNetwork(FetcherBackend):
    """Fetches nothing, and needs no connection pool for that."""

    def get_fetchers(self) -> Fetchers:
        raise ConnectionRefusedError("a check never goes online")

    async def close(self) -> None:
        return None


def roots_from(trust: Sequence[bytes]) -> Roots:
    """Read the certificates of PEM bundles and DER files."""
    return [root for source in trust for root in _certificates(source)]


def _certificates(source: bytes) -> list[x509.Certificate]:
    if not pem.detect(source):
        return [x509.Certificate.load(source, strict=True)]
    return [x509.Certificate.load(der) for _, _, der in pem.unarmor(source, multiple=True)]


class Judge:
    """Long-term validation of the signatures of one file against the given roots."""

    def __init__(self, roots: Roots, *, policy: PermittedChanges, at: datetime) -> None:
        self._roots, self._rules = list(roots), rules(list(roots))
        self.policy = policy
        self._timing = ValidationTimingInfo(at, at, point_in_time_validation=False)

    def leave_out_foreign_stamps(self, document: Document) -> None:
        """Rest on no time stamp that no given root stands behind.

        pyHanko walks the whole chain of document time stamps and gives up at the first that
        it cannot trust; by ETSI EN 319 102-1 such a stamp merely proves nothing.
        """
        stamps = [each for each in document.signatures if each.is_time_stamp]
        foreign = {each.field for each in stamps if self._roots and not self._knows(each)}
        if foreign:
            reader: Any = document.reader  # the list is kept where it was first collected
            every = list(reader.embedded_signatures)
            reader._embedded_signatures = [one for one in every if one.field_name not in foreign]

    def _knows(self, stamp: Signature) -> bool:
        """Tell whether some path leads from the stamp's certificate to a given root."""
        try:
            known = [each.chosen for each in stamp.message["certificates"]]
            known += knowledge_of(stamp.embedded.reader).known_certs
            return self._leads_to_root(certificate_of(stamp), known)
        except MemoryError:
            raise
        except Exception:  # what cannot be read is left for the validation to refuse
            return True

    def _leads_to_root(
        self, certificate: x509.Certificate | None, known: list[x509.Certificate]
    ) -> bool:
        roots = {root.sha256 for root in self._roots}
        for _step in range(LONGEST_PATH):
            if certificate is None or certificate.sha256 in roots:
                return certificate is not None
            below = certificate
            above = (one for one in (*self._roots, *known) if has_issued(one, below))
            certificate = next(above, None)
        return False

    def voucher(self, signature: Signature) -> x509.Certificate | None:
        """Return the root that is proven to vouch for the signer; none where none does."""
        if not self._roots:
            return None
        try:
            result = asyncio.run(self._judged(signature))
        except MemoryError:
            raise
        except Exception:  # what cannot be judged is not trusted
            return None
        return _anchor(result) if result.ades_subindic == AdESPassed.OK else None

    async def _judged(self, signature: Signature) -> Result:
        if signature.is_time_stamp:
            return await self._stamp_judged(signature)
        spec = PdfSignatureValidationSpec(self._rules, diff_policy=None)
        return await ades_lta_validation(signature.embedded, spec, self._timing)

    async def _stamp_judged(self, signature: Signature) -> Result:
        known = knowledge_of(signature.embedded.reader)
        return await ades_timestamp_validation(
            signature.message,
            replace(self._rules, local_knowledge=known),
            signature.embedded.compute_digest,
            timing_info=self._timing,
        )


def _anchor(result: Result) -> x509.Certificate | None:
    path = result.api_status.validation_path if result.api_status else None
    return path.trust_anchor.authority.certificate if path else None


def rules(roots: list[x509.Certificate]) -> SignatureValidationSpec:
    """What a certificate declares about its revocation must be there, in the file."""
    as_declared = RevocationCheckingRule.CHECK_IF_DECLARED
    revocation = CertRevTrustPolicy(
        RevocationCheckingPolicy(as_declared, as_declared), retroactive_revinfo=True
    )
    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(trust_roots=roots), revinfo_policy=revocation
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(
            RevinfoOnlineFetchingRule.LOCAL_ONLY,
            fetcher_backend=NoNetwork(),
            certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
        ),
    )
