"""What can be written into the places of a prepared document, and what is written instead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _

from paraph.documents.models import RevisionKind
from paraph.sealing import text
from paraph.sealing.appearances import Obstacle, obstacle_to_showing
from paraph.sealing.filling import obstacles_to_entering
from paraph.sealing.model import Plan

from ..models import Field, FieldKind

DATE_FORMS = ("d MMMM y", "d MMM y")


def obstacle_to_entering(place: Field, value: str) -> str:
    """Say, in words for the party, why the document cannot show this value; empty when it can."""
    prepared = place.document.revisions.filter(kind=RevisionKind.PREPARED).first()
    if prepared is None:
        return ""
    found = obstacles_to_entering(Plan.from_json(prepared.plan), {place.slot: value})
    said = {
        Obstacle.UNKNOWN_LETTERS: _("There are characters in it that the document cannot show."),
        Obstacle.TOO_LONG: _("This is too long for its place. Please write less."),
    }
    return said[found[place.slot]] if found else ""


def as_written(place: Field, *, plan: Plan) -> str:
    """Return what was typed; a date the way its party writes it, as long as its place allows."""
    field = plan.fields[place.slot]
    fitting = (t for t in _ways(place) if not obstacle_to_showing(field, t, font=plan.font))
    return next(fitting, place.value)


def _ways(place: Field) -> Iterator[str]:
    """Return how the value may be written, the best first."""
    if place.kind == FieldKind.DATE and place.value:
        day = date.fromisoformat(place.value)
        yield from (format_date(day, form, locale=place.party.language) for form in DATE_FORMS)
    if place.kind == FieldKind.FILE and place.attachment:
        yield f"{place.value} · SHA-256 {place.attachment}"
        yield f"{place.value} · SHA-256 {place.attachment[:16]}…"
        yield f"SHA-256 {place.attachment[:16]}…"


def as_far_as_it_fits(value: str, *, slot: str, plan: Plan) -> str:
    """Return the value as its place can show it: unknown letters replaced, the rest cut off."""
    shown, field = text.writable(value, font=plan.font), plan.fields[slot]
    while shown and obstacle_to_showing(field, shown, font=plan.font):
        shown = shown[:-2].rstrip() + "."
        if len(shown) < 2:
            return ""
    return shown
