"""The board in two browsers: what happens in one is seen in the other, by mouse, key and touch."""

import re
import time

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.installation import Running
from tests.journeys.people import DESKTOP, PHONE, Visitor, sign_in, visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def _send(paraph: Running, title: str) -> None:
    paraph.does("send", title)


def _column(person: Visitor, name: str) -> Locator:
    return person.page.get_by_role("region", name=name, exact=True)


def _card(person: Visitor, column: str, title: str) -> Locator:
    return _column(person, column).locator(".board-card", has_text=title)


def _cancel(person: Visitor) -> float:
    """Answer the question why; return when it was sent."""
    dialog = person.page.locator("#dialog-body")
    dialog.get_by_label("Reason").fill("A typing mistake")
    dialog.get_by_role("button", name="Cancel document").click()
    return time.monotonic()


def test_a_card_moves_in_the_other_browser(browser: Browser, paraph: Running) -> None:
    _send(paraph, "Lamps for the board")
    alice, olga = visitor(browser, paraph, DESKTOP), visitor(browser, paraph, DESKTOP)
    for person, name in ((alice, "alice"), (olga, "olga")):
        sign_in(person, name)
        person.goto("/board/")
    card = _card(alice, "With the client", "Lamps for the board")
    expect(card).to_be_visible()
    olga.page.locator(".board-card h3 a").first.focus()
    olga.page.evaluate("window.isAsItWasOpened = true")

    paraph.does("sign", "Lamps for the board")
    signed_at = time.monotonic()
    expect(_card(olga, "With us", "Lamps for the board")).to_be_visible()
    print(f"a signature is seen after {time.monotonic() - signed_at:.2f} s")
    card = _card(alice, "With us", "Lamps for the board")

    card.drag_to(_column(alice, "Not signed").locator(".board__cards"))
    begun = _cancel(alice)
    expect(_card(olga, "Not signed", "Lamps for the board")).to_be_visible()

    print(f"seen after {time.monotonic() - begun:.2f} s")
    assert olga.page.evaluate("document.activeElement.matches('.board-card h3 a')")
    assert olga.page.evaluate("window.isAsItWasOpened")
    expect(_card(alice, "Not signed", "Lamps for the board")).to_be_visible()
    assert alice.troubles == olga.troubles == []


def test_the_board_by_keyboard(browser: Browser, paraph: Running) -> None:
    _send(paraph, "Keys for the board")
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    alice.goto("/board/")
    page, title = alice.page, "Keys for the board"
    link = _card(alice, "With the client", title).locator("h3 a")
    link.focus()

    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("heading", name=title)).to_be_visible()
    alice.is_accessible()
    page.wait_for_url(re.compile("card="))
    page.keyboard.press("Escape")
    expect(link).to_be_focused()

    page.keyboard.press("m")
    expect(page.get_by_role("menuitem", name="Quick look")).to_be_focused()
    alice.is_accessible()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="The board by keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    link.focus()
    page.keyboard.press("Alt+ArrowRight")
    _cancel(alice)
    ended = _card(alice, "Not signed", title)
    ended.locator("h3 a").focus()
    page.keyboard.press("Alt+ArrowLeft")
    expect(_card(alice, "Preparing", title)).to_be_visible()
    alice.press("Undo")
    expect(_card(alice, "Preparing", title)).to_have_count(0)
    assert alice.troubles == []


def test_the_board_on_a_phone(browser: Browser, paraph: Running) -> None:
    _send(paraph, "A phone for the board")
    olga = visitor(browser, paraph, PHONE, has_touch=True)
    olga.page.context.add_cookies([{"name": "theme", "value": "dark", "url": paraph.url}])
    sign_in(olga, "olga")
    olga.goto("/board/")

    card = _card(olga, "With the client", "A phone for the board")
    card.scroll_into_view_if_needed()
    card.get_by_role("button", name="More about A phone for the board").tap()
    olga.page.get_by_role("menuitem", name="Remind").tap()
    said = re.compile(r"Reminded: Frank Kowalski|We wrote to them a moment ago")
    expect(olga.page.get_by_text(said).first).to_be_visible()
    olga.is_accessible()

    _lies_in_lanes(olga, "A phone for the board")

    olga.goto("/board/stages/")
    olga.is_accessible()
    assert olga.troubles == []


def _lies_in_lanes(person: Visitor, title: str) -> None:
    """Lay the cards in lanes, one for each who is responsible; then take the lanes away."""
    menu = person.page.get_by_label("Columns and more").first
    menu.tap()
    person.press("Lanes by responsible")
    lane = person.page.get_by_role("region", name="Alice Martin", exact=True)
    expect(lane.locator(".board-card", has_text=title)).to_be_visible()
    person.is_accessible()
    menu.tap()
    person.press("Without lanes")
    expect(_card(person, "With the client", title)).to_have_count(1)
