"""Rows that can be locked and rows that can be searched; and the tables of the embedded engine."""

from functools import cache
from typing import Self

from django.db import connection, models

from paraph.kit.search import normalise


class LockableModel(models.Model):
    """A row that an action can hold until its transaction ends."""

    class Meta:
        abstract = True

    def lock(self) -> None:
        """Wait for the row, hold it, and read it afresh.

        SQLite has no row locks and needs none: its transactions begin IMMEDIATE, so
        there is one writer at a time.
        """
        # Every action does this, some several times: a queryset took longer to build than to ask.
        rows = type(self)._base_manager.raw(_locking(type(self), connection.vendor), [self.pk])
        fresh = next(iter(rows), None)
        if fresh is None:
            raise self.DoesNotExist(f"The row {self.pk} is gone.")
        self._take_over(fresh)

    def _take_over(self, fresh: Self) -> None:
        """Become as the row is now; what was read along with it before is forgotten."""
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(fresh, field.attname))
            if isinstance(field, models.ForeignKey) and field.is_cached(self):
                field.delete_cached_value(self)
        for related in self._meta.related_objects:
            if related.is_cached(self):
                related.delete_cached_value(self)
        self.__dict__.pop("_prefetched_objects_cache", None)


@cache
def _locking(model: type[models.Model], vendor: str) -> str:
    """The statement that reads one row of a table and, where there are row locks, holds it."""
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    holding = " FOR UPDATE" if vendor == "postgresql" else ""
    table, key = model._meta.db_table, model._meta.pk.column
    return f'SELECT {columns} FROM "{table}" WHERE "{key}" = %s{holding}'  # noqa: S608


class Searchable(models.Model):
    """A row that instant search finds. Its migration has a ``SearchIndex``, its model a queryset
    of ``paraph.kit.search.SearchQuerySet``.
    """

    search_text = models.TextField(editable=False, default="")
    sort_key = models.CharField(max_length=250, editable=False, default="")

    class Meta:
        abstract = True

    def make_searchable(self, *texts: str, sort_by: str) -> None:
        """Fill the search columns from what people may type; the caller saves."""
        self.search_text = "\n".join(normalise(text) for text in texts if text)
        self.sort_key = normalise(sort_by)[:250]


class KeptOrder(models.Model):
    """An order of the embedded engine. It is deleted when its job is done."""

    class State(models.TextChoices):
        """What becomes of an order."""

        WAITING = "waiting"
        RUNNING = "running"
        PARKED = "parked"

    name = models.CharField(max_length=100)
    ids = models.JSONField(default=dict)
    queue = models.CharField(max_length=50)
    priority = models.SmallIntegerField()
    run_at = models.DateTimeField()
    once = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001  NULLs differ
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "kit_job"
        indexes = [models.Index(fields=["state", "-priority", "id"], name="kit_job_next")]


class Failure(models.Model):
    """Why the last attempt at an order failed; whichever engine keeps the order."""

    order_id = models.BigIntegerField(primary_key=True)
    error = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "kit_failure"


class ScheduleMark(models.Model):
    """When a recurring job is due next."""

    name = models.CharField(max_length=200, primary_key=True)
    due_at = models.DateTimeField()

    class Meta:
        db_table = "kit_schedule"
