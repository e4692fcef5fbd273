"""Locks and unlocks the tables that may only grow, so that committing tests can be cleaned up."""

from functools import cache

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from paraph.kit.migrating import AppendOnly


@cache
def operations() -> list[AppendOnly]:
    """Return the promise of each append-only table, as the migrations make it."""
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    return [
        operation
        for migration in migrations
        for operation in migration.operations
        if isinstance(operation, AppendOnly)
    ]


def growing_tables(*, are_locked: bool) -> None:
    """Put the triggers in place, or take them away."""
    for operation in operations():
        change = operation.build if are_locked else operation.remove
        with connection.cursor() as cursor:
            for statement in change(connection.vendor, apps):
                cursor.execute(statement)
