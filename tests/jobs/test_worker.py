"""What only workers on PostgreSQL must bear: a database that goes away for a moment."""

from pathlib import Path

import psycopg
import pytest

from tests.hosts import Host
from tests.jobs.conftest import Engine

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def test_a_worker_survives_the_loss_of_every_connection(
    host: Host, tmp_path: Path, postgres_tables_url: str
) -> None:
    engine = Engine(tmp_path, host=host, url=postgres_tables_url, role="worker")
    engine.worker()
    engine.order("note", key="before")
    engine.wait_for("note before")

    with psycopg.connect(postgres_tables_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    engine.order("note", key="after")

    engine.wait_for("note after")
    engine.close()
