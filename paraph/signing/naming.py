"""What the marked places are called where a document is read as text."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from paraph.documents.text import Place

from .models import Field, Party


def named_places(fields: Iterable[Field], *, reader: Party | None = None) -> list[Place]:
    """Name each place by what belongs there and, unless the reader's, by who fills it in."""
    known = list(fields)
    prefetch_related_objects(known, "party")
    return [_place(field, reader) for field in known]


def _place(field: Field, reader: Party | None) -> Place:
    is_yours = reader is not None and field.party_id == reader.pk
    facts = {"place": str(field), "name": field.party.name}
    name = str(field) if is_yours else _("%(place)s of %(name)s") % facts
    return Place(name, page=field.page, y=field.y + field.height / 2, is_yours=is_yours)
