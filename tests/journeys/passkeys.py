"""A passkey of one of the cast, in a browser that has a key of its own (CDP's virtual one)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.cast import PASSWORD
from tests.journeys.people import Visitor, sign_in

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@contextmanager
def registered(person: Visitor, first_name: str) -> Iterator[None]:
    """Add a passkey on the account's page; afterwards the account is as it was."""
    sign_in(person, first_name)
    browser = person.page.context.new_cdp_session(person.page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    _open(person, "/accounts/2fa/webauthn/add/")
    person.page.locator("#mfa_webauthn_add").click()
    person.page.wait_for_url(lambda address: "/add/" not in address)
    try:
        yield
    finally:
        person.goto("/accounts/2fa/webauthn/")
        _open(person, person.page.locator("a[href$='/remove/']").first.get_attribute("href") or "")
        person.page.locator("main form button").last.click()
        person.page.wait_for_url(lambda address: "/remove/" not in address)


def _open(person: Visitor, path: str) -> None:
    """Open a page that protects the account, and say once more who it is if it asks."""
    person.goto(path)
    password = person.page.locator("main [name=password]")
    if password.count():
        password.fill(PASSWORD)
        password.press("Enter")
        person.page.wait_for_url(f"**{path}")
