"""Contacts in files, in French: a list from Excel comes in and goes again; cards go out."""

from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import ngettext
from playwright.sync_api import Browser, ViewportSize, expect

from tests.journeys.installation import Running
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Visitor,
    french,
    sign_in,
    speak,
    visitor,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow]
COUNTRY = "Country of phone numbers without a country code"
TOO_SHORT = "This number has too few or too many digits. Write it like +33 6 12 34 56 78."


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


def _import_button(number: int) -> str:
    """Return what the button says in French that brings so many in."""
    with translation.override("fr"):
        words = ngettext("Import %(n)s contact", "Import %(n)s contacts", number)
    return words % {"n": number}


def _undo(person: Visitor) -> None:
    person.press(french("Undo the import"))
    person.press(french("Undo all"))
    person.sees(french("The import is undone"))


@pytest.mark.parametrize(("size", "by_key"), [(DESKTOP, True), (PHONE, False)])
def test_a_list_from_excel_is_checked_imported_and_undone(
    browser: Browser, paraph: Running, tmp_path: Path, size: ViewportSize, by_key: bool
) -> None:
    alice = visitor(browser, paraph, size)
    sign_in(alice, "alice")
    speak(alice, "fr")
    _choose(alice, _list(tmp_path, who="key" if by_key else "touch"))
    meaning = alice.page.get_by_label("Société")
    expect(meaning).to_have_value("company")
    alice.is_accessible()
    alice.page.get_by_label(french(COUNTRY)).select_option("FR")
    _go_on(alice, french("Check the file"), by_key=by_key)

    alice.sees(french(TOO_SHORT)[:40])
    alice.is_accessible()
    _go_on(alice, _import_button(2), by_key=by_key)
    alice.sees(french("The import is done"))
    alice.is_accessible()
    _undo(alice)

    assert alice.troubles == []


def test_chosen_contacts_go_into_an_address_book_on_a_phone(
    browser: Browser, paraph: Running
) -> None:
    alice = visitor(browser, paraph, PHONE, has_touch=True)
    sign_in(alice, "alice")
    page = alice.page
    speak(alice, "fr")
    alice.goto("/contacts/?q=borealis")
    page.locator("[data-row]", has_text="Kowalski").locator("[name=ids]").check()
    page.locator("[data-many]").get_by_role("button", name=french("Export")).tap()
    expect(page.get_by_label(french("The selected contacts"))).to_be_checked()
    page.get_by_label(french("vCard 4.0, for address books")).check()
    alice.is_accessible()

    with page.expect_download() as began:
        page.locator("main").get_by_role("button", name=french("Export")).tap()

    cards = began.value.path().read_text(encoding="utf-8")
    assert cards.count("BEGIN:VCARD") == 1
    assert "N:Kowalski;Frank" in cards
    assert alice.troubles == []
