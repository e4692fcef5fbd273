"""The verbs of digests: arranging one, switching it off, and writing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from paraph.kit import db
from paraph.messaging.actions import deliver
from paraph.people.models import Employee
from paraph.signing.models import AttentionRule

from . import messages, queries
from .models import Digest


@db.transaction
def arrange_digest(
    person: Employee, *, is_on: bool, hour: int, kinds: Sequence[str], with_team: bool
) -> None:
    """Keep when a person wants it, of what, and whether at all."""
    wanted = {"is_on": is_on, "hour": hour, "kinds": list(kinds), "with_team": with_team}
    Digest.objects.update_or_create(employee=person, defaults=wanted)


@db.transaction
def switch_digest(person: Employee, *, is_on: bool) -> None:
    """Stop it, or let it come again."""
    Digest.objects.update_or_create(employee=person, defaults={"is_on": is_on})


@db.transaction
def write_digest(person: Employee, *, day: date, at: datetime) -> bool:
    """Write the digest of a day, once, and only when there is something; tell whether it was."""
    Digest.objects.get_or_create(employee=person)
    digest = Digest.objects.select_for_update().select_related("employee").get(employee=person)
    if not digest.is_on or (digest.looked_on is not None and digest.looked_on >= day):
        return False
    digest.looked_on = day
    digest.save(update_fields=["looked_on"])
    contents = queries.contents_of(digest, at=at)
    if contents.is_empty:
        return False
    letter = messages.daily_digest(person, contents)
    deliver(letter, once=f"digest-{person.pk}-{day.isoformat()}", at=at)
    return True


@db.transaction
def change_attention(
    *, near_days: int, unread_days: int, unfinished_days: int, kinds: Sequence[str]
) -> None:
    """Settle for the installation after how many days a document stands out, and of what kinds."""
    rule = AttentionRule.here()
    rule.near_days, rule.unread_days = near_days, unread_days
    rule.unfinished_days, rule.kinds = unfinished_days, list(kinds)
    rule.save()
