"""List, calendar, team, rules, digest and vault: for everybody, on any screen."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.installation import Running
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Visitor,
    french,
    polish,
    sign_in,
    speak,
    use,
    visitor,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow]
Say = Callable[[str], str]
PAGES = {
    "/board/?all=1": "Board",
    "/board/stages/": "Columns of the board",
    "/envelopes/?all=1": "Sign and manage",
    "/calendar/": "Calendar of deadlines",
    "/team/": "Team",
    "/rules/": "Rules",
    "/digest/": "Daily digest",
    "/vault/?all=1": "Vault",
    "/vault/retention/": "Retention",
    "/vault/holds/": "On hold",
}


def _is_in_order(person: Visitor, path: str, say: Say) -> None:
    """Open a page; nothing for axe, nothing sideways, its heading in the reader's words, and it
    does what it is for."""
    person.goto(path)
    expect(person.page.get_by_role("heading", level=1)).to_contain_text(say(PAGES[path]))
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not person.page.evaluate(wide), path
    person.is_accessible()
    if deed := DEEDS.get(path):
        deed(person, say)


def _follows_a_number(person: Visitor, say: Say) -> None:
    """Take the figures along, and look at the documents behind the first one."""
    with person.page.expect_download() as began:
        use(person, person.page.locator("main a[href*='format=csv']"))
    assert "Alice Martin" in began.value.path().read_text(encoding="utf-8-sig")
    number = person.page.locator(".figures a").first
    shown = number.inner_text()
    use(person, number)
    expect(person.page.locator("[data-total]")).to_have_text(shown)


def _turns_the_calendar(person: Visitor, say: Say) -> None:
    page, month = person.page, person.page.locator(".deadlines__tools h2").inner_text()
    if page.viewport_size == PHONE:
        page.locator(".deadlines [rel=next]").tap()
    else:
        page.locator(".deadlines__day--today").press("PageDown")
    expect(page.locator(".deadlines__tools h2")).not_to_have_text(month)


def _moves_a_deadline(person: Visitor, say: Say) -> None:
    """Choose a document in the list, and give everybody more time to sign it."""
    page = person.page
    page.locator("[data-row]", has_text="deadlines").locator("[name=ids]").first.check()
    use(person, page.locator("[data-many] [formaction*='/act/extend/']"))
    later = datetime.now(UTC) + timedelta(days=40)
    page.locator("dialog [type=date]").fill(later.date().isoformat())
    use(person, page.locator("dialog [name=confirmed]"))
    expect(page.locator("toast-stack")).to_contain_text("1")


def _tries_other_years(person: Visitor, say: Say) -> None:
    person.page.locator(".years input").first.fill("7")
    use(person, person.page.locator("[name=try]"))
    person.sees(say("Not saved yet. Under these rules:"))


def _stops_the_digest(person: Visitor, say: Say) -> None:
    """Stop it, or let it come again; the page keeps that."""
    choice = person.page.locator("main [name=is_on]")
    wanted = not choice.is_checked()
    choice.set_checked(wanted)
    use(person, person.page.locator("main").get_by_role("button", name=say("Save")))
    expect(person.page.locator("toast-stack")).to_be_visible()
    expect(choice).to_be_checked(checked=wanted)


DEEDS: dict[str, Callable[[Visitor, Say], None]] = {
    "/envelopes/?all=1": _moves_a_deadline,
    "/calendar/": _turns_the_calendar,
    "/team/": _follows_a_number,
    "/digest/": _stops_the_digest,
    "/vault/retention/": _tries_other_years,
}


def test_the_pages_in_french_on_a_desktop(browser: Browser, paraph: Running) -> None:
    paraph.does("send", "A month of deadlines")
    olga = visitor(browser, paraph, DESKTOP)
    sign_in(olga, "olga")

    speak(olga, "fr")
    for path in PAGES:
        _is_in_order(olga, path, french)

    assert olga.troubles == []


def test_the_pages_in_polish_on_a_phone_in_the_dark(browser: Browser, paraph: Running) -> None:
    paraph.does("send", "A phone full of deadlines")
    olga = visitor(browser, paraph, PHONE, has_touch=True)
    sign_in(olga, "olga")

    speak(olga, "pl", in_the_dark=True)
    for path in PAGES:
        _is_in_order(olga, path, polish)

    assert olga.troubles == []


RULE, NOTE = "Premier appel", "Appeler le client avant midi"


def test_a_rule_is_written_tried_and_followed(browser: Browser, paraph: Running) -> None:
    olga = visitor(browser, paraph, DESKTOP)
    sign_in(olga, "olga")
    page = olga.page
    paraph.does("send", "Before the rule")

    speak(olga, "fr")
    _writes_a_rule(olga)
    expect(page.locator(".row-link", has_text="Before the rule")).to_be_visible()
    olga.is_accessible()
    olga.press(french("Switch on"))
    expect(page.locator(".rule-list li", has_text=RULE)).to_contain_text(french("On"))
    paraph.does("send", "After the rule")
    paraph.does("follow")

    for title, times in (("Before the rule", 0), ("After the rule", 1)):
        olga.goto(f"/envelopes/?q={title}")
        page.locator("[data-row] .row-link").click()
        expect(page.locator("#story")).to_be_visible()
        expect(page.locator("#story li", has_text=NOTE)).to_have_count(times)
    expect(page.locator("#story li", has_text=NOTE)).to_contain_text(RULE)
    olga.goto("/rules/")
    page.locator(".rule-list li", has_text=RULE).locator("form button").click()
    expect(page.locator(".rule-list li", has_text=RULE)).to_contain_text(french("Off"))
    assert olga.troubles == []


def _writes_a_rule(olga: Visitor) -> None:
    """Describe it by the keyboard alone; what is missing is said, and nothing is lost."""
    page = olga.page
    olga.goto("/rules/")
    page.get_by_role("link", name=french("New rule")).first.press("Enter")
    page.locator("[name=name]").fill(RULE)
    page.locator("[name=stage]").select_option(label=french("With the client"))
    page.locator("[name=deed]").select_option("note")
    page.locator("[name=name]").press("Enter")
    expect(page.locator(".rule-form")).to_contain_text(french("Write the note."))
    expect(page.locator("[name=name]")).to_have_value(RULE)
    page.locator("[name=text]").fill(NOTE)
    page.locator("[name=name]").press("Enter")
    page.wait_for_url("**/try/")
