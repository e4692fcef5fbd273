"""The vault: a document found by words, talked about, held and let go, by the keyboard; a person
erased on a phone."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.installation import Running
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Visitor,
    french,
    in_french,
    sign_in,
    visitor,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture(scope="module")
def vault(paraph: Running) -> Running:
    """The installation with two signed leases."""
    paraph.does("shelve")
    return paraph


def _opens(person: Visitor, title: str) -> None:
    """Search as one types, and open what is found by the keyboard."""
    person.goto("/vault/")
    person.page.locator("main input[name=q]:visible").fill("loyer 900")
    found = person.page.locator("[data-row] .row-link")
    expect(found).to_have_count(1)
    person.sees("Page 2")
    found.focus()
    person.page.keyboard.press("Enter")
    expect(person.page.get_by_role("heading", level=1)).to_have_text(title)


def _mentions(person: Visitor) -> None:
    """Call a colleague by the keyboard alone; the comment stands first on the timeline."""
    page = person.page
    page.get_by_label("Comment").focus()
    page.keyboard.type("Please look, @Al")
    expect(page.locator(".mention-box__offers button")).to_contain_text("Alice Martin")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Comment")).to_have_value("Please look, @Alice Martin ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#story .history > li").first).to_contain_text(
        "Please look, @Alice Martin"
    )


def _narrows(person: Visitor) -> None:
    """Show one kind of what happened, without leaving the page."""
    page, kinds = person.page, person.page.locator(".kinds")
    kinds.get_by_role("link", name="Keeping").focus()
    page.keyboard.press("Enter")
    expect(kinds.locator("[aria-current]")).to_have_text("Keeping")
    expect(kinds.locator("[aria-current]")).to_be_focused()
    expect(page.locator("#story")).not_to_contain_text("Please look")
    person.is_accessible()


def _holds_and_lifts(person: Visitor) -> None:
    page = person.page
    person.press("Place on hold")
    page.get_by_label("Reason").fill("Case 12")
    page.locator("main").get_by_role("button", name="Place on hold").click()
    person.sees("Case 12")
    page.goto(page.url + "delete/")
    person.sees("It stays as long as it is on hold")
    assert page.get_by_role("button", name="Delete for good").count() == 0
    person.is_accessible()
    person.press("Lift the hold")
    page.get_by_label("Reason").fill("Settled")
    page.locator("main").get_by_role("button", name="Lift the hold").click()
    person.sees("The hold is lifted.")


def test_a_document_is_found_talked_about_held_and_let_go(
    browser: Browser, vault: Running
) -> None:
    olga = visitor(browser, vault, DESKTOP)
    sign_in(olga, "olga")

    _opens(olga, "Lease of the hall")
    _mentions(olga)
    _narrows(olga)
    _holds_and_lifts(olga)

    assert olga.troubles == []


def test_a_person_is_erased_on_a_phone_and_the_report_names_nobody(
    browser: Browser, vault: Running
) -> None:
    olga = visitor(browser, vault, PHONE, has_touch=True)
    sign_in(olga, "olga")
    page = olga.page
    with in_french(olga):
        olga.goto("/contacts/?q=brandt")
        page.locator("[data-row] .row-link").tap()
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
        assert "Brandt" not in said + page.locator("main").inner_text()
        olga.goto("/contacts/?q=brandt")
        expect(page.locator("[data-row]")).to_have_count(0)
    assert olga.troubles == []
