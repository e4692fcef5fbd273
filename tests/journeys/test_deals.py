"""A deal in a browser: begun, filled with products, moved, and led on to signing."""

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.installation import Running
from tests.journeys.people import DESKTOP, PHONE, Visitor, sign_in, visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PRODUCTS = (
    ("Pendant", "6", "289"),
    ("Rail", "8", "124,50"),
    ("Fitting", "14", "58"),
    ("Dimmer", "4", "79.90"),
    ("Travel", "2", "45"),
)


def _begin(person: Visitor, title: str) -> str:
    """Begin a deal whose client is found by a part of the name; the deal's address."""
    page = person.page
    person.goto("/deals/new/")
    page.get_by_label("What is it about?").fill(title)
    page.get_by_role("combobox", name="Client company").press_sequentially("bore")
    expect(page.get_by_role("option", name=re.compile("Borealis"))).to_be_visible()
    _chooses_before_the_answer(person)
    page.get_by_role("combobox", name="Contact").focus()
    page.get_by_role("option", name=re.compile("Frank")).click()
    person.press("Create and add products")
    page.wait_for_url("**/products/")
    return page.url.removesuffix("products/")


def _chooses_before_the_answer(person: Visitor) -> None:
    """Type one letter more and choose at once: what is found by it comes too late."""
    person.page.evaluate("""() => new Promise((told) => {
        const search = document.querySelector("[name=client_text]");
        search.addEventListener("htmx:afterRequest", told, { once: true });
        search.value += "a";
        search.dispatchEvent(new Event("input", { bubbles: true }));
        document.querySelector("[role=option]").click();
    })""")
    expect(person.page.locator("[role=option]")).to_have_count(0)
    expect(person.page.locator("[name=client_text]")).to_have_value("Borealis Ltd")


def _fill_products(person: Visitor) -> None:
    page = person.page
    for number, (name, quantity, price) in enumerate(PRODUCTS):
        if number:
            page.get_by_role("button", name="Add a row").click()
        row = page.get_by_role("group", name=f"Row {number + 1}")
        row.get_by_label("Product").fill(name)
        row.get_by_label("Quantity").fill(quantity)
        row.get_by_label("Unit price").fill(price)
        row.get_by_label("Tax, %").fill("20")


def _card(person: Visitor, title: str) -> Locator:
    return person.page.locator(".deal-card", has_text=title)


def _column(person: Visitor, name: str) -> Locator:
    return person.page.get_by_role("region", name=name, exact=True)


def test_a_deal_with_five_products_is_moved_and_signed(browser: Browser, paraph: Running) -> None:
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    deal = _begin(alice, "Journey lamps")
    _fill_products(alice)
    expect(alice.page.locator(".totals__sum")).to_contain_text("€4,741.92")
    alice.is_accessible()
    alice.press("Save products")
    alice.page.wait_for_url(deal)
    alice.sees("€4,741.92")
    alice.is_accessible()

    alice.goto("/deals/")
    alice.is_accessible()
    alice.page.get_by_role("link", name="Journey lamps").focus()
    alice.page.keyboard.press("Alt+ArrowRight")
    expect(_column(alice, "In talks").locator(".board__cards")).to_contain_text("Journey lamps")
    alice.press("Undo")
    expect(_column(alice, "New").locator(".board__cards")).to_contain_text("Journey lamps")
    _card(alice, "Journey lamps").drag_to(_column(alice, "Contract sent").locator(".board__cards"))
    expect(_column(alice, "Contract sent").locator(".board__sums")).to_contain_text("€4,742")
    alice.page.reload()
    cards = _column(alice, "Contract sent").locator(".board__cards")
    expect(cards).to_contain_text("Journey lamps")

    alice.goto(deal)
    alice.page.get_by_role("main").get_by_role("link", name="Sign", exact=True).click()
    alice.sees("client, company, title and amount are filled in")
    assert alice.troubles == []


def _speak(person: Visitor, language: str) -> None:
    """Choose a language in the frame's own menu."""
    button = person.page.locator(f"button[name=language][value={language}]").locator(
        "visible=true"
    )
    person.page.locator("details:has(button[name=language]) > summary:visible").click()
    button.click()
    expect(person.page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("has_script", [True, False])
def test_a_deal_is_begun_and_moved_on_a_phone_in_french(
    browser: Browser, paraph: Running, has_script: bool
) -> None:
    alice = visitor(browser, paraph, DESKTOP, has_script=has_script)
    sign_in(alice, "alice")
    alice.goto("/")
    page, title = alice.page, f"Lampes {'avec' if has_script else 'sans'} script"
    _speak(alice, "fr")
    page.set_viewport_size(PHONE)
    alice.goto("/deals/new/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=client_text]").fill("Borealis Ltd")
    page.locator("[name=amount]").fill("1 250,50")
    page.locator(".sheet__actions button").last.click()
    expect(page.locator(".deal-head__amount")).to_have_text(re.compile(r"1\s250,50\s€"))

    alice.goto("/deals/")
    _card(alice, title).locator("summary").click()
    _card(alice, title).locator(".menu__item").first.click()

    second = page.locator(".board__column").nth(1)
    expect(second.locator(".deal-card", has_text=title)).to_be_visible()
    assert alice.troubles == []
