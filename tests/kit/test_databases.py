"""Columns that are remembered: the same statement and the same rows as Django writes itself."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.db.models.sql.compiler import SQLCompiler

from paraph.documents.models import Document, Revision
from paraph.kit.databases.columns import Remembering
from paraph.people.models import Department, Employee
from paraph.signing.models import Envelope, Link, Party
from tests import make
from tests.cast import Cast

QUESTIONS: dict[str, Callable[[], QuerySet]] = {  # type: ignore[type-arg]  # rows of any kind
    "one table": lambda: Party.objects.filter(name="Erin"),
    "a table joined to itself": lambda: Department.objects.select_related("parent__parent"),
    "what belongs to it": lambda: Link.objects.select_related("party__envelope__company"),
    "twice the same table": lambda: Envelope.objects.select_related("responsible", "company"),
    "some columns": lambda: Party.objects.defer("name").select_related("envelope"),
    "only some": lambda: Party.objects.only("name").order_by("-name"),
    "values": lambda: Party.objects.values("name", "envelope__title").order_by("name"),
    "an annotation": lambda: Envelope.objects.annotate(n=Count("parties")).order_by("-n", "id"),
    "an order by a function": lambda: Employee.objects.order_by(Lower("email"), F("id").desc()),
    "a question inside": lambda: Document.objects.filter(
        Exists(Revision.objects.filter(document=OuterRef("pk"), number__gt=0))
    ),
    "its own table inside": lambda: Party.objects.filter(
        envelope__in=Envelope.objects.filter(parties__name="Erin")
    ),
    "two together": lambda: (
        Party.objects.filter(name="Erin")
        .order_by()
        .union(Party.objects.filter(name="Frank").order_by())
        .order_by("id")
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_written_as_django_writes_it(cast: Cast, name: str) -> None:
    make.draft(cast)

    for _time in ("the first time", "from memory"):
        found = list(QUESTIONS[name]())
        ours = QUESTIONS[name]().query.get_compiler("default")
        theirs = SQLCompiler(QUESTIONS[name]().query, connection, "default")

        assert isinstance(ours, Remembering)
        assert ours.as_sql() == theirs.as_sql()
        assert found == list(QUESTIONS[name]())


def test_a_row_holds_what_its_columns_were_given(cast: Cast) -> None:
    made = make.draft(cast)

    [found] = Envelope.objects.select_related("company", "responsible").filter(pk=made.pk)

    assert (found.created_at, found.reminders) == (made.created_at, made.reminders)
    assert (found.company, found.responsible) == (made.company, made.responsible)
