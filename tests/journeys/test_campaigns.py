"""A campaign in a browser, in French: chosen, written, tried, sent, read, and left again."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.installation import Running
from tests.journeys.people import DESKTOP, PHONE, Visitor, sign_in, visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]
TITLE = "Journée portes ouvertes"


def _speak(person: Visitor, language: str) -> None:
    """Choose a language in the frame's own menu."""
    person.page.locator("details:has(button[name=language]) > summary:visible").click()
    person.page.locator(f"button[name=language][value={language}]:visible").click()
    expect(person.page.locator("html")).to_have_attribute("lang", language)


def _way_out(person: Visitor, recipient: str) -> str:
    """Return the link to unsubscribe of the newest letter to somebody, from its plain text."""
    person.goto(f"/mailbox/?to={recipient}")
    letter = person.page.locator("#rows a[href^='/mailbox/']:not([href='/mailbox/'])").first
    person.goto(letter.get_attribute("href") or "")
    words = person.page.locator(".mail__plain").text_content() or ""
    found = re.search(r"http://localhost:\d+/u/[\w-]+/", words)
    assert found and "Nous ouvrons" in words, words
    return found[0]


def test_a_campaign_from_the_list_of_contacts_to_unsubscribing(
    browser: Browser, paraph: Running
) -> None:
    olga, reader = visitor(browser, paraph, DESKTOP), visitor(browser, paraph, PHONE)
    sign_in(olga, "olga")
    _speak(olga, "fr")
    page = olga.page
    for form in ("consent", "add-to-campaign"):
        olga.goto("/contacts/?q=frank")
        page.locator("tbody input[type=checkbox]").first.check()
        page.locator(f"[formaction$='/act/{form}/'], [hx-post$='/act/{form}/']").first.click()
        page.locator("[name=do-source], [name=do-title]").first.fill(TITLE)
        page.locator("[name=confirmed]").click()
        page.wait_for_url(re.compile(r"/contacts/\?q=frank|/batches/"))

    olga.goto("/campaigns/")
    page.get_by_role("link", name=TITLE).first.click()
    page.locator("a[href$='/edit/']").click()
    page.locator("[name=subject]").fill("Bonjour {first_name}")
    page.locator("[name=text]").fill("Nous ouvrons lundi, ")
    page.locator("[data-insert='{first_name}']").click()
    expect(page.locator("#preview")).to_contain_text("Nous ouvrons lundi, Frank")
    olga.is_accessible()
    page.locator("[name=done]").click()
    page.locator("form[action$='/test/'] button").click()
    olga.is_accessible()
    page.locator("[data-opens=send-campaign]").click()
    page.locator("#send-campaign form[action$='/send/'] button.btn-primary").click()
    expect(page.locator(".figures__good")).to_have_text("1", timeout=60_000)
    olga.is_accessible()

    reader.goto(_way_out(olga, "frank@example.org"))
    reader.page.locator("main form button").click()
    expect(reader.page.locator("input[name=back]")).to_be_attached()
    reader.is_accessible()
    _speak(olga, "en")
    assert olga.troubles == reader.troubles == []
