"""The board in two browsers: what happens in one is seen in the other, by mouse, key and touch."""

import re
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.installation import Running
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Visitor,
    polish,
    sign_in,
    speak,
    visitor,
)

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
    title = "Lamps for the board"
    _send(paraph, title)
    alice, olga = visitor(browser, paraph, DESKTOP), visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    alice.goto(f"/board/?q={title}")  # alone there: nothing comes in above it
    expect(_card(alice, "With the client", title)).to_be_visible()
    sign_in(olga, "olga")
    olga.goto("/board/")
    olga.page.locator(".board-card h3 a").first.focus()
    olga.page.evaluate("window.isAsItWasOpened = true")

    _card(alice, "With the client", title).hover()
    alice.page.mouse.down()
    paraph.does("sign", title)
    expect(_card(olga, "With us", title)).to_be_visible()
    with alice.page.expect_request(re.compile("/board/changes/")) as asked:
        pass  # what is held is asked for again and again
    asked.value.response()
    _drop(alice, title, onto="Not signed")  # what changed meanwhile did not take it away
    begun = _cancel(alice)
    expect(_card(olga, "Not signed", title)).to_be_visible()

    print(f"seen after {time.monotonic() - begun:.2f} s")
    assert olga.page.evaluate("document.activeElement.matches('.board-card h3 a')")
    assert olga.page.evaluate("window.isAsItWasOpened")
    expect(_card(alice, "Not signed", title)).to_be_visible()
    assert alice.troubles == olga.troubles == []


def _drop(person: Visitor, title: str, *, onto: str) -> None:
    """Carry the card that is held already into a column, and let it go there."""
    mouse = person.page.mouse
    box = _column(person, onto).locator(".board__cards").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 20
    mouse.move(x - 30, y)
    expect(_column(person, onto)).to_have_class(re.compile("board__column--open"))
    mouse.move(x, y)
    expect(_card(person, onto, title)).to_be_visible()
    mouse.up()


def test_the_board_by_keyboard(browser: Browser, paraph: Running) -> None:
    _send(paraph, "Keys for the board")
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    alice.goto("/board/")
    page, title = alice.page, "Keys for the board"
    link = _card(alice, "With the client", title).locator("h3 a")
    _folds_and_searches(alice, title)
    _finds_what_presses(alice, title)
    link.focus()

    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("heading", name=title)).to_be_visible()
    alice.is_accessible()
    page.wait_for_url(re.compile("card="))
    page.keyboard.press("Escape")
    expect(link).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    _closes_and_opens_the_menu(alice)
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
    page.evaluate("getSelection().selectAllChildren(document.querySelector('kanban-board'))")
    page.get_by_role("button", name="Undo").press("Enter")  # marked words are no hindrance
    expect(_card(alice, "Preparing", title)).to_have_count(0)
    expect(page.locator(".chip", has_text="Alice Martin")).to_be_visible()
    expect(ended).to_be_visible()
    assert alice.troubles == []


def _closes_and_opens_the_menu(person: Visitor) -> None:
    """Press the next key before the browser has told that the quick look is closed, and that
    the page was scrolled."""
    person.page.evaluate("""() => new Promise((told) => {
        const look = document.getElementById("look");
        look.addEventListener("close", told, { once: true });
        look.close();
        const pressed = new KeyboardEvent("keydown", { key: "m", bubbles: true });
        document.activeElement.dispatchEvent(pressed);
        document.dispatchEvent(new Event("scroll"));
    })""")


def _finds_what_presses(person: Visitor, title: str) -> None:
    """Find by the filters what is due soon, and give it time: it and its number are gone then."""
    page, card = person.page, _card(person, "With the client", title)
    key = card.get_attribute("data-id") or ""
    pressing = _counter(person)
    _gives_days(person, key, 1)
    _narrows(person, title, "Deadline near", "Alice Martin")
    expect(card).to_be_visible()
    assert _counter(person) == pressing + 1

    narrowed = page.url
    _gives_days(person, key, 40)
    person.goto(narrowed)
    expect(page.locator(".chip", has_text="Deadline near")).to_be_visible()
    expect(card).to_have_count(0)
    assert _counter(person) == pressing
    page.get_by_role("link", name=re.compile("^Remove the filter .* Deadline near$")).press(
        "Enter"
    )
    expect(card).to_be_visible()


def _counter(person: Visitor) -> int:
    """Return what the menu says of the board: how many documents need attention."""
    link = person.page.locator(".rail__link[href='/board/']")
    number = re.search(r"\d+", link.inner_text())
    return int(number[0]) if number else 0


def _gives_days(person: Visitor, key: str, days: int) -> None:
    person.goto(f"/envelopes/{key}/time/")
    until = datetime.now(UTC) + timedelta(days=days)
    person.page.locator("main [type=date]").fill(until.date().isoformat())
    person.page.get_by_role("button", name="Keep", exact=True).press("Enter")
    person.page.wait_for_url(re.compile(f"/envelopes/{key}/(#.*)?$"))


def _narrows(person: Visitor, title: str, *choices: str) -> None:
    """Search the board, and choose in its filters."""
    person.goto(f"/board/?all=1&q={title}")
    person.page.locator(".list__filters").press("Enter")
    dialog = person.page.get_by_role("dialog")
    for choice in choices:
        dialog.get_by_label(choice, exact=True).press("Space")
    dialog.get_by_role("button", name="Show", exact=True).press("Enter")
    expect(person.page.locator(".chip")).to_have_count(len(choices))


def _folds_and_searches(person: Visitor, title: str) -> None:
    """Fold a column and unfold it from where the focus stays; then search the board."""
    page, key = person.page, person.page.keyboard
    more = page.locator("summary", has=page.get_by_label("More about Closing", exact=True))
    folded = page.locator(".board__column--folded")
    more.focus()
    for choice, times in (("Fold", 1), ("Unfold", 0)):
        key.press("Enter")
        key.press("ArrowDown")
        expect(page.get_by_role("button", name=choice, exact=True)).to_be_focused()
        key.press("Enter")
        expect(folded).to_have_count(times)
        expect(more).to_be_focused()
    key.press("/")
    key.type(title)
    page.wait_for_url(re.compile(f"q={quote(title)}"))
    expect(page.locator(".board-card")).to_have_count(1)
    _hides_and_shows(person, more)


def _hides_and_shows(person: Visitor, more: Locator) -> None:
    """Hide a column, and show it again from the gear, where the focus is; the search stays."""
    page, key = person.page, person.page.keyboard
    gear = page.locator("#gear summary")
    more.focus()
    key.press("Enter")
    page.get_by_role("button", name="Hide", exact=True).press("Enter")
    expect(more).to_have_count(0)
    expect(gear).to_be_focused()
    key.press("Enter")
    key.press("ArrowDown")
    expect(page.get_by_role("button", name="Show “Closing” again")).to_be_focused()
    key.press("Enter")
    expect(more).to_have_count(1)
    expect(gear).to_be_focused()
    expect(page.locator(".board-card")).to_have_count(1)


def test_the_board_in_polish_on_a_phone_in_the_dark(browser: Browser, paraph: Running) -> None:
    title = "A phone for the board"
    _send(paraph, title)
    olga = visitor(browser, paraph, PHONE, has_touch=True)
    sign_in(olga, "olga")

    speak(olga, "pl", in_the_dark=True)
    olga.goto("/board/")
    _reminds(olga, title)
    olga.is_accessible()
    _looks_and_keeps(olga, title)
    _lies_in_lanes(olga, title)
    _arranges_a_column(olga)
    assert olga.troubles == []


def _reminds(person: Visitor, title: str) -> None:
    """Remind who must act, from the menu of the card."""
    card = _card(person, polish("With the client"), title)
    card.scroll_into_view_if_needed()
    card.get_by_role("button", name=polish("More about %(title)s") % {"title": title}).tap()
    person.page.get_by_role("menuitem", name=polish("Remind")).tap()
    reminded = polish("Reminded: %s.") % "Frank Kowalski"
    too_soon = polish("We wrote to them a moment ago.")
    expect(person.page.get_by_text(re.compile(f"{reminded}|{too_soon}")).first).to_be_visible()


def _looks_and_keeps(person: Visitor, title: str) -> None:
    """Look at a card, then keep a search of the board as a preset."""
    page = person.page
    _card(person, polish("With the client"), title).locator("h3 a").tap()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name=title)).to_be_visible()
    person.is_accessible()
    dialog.get_by_role("button", name=polish("Close")).tap()
    person.finds(title, within=".live-search")
    expect(page.locator(".board-card")).to_have_count(1)
    page.get_by_label(polish("Columns and more")).first.tap()
    person.press(polish("Presets"))
    dialog.get_by_label(polish("Keep the present filters as")).fill("Phones")
    dialog.get_by_role("button", name=polish("Save"), exact=True).tap()
    expect(page.locator(".pill[aria-current]")).to_have_text("Phones")
    expect(_card(person, polish("With the client"), title)).to_be_visible()


def _arranges_a_column(person: Visitor) -> None:
    """Add a column for everybody, let it lie further to the front, and merge it away again."""
    page = person.page
    person.goto("/board/stages/")
    page.locator("form[action$='/new/'] [name=name]").fill("Elsewhere")
    page.get_by_role("button", name=polish("Add the column")).tap()
    names = page.locator(".stage-list [name=name]")
    expect(names.last).to_have_value("Elsewhere")
    page.get_by_role("button", name=polish("Move %(name)s up") % {"name": "Elsewhere"}).tap()
    expect(names.last).not_to_have_value("Elsewhere")
    merge = polish("Merge %(name)s with another column") % {"name": "Elsewhere"}
    page.get_by_role("link", name=merge).tap()
    page.get_by_role("button", name=polish("Merge the columns")).tap()
    person.sees(
        polish("%(gone)s is merged with %(heir)s.").partition("%(heir)s")[0]
        % {"gone": "Elsewhere"}
    )
    expect(names).to_have_count(6)


def _lies_in_lanes(person: Visitor, title: str) -> None:
    """Lay the cards in lanes, one for each who is responsible; then take the lanes away."""
    menu = person.page.get_by_label(polish("Columns and more")).first
    menu.tap()
    person.press(polish("Lanes by responsible"))
    lane = person.page.get_by_role("region", name="Alice Martin", exact=True)
    expect(lane.locator(".board-card", has_text=title)).to_be_visible()
    person.is_accessible()
    menu.tap()
    person.press(polish("Without lanes"))
    expect(_card(person, polish("With the client"), title)).to_have_count(1)
