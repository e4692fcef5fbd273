"""Judges that are not ours: poppler's pdfsig, qpdf, pyHanko, OpenSSL, PDFium."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2
from asn1crypto import x509
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.ades import AdESLTAValidationResult, ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from paraph.sealing.authority import Authority


def run(*command: str | Path) -> str:
    """What a program says, in both its voices."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=180, check=False
    )
    return done.stdout + done.stderr


def pdfsig(file: bytes, folder: Path) -> dict[str, str]:
    """poppler's verdict on each signature that is no time stamp, by field."""
    path = folder / "signed.pdf"
    path.write_bytes(file)
    said = run("pdfsig", "-nocert", path)
    blocks = re.split(r"Signature #\d+:", said)[1:]
    verdicts = {}
    for block in blocks:
        field = re.search(r"Field Name: (.*)", block)
        verdict = re.search(r"Signature Validation: (.*)", block)
        if field and verdict and "detached" in block:
            verdicts[field[1]] = verdict[1]
    return verdicts


def qpdf_problems(file: bytes, folder: Path) -> str:
    """What qpdf complains about; empty when it does not."""
    path = folder / "checked.pdf"
    path.write_bytes(file)
    said = run("qpdf", "--check", path)
    return "" if "No syntax or stream encoding errors found" in said else said


def lta_results(file: bytes, authority: Authority) -> dict[str, AdESLTAValidationResult]:
    """pyHanko's AdES-LTA validation at this very moment, by field; nothing is fetched."""
    trusted = x509.Certificate.load(authority.root.der)
    strict = CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("require"))
    spec = SignatureValidationSpec(
        CertValidationPolicySpec(SimpleTrustManager.build([trusted]), strict),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
    )
    reader = PdfFileReader(BytesIO(file))
    return {
        one.field_name: asyncio.run(ades_lta_validation(one, PdfSignatureValidationSpec(spec)))
        for one in reader.embedded_signatures
        if one.sig_object_type == "/Sig"
    }


def is_unaltered(result: AdESLTAValidationResult) -> bool:
    """Whether pyHanko's difference analysis found only what the signatures allow."""
    status = result.api_status
    assert status
    return bool(status.docmdp_ok) and status.modification_level != ModificationLevel.OTHER


def page_text(file: bytes, page: int) -> str:
    """What people read on a page, form fields included."""
    document = pypdfium2.PdfDocument(file)
    document.init_forms()
    document[page - 1].flatten()
    text: str = document[page - 1].get_textpage().get_text_range()
    document.close()
    return text


def dark_box(file: bytes, page: int, scale: int = 4) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all that is darker than gray, in points as displayed."""
    document = pypdfium2.PdfDocument(file)
    document.init_forms()
    gray = document[page - 1].render(scale=scale).to_pil().convert("L")
    document.close()
    found = gray.point(_is_dark).getbbox()
    assert found, "The page is blank."
    left, top, right, bottom = (edge / scale for edge in found)
    return left, top, right, bottom


def picture(file: bytes, page: int) -> Image.Image:
    """The page as people see it."""
    document = pypdfium2.PdfDocument(file)
    document.init_forms()
    shown: Image.Image = document[page - 1].render(scale=1).to_pil().convert("RGB")
    document.close()
    return shown


def has_shade(image: Image.Image, is_wanted: Callable[[Sequence[int]], bool]) -> bool:
    """Whether any pixel of a picture has such a colour."""
    shades = image.getcolors(image.width * image.height) or []
    return any(is_wanted(shade) for _, shade in shades if isinstance(shade, tuple))


def _is_dark(shade: int) -> int:
    return 255 if shade < 60 else 0
