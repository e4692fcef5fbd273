"""The list of contacts in a browser, in French: by keyboard alone."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.contacts import rows
from tests.journeys.installation import Running
from tests.journeys.people import DESKTOP, Visitor, french, sign_in, speak, visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def _tab_to(person: Visitor, target: Locator) -> None:
    """Walk by Tab until the focus is there."""
    person.page.wait_for_load_state()
    for _step in range(60):
        person.page.keyboard.press("Tab")
        if target.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(f"No way by keyboard to {target}")


def test_contacts_are_found_and_changed_by_keyboard_alone(
    browser: Browser, crowd: Running, tmp_path: Path
) -> None:
    alice = visitor(browser, crowd, DESKTOP)
    sign_in(alice, "alice")
    speak(alice, "fr")
    alice.goto("/contacts/")
    _walk_the_rows(alice)
    _give_one_to_bob_by_keys(alice)
    _open_by_letters(alice)
    _filter_and_export_by_keys(alice, tmp_path)
    assert alice.troubles == []


def _walk_the_rows(person: Visitor) -> None:
    """Search, go up and down, choose rows, and look into the menu of one without losing them."""
    page, key = person.page, person.page.keyboard
    key.press("/")
    key.type("foule prenom2")
    person.has_found("foule prenom2")
    expect(rows(person)).to_have_count(10)
    key.press("Tab")
    for step, focused in (("j", 0), ("j", 1), ("k", 0)):
        key.press(step)
        expect(rows(person).nth(focused)).to_be_focused()
    for step in ("x", "j", "x", "m"):
        key.press(step)
    menu = page.locator("[data-row] details[open]")
    expect(menu.locator(".menu__item").first).to_be_focused()
    page.evaluate("document.dispatchEvent(new Event('scroll'))")  # told late: it was before
    expect(menu).to_have_count(1)
    key.press("Escape")
    expect(menu).to_have_count(0)
    expect(page.locator(".many__count")).to_have_text(re.compile(r"^2 \w+$"))
    key.press("Escape")
    expect(page.locator("[data-many].is-open")).to_have_count(0)


def _give_one_to_bob_by_keys(person: Visitor) -> None:
    page, key = person.page, person.page.keyboard
    key.press("x")
    _tab_to(person, page.get_by_role("button", name=french("Change the responsible")))
    key.press("Enter")
    expect(page.locator("dialog select")).to_be_focused()
    key.type("Bob")
    _tab_to(person, page.locator("dialog [name=confirmed]"))
    key.press("Enter")
    expect(rows(person)).to_have_count(9)  # what is Bob's is not for Alice to see


def _open_by_letters(person: Visitor) -> None:
    """Open a contact, edit it, begin a new one, and ask for help."""
    page, key = person.page, person.page.keyboard
    for letter, address in (("Enter", r"/contacts/\d+/$"), ("e", r"/edit/$"), ("n", r"/new/$")):
        person.goto("/contacts/?q=foule")
        key.press("j")
        key.press(letter)
        page.wait_for_url(re.compile(address))
    person.goto("/contacts/?q=foule+prenom3")
    key.press("?")
    expect(page.locator("[data-keys-help]")).to_be_visible()
    person.is_accessible()
    key.press("Escape")
    expect(page.locator("[data-keys-help]")).to_be_hidden()


def _filter_and_export_by_keys(person: Visitor, folder: Path) -> None:
    """Narrow what was found, keep that as a preset, and take it along for Excel."""
    page, key = person.page, person.page.keyboard
    _tab_to(person, page.locator(".list__filters"))
    key.press("Enter")
    _tab_to(person, page.locator("dialog label", has_text="Alice Martin").locator("input"))
    key.press("Space")
    key.press("Enter")
    expect(page.locator(".chip", has_text="Alice Martin")).to_be_visible()
    _tab_to(person, page.locator(".pill--tool"))
    key.press("Enter")
    expect(page.locator("#preset-name")).to_be_focused()
    key.type("Au clavier")
    key.press("Enter")
    expect(page.locator(".pill[aria-current]")).to_have_text("Au clavier")

    _tab_to(person, page.locator("main summary", has=page.get_by_role("img")).first)
    key.press("Enter")
    _tab_to(person, page.get_by_role("link", name=french("Export"), exact=True))
    key.press("Enter")
    _tab_to(person, page.locator("main [name=rows]:checked"))
    _tab_to(person, page.locator("main [name=format]:checked"))
    key.press("ArrowDown")
    with page.expect_download() as began:
        _tab_to(person, page.locator("main").get_by_role("button", name=french("Export")))
        key.press("Enter")
    assert began.value.suggested_filename.endswith(".xlsx")
    began.value.save_as(folder / "contacts.xlsx")
    with zipfile.ZipFile(folder / "contacts.xlsx") as sheets:
        parts = [sheets.read(name).decode() for name in sheets.namelist()]
    assert sum(part.count(">Foule<") for part in parts) == 10
