"""Several parties: in parallel and one after the other, any one of them, and what changes on the
way. French and Polish, on a phone and on a desktop."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import passkeys, signing
from tests.journeys.installation import Running
from tests.journeys.people import DESKTOP, PHONE, Postbox, Visitor, polish, sign_in, visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]
FRANK, GRACE, NADIA = "+33612345601", "+33612345602", "+33612345609"


@pytest.fixture
def postbox(browser: Browser, paraph: Running) -> Postbox:
    olga = visitor(browser, paraph, DESKTOP)
    sign_in(olga, "olga")
    return Postbox(olga)


def _send(
    paraph: Running,
    title: str,
    parties: str,
    *,
    needed: int = 0,
    language: str = "en",
    more: str = "",
) -> int:
    said = paraph.does("send_parties", title, parties, str(needed), language, more)
    return int(said.split()[-1])


def _come_in(person: Visitor, postbox: Postbox, *, at: str, about: str, code_at: str = "") -> str:
    """Follow the link, prove who it is in any language, and return the link."""
    link = postbox.link(at, path="/s/", about=about)
    person.goto(link)
    person.page.locator("form[action$='/code/'] button").first.click()
    person.page.fill("#digits", postbox.code(code_at or at, about=about))
    person.page.keyboard.press("Enter")
    person.page.wait_for_url("**/desk/")
    return link


def _submit(person: Visitor) -> None:
    person.page.locator("main form .sheet__actions button").last.click()


def test_two_sign_in_polish_then_a_director_with_a_passkey(
    browser: Browser, paraph: Running, postbox: Postbox, tmp_path: Path
) -> None:
    number = _send(paraph, "Równolegle", "Frank, Grace > Erin", language="pl")
    frank, grace = visitor(browser, paraph, PHONE), visitor(browser, paraph, DESKTOP)
    for person, at in ((frank, FRANK), (grace, GRACE)):
        signing.prove(person, postbox, at=at, about="Równolegle", say=polish)
        expect(person.page.locator("html[lang=pl]")).to_have_count(1)
        signing.fill(person, tmp_path, say=polish)
        signing.sign(person, say=polish)

    erin = visitor(browser, paraph, DESKTOP)
    with passkeys.registered(erin, "erin"):
        erin.goto(postbox.link("erin@example.org", path="/s/", about="Równolegle"))
        erin.is_accessible()
        erin.press("Prove it with your passkey")
        erin.page.wait_for_url("**/desk/")
        signing.fill(erin, tmp_path)
        signing.sign(erin)
        erin.goto(f"/envelopes/{number}/")
        erin.sees("Completed")
    assert frank.troubles + grace.troubles + erin.troubles == []


def test_who_comes_too_late_is_told_so(
    browser: Browser, paraph: Running, postbox: Postbox
) -> None:
    number = _send(paraph, "Too late", "Frank > Erin", more="late")

    frank = visitor(browser, paraph, PHONE)
    frank.goto(postbox.link(FRANK, path="/s/", about="Too late"))

    frank.sees("The time to sign this document is over.")
    frank.is_accessible()
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    alice.goto(f"/envelopes/{number}/")
    alice.sees("Expired")
    assert frank.troubles + alice.troubles == []


def test_it_is_corrected_after_the_first_signature_and_sent_again(
    browser: Browser, paraph: Running, postbox: Postbox, tmp_path: Path
) -> None:
    number = _send(paraph, "To correct", "Frank > Erin")
    frank = visitor(browser, paraph, PHONE)
    signing.prove(frank, postbox, at=FRANK, about="To correct")
    signing.fill(frank, tmp_path)
    signing.sign(frank)
    link = postbox.link("erin@example.org", path="/s/", about="To correct")
    alice = visitor(browser, paraph, PHONE)
    sign_in(alice, "alice")
    alice.goto(f"/envelopes/{number}/")
    alice.is_accessible()
    alice.press("Correct and send again")
    alice.is_accessible()
    alice.page.fill("[name=reason]", "The price was wrong")
    alice.press("Call back and correct")

    alice.page.wait_for_url("**/parties/")
    erin = visitor(browser, paraph, DESKTOP)
    erin.goto(link)
    erin.sees("The sender has called this document back.")
    assert frank.troubles + alice.troubles == []


def test_a_client_hands_over_and_the_colleague_asks_then_declines(
    browser: Browser, paraph: Running, postbox: Postbox
) -> None:
    number = _send(paraph, "Do przekazania", "Frank > Erin", language="pl")
    frank, nadia = visitor(browser, paraph, PHONE), visitor(browser, paraph, DESKTOP)
    link = _come_in(frank, postbox, at=FRANK, about="Do przekazania")
    frank.goto(f"{link}hand-over/")
    frank.is_accessible()
    frank.page.fill("[name=name]", "Nadia Petit")
    frank.page.fill("[name=email]", "nadia@example.org")
    frank.page.fill("[name=phone]", "06 12 34 56 09")  # where the sender wants a code by SMS
    frank.page.select_option("select[name=language]", "fr")
    _submit(frank)
    frank.goto(link)
    frank.sees(
        polish("Somebody else signs this document instead of you. There is nothing left to do.")
    )

    link = _come_in(nadia, postbox, at="nadia@example.org", about="Do przekazania", code_at=NADIA)
    expect(nadia.page.locator("html[lang=fr]")).to_have_count(1)
    nadia.goto(f"{link}ask/")
    nadia.page.fill("[name=text]", "Quel prix ?")
    _submit(nadia)
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    alice.goto(f"/envelopes/{number}/")
    alice.sees("Quel prix ?")
    alice.page.fill("[name=answer]", "Celui de mai.")
    alice.press("Send the answer")
    assert postbox.link("nadia@example.org", path="/s/", about="Celui de mai") != link

    nadia.goto(f"{link}decline/")
    nadia.page.fill("[name=reason]", "Trop cher")
    _submit(nadia)
    nadia.page.wait_for_url("**/done/")
    alice.goto(f"/envelopes/{number}/")
    alice.sees("Trop cher")
    assert nadia.troubles + alice.troubles == []


def test_one_of_two_directors_is_enough(
    browser: Browser, paraph: Running, postbox: Postbox, tmp_path: Path
) -> None:
    number = _send(paraph, "One of two", "Erin, Olga > Frank", needed=1)
    link = postbox.link("olga@example.org", path="/s/", about="One of two")
    erin = visitor(browser, paraph, PHONE)
    signing.prove(erin, postbox, at="erin@example.org", about="One of two")
    signing.fill(erin, tmp_path)
    signing.sign(erin)

    olga = visitor(browser, paraph, DESKTOP)
    olga.goto(link)
    olga.sees("You are not needed any more")
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    alice.goto(f"/envelopes/{number}/")
    alice.sees("any one of them is enough")
    alice.sees("Not needed any more")
    assert erin.troubles + alice.troubles == []
