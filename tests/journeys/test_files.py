"""Contacts in files, in a browser: a list from French Excel comes in, and goes out again."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.journeys.installation import Running
from tests.journeys.people import DESKTOP, PHONE, Visitor, sign_in, visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def _list(folder: Path, *, who: str) -> Path:
    """Write what Excel in France saves: Windows-1252, semicolons, phones as people write them."""
    file = folder / "clients.csv"
    rows = (
        "Nom;Prénom;Téléphone;Courriel;Société",
        f"Lefèvre{who};Zoé;06 12 34 56 99;zoe{who}@crete.example;Crête & Fils",
        f"Dupont{who};Éric;;eric{who}@crete.example;Crête & Fils",
        f"Sans{who};Numéro;12;;",
    )
    file.write_bytes("\r\n".join(rows).encode("cp1252"))
    return file


def _choose(person: Visitor, file: Path) -> None:
    person.goto("/contacts/import/")
    person.is_accessible()
    person.page.set_input_files("input[type=file]", file)
    person.page.wait_for_url("**/columns/")


def _go_on(person: Visitor, name: str, *, by_key: bool) -> None:
    """Press a button by mouse, or reach and press it by keyboard."""
    button = person.page.get_by_role("button", name=name)
    if by_key:
        button.focus()
        person.page.keyboard.press("Enter")
    else:
        button.click()


def _undo(person: Visitor) -> None:
    person.press("Undo the import")
    person.press("Undo all")
    person.sees("The import is undone")


@pytest.mark.parametrize(("size", "by_key"), [(DESKTOP, True), (PHONE, False)])
def test_a_list_from_excel_is_checked_imported_and_undone(
    browser: Browser, paraph: Running, tmp_path: Path, size: ViewportSize, by_key: bool
) -> None:
    alice = visitor(browser, paraph, size)
    sign_in(alice, "alice")
    _choose(alice, _list(tmp_path, who="key" if by_key else "touch"))
    meaning = alice.page.get_by_label("Société")
    expect(meaning).to_have_value("company")
    alice.is_accessible()
    alice.page.get_by_label("Country of phone numbers").select_option("FR")
    _go_on(alice, "Check the file", by_key=by_key)

    alice.sees("too few or too many digits")
    alice.is_accessible()
    _go_on(alice, "Import 2 contacts", by_key=by_key)
    alice.sees("The import is done")
    alice.is_accessible()
    _undo(alice)

    assert alice.troubles == []


def test_the_list_is_exported_from_its_gear(browser: Browser, paraph: Running) -> None:
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    alice.goto("/contacts/?q=kowal")
    alice.page.get_by_label("Columns and more").click()
    alice.page.get_by_role("link", name="Export").click()
    alice.is_accessible()
    alice.page.get_by_label("search and filters").check()

    with alice.page.expect_download() as began:
        _go_on(alice, "Export", by_key=False)

    text = began.value.path().read_text(encoding="utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    assert heading[:2] == ["Last name", "First name"]
    assert [row[0] for row in rows] == ["Kowalski"]
    assert alice.troubles == []
