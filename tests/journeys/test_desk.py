"""The desk in a browser: nothing for axe to find, places that stay, a board that follows."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import make
from tests.journeys import axe
from tests.journeys.installation import Running
from tests.journeys.people import DESKTOP, PHONE, Visitor, sign_in, visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PAGES = ["/", "/envelopes/", "/envelopes/new/", "/board/", "/mailbox/", "/contacts/"]
FORMS = ["/contacts/new/", "/companies/", "/companies/1/", "/companies/new/", "/documents/"]
ACCESS = ["/access/", "/people/", "/people/1/", "/people/invite/"]
COMES_BY_THE_CLOCK = """() => {
  const rows = document.getElementById("rows");
  const detail = { requestConfig: { elt: rows }, target: rows };
  return rows.dispatchEvent(
    new CustomEvent("htmx:beforeSwap", { bubbles: true, cancelable: true, detail }));
}"""
"""Tell whether an answer may now take the place of the letters."""
STEPS = ["", "parties/", "fields/", "review/"]


def _begin(person: Visitor, folder: Path) -> str:
    """Upload a contract; the address of the draft."""
    contract = folder / "contract.pdf"
    contract.write_bytes(make.pdf(pages=2))
    person.goto("/envelopes/new/")
    person.page.set_input_files("input[type=file]", contract)
    person.page.wait_for_url("**/parties/")
    return person.page.url.removeprefix(person.url).removesuffix("parties/")


def _choose_the_client(person: Visitor, draft: str) -> None:
    person.goto(f"{draft}parties/")
    person.page.get_by_label("Client", exact=True).press_sequentially("kowal")
    person.page.locator("#client-found").get_by_role("option", name="Kowalski").click()
    expect(person.page.locator("#client-chosen")).to_contain_text("Frank Kowalski")
    person.press("Continue to the fields")
    person.page.wait_for_url("**/fields/")


def _violations(page: Page) -> list[str]:
    found = axe.judge(page).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(("size", "theme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_axe_finds_nothing_on_the_desk(
    browser: Browser, paraph: Running, tmp_path: Path, size: dict[str, int], theme: str
) -> None:
    olga = visitor(browser, paraph, DESKTOP if size == DESKTOP else PHONE)
    olga.page.context.add_cookies([{"name": "theme", "value": theme, "url": paraph.url}])
    sign_in(olga, "olga")
    draft = _begin(olga, tmp_path)
    _choose_the_client(olga, draft)

    found = {}
    for address in [*PAGES, *FORMS, *ACCESS, *(draft + step for step in STEPS)]:
        olga.goto(address)
        found[address] = _violations(olga.page)

    assert {address: words for address, words in found.items() if words} == {}
    assert olga.troubles == []
    olga.page.context.close()


def test_places_are_kept_by_mouse_and_keyboard(
    browser: Browser, paraph: Running, tmp_path: Path
) -> None:
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    _choose_the_client(alice, _begin(alice, tmp_path))
    page, placed = alice.page, alice.page.locator(".placed")

    page.get_by_role("button", name="Signature", exact=True).click()
    page.locator(".placer__page").first.click(position={"x": 200, "y": 300})
    page.get_by_role("button", name="Text", exact=True).focus()
    page.keyboard.press("Enter")
    for key in ("ArrowDown", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type("Place of delivery")
    expect(page.locator(".placer__saved")).to_have_text("Saved")
    page.reload()

    expect(placed).to_have_count(2)
    expect(placed.filter(has_text="Place of delivery")).to_have_count(1)
    assert alice.troubles == []
    page.context.close()


def test_what_was_removed_comes_back_by_undo(
    browser: Browser, paraph: Running, tmp_path: Path
) -> None:
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    _choose_the_client(alice, _begin(alice, tmp_path))
    alice.press("Suggest places")
    placed = alice.page.locator(".placed")
    expect(placed).to_have_count(4)

    placed.first.focus()
    alice.page.keyboard.press("Delete")
    expect(placed).to_have_count(3)
    alice.page.keyboard.press("Control+z")

    expect(placed).to_have_count(4)
    expect(alice.page.locator(".placed:focus")).to_have_count(1)
    expect(alice.page.locator(".placer__saved")).to_have_text("Saved")
    alice.page.context.close()


def test_what_is_asked_by_the_clock_takes_nothing_from_under_a_finger(
    browser: Browser, paraph: Running
) -> None:
    olga = visitor(browser, paraph, DESKTOP)
    sign_in(olga, "olga")
    olga.goto("/mailbox/")

    assert olga.page.evaluate(COMES_BY_THE_CLOCK)
    olga.page.mouse.down()
    assert not olga.page.evaluate(COMES_BY_THE_CLOCK)


def test_the_board_follows_and_leaves_the_focus_where_it_is(
    browser: Browser, paraph: Running, tmp_path: Path
) -> None:
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    _begin(alice, tmp_path)
    alice.goto("/board/")
    preparing = alice.page.get_by_role("region", name="Preparing", exact=True)
    cards = preparing.locator(".board-card")
    before = cards.count()
    cards.first.locator("h3 a").focus()
    focused = alice.page.evaluate("document.activeElement.id")

    other = Visitor(alice.page.context.new_page(), alice.url, alice.troubles)
    _begin(other, tmp_path)

    expect(cards).to_have_count(before + 1)
    assert alice.page.evaluate("document.activeElement.id") == focused
    alice.page.context.close()


def test_a_message_stays_until_somebody_is_there(browser: Browser, paraph: Running) -> None:
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    page, said = alice.page, alice.page.locator("toast-stack", has_text="It is done.")
    page.clock.install()
    alice.goto("/")
    page.evaluate("""document.dispatchEvent(
        new CustomEvent("paraph:toast", { detail: { text: "It is done." } }))""")

    page.clock.fast_forward(60_000)
    expect(said).to_be_visible()
    page.mouse.move(5, 5)
    page.clock.fast_forward(10_000)

    expect(said).to_have_count(0)
