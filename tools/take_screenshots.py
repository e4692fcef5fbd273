"""Take the README's pictures from a demo company that is started for it, in a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from tools.source import ROOT

PICTURES = ROOT / "docs" / "images"
PARAPH = (sys.executable, "-m", "paraph.config.cli")
PATIENCE_SECONDS = 180
PERSON, PASSWORD = "ada@lumiere.example", "welcome-to-paraph"  # as `make run` tells them
DESKTOP, PHONE = (1280, 800), (390, 844)


@dataclass(frozen=True)
class Picture:
    """One page of the product as somebody sees it."""

    name: str
    path: str
    size: tuple[int, int] = DESKTOP
    scheme: str = "light"
    is_public: bool = False


TAKEN = (
    Picture("start", "/"),
    Picture("board", "/board/"),
    Picture("board-dark", "/board/", scheme="dark"),
    Picture("contacts", "/contacts/"),
    Picture("mailbox", "/mailbox/"),
    Picture("verify", "/verify", is_public=True),
    Picture("board-phone", "/board/", size=PHONE),
)


@contextmanager
def demo_company() -> Iterator[str]:
    """Serve a fresh demo company; its address."""
    with tempfile.TemporaryDirectory(prefix="paraph-pictures-") as data, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        free.close()
        environment = {**os.environ, "PARAPH_DATA": data, "PORT": port, "DEMO": "1"}
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
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        locale="en-GB",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if not picture.is_public:
        _sign_in(page, address=address)
    page.goto(f"{address}{picture.path}", wait_until="networkidle")
    target = PICTURES / f"{picture.name}.png"
    page.screenshot(path=target)
    context.close()
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
