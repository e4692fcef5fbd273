"""Office documents become PDF by content; hostile ones are refused or tamed."""

import socket
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pytest_django import Settings

from paraph.documents import converting
from paraph.documents.converting import availability, docx_to_pdf
from paraph.documents.intake import TakenIn, Upload, take_in
from paraph.documents.kinds import Kind, kind_of
from paraph.documents.pages import page_picture
from paraph.documents.refusals import CannotUse
from paraph.kit import sandbox
from paraph.kit.sandbox import Confinement

from . import office, paper
from .test_pages import revision, words_of

pytestmark = [pytest.mark.slow, office.needs_office]

FILES = Path(__file__).parent / "files"
RTF = rb"{\rtf1\ansi{\fonttbl\f0 Liberation Serif;}\f0 The parties agree.\par}"


def taken(content: bytes, name: str = "contract.docx") -> TakenIn:
    return take_in([Upload(name, content)])


def text_of(document: TakenIn) -> str:
    return " ".join(words_of(revision(document.original), 1))


def refusal(content: bytes) -> str:
    with pytest.raises(CannotUse) as caught:
        taken(content)
    assert "contract.docx" in caught.value.reasons[0]
    return caught.value.why


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (office.docx(), Kind.DOCX),
        ((FILES / "contract.doc").read_bytes(), Kind.DOC),
        (office.odt("<text:p>The parties agree.</text:p>"), Kind.ODT),
        (RTF, Kind.RTF),
    ],
    ids=["docx", "doc", "odt", "rtf"],
)
def test_each_kind_of_office_document_becomes_pages(content: bytes, kind: Kind) -> None:
    document = taken(content)

    assert kind_of(content) is kind
    assert "The parties agree" in text_of(document)
    assert document.removed == []


def test_what_paraph_converts_is_archival_and_tagged() -> None:
    with pikepdf.open(BytesIO(docx_to_pdf(office.docx()))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert b"<pdfaid:part>2" in pdf.Root.Metadata.read_bytes()


def test_tags_survive_the_canonical_rewrite() -> None:
    with pikepdf.open(BytesIO(taken(office.docx()).original)) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_macros_and_embedded_files_stay_behind() -> None:
    document = taken(
        office.docx(
            relations=office.relation("oleObject", "embeddings/oleObject1.bin"),
            parts={
                "word/vbaProject.bin": b"Sub AutoOpen",
                "word/embeddings/oleObject1.bin": b"MZ",
            },
        )
    )

    assert document.removed == ["attachments", "scripts"]


@pytest.mark.parametrize("walls", [Confinement.BUBBLEWRAP, Confinement.NAMESPACE])
def test_no_link_is_followed_into_the_network(walls: Confinement, settings: Settings) -> None:
    if not sandbox.works(walls):
        pytest.skip(f"{walls} does not work on this machine")
    settings.PARAPH_SANDBOX = walls.value
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/spy.png"
        word = office.docx(
            office.paragraph("Hello") + picture_of("r9"),
            relations=office.relation("image", address, outside=True),
        )
        text = (
            f'<text:p>Hello<draw:frame><draw:image xlink:href="{address}"/></draw:frame></text:p>'
        )

        assert taken(word).removed == ["external"]
        assert "Hello" in text_of(taken(office.odt(text)))
        with pytest.raises(TimeoutError):
            server.accept()


def picture_of(key: str) -> str:
    """Return Word's old way to show a picture, by the relation of that key."""
    shape = 'xmlns:v="urn:schemas-microsoft-com:vml" style="width:100pt;height:100pt"'
    picture = f'<w:pict><v:shape {shape}><v:imagedata r:id="{key}"/></v:shape></w:pict>'
    return f"<w:p><w:r>{picture}</w:r></w:p>"


@pytest.mark.parametrize("walls", [Confinement.BUBBLEWRAP, Confinement.NAMESPACE])
def test_no_file_of_this_machine_gets_into_a_document(
    walls: Confinement, settings: Settings, tmp_path: Path
) -> None:
    if not sandbox.works(walls):
        pytest.skip(f"{walls} does not work on this machine")
    settings.PARAPH_SANDBOX = walls.value
    secret = tmp_path / "secret.txt"
    secret.write_text("Our master key", "utf-8")
    source = f'<text:section-source xlink:href="&#102;{secret.as_uri()[1:]}"/>'  # &#102; is f
    linked = f'<text:section text:name="s">{source}<text:p>Outside</text:p></text:section>'
    field = (
        rb"{\rtf1 Inside {\field{\*\fldinst INCLUDETEXT \"%s\"}{\fldrslt x}}\par}"
        % str(secret).encode()
    )

    assert "master" not in text_of(taken(office.odt(linked)))
    assert "master" not in text_of(taken(field))


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (office.swollen, {"swollen"}),
        (office.lying_about_size, {"swollen", "broken"}),
        (office.endless_pages, {"too-many-pages", "too-slow"}),
        (
            partial(office.docx, parts={"word/media/image1.png": paper.enormous_png()}),
            {"too-many-pixels"},
        ),
        (
            partial(
                office.docx,
                parts={"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
            ),
            {"broken"},
        ),
        (partial(office.docx, parts={"word/document.xml": b"<broken"}), {"office-not-opened"}),
    ],
)
def test_bombs_are_refused_within_the_limits(build: Callable[[], bytes], why: set[str]) -> None:
    assert refusal(build()) in why


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (office.package({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "sheet"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "office-not-opened",
        ),
        (
            office.odt("", parts={"META-INF/manifest.xml": b"<x><encryption-data/></x>"}),
            "encrypted",
        ),
        (office.package({"notes.txt": b"hello"}), "archive"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_words(content: bytes, why: str) -> None:
    assert refusal(content) == why


def test_without_libreoffice_paraph_says_so(settings: Settings) -> None:
    settings.PARAPH_LIBREOFFICE = "/nowhere"

    assert refusal(office.docx()) == "no-libreoffice"
    assert "libreoffice-writer" in availability().sentence


def test_without_walls_no_office_document_is_opened(settings: Settings) -> None:
    settings.PARAPH_SANDBOX = "limits"

    assert refusal(office.docx()) == "no-walls"
    assert "bubblewrap" in availability().sentence


def test_the_next_document_finds_libreoffice_started(settings: Settings) -> None:
    settings.PARAPH_STANDBY_SECONDS = 60
    standby = converting._office(str(availability().program))
    try:
        first = docx_to_pdf(office.docx())
        standby._starter.submit(int).result()  # the one thread is done with what came before

        assert standby.is_waiting
        waited = standby._waiting
        assert docx_to_pdf(office.docx())[:8] == first[:8]
        assert waited is not None
        assert not waited.process.is_alive
    finally:
        standby._starter.submit(int).result()
        standby.dismiss()


def test_a_converted_document_can_be_shown() -> None:
    assert page_picture(revision(taken(office.docx()).original), 1)
