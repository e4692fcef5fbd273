"""What journeys of the list of contacts have in common: what is pressed, and what is found."""

from playwright.sync_api import Locator, expect

from tests.journeys.people import Visitor, french


def press(person: Visitor, words: str, within: str = "body", context: str = "") -> None:
    """Press the visible button or link that has these words in French."""
    place, name = person.page.locator(within), french(words, context)
    button = place.get_by_role("button", name=name, exact=True)
    link = place.get_by_role("link", name=name, exact=True)
    button.or_(link).locator("visible=true").first.click()


def rows(person: Visitor) -> Locator:
    return person.page.locator("[data-row] .row-link")


def search(person: Visitor, text: str, *, finds: int) -> None:
    person.finds(text, within="main")
    expect(rows(person)).to_have_count(finds)
