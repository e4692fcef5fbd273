"""V8, the page: what a slow phone loads, and waits for, until the first page can be read."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import django
from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")
django.setup()

from bench.v8_page_pictures import ordinary_contract  # noqa: E402  # after the set-up
from tests.journeys.installation import Running, running  # noqa: E402
from tests.journeys.people import DESKTOP, Postbox, sign_in, visitor  # noqa: E402

FRANK = "+33612345601"
PHONE = ViewportSize(width=360, height=740)
DENSITY = 2.625
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000}
SLOW |= {"uploadThroughput": 200_000}
CPU_SLOWDOWN = 4
ROUNDS = 3
PATIENCE_SECONDS = 30
KILOBYTE = 1024
PICTURE = "document.querySelector('.sheet-page img')"
IS_READABLE = f"{PICTURE}?.complete && {PICTURE}.naturalWidth > 0"
WATCH = """
window.seen = {paint: 0, shift: 0, wait: 0};
const watch = (type, tell) => new PerformanceObserver((list) => list.getEntries().forEach(tell))
  .observe({type, buffered: true, durationThreshold: 16});
watch("largest-contentful-paint", (entry) => { seen.paint = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
watch("event", (entry) => {
  if (entry.interactionId) seen.wait = Math.max(seen.wait, entry.duration);
});
"""


def measure() -> Iterator[Mapping[str, object]]:
    """Open the desk of a client as a slow phone does, several times, each time for the first."""
    with tempfile.TemporaryDirectory() as folder, _signed_in(Path(folder)) as (browser, desk):
        visits = [_visit(browser, *desk) for _round in range(ROUNDS)]
    typical = {name: median(visit[name] for visit in visits) for name in visits[0]}
    yield _figure("V8.1", "bytes to the first readable page", typical["bytes"], "KB", 150)
    yield _figure("V8.2", "of these, script", typical["script"], "KB", 50)
    yield _figure("V8.3", "largest contentful paint, slow phone", typical["paint"], "s", 1.8)
    yield _figure("V8.4", "layout shift while loading and going on", typical["shift"], "", 0.02)
    yield _figure("V8.5", "wait after a tap, slow phone", typical["wait"], "ms", 100)


def _figure(name: str, what: str, value: float, unit: str, most: float) -> Mapping[str, object]:
    target = f"at most {most:g} {unit}".strip()
    row = {"id": name, "what": what, "value": round(value, 3), "unit": unit, "target": target}
    return row | {"holds": value <= most}


@contextmanager
def _signed_in(folder: Path) -> Iterator[tuple[Browser, tuple[str, str]]]:
    """Serve a contract to a client who has entered the code; the desk's address, its cookie."""
    with running(folder) as paraph, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        _send(paraph, folder)
        yield browser, _proven(browser, paraph)
        browser.close()


def _send(paraph: Running, folder: Path) -> None:
    file = folder / "contract.pdf"
    file.write_bytes(ordinary_contract())
    paraph.does("send", "Slow phone", str(file))


def _proven(browser: Browser, paraph: Running) -> tuple[str, str]:
    olga, frank = (visitor(browser, paraph, DESKTOP) for _person in range(2))
    sign_in(olga, "olga")
    postbox = Postbox(olga)
    frank.goto(postbox.link(FRANK, path="/s/"))
    frank.press("Send me the code")
    frank.page.get_by_label("Code").fill(postbox.code(FRANK))
    frank.press("Open the document")
    frank.page.wait_for_url("**/desk/")
    frank.page.wait_for_load_state("networkidle")  # the pages are drawn once, for everybody
    cookies = frank.page.context.cookies(frank.page.url)
    key = next(kept["value"] for kept in cookies if kept["name"] == "signing")
    return frank.page.url, key


def _visit(browser: Browser, desk: str, key: str) -> dict[str, float]:
    """Open the desk with an empty cache, tap Start, and tell what it took."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=DENSITY, has_touch=True)
    path = urlsplit(desk).path.removesuffix("desk/")
    context.add_cookies([{"name": "signing", "value": key, "domain": "localhost", "path": path}])
    page = context.new_page()
    page.add_init_script(WATCH)
    loaded = _slowed(page, context.new_cdp_session(page))
    page.goto(desk, wait_until="commit")
    _wait_for_the_page(page)
    first = dict(loaded)
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Start").tap()
    page.wait_for_timeout(1500)
    seen: dict[str, float] = page.evaluate("seen")
    context.close()
    whole = sum(first.values()) - first["Script"] + loaded["Script"]  # a late script counts, too
    sizes = {"bytes": whole / KILOBYTE, "script": loaded["Script"] / KILOBYTE}
    return sizes | {"paint": seen["paint"] / 1000, "shift": seen["shift"], "wait": seen["wait"]}


def _wait_for_the_page(page: Page) -> None:
    """Wait for the first page's picture; the content policy forbids the usual way to wait."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not page.evaluate(IS_READABLE):
        if time.monotonic() > deadline:
            raise TimeoutError(page.url)
        page.wait_for_timeout(20)


def _slowed(page: Page, wire: CDPSession) -> dict[str, float]:
    """Slow the phone down; return the bytes that arrive, by what they are, as they arrive."""
    kinds: dict[str, str] = {}
    loaded: dict[str, float] = {"Script": 0}

    def arrived(event: dict[str, float | str]) -> None:
        kind = kinds.get(str(event["requestId"]), "Other")
        loaded[kind] = loaded.get(kind, 0) + float(event["encodedDataLength"])

    def answered(event: dict[str, str]) -> None:
        kinds[event["requestId"]] = event["type"]

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", arrived)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    return loaded
