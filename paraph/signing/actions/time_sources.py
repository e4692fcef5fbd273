"""Keeping what was heard from time-stamp services outside."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph.kit import db
from paraph.kit.jobs import enqueue, find
from paraph.sealing.asking import Token
from paraph.sealing.material import Material

from ..models import TimeSource

PROBLEM = 300


@db.transaction
def known_source(url: str) -> TimeSource:
    """Return the row of a service, made at its first use."""
    return TimeSource.objects.get_or_create(url=url)[0]


@db.transaction
def keep_answer(source: TimeSource, *, token: Token, at: datetime) -> None:
    """Keep that a service answered, and with what."""
    source.name = token.name[:200]
    source.asked_at = source.answered_at = at
    source.problem, source.ends_at = "", token.certificate.not_valid_after_utc
    source.difference = (token.moment - at).total_seconds()
    source.room = max(source.room, len(token.content))
    source.save()


@db.transaction
def keep_silence(source: TimeSource, *, problem: str, at: datetime) -> None:
    """Keep that a service gave no time stamp, and why."""
    source.asked_at, source.problem = at, (problem or _("No answer"))[:PROBLEM]
    source.save(update_fields=["asked_at", "problem"])


@db.transaction
def keep_material(source: TimeSource, *, material: Material, at: datetime) -> None:
    """Keep what files need to judge the service's stamps later."""
    source.material, source.material_at = material.to_json(), at
    source.save(update_fields=["material", "material_at"])


@db.transaction
def order_a_look() -> None:
    """Have every service and issuer asked again."""
    enqueue(find("signing.jobs.lasting.look_around"), once="look-around")
