"""A contact in a browser: created, edited on the spot, merged, and apart again; by keyboard in
French, on a phone in Polish and in the dark."""

import re

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.journeys.installation import Running
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Visitor,
    sign_in,
    speak,
    visitor,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow]
CARD = re.compile(r"/contacts/\d+/$")


def _create(person: Visitor, **values: str) -> None:
    """Fill the form by keyboard; the last Enter sends it."""
    person.goto("/contacts/new/")
    for name, value in values.items():
        person.page.locator(f"[name={name}]").fill(value)
    person.page.locator("[name=email]").press("Enter")


def _edit(person: Visitor, name: str, value: str, *, by_key: bool) -> None:
    """Change one value where it stands, by keyboard or by mouse."""
    line = person.page.locator(f"#line-{name}")
    pencil = line.locator("[data-edit]")
    if by_key:
        pencil.focus()
        pencil.press("Enter")
    else:
        pencil.click()
    typed = line.locator(f"[name={name}]")
    expect(typed).to_be_focused()
    typed.fill(value)
    if by_key:
        typed.press("Enter")
    else:
        line.locator("form button").first.click()


@pytest.mark.parametrize(("size", "by_key"), [(DESKTOP, True), (PHONE, False)])
def test_a_contact_is_created_edited_and_merged(
    browser: Browser, paraph: Running, size: ViewportSize, by_key: bool
) -> None:
    alice = visitor(browser, paraph, size)
    sign_in(alice, "alice")
    page, number = alice.page, "17" if by_key else "18"
    speak(alice, "fr" if by_key else "pl", in_the_dark=not by_key)
    _create(alice, last_name="Élysée", first_name="", phone="12", email=f"e{number}@x.example")
    expect(page.locator("[name=first_name][aria-invalid=true]")).to_have_count(1)
    expect(page.locator("[name=phone][aria-invalid=true]")).to_have_count(1)
    page.locator("[name=first_name]").fill(f"Zoé{number}")
    page.locator("[name=phone]").fill(f"06 12 34 57 {number}")
    page.locator("[name=phone]").press("Enter")
    page.wait_for_url(CARD)
    expect(page.locator("h1")).to_have_text(f"Zoé{number} Élysée")

    _edit(alice, "position", "Gérante", by_key=by_key)
    expect(page.locator("#line-position dd")).to_contain_text("Gérante")
    expect(page.locator("#contact-lead")).to_contain_text("Gérante")
    expect(page.locator("#story")).to_contain_text("Gérante")
    _edit(alice, "email", "nothing", by_key=by_key)
    expect(page.locator("#line-email .field__error")).to_be_visible()
    _is_refused_and_leaves_at_once(alice, "email")
    expect(page.locator("#line-email [data-edit]")).to_be_focused()
    alice.is_accessible()

    _merge_with_a_twin(alice, number)
    assert alice.troubles == []


def _is_refused_and_leaves_at_once(alice: Visitor, name: str) -> None:
    """Send the same again, and press Escape in the very moment when the refusal is there."""
    alice.page.evaluate("""() => addEventListener("htmx:afterSwap", () => queueMicrotask(() => {
        const pressed = new KeyboardEvent("keydown", { key: "Escape", bubbles: true });
        document.activeElement.dispatchEvent(pressed);
    }), { once: true })""")
    alice.page.locator(f"#line-{name} [name={name}]").press("Enter")


def _merge_with_a_twin(alice: Visitor, number: str) -> None:
    """Create the same person once more, find both, merge them, and undo it."""
    page = alice.page
    kept = page.url
    twin = {"last_name": "elysee", "first_name": f"zoe{number}"}
    _create(alice, **twin, phone=f"+486023456{number}", email=f"zoe{number}@x.example")
    expect(page.locator(".same")).to_contain_text("Élysée")
    page.locator("[name=anyway]").click()
    page.wait_for_url(CARD)
    page.goto(f"{alice.url}/contacts/duplicates/")
    page.locator("form[action$='/scan/'] button").click()
    group = page.locator(".duplicates", has_text=f"Zoé{number} Élysée")
    alice.is_accessible()
    group.locator("a.btn").click()
    page.locator("[name=last_name]").first.check()
    alice.is_accessible()
    page.locator("[name=merge]").click()
    page.wait_for_url(kept)
    expect(page.locator("main")).to_contain_text(f"zoe{number}@x.example")
    page.locator("[data-opens^=undo-merge]").click()
    page.locator("dialog[open] .btn--danger").click()
    expect(page.locator("[data-opens^=undo-merge]")).to_have_count(0)
