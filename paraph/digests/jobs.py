"""The clock of digests: whose hour it is gets one, by their own clock."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils import timezone

from paraph.kit import db
from paraph.kit.jobs import enqueue, job
from paraph.people.models import Employee

from . import queries
from .actions import write_digest


@job
def order_digests() -> None:
    """Have a digest written for everybody whose hour it is."""
    due = queries.due_now(at=timezone.now())
    with db.unit_of_work():
        for person in due:
            enqueue(write_one, employee_id=person.pk, once=f"digest-{person.pk}")


@job
def write_one(employee_id: int) -> None:
    """Write one person's digest, if it still is their hour."""
    person = Employee.objects.select_related("digest").get(pk=employee_id)
    at = timezone.now()
    if person.is_active and queries.is_due(person, at=at):
        write_digest(person, day=at.astimezone(ZoneInfo(person.time_zone)).date(), at=at)
