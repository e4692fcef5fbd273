"""Gives an installation the built-in templates, and the series that number them."""

from __future__ import annotations

from datetime import datetime

from paraph.kit import db
from paraph.people.models import Employee

from ..defaults import default_series
from ..models import Series, Template, TemplateKind
from ..typeset.built_in import BUILT_IN


@db.transaction
def add_built_in_templates(*, responsible: Employee, at: datetime) -> None:
    """Add those that are not there yet, named in the language that is active.

    Nobody did this, so no fact tells of it; what people change in them later is told.
    """
    there = set(Template.objects.exclude(built_in="").values_list("built_in", flat=True))
    missing = [built_in for key, built_in in BUILT_IN.items() if key not in there]
    cards = default_series()
    wanted = {it.document_class: cards[it.document_class] for it in missing}
    known = {series.name for series in Series.objects.all()}
    Series.objects.bulk_create(
        Series(name=card.name, prefix=card.prefix, padding=card.padding, reset=card.reset)
        for card in wanted.values()
        if card.name not in known
    )
    series = {each.name: each for each in Series.objects.all()}
    Template.objects.bulk_create(
        Template(
            name=str(it.name),
            kind=TemplateKind.BUILT_IN,
            built_in=it.key,
            document_class=it.document_class,
            series=series[cards[it.document_class].name],
            responsible=responsible,
            created_at=at,
            edited_at=at,
        )
        for it in missing
    )
