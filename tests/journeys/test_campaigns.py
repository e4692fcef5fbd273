"""A campaign in a browser, in French: chosen, written, tried, sent, read, and left again."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.installation import Running
from tests.journeys.people import DESKTOP, PHONE, Postbox, Visitor, sign_in, speak, visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]
TITLE = "Journée portes ouvertes"


def _send_to_frank(person: Visitor) -> None:
    """Choose him in the list, record his consent, write, try and send."""
    page = person.page
    for form in ("consent", "add-to-campaign"):
        person.goto("/contacts/?q=frank")
        page.locator("[data-row]", has_text="Kowalski").locator("[name=ids]").check()
        page.locator(f"[formaction$='/act/{form}/'], [hx-post$='/act/{form}/']").first.click()
        page.locator("[name=do-source], [name=do-title]").first.fill(TITLE)
        page.locator("[name=confirmed]").click()
        expect(page.get_by_role("dialog")).to_have_count(0)

    person.goto("/campaigns/")
    page.get_by_role("link", name=TITLE).first.click()
    page.locator("a[href$='/edit/']").click()
    page.locator("[name=subject]").fill("Bonjour {first_name}")
    page.locator("[name=text]").fill("Nous ouvrons lundi, ")
    page.locator("[data-insert='{first_name}']").click()
    expect(page.locator("#preview")).to_contain_text("Nous ouvrons lundi, Frank")
    person.is_accessible()
    page.locator("[name=done]").click()
    page.locator("form[action$='/test/'] button").click()
    person.is_accessible()
    page.locator("[data-opens=send-campaign]").click()
    page.locator("#send-campaign form[action$='/send/'] button.btn-primary").click()
    expect(page.locator(".figures__good")).to_have_text("1")
    person.is_accessible()


def _leave_by(link: str, *, reader: Visitor) -> None:
    """Unsubscribe by the link of a letter."""
    reader.goto(link)
    reader.page.locator("main form button").click()
    expect(reader.page.locator("input[name=back]")).to_be_attached()
    reader.is_accessible()


def test_a_campaign_from_the_list_of_contacts_to_unsubscribing(
    browser: Browser, paraph: Running
) -> None:
    olga, reader = visitor(browser, paraph, DESKTOP), visitor(browser, paraph, PHONE)
    sign_in(olga, "olga")
    speak(olga, "fr")
    _send_to_frank(olga)
    letter = Postbox(olga).link("frank@example.org", path="/u/", about="Nous ouvrons")
    _leave_by(letter, reader=reader)
    assert olga.troubles == reader.troubles == []
