"""How long a signature can be checked: the PAdES level that its proofs in the file reach."""

from collections.abc import Sequence

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError

from paraph.sealing.analysis.document import Document, Signature
from paraph.sealing.analysis.signers import certificate_of


def level_of(
    signature: Signature, *, document: Document, stamps: Sequence[Signature], is_stamped: bool
) -> str:
    """Return B-B, B-T, B-LT or B-LTA.

    `stamps` are the document's time stamps that hold; `is_stamped` tells that one on the
    signature itself holds.
    """
    later = [stamp.revision for stamp in stamps if stamp.revision > signature.revision]
    if not is_stamped and not later:
        return "B-B"
    if any(_tells_status(signature, document=document, revision=each) for each in later):
        return "B-LTA"
    if _carries_status(signature):
        return "B-LTA" if later else "B-LT"
    last = document.last_revision
    return "B-LT" if _tells_status(signature, document=document, revision=last) else "B-T"


def _carries_status(signature: Signature) -> bool:
    """Tell whether the older form is used, which signs the validation data itself."""
    attributes: cms.CMSAttributes = signature.embedded.signer_info["signed_attrs"]
    return any(each["type"].native == "adobe_revocation_info_archival" for each in attributes)


def _tells_status(signature: Signature, *, document: Document, revision: int) -> bool:
    """Tell whether that version of the file holds the state of the signer's certificate."""
    certificate = certificate_of(signature)
    if certificate is None:
        return False
    try:
        store = DocumentSecurityStore.read_dss(HistoricalResolver(document.reader, revision))
    except NoDSSFoundError:
        return False
    answers = (_answers(each.get_object(), certificate) for each in store.ocsps)
    lists = (_lists(each.get_object(), certificate) for each in store.crls)
    return any(answers) or any(lists)


def _answers(stream: StreamObject, certificate: x509.Certificate) -> bool:
    response = ocsp.OCSPResponse.load(stream.read_data(DecodePurpose.OCSP_RESPONSE))
    if response["response_status"].native != "successful":
        return False
    answers = response.basic_ocsp_response["tbs_response_data"]["responses"]
    serials = {int(answer["cert_id"]["serial_number"].native) for answer in answers}
    return certificate.serial_number in serials


def _lists(stream: StreamObject, certificate: x509.Certificate) -> bool:
    revoked = crl.CertificateList.load(stream.read_data(DecodePurpose.CRL))
    return bool(revoked.issuer == certificate.issuer)
