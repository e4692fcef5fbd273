"""A searchable table for the tests of search, which knows no word of our business."""

from typing import ClassVar

from django.apps import apps
from django.db import connection

from paraph.kit.migrating import SearchIndex
from paraph.kit.models import Searchable
from paraph.kit.search import SearchQuerySet


class Things(SearchQuerySet["Thing"]):
    """The vocabulary of things."""

    IS_WALKED = True


class Thing(Searchable):
    """Something with a name."""

    objects = Things.as_manager()

    class Meta:
        app_label = "kit"
        managed = False
        db_table = "kit_thing"

    index: ClassVar = SearchIndex("kit", "thing", is_walked=True)


def make_table() -> None:
    """Make the table and its index."""
    is_postgresql = connection.vendor == "postgresql"
    key = "bigserial" if is_postgresql else "integer"
    run(
        f"CREATE TABLE kit_thing (id {key} PRIMARY KEY, search_text text, sort_key varchar(250))",
        *Thing.index.build(connection.vendor, apps),
    )


def run(*statements: str) -> None:
    """Run statements as they are."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def make(*names: str) -> list[Thing]:
    """Make things of these names."""
    things = []
    for name in names:
        thing = Thing()
        thing.make_searchable(name, sort_by=name)
        thing.save()
        things.append(thing)
    return things
