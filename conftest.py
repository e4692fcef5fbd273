"""How the suite runs: quick tests first, and no skipped test where the caller wants none."""

import pytest

PATIENCE = ("slow", "postgres", "journey")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refuse-skips", action="store_true", help="fail when any test was skipped")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_patience)


def _patience(item: pytest.Item) -> int:
    return max(
        (PATIENCE.index(mark.name) + 1 for mark in item.iter_markers() if mark.name in PATIENCE),
        default=0,
    )


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not session.config.getoption("--refuse-skips"):
        return
    if reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
