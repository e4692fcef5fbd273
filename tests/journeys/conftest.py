"""Browsers and installations for journeys."""

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import axe
from tests.journeys.installation import Running, running
from tests.journeys.people import JUDGED, PATIENCE_MS

expect.set_options(timeout=PATIENCE_MS)
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first is the same engine without windows, and takes the processor two fifths less."""
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
DRAWN_PLAINLY = (
    *("--disable-gpu", "--disable-gpu-rasterization", "--disable-software-rasterizer"),
    "--in-process-gpu",  # a process less that every frame is sent to
    "--run-all-compositor-stages-before-draw",  # a frame when it is whole, not many in between
    "--js-flags=--no-opt,--no-maglev",  # no page lives long enough to earn its scripts' tuning
)
LEFT_OUT = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),  # a page of Chromium's own for each window
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "OptimizationHints", "AimEnabled", "PreconnectToSearch"),
)
"""What Chromium has for people: a second of the processor for each visitor. The last three lines
are Playwright's, whose list ours replaces."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the machine's own Chromium; as root it needs to run without its sandbox."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: journeys need it")
    without = f"--disable-features={','.join(LEFT_OUT)}"
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", *DRAWN_PLAINLY, without]}


@pytest.fixture(scope="session", autouse=True)
def _judged_by_all(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> None:
    """Let no process judge anew what another one of this run has found good."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder if worker_id == "master" else folder.parent
    axe.JUDGED.share(folder / "drawn")
    JUDGED.share(folder / "passed")


@pytest.fixture(scope="session")
def paraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run one installation on SQLite for all journeys on this core."""
    folder: Path = tmp_path_factory.mktemp("journeys")
    with running(folder) as installation:
        yield installation


@pytest.fixture(scope="session")
def crowd(paraph: Running) -> Running:
    """Let its list of contacts be longer than one page."""
    paraph.does("crowd")
    return paraph


@pytest.fixture(autouse=True)
def _finds_things_as_they_came(request: pytest.FixtureRequest) -> None:
    """Let no journey see what another one has made of the lists of the same people."""
    if "paraph" in request.fixturenames:
        request.getfixturevalue("paraph").does("forget")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave a picture of every open page in the folder of a test that fails."""
    report = yield
    browser, folder = item.funcargs.get("browser"), item.funcargs.get("tmp_path")
    if report.failed and isinstance(browser, Browser) and isinstance(folder, Path):
        pages = [page for context in browser.contexts for page in context.pages]
        for number, page in enumerate(pages, start=1):
            page.screenshot(path=folder / f"failed-{number}.png")
        report.sections.append(("Pictures", f"{len(pages)} in {folder}"))
    return report


@pytest.fixture(autouse=True)
def _closes_its_browsers(browser: Browser) -> Iterator[None]:
    """Close what a test left open, so that its pages do not disturb the next one."""
    yield
    for context in list(browser.contexts):
        context.close()
