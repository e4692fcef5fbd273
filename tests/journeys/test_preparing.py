"""Preparing a document: by mouse, by keyboard alone, on a phone, and in French in two clicks."""

import base64
import json
import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests import make
from tests.journeys.installation import Running
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Visitor,
    french,
    sign_in,
    speak,
    use,
    visitor,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow]

Begun = Mapping[str, int]
SENDS_AT_ONCE = """() => new MutationObserver((_changes, seen) => {
    const form = document.querySelector("#dialog-body [method=post]");
    if (form) seen.disconnect();
    form?.requestSubmit();
}).observe(document.getElementById("dialog-body"), { childList: true })"""
"""Whoever is quicker than any hand: the form is sent as soon as it has come into the dialog."""


@pytest.fixture(scope="session")
def begun(paraph: Running) -> Begun:
    """Return the drafts to prepare, by the name of their journey."""
    found: Begun = json.loads(paraph.does("prepare").splitlines()[-1])
    return found


def _at_the_fields(person: Visitor, draft: int) -> Locator:
    """Open the third step of a draft, which has a signature of each party; return its fields."""
    sign_in(person, "alice")
    person.goto(f"/envelopes/{draft}/fields/")
    placed = person.page.locator(".placed")
    expect(placed).to_have_count(2)
    return placed


def _is_saved(person: Visitor) -> None:
    expect(person.page.locator(".placer__saved")).to_have_text("Saved")


def _drag(person: Visitor, start: tuple[float, float], end: tuple[float, float]) -> None:
    mouse = person.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move(start[0] + 8, start[1] + 8)
    mouse.move(*end, steps=4)


def _middle(box: Locator) -> tuple[float, float]:
    found = box.bounding_box()
    assert found is not None
    return found["x"] + found["width"] / 2, found["y"] + found["height"] / 2


def test_fields_are_dragged_to_guides_framed_and_moved_together(
    browser: Browser, paraph: Running, begun: Begun
) -> None:
    alice = visitor(browser, paraph, DESKTOP)
    placed, page = _at_the_fields(alice, begun["mouse"]), alice.page
    placed.first.scroll_into_view_if_needed()
    first, second = placed.first, placed.nth(1)

    x, y = _middle(first)
    _drag(alice, (x, y), (_middle(second)[0] + 3, y - 90))
    expect(page.locator(".placer__guide--x")).to_have_count(1)
    page.mouse.up()
    boxes = [placed.nth(number).bounding_box() for number in range(2)]
    assert boxes[0] and boxes[1] and abs(boxes[0]["x"] - boxes[1]["x"]) < 1
    page.keyboard.press("Escape")
    page.evaluate("window.scrollTo({top: 200, behavior: 'instant'})")  # both above the foot's bar
    _is_saved(alice)
    corner = first.bounding_box()
    assert corner
    _drag(alice, (corner["x"] - 30, corner["y"] - 30), _middle(second))
    page.mouse.up()
    expect(page.locator(".placed.is-selected")).to_have_count(2)
    alice.press("Duplicate")

    expect(placed).to_have_count(4)
    _is_saved(alice)
    alice.press("Undo")
    expect(placed).to_have_count(2)
    alice.press("Larger")
    alice.is_accessible()
    alice.press("Suggest places")
    expect(placed).to_have_count(4)  # a stamp beside each signature, in one step
    for key in "acv":  # all of the page that is seen: two of them
        page.keyboard.press(f"Control+{key}")
    expect(placed).to_have_count(6)
    alice.press("Undo")
    alice.press("Undo")
    expect(placed).to_have_count(2)
    assert alice.troubles == []


def test_files_dropped_on_any_page_are_prepared(browser: Browser, paraph: Running) -> None:
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")

    _drop(alice, "/", "lease.pdf")
    alice.page.wait_for_url(re.compile(r"/envelopes/\d+/parties/"))
    _drop(alice, alice.page.url, "annex b.pdf", "annex a.pdf")

    expect(alice.page.locator(".enclosed__row")).to_have_count(3)
    _leaves_a_place_open(alice)
    assert alice.troubles == []


def _leaves_a_place_open(person: Visitor) -> None:
    """Add somebody who is not known yet: the dialog says who must be known first."""
    page, dialog = person.page, person.page.get_by_role("dialog")
    use(person, page.locator(".steps-bar a", has_text="Parties"))
    adds = page.get_by_role("link", name="Add a person")
    expect(adds).to_be_visible()
    page.evaluate(SENDS_AT_ONCE)
    use(person, adds)
    expect(dialog.locator("[aria-invalid]").first).to_be_visible()
    dialog.locator("[name=is_open]").press("Space")
    use(person, dialog.get_by_role("button", name="Add", exact=True))
    expect(dialog.locator(".field__error")).to_contain_text("First choose who signs before")
    person.is_accessible()


def _drop(person: Visitor, path: str, *names: str) -> None:
    """Drop files onto the middle of a page, from outside the browser."""
    person.goto(path)
    files = [[name, base64.b64encode(make.pdf(text=name)).decode()] for name in names]
    carried = person.page.evaluate_handle(
        """files => files.reduce((carried, [name, content]) => {
            const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
            carried.items.add(new File([bytes], name, { type: "application/pdf" }));
            return carried;
        }, new DataTransfer())""",
        files,
    )
    for event in ("dragover", "drop"):
        person.page.dispatch_event("main", event, {"dataTransfer": carried})


def test_everything_is_placed_by_keyboard_and_another_window_is_not_lost(
    browser: Browser, paraph: Running, begun: Begun
) -> None:
    alice = visitor(browser, paraph, DESKTOP)
    placed, page = _at_the_fields(alice, begun["keys"]), alice.page
    other = Visitor(page.context.new_page(), alice.url, alice.troubles)
    other.goto(f"/envelopes/{begun['keys']}/fields/")

    page.get_by_role("button", name="Choice", exact=True).focus()
    page.keyboard.press("Enter")
    page.locator(".placer__exact summary").evaluate("more => more.click()")
    before = [page.input_value(f"[name=place_{name}]") for name in ("x", "width")]
    for key in ("Shift+ArrowRight", "ArrowRight", "Alt+Shift+ArrowRight"):
        page.keyboard.press(key)
    after = [page.input_value(f"[name=place_{name}]") for name in ("x", "width")]
    moved = [float(now) - float(then) for now, then in zip(after, before, strict=True)]
    assert moved == pytest.approx([11 * 25.4 / 72, 10 * 25.4 / 72], abs=0.11)
    for key in ("Control+d", "Control+a", "Control+d", "Delete"):
        page.keyboard.press(key)
    expect(placed).to_have_count(4)
    page.keyboard.press("Control+z")
    expect(placed).to_have_count(8)
    _is_saved(alice)

    other.page.get_by_role("button", name="Date", exact=True).focus()
    other.page.keyboard.press("Enter")
    expect(other.page.get_by_role("alert").filter(has_text="another window")).to_be_visible()
    other.press("Show the other ones")
    expect(other.page.locator(".placed")).to_have_count(8)


def test_on_a_phone_a_kind_is_tapped_and_then_its_place(
    browser: Browser, paraph: Running, begun: Begun
) -> None:
    alice = visitor(browser, paraph, PHONE, has_touch=True)
    placed, page = _at_the_fields(alice, begun["phone"]), alice.page

    page.get_by_role("button", name="Checkbox", exact=True).tap()
    page.locator(".placer__page").first.tap(position={"x": 90, "y": 60})
    expect(placed).to_have_count(3)
    page.get_by_role("button", name="On every page").tap()

    expect(placed).to_have_count(4)
    _is_saved(alice)
    alice.is_accessible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert alice.troubles == []


def test_the_second_document_of_a_template_goes_out_in_two_clicks_in_french(
    browser: Browser, paraph: Running, begun: Begun
) -> None:
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    speak(alice, "fr")
    alice.goto(f"/envelopes/new/?document={begun['invoice']}")  # where *Sign* leads

    alice.press(french("Continue"))
    alice.press(french("Send for signing"))

    alice.sees(french("Sent. You will see here how it goes."))
    assert alice.troubles == []
