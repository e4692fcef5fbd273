"""What a newcomer finds after ``make run``: the demo company, whole and in order."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests import tables
from tests.hosts import INSTALLATION, Host

pytestmark = pytest.mark.slow
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
PROMISED = (
    *("people.Department", "people.Group", "people.Invitation", "people.Preset"),
    *("contacts.Contact", "contacts.CustomField", "contacts.Merge", "importing.Import"),
    *("campaigns.Campaign", "campaigns.Segment", "campaigns.Suppression"),
    *("sales.Deal", "sales.ProductRow", "comments.Comment", "messaging.Message"),
    *("documents.TemplateVersion", "documents.Generated", "documents.IssuedNumber"),
    *("signing.CompanySeal", "signing.Question", "board.StageRule"),
    *("vault.SignedFile", "vault.FullText", "vault.Hold", "vault.Retention"),
)
STANDINGS = {
    *("draft", "with-us", "with-client"),
    *("completed", "declined", "expired", "cancelled"),
}


class Demo:
    """An installation of its own that holds the demo company."""

    def __init__(self, data: Path) -> None:
        self._data = data
        own = {"PARAPH_DATA": str(data), "DATABASE_URL": "", "PARAPH_LANGUAGE": "en"}
        inherited = {name: it for name, it in os.environ.items() if name != "PARAPH_JOBS"}
        self.host = Host(*INSTALLATION, environment=inherited | own)

    def run(self, *words: str) -> str:
        """Run a module there, which has to succeed; what it said."""
        done = self.host.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def content(self) -> tuple[set[Path], list[Any]]:
        """Return every file and every row that it keeps."""
        files = {file for file in (self._data / "files").rglob("*") if file.is_file()}
        with closing(sqlite3.connect(self._data / tables.NAME)) as kept:
            names = [name for (name,) in kept.execute(TABLES)]
            return files, [kept.execute(f'SELECT * FROM "{name}"').fetchall() for name in names]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    data = tmp_path_factory.mktemp("demo")
    (data / "static").mkdir()
    tables.furnish(data)
    demo = Demo(data)
    with closing(demo.host):
        demo.run("paraph.config.cli", "demo")
        yield demo


@pytest.fixture(scope="module")
def seen(demo: Demo) -> Any:  # JSON
    return json.loads(demo.run("tests.config.newcomer"))


def test_loading_it_again_changes_nothing(demo: Demo) -> None:
    before = demo.content()

    demo.run("paraph.config.cli", "demo")

    assert demo.content() == before


def test_everything_that_the_demo_promises_is_there(seen: Any) -> None:
    assert [name for name in PROMISED if not seen["rows"][name]] == []
    assert set(seen["standings"]) == STANDINGS
    assert set(seen["deals"]) == {"open", "won", "lost"}
    assert seen["rows"]["contacts.Contact"] >= 50


def test_the_team_has_figures_of_many_weeks(seen: Any) -> None:
    assert sum(sent > 0 for sent in seen["weeks"]) >= 5


def test_a_document_that_counts_as_older_than_it_is_says_so(seen: Any) -> None:
    assert seen["unexplained"] == []


def test_no_job_of_the_demo_fails(seen: Any) -> None:
    assert seen["rows"]["kit.KeptOrder"] == 0
    assert seen["failed"] == []


@pytest.mark.parametrize("language", ["en", "fr", "pl"])
def test_every_page_that_the_first_one_leads_to_opens(seen: Any, language: str) -> None:
    pages = seen["pages"][language]

    assert len(pages) > 30
    assert {page: status for page, status in pages.items() if status != 200} == {}
