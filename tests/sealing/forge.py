"""Signed papers for the tests of checking, made by pyHanko, and ways to tamper with them."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import reportlab
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from paraph.sealing import acts
from paraph.sealing.authority import Authority
from paraph.sealing.credentials import Credential
from paraph.sealing.model import Act, Box, Kind, Plan, Revision, Slot
from paraph.sealing.prepare import prepare
from paraph.sealing.timestamps import TimeStampService

NOW = datetime.now(UTC)
AUTHORITY = Authority.create("Paraph Works", base_url="http://paraph.example", at=NOW)
ROOT = AUTHORITY.root_pem


def paper(*pages: str) -> bytes:
    """Return a PDF with these words on its pages, and a text field on the first."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for number, words in enumerate(pages or ("The price is 12 450 euros.", "Both agree.")):
        canvas.drawString(72, 700, words)
        if number == 0:
            canvas.acroForm.textfield(name="place", x=72, y=600, width=200, height=20)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class OurStamps(TimeStamper):
    """Stamps by the authority of the tests, without a network."""

    def __init__(self) -> None:
        TimeStamper.__init__(self)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        answer = TimeStampService(AUTHORITY).respond(req.dump(), datetime.now(UTC))
        return tsp.TimeStampResp.load(answer)


class _Signing(IncrementalPdfFileWriter):
    """Leaves the dates of the file alone, so that a second more or less changes nothing."""

    def _update_meta(self) -> None:
        pass


def signed(
    pdf: bytes,
    *,
    name: str = "Erin Example",
    field: str = "Erin",
    stamped: bool = False,
    certify: MDPPerm | None = None,
) -> bytes:
    """Sign as a person of the tests' authority."""
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=certify is not None,
        docmdp_permissions=certify or MDPPerm.FILL_FORMS,
    )
    credential = AUTHORITY.issue(name, "erin@example.org", datetime.now(UTC))
    stamper = OurStamps() if stamped else None
    signer = PdfSigner(
        meta, _signer(credential), timestamper=stamper, new_field_spec=SigFieldSpec(field)
    )
    out = asyncio.run(signer.async_sign_pdf(_Signing(io.BytesIO(pdf))))
    return bytes(out.getvalue())


def _signer(credential: Credential) -> SimpleSigner:
    written = credential.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore()
    store.register(x509.Certificate.load(AUTHORITY.issuing.der))
    return SimpleSigner(
        signing_cert=x509.Certificate.load(credential.der),
        signing_key=keys.PrivateKeyInfo.load(written),
        cert_registry=store,
    )


def updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Add a version to the file, as an attacker or an editor would."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


FONT = (Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes()
SLOTS = (
    Slot("director_place", "director", Kind.TEXT, Box(1, 72, 400, 150, 20), "Place"),
    Slot("director_sign", "director", Kind.SIGNATURE, Box(1, 72, 500, 150, 50), "Signature"),
    Slot("client_sign", "client", Kind.SIGNATURE, Box(1, 300, 500, 150, 50), "Signature"),
    Slot("client_place", "client", Kind.TEXT, Box(1, 300, 400, 150, 20), "Place"),
)


DIRECTOR_SIGNS = Act(
    "director", "Dora Director", "dora@example.org", values={"director_place": "Paris"}
)
CLIENT_SIGNS = Act("client", "Carl Client", "carl@example.org", values={"client_place": "Lyon"})


@dataclass
class Course:
    """A paper on its way through our own pipeline."""

    file: bytes
    plan: Plan

    def append(self, revision: Revision) -> None:
        self.file += revision.tail
        self.plan = revision.plan

    def act(self, act: Act) -> None:
        self.append(acts.sign(self.file, self.plan, act, authority=AUTHORITY, at=NOW))


def prepared(pdf: bytes | None = None) -> Course:
    """Return a certified paper that director and client are to sign."""
    ready = prepare(
        pdf or paper(),
        slots=SLOTS,
        parties=("director", "client"),
        strip="ID 0123-4567-89AB-CDEF",
        font=FONT,
    )
    course = Course(ready.pdf, ready.plan)
    course.append(
        acts.certify(course.file, course.plan, authority=AUTHORITY, reason="Prepared", at=NOW)
    )
    return course


def completed(pdf: bytes | None = None) -> bytes:
    """Return a paper that both have signed and the installation has closed."""
    return finished(prepared(pdf))


def finished(course: Course) -> bytes:
    """Let both sign, and close."""
    for act in (DIRECTOR_SIGNS, CLIENT_SIGNS):
        course.act(act)
    course.append(
        acts.close(
            course.file,
            course.plan,
            acts.Last(b"{}", "Completed"),
            authority=AUTHORITY,
            at=NOW,
        )
    )
    return course.file


def filled(pdf: bytes, value: str, *, field: str = "place") -> bytes:
    """Enter a value into a text field, with an appearance of its own."""

    def fill(writer: IncrementalPdfFileWriter) -> None:
        fields = [each.get_object() for each in writer.root["/AcroForm"]["/Fields"]]
        chosen = next(each for each in fields if each["/T"] == field)
        look = generic.StreamObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
                generic.pdf_name("/BBox"): generic.ArrayObject(
                    map(generic.NumberObject, (0, 0, 200, 20))
                ),
            },
            stream_data=b"0 0 20 20 re f",
        )
        chosen["/V"] = generic.pdf_string(value)
        chosen["/AP"] = generic.DictionaryObject({generic.pdf_name("/N"): writer.add_object(look)})
        writer.update_container(chosen)

    return updated(pdf, fill)


def repriced(pdf: bytes) -> bytes:
    """Write another price on the first page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        words = b"BT /F1 12 Tf 72 700 Td (The price is 99 450 euros.) Tj ET"
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=words))
        writer.update_container(page)

    return updated(pdf, change)


def without_last_page(pdf: bytes) -> bytes:
    """Drop the last page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        pages["/Kids"].pop()
        pages["/Count"] = generic.NumberObject(len(pages["/Kids"]))
        writer.update_container(pages)

    return updated(pdf, change)


def without_signatures(pdf: bytes) -> bytes:
    """Take the form out of the catalogue, so that no signature shows."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    return updated(pdf, change)


def with_note(pdf: bytes) -> bytes:
    """Put a note over the price."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        box = generic.ArrayObject(map(generic.NumberObject, (72, 690, 300, 720)))
        note = generic.DictionaryObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
                generic.pdf_name("/Rect"): box,
                generic.pdf_name("/Contents"): generic.pdf_string("1 euro"),
                generic.pdf_name("/DA"): generic.pdf_string("/Helv 12 Tf"),
            }
        )
        page["/Annots"].append(writer.add_object(note))
        writer.update_container(page)

    return updated(pdf, change)


def with_repaired_pages(pdf: bytes) -> bytes:
    """Append a page behind a broken table of objects: parsers ignore it, viewers show it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages, root = opened.Root.Pages.objgen[0], opened.Root.objgen[0]
        size = int(opened.trailer.Size)
    forged = (
        pdf
        + (
            f"\n{pages} 0 obj\n<</Type/Pages/Kids[{size} 0 R]/Count 1>>\nendobj\n"
            f"{size} 0 obj\n<</Type/Page/MediaBox[0 0 612 792]/Parent {pages} 0 R"
            f"/Contents {size + 1} 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1"
            f"/BaseFont/Helvetica>>>>>>>>\nendobj\n"
            f"{size + 1} 0 obj\n<</Length 44>>\nstream\n"
            f"BT /F1 24 Tf 60 700 Td (Price is 1 EUR) Tj ET\nendstream\nendobj\n"
            f"xref\ntrailer\n<</Root {root} 0 R>>\nstartxref\n"
        ).encode()
    )
    return forged + b"%d %%" % forged.rindex(b"xref\ntrailer")
