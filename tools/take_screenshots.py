"""Take the README's pictures from a demo company that is started for it, in a real browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import httpx
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from tools.source import ROOT

PICTURES = ROOT / "docs" / "images"
PARAPH = (sys.executable, "-m", "paraph.config.cli")
PATIENCE_SECONDS = 180
PERSON, PASSWORD = "ada@lumiere.example", "welcome-to-paraph"  # as `make run` tells them
CLIENT = "+33612345678"  # Julien Petit, who is asked to sign an amendment
DESKTOP, PHONE = (1440, 900), (390, 844)


@dataclass(frozen=True)
class Visit:
    """Somebody in front of a page; the administrator at the next desk can look things up."""

    page: Page
    desk: Page
    address: str

    def to(self, path: str) -> None:
        """Open a page and wait until it is still."""
        self.page.goto(f"{self.address}{path}", wait_until="networkidle")

    def newest_message(self, who: str) -> str:
        """Return what the Mailbox holds last for a number or an address."""
        row = self.desk.locator(".mailbox__row").first
        for _attempt in range(20):
            self.desk.goto(f"{self.address}/mailbox/?to={quote(who)}")
            if row.count():
                break
            time.sleep(0.5)
        row.click()
        self.desk.wait_for_url(re.compile(r"/mailbox/\d+/"))
        return self.desk.locator("main").inner_text()


@dataclass(frozen=True)
class Picture:
    """One page of the product as somebody sees it."""

    name: str
    go: Callable[[Visit], None]
    size: tuple[int, int] = DESKTOP
    scheme: Literal["light", "dark"] = "light"
    is_employee: bool = True


def _page(path: str) -> Callable[[Visit], None]:
    return lambda visit: visit.to(path)


def _place_fields(visit: Visit) -> None:
    visit.to("/envelopes/?standing=draft")
    draft = visit.page.locator("a.row-link").first.get_attribute("href")
    visit.to(f"{draft}fields/")
    visit.page.locator("form[action$='/suggest/'] button").click()
    visit.page.locator(".placed").last.scroll_into_view_if_needed()


def _enter(visit: Visit) -> None:
    """Open the link of the client who was asked last, in English."""
    text = visit.newest_message(CLIENT)
    visit.page.goto(_found(r"http://\S+/s/\S+", text))
    visit.page.locator("summary.bar__button").click()
    visit.page.locator("button[name=language][value=en]").click()


def _sign(visit: Visit) -> None:
    _enter(visit)
    visit.page.locator("form[action$='/code/'] button").click()
    code = visit.page.locator("#digits")
    code.fill(_found(r"\b\d{6}\b", visit.newest_message(CLIENT)))
    code.press("Enter")
    visit.page.wait_for_load_state("networkidle")


def _verify(visit: Visit) -> None:
    visit.desk.goto(f"{visit.address}/envelopes/?standing=completed")
    signed = visit.desk.locator("a.row-link").first.get_attribute("href")
    file = visit.desk.request.get(f"{visit.address}{signed}file/").body()
    visit.to("/verify/")
    contract: FilePayload = {
        "name": "contract.pdf",
        "mimeType": "application/pdf",
        "buffer": file,
    }
    visit.page.locator("#file").set_input_files(contract)
    visit.page.locator("form[enctype] button").first.click()
    visit.page.locator(".verdict").wait_for()


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if not match:
        raise LookupError(f"Nothing like {pattern} in: {text}")
    return match[0]


TAKEN = (
    Picture("start", _page("/")),
    Picture("board", _page("/board/")),
    Picture("contacts-dark", _page("/contacts/"), scheme="dark"),
    Picture("fields", _place_fields),
    Picture("link-phone", _enter, size=PHONE, is_employee=False),
    Picture("sign-phone", _sign, size=PHONE, is_employee=False),
    Picture("verify", _verify, is_employee=False),
)


@contextmanager
def demo_company() -> Iterator[str]:
    """Serve a fresh demo company; its address."""
    with tempfile.TemporaryDirectory(prefix="paraph-pictures-") as data, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        free.close()
        environment = {**os.environ, "PARAPH_DATA": data, "PORT": port, "DEMO": "1"}
        environment["PARAPH_LANGUAGE"] = "en"  # whatever the terminal speaks
        environment.pop("PARAPH_URL", None)
        server = subprocess.Popen([*PARAPH, "serve", "--migrate", "--demo"], env=environment)
        try:
            _wait_for(f"http://localhost:{port}/")
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            if httpx.get(address).status_code < 500:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise TimeoutError(f"{address} does not answer.")


def take(browser: Browser, picture: Picture, *, address: str) -> Path:
    """Open the page as its reader would, and keep what is seen."""
    desk = browser.new_page()
    _sign_in(desk, address=address)
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=picture.scheme,
        locale="en-GB",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if picture.is_employee:
        _sign_in(page, address=address)
    picture.go(Visit(page, desk, address))
    target = PICTURES / f"{picture.name}.png"
    page.screenshot(path=target)
    context.close()
    desk.close()
    return target


def _sign_in(page: Page, *, address: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.locator("input[name=login]").fill(PERSON)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{address}/")


def main() -> int:
    """Take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo_company() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        for picture in TAKEN:
            print(take(browser, picture, address=address).relative_to(ROOT), flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
