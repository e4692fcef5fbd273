"""Exports: what is in the file, whose contacts, and that no spreadsheet runs what is in it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from paraph.contacts import cards
from paraph.contacts.actions.editing import edit_contact
from paraph.contacts.exporting.vcards import folded
from paraph.contacts.exporting.writing import write_contacts
from paraph.contacts.models import Contact
from paraph.kit.tables import neutralise, restore
from paraph.people.models import Employee
from tests.cast import Cast
from tests.moments import NOON


def exported(owner: Employee, *, format: str = "csv", **given: object) -> bytes:
    file = io.BytesIO()
    write_contacts(file, owner=owner, given={"format": format, **given})
    return file.getvalue()


def table(content: bytes, *, separator: str = ",") -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def rename(cast: Cast, **changes: Any) -> Contact:
    card = replace(cards.card_of(cast.frank), **changes)
    edit_contact(cast.frank, card, by=cast.alice.actor, at=NOON)
    return cast.frank


def test_a_csv_has_a_heading_and_every_contact(cast: Cast) -> None:
    heading, *rows = table(exported(cast.olga))

    assert heading[:4] == ["Last name", "First name", "Phone", "E-mail"]
    assert [row[:3] for row in rows] == [
        ["Kowalski", "Frank", "+33612345601"],
        ["O’Neill", "Grace", "+33612345602"],
    ]


def test_a_french_reader_gets_what_french_excel_opens(cast: Cast) -> None:
    cast.olga.language = "fr"

    content = exported(cast.olga)

    assert content.startswith(b"\xef\xbb\xbf")
    assert table(content, separator=";")[1][0] == "Kowalski"


def test_nobody_exports_beyond_their_reach(cast: Cast) -> None:
    assert len(table(exported(cast.bob))) == 1
    assert len(table(exported(cast.alice))) == 3


def test_only_chosen_rows_and_columns_are_written(cast: Cast) -> None:
    rows = table(
        exported(cast.olga, selection={"ids": [cast.grace.pk]}, columns=["name", "company"])
    )

    assert rows == [["Last name", "First name", "Company"], ["O’Neill", "Grace", "Borealis Ltd"]]


def test_what_looks_like_a_formula_is_made_harmless(cast: Cast) -> None:
    rename(cast, position='=HYPERLINK("http://x")', comment="'quoted")

    row = table(exported(cast.olga))[1]

    assert row[4] == '\'=HYPERLINK("http://x")'
    assert "''quoted" in row


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+33612345678", "+33612345678"),
        ("+33 6 12", "'+33 6 12"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("'t Hooft", "''t Hooft"),
        ("'=1", "''=1"),
        ("O'Neill", "O'Neill"),
        ("\tx", "'\tx"),
    ],
)
def test_an_apostrophe_comes_and_goes(text: str, written: str) -> None:
    assert neutralise(text) == written
    assert restore(written) == text


def test_an_apostrophe_of_others_stays() -> None:
    assert restore("'t Hooft") == "'t Hooft"


def test_lines_of_a_vcard_are_folded_between_letters() -> None:
    lines = folded("NOTE:" + "ż" * 100).split(b"\r\n")

    assert all(len(line) <= 75 for line in lines)
    assert b"".join([lines[0], *(line[1:] for line in lines[1:])]).decode() == "NOTE:" + "ż" * 100


def test_a_vcard_says_who_and_how_to_reach_them(cast: Cast) -> None:
    rename(cast, comment="Calls back;\nlate, mostly")

    cards = exported(cast.olga, format="vcard").decode()

    assert "N:Kowalski;Frank;;;\r\nFN:Frank Kowalski\r\n" in cards
    assert "TEL;VALUE=uri:tel:+33612345601\r\n" in cards
    assert "NOTE:Calls back\\;\\nlate\\, mostly\r\n" in cards
