"""The ceremony where it is more than a plain signature: a stack, a lent phone, a question."""

import re
import time

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import signing
from tests.journeys.installation import Running
from tests.journeys.people import (
    DESKTOP,
    PATIENCE_SECONDS,
    PHONE,
    Postbox,
    Visitor,
    sign_in,
    speak,
    visitor,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow]
FRANK = "+33612345601"


@pytest.fixture
def postbox(browser: Browser, paraph: Running) -> Postbox:
    olga = visitor(browser, paraph, DESKTOP)
    sign_in(olga, "olga")
    return Postbox(olga)


def _send(paraph: Running, title: str, *, by: str = "send", more: str = "") -> None:
    paraph.does(by, title, *more.split())


def test_a_director_signs_ten_documents_with_one_code(
    browser: Browser, paraph: Running, postbox: Postbox
) -> None:
    _send(paraph, "Pile", by="pile", more="10")
    erin = visitor(browser, paraph, DESKTOP)
    sign_in(erin, "erin")
    _until_all_wait(erin)
    speak(erin, "fr")
    erin.goto("/stack/")
    erin.is_accessible()
    speak(erin, "en")
    erin.goto("/stack/")
    erin.page.locator(".stack__item", has_text="Pile 10").get_by_role("button").click()
    erin.page.locator(".sheets__picture").first.wait_for()
    erin.is_accessible()
    erin.goto("/stack/")

    erin.page.locator("[data-sign]").click()
    erin.page.locator("#digits").wait_for()
    erin.is_accessible()
    erin.page.fill("#digits", postbox.code("erin@example.org", about="Pile 10"))
    erin.page.check("#agree")
    erin.page.keyboard.press("Enter")

    expect(erin.page.get_by_text(re.compile(r"\b\d\d documents signed\."))).to_be_visible()
    erin.is_accessible()
    assert erin.troubles == []


def _until_all_wait(erin: Visitor) -> None:
    """Come back to the desk until the last of the pile has been laid out for signing."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(set(re.findall(r"Pile \d+", erin.read("/stack/")))) < 10:
        assert time.monotonic() < deadline, "Ten documents do not wait."
        erin.page.wait_for_timeout(1000)


def test_a_phone_draws_for_the_page_on_a_desktop(
    browser: Browser, paraph: Running, postbox: Postbox
) -> None:
    _send(paraph, "Lent phone")
    frank = visitor(browser, paraph, DESKTOP)
    signing.prove(frank, postbox, at=FRANK, about="Lent phone")
    frank.press("Start")
    with frank.page.expect_response(re.compile(r"/pad/$")) as answer:
        frank.press("Draw on your phone")
    frank.is_accessible()

    phone = visitor(browser, paraph, PHONE)
    phone.goto(_address(answer.value.text()))
    phone.is_accessible()
    signing.draw(phone.page.locator("drawing-pad"))
    phone.press("Use this")
    phone.sees("Your drawing is in its place.")

    expect(frank.page.locator(".place-link.is-filled")).to_have_count(1)
    expect(frank.page.locator(".signing__step.is-open")).to_contain_text("2 of 4")
    assert frank.troubles == phone.troubles == []


def _address(offer: str) -> str:
    found = re.search(r'data-address="([^"]+)"', offer)
    assert found, offer
    return found[1]


def test_a_dot_is_no_signature_and_a_stroke_can_be_taken_back(
    browser: Browser, paraph: Running, postbox: Postbox
) -> None:
    _send(paraph, "Only a dot")
    frank = visitor(browser, paraph, PHONE)
    signing.prove(frank, postbox, at=FRANK, about="Only a dot")
    text = frank.page.get_by_role("link", name="Read as text")
    text.click()
    frank.sees("Contract, page 1")
    frank.is_accessible()
    text.click()
    frank.press("Larger")
    frank.press("Start")
    step = frank.page.locator(".signing__step.is-open")

    step.locator("canvas").click()
    step.get_by_role("link", name="Next").click()
    frank.sees("This is only a dot or a line.")
    step.get_by_role("button", name="Take back").click()
    signing.draw(step)
    expect(frank.page.locator(".place-link.is-filled")).to_have_count(1)  # kept already
    step.get_by_role("button", name="Clear").click()
    expect(frank.page.locator(".place-link.is-filled")).to_have_count(0)
    step.get_by_role("link", name="Next").click()
    expect(step.locator(".field__error")).to_be_visible()
    signing.draw(step)
    step.get_by_role("link", name="Next").click()

    expect(frank.page.locator(".signing__step.is-open")).to_contain_text("2 of 4")
    assert frank.troubles == []


def test_a_client_asks_first_and_then_declines(
    browser: Browser, paraph: Running, postbox: Postbox
) -> None:
    _send(paraph, "Asked and declined")
    frank = visitor(browser, paraph, PHONE)
    signing.prove(frank, postbox, at=FRANK, about="Asked and declined")
    _ask(frank, "Is the delivery included?")
    frank.press("I do not want to sign")
    frank.page.get_by_label("Why?").fill("Delivery is not included.")
    frank.press("Decline for good")

    frank.sees("You declined")
    assert frank.troubles == []


def _ask(frank: Visitor, question: str) -> None:
    frank.press("Ask a question")
    frank.is_accessible()
    frank.page.get_by_label("Your question").fill(question)
    frank.press("Ask")
    frank.sees("Your question is on its way.")
    frank.is_accessible()
