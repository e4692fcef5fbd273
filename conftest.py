"""How the suite runs: quick tests first, each file on one core, no skips if none are wanted."""

import pytest

PATIENCE = ("slow", "postgres", "journey")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refuse-skips", action="store_true", help="fail when any test was skipped")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep the tests of a file, and all journeys, on one core: they share what is costly."""
    if item.get_closest_marker("xdist_group") is None:
        is_journey = item.path.parent.name == "journeys"
        shared = item.path.parent if is_journey else item.path
        item.add_marker(pytest.mark.xdist_group(str(shared.relative_to(item.config.rootpath))))


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
