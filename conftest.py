"""How the suite runs: quick tests first, files on one core, no skips if none are wanted."""

import compileall
import gc
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # has no types

ROOT = Path(__file__).parent
PATIENCE = {"journey": 3, "postgres": 1, "slow": 2}
"""What takes patience, and its turn after the quick tests. Journeys must be last: Playwright
leaves a loop running in which Django refuses to use the database."""
LONGEST = (
    "tests/sealing/mutants/test_mutants.py",
    "tests/jobs/test_contract.py",
    "tests/config/backup/test_backup.py",
    "tests/signing/test_faults.py",
    "tests/contacts/test_import_faults.py",
    "tests/config/test_newcomer.py",
    "tests/documents/test_variety.py",
    "tests/desk/reach/test_addresses.py",
    "tests/documents/test_office.py",
    "tests/journal/log/test_tampering.py",
    "tests/config/test_serving.py",
    "tests/signing/test_lasting.py",
    "tests/documents/test_generating.py",
    "tests/sealing/test_command.py",
    "tests/signing/test_sealing.py",
    "tests/sealing/test_archive.py",
    "tests/desk/test_lists.py",
    "tests/signing/test_company_seals.py",
    "tests/board/test_ruling.py",
    "tests/signing/test_line.py",
    "tests/sealing/test_verify_forgeries.py",
    "tests/sealing/test_acts.py",
    "tests/board/test_figures.py",
    "tests/signing/test_proofs.py",
    "tests/campaigns/test_crowd.py",
    "tests/signing/test_every_action.py",
    "tests/journeys/test_main_job.py",
    "tests/journeys/test_documents.py",
    "tests/journeys/test_contact_list.py",
    "tests/journeys/test_contact_phone.py",
    "tests/journeys/test_contact_keys.py",
    "tests/journeys/test_directory.py",
    "tests/journeys/test_desk.py",
    "tests/journeys/test_deals.py",
    "tests/journeys/test_campaigns.py",
    "tests/journeys/test_ceremony.py",
    "tests/journeys/test_monitoring.py",
    "tests/journeys/test_parties.py",
    "tests/journeys/test_files.py",
    "tests/journeys/test_contacts.py",
    "tests/journeys/test_board.py",
    "tests/journeys/test_vault.py",
    "tests/journeys/test_preparing.py",
    "tests/journeys/test_signing.py",
)
"""Begun before the others of their turn, so that no core sits alone with one in the end."""

ON_POSTGRES = ("[postgres", "[procrastinate", "postgresql", "tests/jobs/test_worker.py::")
"""What names a test that needs a PostgreSQL server."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refuse-skips", action="store_true", help="fail when any test was skipped")


def pytest_configure(config: pytest.Config) -> None:
    """Compile our code once: the tests start it as a process some hundred times.

    Some machines forbid to keep what was compiled; then each of those starts takes seconds.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "paraph", quiet=2)


class Shared(LoadScopeScheduling):  # type: ignore[misc]  # xdist's schedulers are untyped
    """Keeps on one core what shares something costly: a file's tests, those on one database.

    Starting PostgreSQL and making Paraph's tables there takes as long as many tests.
    Journeys share an installation for each core, so each may run wherever there is room.
    The marks of ``--dist=loadgroup`` would say the same, but pytest 9.2 ignores them silently
    (pytest-xdist, issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file.startswith("tests/journeys/"):
            return nodeid
        if any(sign in nodeid for sign in ON_POSTGRES):
            return "postgres"
        return file


def pytest_xdist_auto_num_workers() -> int:
    """Use a process more than there are cores: many tests wait for what they started."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else 2


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shared:  # xdist's own logger
    return Shared(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_patience)


def pytest_collection_finish() -> None:
    """Keep what is loaded by now out of every search for garbage, and search seldom.

    Parsers and pages make small things by the million: it was a fifth of the processor's time.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def _patience(item: pytest.Item) -> tuple[int, int]:
    turn = next((turn for mark, turn in PATIENCE.items() if item.get_closest_marker(mark)), 0)
    file = item.nodeid.partition("::")[0]
    return turn, LONGEST.index(file) if file in LONGEST else len(LONGEST)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not session.config.getoption("--refuse-skips"):
        return
    if reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
