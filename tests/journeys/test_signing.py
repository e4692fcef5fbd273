"""Signing by keyboard alone, without script, and by people who go wrong on the way."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import make
from tests.journeys import signing
from tests.journeys.installation import Running
from tests.journeys.people import DESKTOP, PHONE, Postbox, Visitor, sign_in, visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]
FRANK = "+33612345601"


@pytest.fixture
def postbox(browser: Browser, paraph: Running) -> Postbox:
    olga = visitor(browser, paraph, DESKTOP)
    sign_in(olga, "olga")
    return Postbox(olga)


def _asked_to_sign(paraph: Running, title: str) -> None:
    paraph.does("send", title)


def test_a_client_signs_by_keyboard_alone(
    browser: Browser, paraph: Running, postbox: Postbox
) -> None:
    _asked_to_sign(paraph, "By keyboard")
    frank = visitor(browser, paraph, DESKTOP)
    frank.goto(postbox.link(FRANK, path="/s/", about="By keyboard"))
    _tab_to(frank, "Send me the code", press="Enter")
    expect(frank.page.locator("#digits")).to_be_focused()
    frank.page.keyboard.type(postbox.code(FRANK, about="By keyboard"))
    frank.page.keyboard.press("Enter")
    frank.page.wait_for_url("**/desk/")

    _tab_to(frank, "Start", press="Enter")
    for _place in range(4):
        _fill_by_keyboard(frank)
    _tab_to(frank, "", press="Space")
    _tab_to(frank, "Sign", press="Enter")

    signing.is_sealed(frank)
    assert frank.troubles == []


def _fill_by_keyboard(frank: Visitor) -> None:
    step = frank.page.locator(".signing__step.is-open")
    expect(step.locator("h2")).to_be_focused()
    number, kind = step.get_attribute("id"), step.get_attribute("data-kind")
    frank.page.keyboard.press("Tab")
    if kind == "signature":
        frank.page.keyboard.press("ArrowRight")  # from drawing to typing
    elif kind == "text":
        frank.page.keyboard.type("Lyon")
    elif kind == "checkbox":
        frank.page.keyboard.press("Space")
    _tab_to(frank, "Next", press="Enter")
    frank.page.locator(f"#{number}:not(.is-open)").wait_for(state="attached")


def _tab_to(person: Visitor, name: str, *, press: str) -> None:
    """Press Tab until what has the focus bears the name, then the key; no name: a checkbox."""
    wanted = f"document.activeElement.innerText?.trim() === {name!r}"
    if not name:
        wanted = "document.activeElement.type === 'checkbox'"
    for _press in range(40):
        if person.page.evaluate(wanted):
            person.page.keyboard.press(press)
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {name!r}")


def test_a_client_signs_without_script(
    browser: Browser, paraph: Running, postbox: Postbox
) -> None:
    _asked_to_sign(paraph, "Without script")
    frank = visitor(browser, paraph, PHONE, has_script=False)
    frank.goto(postbox.link(FRANK, path="/s/", about="Without script"))
    frank.press("Send me the code")
    frank.page.get_by_label("Code").fill(postbox.code(FRANK, about="Without script"))
    frank.press("Open the document")

    page = frank.page
    expect(page.get_by_label("Your name")).to_have_value("Frank Kowalski")
    page.get_by_role("textbox", name="Text").fill("Lyon")
    page.get_by_role("checkbox", name="Checkbox").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Tick this box to sign.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Text")).to_have_value("Lyon")
    page.locator("#agree").check()
    page.get_by_role("button", name="Sign", exact=True).click()

    signing.is_sealed(frank)


def test_what_was_given_is_there_after_the_browser_was_closed(
    browser: Browser, paraph: Running, postbox: Postbox
) -> None:
    _asked_to_sign(paraph, "Closed midway")
    frank = visitor(browser, paraph, PHONE)
    signing.prove(frank, postbox, at=FRANK, about="Closed midway")
    frank.press("Start")
    signing.draw(frank.page.locator(".signing__step.is-open"))
    frank.press("Next")
    expect(frank.page.locator(".signing__step.is-open")).to_contain_text("2 of 4")
    desk, cookies = frank.page.url, frank.page.context.cookies(frank.page.url)
    frank.page.context.close()

    again = visitor(browser, paraph, PHONE)
    for kept in cookies:
        again.page.context.add_cookies(
            [
                {
                    "name": kept["name"],
                    "value": kept["value"],
                    "domain": kept["domain"],
                    "path": kept["path"],
                }
            ]
        )
    again.goto(desk)

    expect(again.page.locator(".place-link.is-filled")).to_have_count(1)
    again.press("Start")
    expect(again.page.get_by_label("As it is")).to_be_checked()


def test_the_pages_beside_the_way_have_nothing_for_axe(
    browser: Browser, paraph: Running, postbox: Postbox, tmp_path: Path
) -> None:
    _asked_to_sign(paraph, "Beside the way")
    frank = visitor(browser, paraph, PHONE)
    signing.prove(frank, postbox, at=FRANK, about="Beside the way")
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(make.pdf())

    frank.page.get_by_role("link", name="Read as text").click()
    frank.sees("Contract, page 1")
    frank.is_accessible()
    frank.press("I do not want to sign")
    frank.is_accessible()
    frank.goto("/verify/")
    frank.is_accessible()
    frank.page.set_input_files("#file", plain)
    frank.press("Check the file")
    frank.sees("Not signed")
    frank.is_accessible()

    assert frank.troubles == []
