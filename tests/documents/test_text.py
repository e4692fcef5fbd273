"""Every document can be read as text: by its tags, else by the places of its words."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from paraph.documents.child.blocks import blocks_of
from paraph.documents.child.placing import Word
from paraph.documents.child.tags import Tag
from paraph.documents.converting import docx_to_pdf
from paraph.documents.text import Block, Place, page_text

from . import office
from .paper import drawn
from .test_pages import revision


def word(text: str, x: float, y: float, *, mark: int = -1, size: float = 12) -> Word:
    return Word(text, x, y, len(text) * 6, size, mark)


def line(text: str, x: float, y: float, *, size: float = 12) -> list[Word]:
    words = []
    for part in text.split():
        words.append(word(part, x, y, size=size))
        x += len(part) * 6 + 4
    return words


def texts(blocks: list[dict[str, object]]) -> list[object]:
    return [block["text"] for block in blocks]


def test_columns_are_read_one_after_the_other() -> None:
    words = line("A line over the whole width of the page", 50, 40)
    for row in range(6):  # as some programs write: line by line over both columns
        words += line(f"left column {row}", 50, 80 + row * 14)
        words += line(f"right column {row}", 200, 80 + row * 14)

    first, left, right = texts(blocks_of(words, tree=[], cells=[]))

    assert first == "A line over the whole width of the page"
    assert left == " ".join(f"left column {row}" for row in range(6))
    assert right == " ".join(f"right column {row}" for row in range(6))


def test_what_stands_beside_each_other_is_one_row() -> None:
    words = line("Paris", 50, 40) + line("Warsaw", 300, 40)
    words += line("Erin", 50, 54) + line("Frank", 300, 54)

    assert texts(blocks_of(words, tree=[], cells=[])) == ["Paris Warsaw", "Erin Frank"]


def test_great_letters_are_a_heading() -> None:
    words = line("Supply contract", 50, 40, size=24)
    words += [each for row in range(3) for each in line("ordinary words", 50, 80 + row * 14)]

    heading, _text = blocks_of(words, tree=[], cells=[])

    assert (heading["kind"], heading["level"]) == ("heading", 1)


def test_tags_decide_the_order_and_decoration_is_not_read() -> None:
    words = [word("second", 50, 40, mark=2), word("first", 50, 80, mark=1)]
    words.append(Word("Page 1", 50, 800, 30, 12, -1, is_decoration=True))
    tree = [Tag("Document", inside=[Tag("H1", inside=[1]), Tag("P", inside=[2])])]

    blocks = blocks_of(words, tree=tree, cells=[])

    assert [(block["kind"], block["text"]) for block in blocks] == [
        ("heading", "first"),
        ("paragraph", "second"),
    ]


def test_what_was_added_without_tags_is_read_where_it_stands() -> None:
    words = [word("above", 50, 40, mark=1), word("below", 50, 120, mark=2), word("Erin", 50, 80)]
    tree = [Tag("P", inside=[1]), Tag("P", inside=[2])]

    assert texts(blocks_of(words, tree=tree, cells=[])) == ["above", "Erin", "below"]


def test_a_word_divided_at_a_lines_end_is_whole_again() -> None:
    words = [word("con\u00ad", 50, 40), word("tract", 50, 54)]

    assert texts(blocks_of(words, tree=[], cells=[])) == ["contract"]


def test_an_empty_cell_keeps_its_column() -> None:
    words = [word(text, 50 + 100 * n, 40, mark=n) for n, text in enumerate(["Item", "No", "€"])]
    words += [word("Total", 50, 54, mark=3), word("12", 245, 54, mark=4)]
    rows = [
        Tag("TR", inside=[Tag("TH", inside=[0]), Tag("TH", inside=[1]), Tag("TH", inside=[2])]),
        Tag("TR", inside=[Tag("TD", inside=[3]), Tag("TD", inside=[4])]),
    ]

    [table] = blocks_of(words, tree=[Tag("Table", inside=[*rows])], cells=[])

    assert [cell["text"] for cell in table["rows"][1]] == ["Total", "", "12"]


@pytest.mark.slow
def test_a_table_with_rules_is_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 160, 260], [700, 720, 740])
        for row in range(2):
            for column in range(2):
                canvas.drawString(65 + column * 100, 725 - row * 20, f"cell {row}{column}")

    [table] = page_text(revision(drawn(draw)), 1).blocks

    assert [[cell.text for cell in row] for row in table.rows] == [
        ["cell 00", "cell 01"],
        ["cell 10", "cell 11"],
    ]


@pytest.mark.slow
@office.needs_office
def test_a_word_document_keeps_its_headings_and_tables() -> None:
    rows = [["Item", "Price"], ["Oak table", "1,200"]]
    body = office.HEADING.format("Offer") + office.paragraph("We offer:") + office.table(rows)

    text = page_text(revision(docx_to_pdf(office.docx(body))), 1)

    heading, lead, table = text.blocks
    assert (heading.kind, heading.level, heading.text) == ("heading", 1, "Offer")
    assert lead.text == "We offer:"
    assert [[cell.text for cell in row] for row in table.rows] == rows
    assert [cell.is_head for cell in table.rows[0]] == [True, True]
    assert text.language


@pytest.mark.slow
def test_places_are_named_where_they_lie() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Signed by the client:")
        canvas.drawString(60, 500, "Annex")

    places = [Place("Signature", page=1, y=200, is_yours=True), Place("Date", page=2, y=10)]

    blocks = page_text(revision(drawn(draw)), 1, places=places).blocks

    assert [block.text for block in blocks] == ["Signed by the client:", "Signature", "Annex"]
    assert blocks[1] == Block("place", text="Signature", y=200, is_yours=True)
