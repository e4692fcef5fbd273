"""V1: one signing act in a PDF of 10 pages and 200 KB, beside stock pyHanko, @libpdf/core,
@signpdf/signpdf and endesive with the same contract and the same key, in the same run."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from PIL import Image, ImageDraw
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bench import peers
from paraph.sealing import acts
from paraph.sealing.authority import Authority
from paraph.sealing.credentials import Credential
from paraph.sealing.model import Act, Box, Kind, Plan, Slot
from paraph.sealing.prepare import prepare
from paraph.sealing.timestamps import TimeStampService

ROUNDS = 25
ROOT = Path(__file__).parents[1]
FONT = ROOT / "frontend/dist/fonts/NotoSans-Regular.ttf"
REQUISITES = "Example Ltd\n1 Long Street, 00-001 Warsaw\nVAT 725-000-00-01"


@dataclass(frozen=True)
class Case:
    """A certified contract, and what is needed to sign it."""

    file: bytes
    plan: Plan
    authority: Authority
    act: Act
    at: datetime


def measure() -> list[dict[str, object]]:
    """The figures of V1, in milliseconds and as ratios."""
    logging.disable(logging.WARNING)
    case = _case()
    pictures = [_stroke(number) for number in range(ROUNDS)]
    ours, stock = _side_by_side(
        lambda number: _sign(case, pictures[number]),
        lambda number: _sign_with_pyhanko(case, pictures[number]),
    )
    size = f"{len(case.file) // 1000} KB"
    rows = [
        _row(f"one signing act, 10 pages, {size}", ours, "ms", "none of its own", holds=True),
        _row("the same by stock pyHanko", stock, "ms", "none of its own", holds=True),
        _row(
            "stock pyHanko ÷ Paraph",
            round(stock / ours, 1),
            "times",
            "≥ 5",
            holds=stock >= 5 * ours,
        ),
    ]
    return rows + list(_beside_peers(case, pictures))


def _beside_peers(case: Case, pictures: Sequence[bytes]) -> Iterator[dict[str, object]]:
    """Each library of others between two halves of our own rounds, so that both meet the same
    machine; only one of them has a target.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "certified.pdf").write_bytes(case.file)
        (folder / "contract.pdf").write_bytes(_contract())
        leaf = case.authority.issue("Zoë", "zoe@example.org", case.at)
        peers.write_keys(folder, leaf, issuer=case.authority.issuing.certificate)
        for peer in filter(peers.install, peers.PEERS):
            file = folder / ("certified.pdf" if peer.signs_certified else "contract.pdf")
            (before,) = _side_by_side(lambda number: _sign(case, pictures[number]))
            theirs = peers.milliseconds(peer, file, rounds=ROUNDS)
            (after,) = _side_by_side(lambda number: _sign(case, pictures[number]))
            ratio = theirs / ((before + after) / 2)
            has_target = peer is peers.LIBPDF
            yield _row(
                f"{peer.name}'s bare invisible signature ÷ Paraph's whole act",
                round(ratio, 1),
                "times",
                "≥ 1" if has_target else "none of its own",
                holds=not has_target or ratio >= 1,
            )


def _row(what: str, value: float, unit: str, target: str, *, holds: bool) -> dict[str, object]:
    return {
        "id": "V1",
        "what": what,
        "value": round(value, 2),
        "unit": unit,
        "target": target,
        "holds": holds,
    }


def _side_by_side(*ways: Callable[[int], object]) -> list[float]:
    """Median milliseconds of each way, taking turns so that a busy machine slows all alike."""
    times: list[list[float]] = [[] for _ in ways]
    for way in ways:
        way(0)
    for number in range(ROUNDS):
        for way, taken in zip(ways, times, strict=True):
            begun = time.perf_counter()
            way(number)
            taken.append((time.perf_counter() - begun) * 1000)
    return [median(taken) for taken in times]


def _case() -> Case:
    at = datetime.now(UTC)
    authority = Authority.create("Bench", base_url="http://localhost:1", at=at)
    kinds = {
        "name": (Kind.TEXT, 300, 200, 18),
        "requisites": (Kind.REQUISITES, 330, 200, 60),
        "agree": (Kind.CHECKBOX, 395, 14, 14),
        "stamp": (Kind.STAMP, 420, 90, 80),
        "sign": (Kind.SIGNATURE, 520, 150, 60),
    }
    slots = [
        Slot(name, "client", kind, Box(10, 60, top, width, height), name)
        for name, (kind, top, width, height) in kinds.items()
    ]
    ready = prepare(
        _contract(), slots=slots, parties=["client"], strip="Bench", font=FONT.read_bytes()
    )
    sealed = acts.certify(ready.pdf, ready.plan, authority=authority, reason="", at=at)
    entered: dict[str, str | bool] = {"name": "Zoë Żółć", "requisites": REQUISITES, "agree": True}
    lines = ("Signed by Zoë Żółć", "code by SMS")
    act = Act(
        "client", "Zoë Żółć", "zoe@example.org", entered, {"stamp": _seal()}, lines, "I agree"
    )
    return Case(ready.pdf + sealed.tail, sealed.plan, authority, act, at)


def _contract() -> bytes:
    """10 pages and a picture that brings the file to some 200 KB."""
    noise = Image.effect_noise((420, 420), 60).convert("L")
    written = BytesIO()
    canvas = Canvas(written, pagesize=(595, 842))
    for number in range(10):
        for line in range(40):
            canvas.drawString(60, 780 - 16 * line, f"Paragraph {number}.{line} of the contract.")
        if number == 0:
            canvas.drawImage(ImageReader(noise), 300, 100, 200, 200)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _stroke(number: int) -> bytes:
    """A drawn signature, another one each time."""
    image = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    points = [(10, 150), (150, 20 + number), (200, 180), (400, 40), (590, 120 - number)]
    ImageDraw.Draw(image).line(points, fill=(20, 30, 120, 255), width=9)
    return _png(image)


def _seal() -> bytes:
    """The company's stamp, the same in all its acts."""
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((10, 10, 390, 390), outline=(200, 0, 0, 255), width=14)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _sign(case: Case, picture: bytes) -> None:
    """The whole act: fields, two pictures, certificate, signature, stamps, security store."""
    act = replace(case.act, pictures={**case.act.pictures, "sign": picture})
    acts.sign(case.file, case.plan, act, authority=case.authority, at=case.at)


class _OurStamps(TimeStamper):
    """The same time stamps for both, without a network."""

    def __init__(self, case: Case) -> None:
        TimeStamper.__init__(self)
        self._service, self._at = TimeStampService(case.authority), case.at

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(self._service.respond(req.dump(), self._at))


def _sign_with_pyhanko(case: Case, picture: bytes) -> None:
    """Certificate, one picture, signature, stamps and security store; fills no field."""
    leaf = case.authority.issue(case.act.signer_name, case.act.signer_email, case.at)
    metadata = PdfSignatureMetadata(
        field_name="sign",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=case.act.reason,
        embed_validation_info=True,
        use_pades_lta=True,
        validation_context=_context(case, leaf),
    )
    style = TextStampStyle(
        stamp_text="\n".join(case.act.lines),
        background=PdfImage(Image.open(BytesIO(picture))),
    )
    signer = PdfSigner(
        metadata, _signer(case, leaf), timestamper=_OurStamps(case), stamp_style=style
    )
    asyncio.run(signer.async_sign_pdf(IncrementalPdfFileWriter(BytesIO(case.file))))


def _context(case: Case, leaf: Credential) -> Any:
    authority = case.authority
    proofs = [
        authority.proof_for(one, at=case.at) for one in (leaf, authority.stamper, authority.seal)
    ]
    return ValidationContext(
        trust_roots=[x509.Certificate.load(authority.root.der)],
        other_certs=[x509.Certificate.load(authority.issuing.der)],
        ocsps=proofs,
        crls=[authority.lasting_crl],
        moment=case.at,
    )


def _signer(case: Case, leaf: Credential) -> Any:
    chain = SimpleCertificateStore()
    chain.register(x509.Certificate.load(case.authority.issuing.der))
    key = leaf.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        x509.Certificate.load(leaf.der), keys.PrivateKeyInfo.load(key), chain, embed_roots=False
    )
