"""Builds the files that tests upload: honest ones, odd ones and hostile ones."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

LINE = "The parties agree that the services of annex {page} are rendered promptly."


def contract(pages: int = 2, *, lines: int = 20) -> bytes:
    """Return an ordinary contract."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in range(1, pages + 1):
        text = canvas.beginText(60, 780)
        for _line in range(lines):
            text.textLine(LINE.format(page=page))
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    """Return one page of A4 with a drawing."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def changed(change: Callable[[pikepdf.Pdf], None], pdf: bytes | None = None) -> bytes:
    """Return a contract after a change by pikepdf."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf or contract())) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def repeated(times: int) -> bytes:
    """Return a contract whose one page comes again and again."""

    def repeat(pdf: pikepdf.Pdf) -> None:
        for _time in range(times):
            pdf.pages.append(pdf.pages[0])

    return changed(repeat, contract(1, lines=50))


def encrypted(*, user: str, owner: str = "owner") -> bytes:
    """Return a contract that wants a password (or, with an empty one, only restricts)."""
    out = BytesIO()
    with pikepdf.open(BytesIO(contract())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(user=user, owner=owner))
    return out.getvalue()


def with_script(pdf: pikepdf.Pdf) -> None:
    """Let the file run scripts when it is opened, and when a page is."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.OpenAction = script
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
    pdf.pages[0].obj.AA = Dictionary(O=script)


def with_attachment(pdf: pikepdf.Pdf) -> None:
    """Put a file into the file."""
    pdf.attachments["payload.exe"] = b"MZ hostile bytes"


def with_layers(pdf: pikepdf.Pdf) -> None:
    """Add a visible and a hidden layer, each with a word."""
    shown = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Shown")))
    hidden = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Hidden")))
    default = Dictionary(ON=Array([shown]), OFF=Array([hidden]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([shown, hidden]), D=default)
    page = pdf.pages[0]
    page.resources.Properties = Dictionary(Seen=shown, Unseen=hidden)
    for name, word, height in (("Seen", "Visible", 300), ("Unseen", "Secret", 200)):
        text = f"/OC /{name} BDC BT /F1 20 Tf 100 {height} Td ({word}) Tj ET EMC"
        page.contents_add(text.encode())


def with_form(pdf: pikepdf.Pdf) -> None:
    """Add a filled text field with its appearance."""
    font = pdf.pages[0].resources.Font
    look = pdf.make_stream(b"BT /F1 12 Tf 2 4 Td (Filled in) Tj ET")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 20])
    look.Resources = Dictionary(Font=font)
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("name"),
        V=String("Filled in"),
        F=4,
        Rect=Array([100, 100, 200, 120]),
        AP=Dictionary(N=look),
    )
    widget = pdf.make_indirect(field)
    pdf.pages[0].obj.Annots = Array([widget])
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), XFA=String("<xdp/>"))


def with_links(pdf: pikepdf.Pdf) -> None:
    """Add a link to the web, and one that would start a program."""
    web = Dictionary(S=Name.URI, URI=String("https://example.org"))
    program = Dictionary(S=Name.Launch, F=String("calc.exe"))
    pdf.pages[0].obj.Annots = Array(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
        for action in (web, program)
    )


def with_comments(pdf: pikepdf.Pdf) -> None:
    """Add a comment, and one that has a file attached."""
    look = pdf.make_stream(b"1 0 0 rg 0 0 20 20 re f")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 20, 20])
    payload = Dictionary(Type=Name.Filespec, EF=Dictionary(F=pdf.make_stream(b"MZ hostile")))
    corner = Array([0, 0, 20, 20])
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=corner, AP=Dictionary(N=look))
    file = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=corner, FS=payload)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note), pdf.make_indirect(file)])


def with_signature(pdf: pikepdf.Pdf, lock: dict[str, Any] | None = None) -> None:
    """Add a field that holds something shaped like a signature."""
    reference = Dictionary(TransformParams=Dictionary(lock or {}))
    value = Dictionary(Type=Name.Sig, Contents=String("00"), Reference=Array([reference]))
    field = Dictionary(FT=Name.Sig, T=String("signature"), V=pdf.make_indirect(value))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]), SigFlags=3)


def picture(
    kind: str = "PNG", *, size: tuple[int, int] = (600, 800), mode: str = "RGB", exif: int = 0
) -> bytes:
    """Return a picture with a dark bar across its upper quarter."""
    image = Image.new(mode, size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 4), fill="black")
    out = BytesIO()
    notes = Image.Exif()
    if exif:
        notes[0x0112] = exif
        notes[0x010F] = "A camera that remembers"
    image.save(out, kind, **({"exif": notes} if exif else {}))
    return out.getvalue()


def stamp_on_paper() -> bytes:
    """Return a photo of a blue round stamp on unevenly lit paper."""
    image = Image.linear_gradient("L").resize((800, 800)).point([150 + i // 4 for i in range(256)])
    photo = image.convert("RGB")
    pen = ImageDraw.Draw(photo)
    pen.ellipse((250, 250, 550, 550), outline=(30, 40, 140), width=18)
    out = BytesIO()
    photo.save(out, "JPEG", quality=85)
    return out.getvalue()


def enormous_png(width: int = 50_000, height: int = 50_000) -> bytes:
    """Return a tiny file that would unpack into gigabytes."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x06\x00\x00\x00"
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100_000, 9)), (b"IEND", b"")]
    packed = [
        len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
        for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def endless_pages() -> bytes:
    """Return a PDF whose page tree names the same pages ten times on each of twelve levels."""
    objects = [b"<</Type/Catalog/Pages 3 0 R>>", b"<</Type/Page/MediaBox[0 0 99 99]>>"]
    for level in range(12):
        kids = b"2 0 R " * 10 if level == 11 else b"%d 0 R " % (level + 4) * 10
        objects.append(b"<</Type/Pages/Count 10/Kids[%s]>>" % kids)
    return _numbered(objects)


def nested_arrays(depth: int = 200_000) -> bytes:
    """Return a PDF with arrays inside arrays inside arrays."""
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    deep = b"[" * depth + b"]" * depth
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources %s>>" % deep
    return _numbered([b"<</Type/Catalog/Pages 2 0 R>>", pages, page])


def swollen_content(megabytes: int = 2_000) -> bytes:
    """Return a PDF whose page is a stream that unpacks into gigabytes."""
    content = _packed(b"q Q " * 262_144, times=megabytes)
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(content), content)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>"
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return _numbered([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream])


def _packed(block: bytes, *, times: int) -> bytes:
    """Compress the block many times over, at the price of once: after a full flush it repeats."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _time in range(times):
        check = zlib.adler32(block, check)
    return b"\x78\xda" + again * times + packer.flush() + check.to_bytes(4, "big")


def _numbered(objects: list[bytes]) -> bytes:
    body = b"".join(b"%d 0 obj%s endobj\n" % (n, each) for n, each in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 1)


def nested_forms(levels: int = 11, *, each: int = 10) -> bytes:
    """Return a page that draws a form that draws ten forms that draw ten forms, and so on."""

    def nest(pdf: pikepdf.Pdf) -> None:
        inner = pdf.make_stream(b"0 0 1 1 re f")
        for level in range(levels):
            form = pdf.make_stream(b"/F Do " * each) if level else inner
            form.Type, form.Subtype = Name.XObject, Name.Form
            form.BBox = Array([0, 0, 595, 842])
            if level:
                form.Resources = Dictionary(XObject=Dictionary(F=inner))
            inner = pdf.make_indirect(form)
        page = pdf.pages[0]
        page.Resources = Dictionary(XObject=Dictionary(F=inner))
        page.Contents = pdf.make_stream(b"/F Do")

    return changed(nest, contract(1))
