"""The vault: a document found by words, talked about, held, taken out and deleted, by keyboard, in
Polish and in the dark; a person erased on a phone, in French."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.installation import Running
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Visitor,
    french,
    polish,
    sign_in,
    speak,
    use,
    visitor,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow]

NUMBER = "KD-4711"
STAYS = "It stays as long as it is on hold. Lift the hold first, with the reason."


@pytest.fixture(scope="session")
def vault(paraph: Running) -> Running:
    """The installation with two signed leases."""
    paraph.does("shelve")
    return paraph


def _opens(person: Visitor, title: str) -> None:
    """Search as one types, and open what is found by the keyboard."""
    person.goto("/vault/")
    person.finds("loyer 900", within="main")
    found = person.page.locator("[data-row] .row-link")
    expect(found).to_have_count(1)
    person.sees(polish("Page %s") % 2)
    found.focus()
    person.page.keyboard.press("Enter")
    expect(person.page.get_by_role("heading", level=1)).to_have_text(title)
    person.page.wait_for_load_state()  # keys find the page's script there


def _mentions(person: Visitor) -> None:
    """Call a colleague by the keyboard alone; the comment stands first on the timeline."""
    page = person.page
    page.get_by_label(polish("Comment")).focus()
    page.keyboard.type("Please look, @Al")
    expect(page.locator(".mention-box__offers button")).to_contain_text(["Alice Martin"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label(polish("Comment"))).to_have_value("Please look, @Alice Martin ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#story .history > li").first).to_contain_text(
        "Please look, @Alice Martin"
    )


def _narrows(person: Visitor) -> None:
    """Show one kind of what happened, without leaving the page."""
    page, kinds = person.page, person.page.locator(".kinds")
    kinds.get_by_role("link", name=polish("Keeping")).focus()
    page.keyboard.press("Enter")
    expect(kinds.locator("[aria-current]")).to_have_text(polish("Keeping"))
    expect(kinds.locator("[aria-current]")).to_be_focused()
    expect(page.locator("#story")).not_to_contain_text("Please look")
    person.is_accessible()


def _holds_and_lifts(person: Visitor) -> None:
    page = person.page
    person.press(polish("Place on hold"))
    page.get_by_label(polish("Reason")).fill("Case 12")
    page.locator("main").get_by_role("button", name=polish("Place on hold")).click()
    person.sees("Case 12")
    page.goto(page.url + "delete/")
    person.sees(polish(STAYS))
    assert page.get_by_role("button", name=polish("Delete for good")).count() == 0
    person.is_accessible()
    person.press(polish("Lift the hold"))
    page.get_by_label(polish("Reason")).fill("Settled")
    page.locator("main").get_by_role("button", name=polish("Lift the hold")).click()
    person.sees(polish("The hold is lifted."))


def _takes_both_along(person: Visitor, folder: Path) -> None:
    """Choose both leases by the keyboard, and take them out with their evidence."""
    page, key = person.page, person.page.keyboard
    person.goto("/vault/?q=lease")
    for step in "jxjx":
        key.press(step)
    use(person, page.locator("[data-many]").get_by_role("button", name=polish("Archive")))
    with page.expect_download() as began:
        use(person, page.get_by_role("link", name=polish("Download the archive")))
    began.value.save_as(folder / "archive.zip")
    with zipfile.ZipFile(folder / "archive.zip") as archive:
        names = archive.namelist()
    assert "index.csv" in names
    assert sum(name.endswith(".pdf") for name in names) == 2


def _deletes(person: Visitor, title: str) -> None:
    """Delete by the menu of a row; its ID is left."""
    page, key = person.page, person.page.keyboard
    person.goto("/vault/?q=lease")
    page.locator("[data-row]", has_text=title).locator(".row-link").focus()
    key.press("m")
    use(person, page.locator("details[open] .menu__item", has_text=polish("Delete for good")))
    use(person, page.locator("main").get_by_role("button", name=polish("Delete for good")))
    person.sees(polish("It is deleted. What is left: %s.").partition("%")[0])
    use(person, page.locator(".subnav").get_by_role("link", name=polish("Deleted")))
    expect(page.locator("tbody tr").first).to_contain_text(f"{polish('By hand')} · Olga")
    expect(page.locator("main")).not_to_contain_text(title)


def test_a_document_is_found_talked_about_held_and_let_go(
    browser: Browser, vault: Running, tmp_path: Path
) -> None:
    olga = visitor(browser, vault, DESKTOP)
    sign_in(olga, "olga")

    speak(olga, "pl", in_the_dark=True)
    _opens(olga, "Lease of the hall")
    _mentions(olga)
    _narrows(olga)
    _holds_and_lifts(olga)
    _takes_both_along(olga, tmp_path)
    _deletes(olga, "Lease of the hall")

    assert olga.troubles == []


def _asks_for_a_number(person: Visitor) -> None:
    """Add a field of the company's own to all contacts."""
    person.goto("/contacts/fields/new/")
    person.page.locator("main [name=label]").fill("Numéro de client")
    person.page.locator("main").get_by_role("button", name=french("Save")).tap()
    expect(person.page.locator("main li", has_text="Numéro de client")).to_be_visible()


def _notes_the_number(person: Visitor) -> None:
    """Fill the field in where it stands on the contact's page."""
    line = person.page.locator(".lines__line", has_text="Numéro de client")
    line.locator("[data-edit]").tap()
    line.locator("input:visible").fill(NUMBER)
    line.get_by_role("button", name=french("Save")).tap()
    expect(line.locator("dd > span")).to_have_text(NUMBER)
    expect(person.page.locator("#story")).to_contain_text("Numéro de client")


def test_a_person_is_erased_on_a_phone_and_the_report_names_nobody(
    browser: Browser, vault: Running
) -> None:
    olga = visitor(browser, vault, PHONE, has_touch=True)
    sign_in(olga, "olga")
    page = olga.page
    speak(olga, "fr")
    _asks_for_a_number(olga)
    olga.goto("/contacts/?q=brandt")
    page.locator("[data-row] .row-link").tap()
    _notes_the_number(olga)
    page.locator("summary", has=page.get_by_label(french("More for this contact"))).tap()
    page.get_by_role("link", name=french("Erase personal data")).tap()
    expect(page.locator("[name=reason]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    olga.is_accessible()
    page.locator("[name=reason]").fill("Demande du 3 mars")
    page.get_by_role("button", name=french("Erase for good")).tap()

    report = page.get_by_role("link", name=french("Download the report"))
    expect(report).to_be_visible()
    olga.is_accessible()
    with page.expect_download() as began:
        report.tap()
    said = began.value.path().read_text(encoding="utf-8")
    assert "Demande du 3 mars" in said
    assert NUMBER not in said
    assert "Brandt" not in said + page.locator("main").inner_text()
    olga.goto("/contacts/?q=brandt")
    expect(page.locator("[data-row]")).to_have_count(0)
    assert olga.troubles == []
