"""What people do in a browser, step by step, by the words they see."""

import html
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    ViewportSize,
    expect,
)

from tests.cast import PASSWORD
from tests.journeys import axe
from tests.journeys.installation import Running
from tests.journeys.known import Known

DESKTOP = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
PATIENCE_SECONDS = 120
"""Other tests and their browsers use the same cores: it says that it never comes, not how soon."""
PATIENCE_MS = 1000 * PATIENCE_SECONDS
HARMLESS = re.compile(
    r"status of 4\d\d"  # a refusal, which the page itself tells
    r"|^htmx:(sendAbort|afterRequest)\b"  # asked, and left the page before the answer came
)
"""What a browser calls an error, and is none; after a real one htmx adds another line."""
NOT_BEFORE_ITS_SCRIPT = """
const sheet = new CSSStyleSheet();
sheet.replaceSync("* { pointer-events: none !important }");
document.adoptedStyleSheets = [sheet];
document.addEventListener("DOMContentLoaded", () => document.adoptedStyleSheets = []);
"""
"""A page that is still coming works, but as without script: what is pressed waits for it."""


JUDGED = Known()
_READ: dict[str, str] = {}  # the words of letters, by their addresses: they never change
_SIGNED_IN: dict[tuple[str, str], list[Any]] = {}  # the cookies, as Playwright has them


@dataclass
class Visitor:
    """Somebody with a browser of their own; what went wrong in it is kept."""

    page: Page
    url: str
    troubles: list[str]

    def goto(self, path: str) -> None:
        self.page.goto(self.url + path if path.startswith("/") else path)

    def read(self, path: str) -> str:
        """Return a page as it comes from the server, without showing it."""
        answer = self.page.context.request.get(self.url + path)
        assert answer.ok, f"{path}: {answer.status}"
        return answer.text()

    def press(self, name: str) -> None:
        """Press the button, or follow the link, of that name."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        button.or_(link).first.click()

    def is_accessible(self, *, once: str = "") -> None:
        """Fail with what axe finds on the page as it is now.

        What many journeys pass is judged ``once`` under a name, for each size of the window.
        """
        size = self.page.viewport_size
        name = f"{once} {size['width'] if size else 0}"
        if once and name in JUDGED.all():
            return
        found = axe.judge(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        if once:
            JUDGED.add([name])

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def finds(self, text: str, *, within: str) -> None:
        """Search as one types, and wait until what is found is there."""
        self.page.locator(f"{within} input[type=search]:visible").fill(text)
        self.has_found(text)

    def has_found(self, text: str) -> None:
        """Wait for the answer to what was typed last: other answers look alike."""
        self.page.wait_for_url(lambda address: _searched(address) == text)


def _searched(address: str) -> str:
    return parse_qs(urlsplit(address).query).get("q", [""])[0]


def use(person: Visitor, control: Locator) -> None:
    """Press something by touch on a phone, by the keyboard elsewhere."""
    if person.page.viewport_size == PHONE:
        control.tap()
    else:
        expect(control).to_be_visible()
        person.page.wait_for_load_state()
        control.press("Enter")


def visitor(
    browser: Browser,
    paraph: Running,
    size: ViewportSize,
    *,
    has_script: bool = True,
    has_touch: bool = False,
) -> Visitor:
    """Open a fresh browser of this size; a page error or a CSP violation is a trouble."""
    context: BrowserContext = browser.new_context(
        viewport=size,
        accept_downloads=True,
        java_script_enabled=has_script,
        has_touch=has_touch,
        reduced_motion="reduce",  # axe would see colours half way through a fade
    )
    context.set_default_timeout(PATIENCE_MS)
    if has_script:
        context.add_init_script(NOT_BEFORE_ITS_SCRIPT)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda message: (
            troubles.append(message.text)
            if message.type == "error" and not HARMLESS.search(message.text)
            else None
        ),
    )
    return Visitor(page, paraph.url, troubles)


def sign_in(person: Visitor, first_name: str) -> None:
    """Sign in as one of the cast, as a browser does without showing any page.

    Later browsers of the same person find themselves signed in: a password costs much to check.
    """
    if cookies := _SIGNED_IN.get((person.url, first_name)):
        person.page.context.add_cookies(cookies)
        return
    address = f"{person.url}/accounts/login/"
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', person.read("/accounts/login/"))
    assert token
    given = {"csrfmiddlewaretoken": token[1], "password": PASSWORD}
    given["login"] = f"{first_name}@example.org"
    answer = person.page.context.request.post(address, form=given, max_redirects=0)
    assert answer.status == 302, answer.text()
    _SIGNED_IN[person.url, first_name] = person.page.context.cookies()


def sign_in_by_hand(person: Visitor, first_name: str) -> None:
    """Sign in as one of the cast on the page that everybody meets first."""
    person.goto("/accounts/login/")
    person.page.fill("[name=login]", f"{first_name}@example.org")
    person.page.fill("[name=password]", PASSWORD)
    person.page.keyboard.press("Enter")
    person.page.wait_for_url(f"{person.url}/")


def speak(person: Visitor, language: str, *, in_the_dark: bool = False) -> None:
    """Let somebody read another language; the next journey finds them as they came."""
    if in_the_dark:
        person.page.context.add_cookies([{"name": "theme", "value": "dark", "url": person.url}])
    person.goto("/")
    chosen = person.page.locator(f"form:has([name=language]) [value={language}]").first
    chosen.evaluate("button => button.form.requestSubmit(button)")
    theme = "[data-bs-theme=dark]" if in_the_dark else ""
    expect(person.page.locator(f"html[lang={language}]{theme}")).to_have_count(1)


def french(words: str, context: str = "") -> str:
    """Return what a French page says instead, by the catalogue."""
    return _translated(words, "fr", context)


def polish(words: str, context: str = "") -> str:
    """Return what a Polish page says instead, by the catalogue."""
    return _translated(words, "pl", context)


def _translated(words: str, language: str, context: str) -> str:
    with translation.override(language):
        return pgettext(context, words) if context else gettext(words)


@dataclass(frozen=True)
class Postbox:
    """The Mailbox, read by the administrator."""

    reader: Visitor

    def link(self, recipient: str, *, path: str, about: str = "") -> str:
        """Wait for a message with a link under ``path``, and return the link."""
        return self._wait(recipient, rf"(?s){about}.*?(http://localhost:\d+{path}[\w-]+/)")

    def code(self, recipient: str, *, about: str = "") -> str:
        """Wait for the six digits that were sent last."""
        return self._wait(recipient, rf"(?s)(?=.*{about}).*?\b(\d{{6}})\b")

    def _wait(self, recipient: str, pattern: str) -> str:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            listed = self.reader.read(f"/mailbox/?to={recipient.replace('+', '%2B')}")
            addresses = dict.fromkeys(re.findall(r'href="(/mailbox/\d+/)"', listed))
            for address in addresses:  # those of an earlier journey may still come in above it
                if found := re.search(pattern, self._words(address)):
                    return found[1]
            time.sleep(0.3)
        raise TimeoutError(f"No message to {recipient} with {pattern}")

    def _words(self, address: str) -> str:
        """Return what stands on the page of a letter."""
        place = self.reader.url + address
        if place not in _READ:
            main = self.reader.read(address).partition("<main")[2].partition("</main>")[0]
            _READ[place] = html.unescape(re.sub(r"<[^>]*>", " ", main))
        return _READ[place]


def download(person: Visitor, button: str, *, to: Path) -> bytes:
    """Press a button that downloads, and return the file."""
    with person.page.expect_download() as waiting:
        person.press(button)
    waiting.value.save_as(to)
    return to.read_bytes()
