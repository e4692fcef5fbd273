"""Tests of the engine that reads and fills Word templates in the sandbox."""

from __future__ import annotations

import zipfile
from io import BytesIO

from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.shared import Pt

from paraph.documents.child.word.package import MAIN

from .word import cells_of, dot, filled, looked, paragraph_of, table_of, texts_of, with_part, word


def test_a_placeholder_that_word_cut_into_runs_is_filled_and_keeps_its_look() -> None:
    template = word(lambda doc: paragraph_of(doc, "Dear {con", "tact.na", "me}, {today}."))

    made = filled(template, texts={"contact.name": "Erin & <Co>", "today": "5 March\nLyon"})

    paragraph = made.paragraphs[0]
    assert paragraph.text == "Dear Erin & <Co>, 5 March\nLyon."
    assert [(run.text, run.bold) for run in paragraph.runs][1] == ("", True)


def test_rows_of_a_table_are_repeated_with_their_own_conditions() -> None:
    def build(doc: Document) -> None:
        head = ("Product", "Price")
        row = ("{rows.name}", "{rows.net}{#if rows.discount} less {rows.discount}{/if}")
        table_of(doc, head, row, ("Sum", "{totals.net}"))

    rows = [
        {"texts": {"rows.name": "Lamp", "rows.net": "9 €"}, "holds": {"rows.discount": False}},
        {
            "texts": {"rows.name": "Rail", "rows.net": "5 €", "rows.discount": "10 %"},
            "holds": {"rows.discount": True},
        },
    ]
    names = ("rows.name", "rows.net", "rows.discount")
    made = filled(
        word(build),
        texts={"totals.net": "14 €"},
        lists={"rows": rows},
        list_of=dict.fromkeys(names, "rows"),
    )

    assert cells_of(made)[1:] == [["Lamp", "9 €"], ["Rail", "5 € less 10 %"], ["Sum", "14 €"]]


def test_blocks_are_kept_or_left_out_over_paragraphs_rows_and_inside_a_line() -> None:
    def build(doc: Document) -> None:
        for text in ("{#if a}", "kept", "{#if b}gone{/if}here", "{/if}", "{#if b}", "x"):
            doc.add_paragraph(text)
        table_of(doc, ("gone", "gone"))
        doc.add_paragraph("{/if}")
        table_of(doc, ("first", ""), ("{#if b}no", "row{/if}"), ("last", ""))

    made = filled(word(build), holds={"a": True, "b": False})

    assert texts_of(made) == ["kept", "here"]
    assert cells_of(made) == [["first", ""], ["last", ""]]


def test_pictures_stand_where_they_are_named_also_in_the_header() -> None:
    def build(doc: Document) -> None:
        doc.sections[0].header.paragraphs[0].text = "{image:logo}"
        doc.add_paragraph("Signed: {image:stamp} here")

    shown = {
        "image:logo": {"width_mm": 40, "label": "Logo"},
        "image:stamp": {"width_mm": 30, "label": "Stamp"},
    }
    made = filled(word(build), [dot(), dot()], pictures=shown)

    assert len(made.inline_shapes) == 1
    assert round(made.inline_shapes[0].width.mm) == 30
    assert "graphicData" in made.sections[0].header.paragraphs[0]._p.xml
    assert made.paragraphs[0].text == "Signed:  here"


def test_marks_for_signing_and_unknown_names_stay_as_they_are() -> None:
    template = word(lambda doc: paragraph_of(doc, "{{sign:client}} {contct.name}"))

    assert texts_of(filled(template)) == ["{{sign:client}} {contct.name}"]


def test_looking_names_every_placeholder_and_where_it_stands() -> None:
    def build(doc: Document) -> None:
        doc.add_paragraph("Dear {contact.name|upper}")
        doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        doc.add_paragraph("{#if deal.comment}never ended, {my.name")
        doc.sections[0].footer.paragraphs[0].text = "{my.name}"
        table_of(doc, ("{rows.name}",))

    found = looked(word(build))

    tokens = [(it["written"], it["story"], it["page"], it["in_row"]) for it in found["tokens"]]
    assert ("contact.name|upper", "body", 1, False) in tokens
    assert ("rows.name", "body", 2, True) in tokens
    assert ("my.name", "footer") in [it[:2] for it in tokens]
    assert {it["code"] for it in found["faults"]} == {"open-brace", "unclosed-if"}


def test_macros_and_outside_links_do_not_come_through() -> None:
    outside = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="x/attachedTemplate" TargetMode="External" '
        b'Target="http://evil.example/t.dotm"/></Relationships>'
    )
    template = word(lambda doc: paragraph_of(doc, "Plain"))
    template = with_part(template, "word/vbaProject.bin", b"Sub AutoOpen()")
    template = with_part(template, "word/_rels/settings.xml.rels", outside)

    made = filled(template)

    out = BytesIO()
    made.save(out)
    with zipfile.ZipFile(out) as package:
        content = b"".join(package.read(name) for name in package.namelist())
        assert MAIN in package.namelist()
    assert b"evil.example" not in content
    assert b"AutoOpen" not in content
    assert made.styles["Normal"].font.size != Pt(0)
