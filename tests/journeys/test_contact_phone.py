"""The list of contacts in a browser, in French: on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.contacts import press, rows, search
from tests.journeys.installation import Running
from tests.journeys.people import PHONE, Visitor, french, sign_in, speak, visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def test_all_contacts_that_fit_are_changed_on_a_phone(
    browser: Browser, crowd: Running, tmp_path: Path
) -> None:
    alice = visitor(browser, crowd, PHONE, has_touch=True)
    sign_in(alice, "alice")
    page = alice.page
    speak(alice, "fr")
    alice.goto("/contacts/")
    search(alice, "foule prenom1", finds=10)
    _sort_on_a_phone(alice)
    _hide_and_export_on_a_phone(alice, tmp_path)
    search(alice, "foule", finds=50)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    total = page.locator("[data-total]").inner_text()
    _filter_and_keep_on_a_phone(alice)
    page.locator("[name=ids]").first.check()
    page.locator("[name=everything]").check()
    expect(page.locator(".many__count")).to_have_text(french("All that fit are chosen"))
    alice.is_accessible()
    press(alice, "Change the contact type", "[data-many]")
    expect(page.locator("dialog .act__total")).to_contain_text(total)
    page.locator("dialog select").select_option("partner")
    press(alice, "Change the contact type", "dialog")
    expect(page.locator("toast-stack")).to_contain_text(total)
    alice.goto("/contacts/?q=foule&type=partner")
    expect(page.locator("[data-total]")).to_have_text(total)
    assert alice.troubles == []


def _sort_on_a_phone(person: Visitor) -> None:
    """Sort from the menu above the rows, and the other way round."""
    menu = person.page.locator(".list-table__order")
    for first in ("Prénom10", "Prénom19"):
        menu.locator("summary").tap()
        menu.get_by_role("button", name=french("Phone")).tap()
        expect(rows(person).first).to_contain_text(first)


def _hide_and_export_on_a_phone(person: Visitor, folder: Path) -> None:
    """Take a column away from the rows that were found, and take the rows along without it."""
    page = person.page
    gear, phones = (
        page.get_by_label(french("Columns and more")).first,
        page.locator(".cell--phone"),
    )
    expect(phones.first).to_be_visible()
    gear.tap()
    press(person, "Choose columns")
    page.locator("dialog [name=columns][value=phone]").uncheck()
    press(person, "Keep these columns", "dialog")
    expect(phones).to_have_count(0)
    expect(rows(person)).to_have_count(10)

    gear.tap()
    press(person, "Export", "main details[open]")
    page.locator("main form [type=radio][value=filtered]").check()
    person.is_accessible()
    with page.expect_download() as began:
        page.locator("main").get_by_role("button", name=french("Export")).tap()
    began.value.save_as(folder / "foule.csv")
    assert (folder / "foule.csv").read_text(encoding="utf-8-sig").count("Foule") == 10
    person.goto("/contacts/?q=foule+prenom1")


def _filter_and_keep_on_a_phone(person: Visitor) -> None:
    """Narrow the list, keep that as a preset, come back by it, and forget it again."""
    page, pill = person.page, person.page.locator(".pill", has_text="En route")
    page.locator(".list__filters").tap()
    page.locator("dialog [name=type][value=client]").check()
    person.is_accessible()
    press(person, "Show", "dialog", context="the rows that fit")
    expect(page.locator(".chip")).to_have_count(1)
    press(person, "Keep as a preset", ".pills")
    page.locator("#preset-name").fill("En route")
    person.is_accessible()
    press(person, "Save", "dialog")
    expect(pill).to_have_attribute("aria-current", "true")
    press(person, "All", ".pills", context="all rows of a list")
    expect(page.locator(".chip")).to_have_count(0)
    pill.tap()
    expect(page.locator(".chip")).to_have_count(1)
    page.get_by_label(french("Columns and more")).first.tap()
    press(person, "Presets", "main details[open]")
    forget = french("Delete the preset %(name)s") % {"name": "En route"}
    page.get_by_role("dialog").get_by_role("button", name=forget).tap()
    expect(pill).to_have_count(0)
    page.goto(f"{person.url}/contacts/?q=foule")
