"""Rows that can be locked and rows that can be searched; and the tables of the embedded engine."""

from django.db import models

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
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())


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
