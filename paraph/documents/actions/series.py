"""Series of numbers are made, changed and deleted here; they give numbers in ``steps``."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.rules import changes
from paraph.journal.actors import Actor
from paraph.kit import db

from ..events import SeriesCreated, SeriesDeleted, SeriesEdited
from ..models import Series
from ..numbering import SeriesCard, obstacles_to_numbering
from ..refusals import CannotDeleteSeries, CannotSaveSeries

_WRITTEN = [field.name for field in fields(SeriesCard)]


@db.transaction
def create_series(card: SeriesCard, *, by: Actor, at: datetime) -> Series:
    """Begin a series."""
    series = Series(next=card.start)
    _write(series, card)
    series.save()
    created = SeriesCreated(series_id=series.pk, title=series.name)
    journal.record(created, by=by, at=at)
    return series


@db.transaction
def edit_series(series: Series, card: SeriesCard, *, by: Actor, at: datetime) -> None:
    """Change the rule for numbers to come; those that were given stay as they are."""
    series.lock()
    kept = Series.objects.get(pk=series.pk)
    if series.issued.exists() and (card.reset, card.start) != (kept.reset, kept.start):
        raise CannotSaveSeries(
            _("This series gave numbers already: when it begins again, and with what, stays.")
        )
    _write(series, card)
    series.next = series.next if series.issued.exists() else card.start
    series.save()
    if changed := changes(kept, series, fields=_WRITTEN):
        edited = SeriesEdited(series_id=series.pk, changes=changed)
        journal.record(edited, by=by, at=at)


@db.transaction
def delete_series(series: Series, *, by: Actor, at: datetime) -> None:
    """Delete a series that numbered nothing and that no template uses."""
    series.lock()
    deleted = SeriesDeleted(series_id=series.pk, title=series.name)
    try:
        series.delete()
    except ProtectedError:
        raise CannotDeleteSeries(
            _("“%s” gave numbers, or a template uses it: it stays.") % deleted.title
        ) from None
    journal.record(deleted, by=by, at=at)


def _write(series: Series, card: SeriesCard) -> None:
    obstacles = obstacles_to_numbering(card)
    if Series.objects.filter(name=card.name.strip()).exclude(pk=series.pk).exists():
        obstacles.append(_("There is a series of this name already."))
    if obstacles:
        raise CannotSaveSeries(obstacles)
    for name in _WRITTEN:
        setattr(series, name, getattr(card, name))
    series.name = card.name.strip()
