"""Tables as programs and people leave them: what can be read is, and the rest is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from paraph.contacts.importing.actions import begin_import
from paraph.contacts.importing.intake import CannotRead, take_in
from paraph.contacts.importing.models import Import
from paraph.kit.child.refusing import Refusal
from tests.cast import Cast
from tests.contacts.opening import opened
from tests.moments import NOON

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
HEADING = ["Nazwisko", "Imię"]
POLISH = [HEADING, ["Łąk", "Żółć"], ["Nowak", "Świt"]]


def _written(rows: list[list[str]], separator: str = ";", *, first: str = "") -> str:
    return first + "".join(separator.join(row) + "\r\n" for row in rows)


def _zipped(files: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as folder:
        for name, text in files.items():
            folder.writestr(name, text)
    return file.getvalue()


def _book(*names: str, hide: Callable[[Worksheet], None]) -> bytes:
    """A workbook of one-cell sheets, the first of which is put out of sight."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        first, *others = [book.add_worksheet(name) for name in names]
        for sheet in (first, *others):
            sheet.write_string(0, 0, f"Of {sheet.name}")
        others[0].activate()
        others[0].set_first_sheet()
        hide(first)
    return file.getvalue()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "iso8859_2"],
)
def test_a_table_is_read_whatever_its_encoding(encoding: str) -> None:
    _answer, rows = opened(_written(POLISH).encode(encoding))

    assert rows == POLISH


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_table_is_read_whatever_its_separator(separator: str) -> None:
    rows = [HEADING, ["Nowak", "Jan"]]
    told = _written(rows, separator, first=f"sep={separator}\r\n")

    assert opened(_written(rows, separator).encode())[1] == rows
    assert opened(told.encode())[1] == rows


def test_a_row_may_be_shorter_or_longer_than_the_heading() -> None:
    rows = [HEADING, ["Nowak"], ["Lis", "Jan", "", "more"]]

    answer, found = opened(_written(rows).encode())

    assert found == rows
    assert {len(row) for row in answer["sample"]} == {4}


def test_a_quotation_that_never_ends_swallows_no_rows() -> None:
    rows = b'Nom;Note\r\nA;"over\r\ntwo lines"\r\nB;"open\r\nC;c\r\nD;d\r\n'

    with pytest.raises(Refusal) as refused:
        opened(rows)

    assert (refused.value.code, refused.value.facts) == ("open-quotation", {"line": 4})


def test_a_line_that_tells_the_separator_is_counted() -> None:
    with pytest.raises(Refusal) as refused:
        opened(b'sep=; \r\nNom;Note\r\nA;"open\r\n')

    assert refused.value.facts == {"line": 3}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xef\xbb\xbf", "empty"),
        (b";;;\r\n;;\r\n", "empty"),
        (b"sep=;\r\n", "empty"),
        (_written([["x"] * 500]).encode(), "too-many-columns"),
        (b"Nom;Note\r\nA\0;B\r\n", "not-a-table"),
        (b"%PDF-1.7\n1 0 obj <<>> endobj\n", "not-a-table"),
        (b"\r\n<html><table><tr><td>Nom</td></tr></table></html>", "not-a-table"),
        (b'<?xml version="1.0"?><Workbook></Workbook>', "not-a-table"),
        (b'[{"name": "A", "email": "a@x.example"}]', "not-a-table"),
        (_zipped({"clients.csv": "Nom;Note"}), "not-a-table"),
        (_zipped({}), "not-a-table"),
        (_zipped({"META-INF/manifest.xml": "<encryption-data/>"}), "encrypted"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + bytes(1000), "not-a-table"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        opened(content)

    assert refused.value.code == why


@pytest.mark.parametrize("hide", [Worksheet.hide, Worksheet.very_hidden])
def test_sheets_out_of_sight_are_left_alone(hide: Callable[[Worksheet], None]) -> None:
    answer, rows = opened(_book("Lists", "Clients", "More", hide=hide))

    assert (answer["sheet"], rows) == ("Clients", [["Of Clients"]])


@pytest.mark.slow
@pytest.mark.django_db
def test_a_heading_alone_is_not_kept(cast: Cast) -> None:
    found = take_in(_written([HEADING]).encode())

    with pytest.raises(CannotRead, match="Add the contacts below it"):
        begin_import(found, file_name="clients.csv", owner=cast.alice, at=NOON)

    assert not Import.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_a_contact_alone_is_no_heading(cast: Cast) -> None:
    found = take_in(_written([["Dupont", "Marie", "Acme"]]).encode())

    given = begin_import(found, file_name="one.csv", owner=cast.alice, at=NOON)

    assert (given.has_heading, given.total) == (False, 1)
