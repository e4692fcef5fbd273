"""Marking the places: fields are put, moved and taken away while the envelope is a draft."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from paraph.documents.models import Document
from paraph.kit import db

from .. import queries, rules, steps
from ..choices import Placement
from ..models import Envelope, Field, FieldKind, Party
from ..refusals import CannotPlace, PlacesChanged

MOST_FIELDS = 2000


@db.transaction
def replace_fields(
    envelope: Envelope, *, placements: Sequence[Placement], seen: str = ""
) -> list[Field]:
    """Make the fields be exactly these, and return them in the same order.

    A placement with an ``id`` keeps that field; without one it is new. With ``seen``, the mark
    of the fields that the person had before their eyes, what was placed since is not lost.
    """
    _hold(envelope)
    if len(placements) > MOST_FIELDS:
        raise CannotPlace(_("Place at most %(count)d fields.") % {"count": MOST_FIELDS})
    before = {field.pk: field for field in Field.objects.filter(party__envelope=envelope)}
    if seen and seen != rules.mark_of(list(before.values())):
        raise PlacesChanged(_("These fields were changed in another window meanwhile."))
    table = _Table(envelope)
    fields = [_kept(spot, table, field=before.get(spot.id or 0)) for spot in placements]
    kept = {field.pk for field in fields}
    Field.objects.filter(pk__in=before.keys() - kept).delete()
    return fields


class _Table:
    """The documents and parties of one envelope, read once for many placements."""

    def __init__(self, envelope: Envelope) -> None:
        self.documents = {document.pk: document for document in queries.documents_of(envelope)}
        self.parties = {party.pk: party for party in queries.parties_of(envelope)}

    def find(self, placement: Placement) -> tuple[Document, Party]:
        """Return whose place it is and on what; raises ``CannotPlace``."""
        document = self.documents.get(placement.document_id)
        party = self.parties.get(placement.party_id)
        if document is None or party is None or not party.is_signer:
            raise CannotPlace(_("This field belongs to nobody who signs this document."))
        return document, party


def _hold(envelope: Envelope) -> None:
    steps.hold_draft(envelope, otherwise=_("This document was sent; its fields stay as they are."))


def _kept(placement: Placement, table: _Table, *, field: Field | None = None) -> Field:
    document, party = table.find(placement)
    box = (placement.x, placement.y, placement.width, placement.height)
    if placement.kind not in FieldKind.values:
        raise CannotPlace(_("There is no such kind of field."))
    if obstacles := rules.obstacles_to_placing(box, page=placement.page, document=document):
        raise CannotPlace(obstacles)
    field = field or Field()
    field.party, field.document = party, document
    field.kind, field.page, field.label = placement.kind, placement.page, placement.label[:120]
    field.x, field.y, field.width, field.height = box
    field.is_required = placement.is_required
    field.options, field.source = rules.tidied(placement.options), placement.source[:40]
    field.save()
    return field
